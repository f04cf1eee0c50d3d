//! Random values go through every format, and back by the programs that define them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use usher::formats::{Format, Name, Scheme, Style, Values, write};

use crate::support::python::{python, script};

const ROUNDS: usize = 150;

const PIECES: [&str; 30] = [
    "a", "Z9", "'", "\"", "\\", "$", "${", "}", "$HOME", "#", " #", " ", "=", ":", "`", "!", "%", "%s", "@", "/", "?",
    "\t", "é", "日本", "\\n", ";", "\n", "\r", "\u{1}", "~",
];

/// Values out of awkward pieces (xorshift64).
fn values(random: &mut u64) -> Values {
    let mut below = |end: usize| {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        usize::try_from(*random >> 33).unwrap() % end
    };
    let mut values = Values::default();
    for name in Name::ALL {
        let length = 1 + below(5);
        let text: String = (0..length).map(|_| PIECES[below(PIECES.len())]).collect();
        values.set(name, if name == Name::Host { "tides.db.harbor.test" } else { &text });
    }
    values
}

/// Writes the values in all formats that can hold them, one file each.
fn write_all(values: &Values, folder: &Path) {
    let style = Style { prefix: "TIDES_".to_owned(), profile: "tides".to_owned(), scheme: Scheme::Postgres };
    fs::create_dir(folder).unwrap();
    for format in Format::ALL {
        if let Ok(text) = write(values, format, &style) {
            fs::write(folder.join(format.name()), text.expose()).unwrap();
        }
    }
}

fn assert_variables(found: &BTreeMap<String, String>, values: &Values, from: &str) {
    for name in Name::ALL {
        let variable = format!("TIDES_{}", name.variable());
        assert_eq!(found.get(&variable).map(String::as_str), values.get(name), "{variable} by {from}");
    }
}

/// The variables that a shell has after reading a file.
fn exported(file: &Path) -> BTreeMap<String, String> {
    let mut shell = Command::new("sh");
    let output = shell.env_clear().args(["-c", ". \"$0\" && /usr/bin/env -0"]).arg(file).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let variables = String::from_utf8(output.stdout).unwrap();
    let pairs = variables.split('\0').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

#[test]
fn a_shell_reads_what_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut random = 0x5eed;
    for round in 0..ROUNDS {
        let (values, folder) = (values(&mut random), dir.path().join(round.to_string()));
        write_all(&values, &folder);
        assert_variables(&exported(&folder.join("shell")), &values, "sh");
    }
}

#[test]
fn the_reference_parsers_read_what_was_written() {
    let Some(python) = python() else { return };
    let dir = tempfile::tempdir().unwrap();
    let mut random = 0xfeed;
    let all: Vec<Values> = (0..ROUNDS).map(|_| values(&mut random)).collect();
    let folders: Vec<_> = (0..ROUNDS).map(|round| dir.path().join(round.to_string())).collect();
    all.iter().zip(&folders).for_each(|(values, folder)| write_all(values, folder));
    let output = Command::new(python)
        .arg(script("reference.py"))
        .args(&folders)
        .stderr(Stdio::inherit())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let found: Vec<Value> = serde_json::from_slice(&output.stdout).unwrap();
    let (mut dotenvs, mut profiles) = (0, 0);
    for (values, found) in all.iter().zip(&found) {
        if let Ok(variables) = serde_json::from_value(found["dotenv"].clone()) {
            assert_variables(&variables, values, "python-dotenv");
            dotenvs += 1;
        }
        if let Value::Object(profile) = &found["aws-profile"] {
            assert_eq!(profile["aws_access_key_id"], values.get(Name::AccessKey).unwrap());
            assert_eq!(profile["aws_secret_access_key"], values.get(Name::SecretKey).unwrap());
            assert_eq!(profile["region"], values.get(Name::Region).unwrap());
            profiles += 1;
        }
        assert_eq!(found["aws-process"]["Version"], 1);
        assert_eq!(found["aws-process"]["AccessKeyId"], values.get(Name::AccessKey).unwrap());
        assert_eq!(found["aws-process"]["SecretAccessKey"], values.get(Name::SecretKey).unwrap());
        let parts = [Name::DbUser, Name::DbPass, Name::Host, Name::DbName].map(|name| values.get(name).unwrap());
        assert_eq!(found["url"][0], "postgres");
        assert_eq!((1..5).map(|part| found["url"][part].as_str().unwrap()).collect::<Vec<_>>(), parts);
    }
    assert!(dotenvs > ROUNDS / 3 && profiles > 5, "{dotenvs} {profiles}");
}
