//! Keys of the configuration: those that do nothing are told, and secrets may stand in files.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use usher::config::keys::{OWN, SECRET};

use super::on_both_databases;
use crate::support::process::{Place, free_port};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The keys in the first column of README's table.
fn documented() -> Vec<String> {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let rows = readme.lines().skip_while(|line| *line != "| key | default | meaning |").skip(2);
    rows.take_while(|line| line.starts_with('|'))
        .flat_map(|row| row.split('|').nth(1).unwrap().split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_readme_has_every_key() {
    let documented = documented();
    let unique: BTreeSet<&str> = documented.iter().map(String::as_str).collect();
    assert_eq!(unique.len(), documented.len(), "{documented:?}");
    let known: BTreeSet<&str> = OWN.into_iter().chain(SECRET.map(|(_, file)| file)).collect();
    assert_eq!(unique, known);
}

/// The warnings of a command, without time and level.
fn warnings(place: &Place) -> Vec<String> {
    let output = place.run(&["migrate"], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    told.lines().filter_map(|line| Some(line.split_once("WARN ")?.1.to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_misspelt_key_is_told_with_the_nearest() {
    let place = Place::default();
    let toml = "[default]\nsign_up_opn = false\nnobodys = 1\nlimits = { own = \"1MiB\" }\n\
                [default.shutdown]\ngracee = 1\ngrace = 1\n\
                [release]\norg_creation_opne = false\n[relaese]\nport = 1\n[harbor]\nport = 1\n";
    fs::write(place.path().join("Rocket.toml"), toml).unwrap();
    let place = place.with("databse_url", "postgres://u:hunter2@h/d").with("log_level", "off");
    let file = place.path().canonicalize().unwrap().join("Rocket.toml");
    let file = file.display();
    let mut expected = vec![
        "ROCKET_DATABSE_URL is not known and does nothing: did you mean ROCKET_DATABASE_URL?".to_owned(),
        format!("[relaese] in {file} is not used: did you mean [release]?"),
        format!("gracee in {file} is not known and does nothing: did you mean grace?"),
        format!("nobodys in {file} is not known and does nothing"),
        format!("org_creation_opne in {file} is not known and does nothing: did you mean org_creation_open?"),
        format!("sign_up_opn in {file} is not known and does nothing: did you mean sign_up_open?"),
    ];
    expected.sort();
    assert_eq!(warnings(&place), expected);
    let log = place.start().log();
    assert!(expected.iter().all(|line| log.contains(line)) && !log.contains("hunter2"), "{log}");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let place = Place::default().with_variable("ROCKET_CONFIG", "nowhere.toml");
    assert_eq!(
        warnings(&place),
        ["ROCKET_CONFIG names nowhere.toml, and there is no such file: nothing is read from it"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_rocket_and_usher_know_is_not_told() {
    let place = Place::default().with_variable("ROCKET_CONFIG", "Usher.toml");
    let toml = "[default]\naddress = \"127.0.0.1\"\nworkers = 2\nmax_blocking = 8\nkeep_alive = 5\nident = false\n\
                ip_header = false\nlog_level = \"off\"\ncli_colors = false\ntemp_dir = \"/tmp\"\n\
                secret_key = \"\"\ntemplate_dir = \"x\"\n\
                [default.limits]\nforms = 1\n[default.shutdown]\nctrlc = true\nmercy = 1\n";
    fs::write(place.path().join("Usher.toml"), toml).unwrap();
    assert_eq!(warnings(&place), [""; 0]);
    let place = place.with("tls", "{certs=\"a\",key=\"b\"}");
    let told = warnings(&place);
    assert!(told.len() == 1 && told[0].starts_with("ROCKET_TLS does nothing"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_may_stand_in_files() {
    for place in on_both_databases().await {
        let database =
            place.value("database_url").unwrap_or_else(|| format!("sqlite://{}", place.data("u.db").display()));
        let write = |name: &str, text: &str| {
            let path = place.path().join(name);
            fs::write(&path, text).unwrap();
            path.display().to_string()
        };
        let (key, url) = (write("key", &format!("{KEY}\n")), write("url", &format!("{database}\r\n")));
        let mails = write("mails", &format!("file:{}\n", place.path().join("sent").display()));
        let mut place = place;
        place.unset("database_url");
        let mut place =
            place.with("database_url_file", url).with("mail_url_file", mails).with("port", free_port().to_string());
        // In Rocket.toml as in a variable.
        fs::write(place.path().join("Rocket.toml"), format!("[default]\nmaster_key_file = {key:?}\n")).unwrap();
        place.create_user("rosa@harbor.test");
        let server = place.start();
        server.client().log_in("rosa@harbor.test");
        assert!(!place.data("usher.sqlite3").exists() && !place.data("master.key").exists());
        assert!(place.path().join("sent").is_dir() && !place.data("mail").exists());
        drop(server);

        for (key, value) in [("master_key", KEY), ("database_url", &database), ("mail_url", "file:mail")] {
            place.set(key, value);
            let output = place.run(&[], "");
            let told = String::from_utf8(output.stderr).unwrap();
            let expected =
                format!("usher: configuration: {key}_file: is set, and so is {key}: leave one of them out\n");
            assert_eq!((output.status.code(), told), (Some(1), expected));
            place.unset(key);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_value_in_a_file_is_told_by_the_key_of_the_file() {
    for (key, value) in [("master_key", "hunter2"), ("database_url", "mysql://u:hunter2@h/d"), ("mail_url", "hunter2")]
    {
        let place = Place::default();
        fs::write(place.path().join("secret"), value).unwrap();
        let place = place.with(&format!("{key}_file"), "secret");
        let output = place.run(&["migrate"], "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with(&format!("usher: configuration: {key}_file: must ")), "{told}");
        assert!(told.lines().count() == 1 && !told.contains("hunter2"), "{told}");
    }
}
