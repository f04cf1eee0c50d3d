//! Values that may be secret: they stand in the configuration, or in a file that it names.

use std::fs::File;
use std::io::{self, Read as _};

use rocket::figment::Figment;
use zeroize::Zeroizing;

use super::keys::SECRET;
use super::{ConfigError, value_or, wrong};

/// More than any of these values has, and little enough to be read from anything that is named by mistake.
const LARGEST: u64 = 64 * 1024;

/// A value, and the key that it was set by.
pub(super) struct Secret {
    pub key: &'static str,
    pub text: Zeroizing<String>,
}

/// The value of `key`, or the content of the file that its twin names.
///
/// # Errors
/// When both are set, or the file cannot be read.
pub(super) fn find(figment: &Figment, key: &'static str) -> Result<Option<Secret>, ConfigError> {
    let twin = SECRET.iter().find(|(secret, _)| *secret == key).map(|(_, twin)| *twin);
    let twin = twin.expect("callers name a key of SECRET");
    match (figment.contains(key), figment.contains(twin)) {
        (true, true) => Err(wrong(twin, format!("is set, and so is {key}: leave one of them out"))),
        (true, false) => given(figment, key).map(|text| Some(Secret { key, text })),
        (false, true) => read(figment, twin).map(|text| Some(Secret { key: twin, text })),
        (false, false) => Ok(None),
    }
}

fn given(figment: &Figment, key: &'static str) -> Result<Zeroizing<String>, ConfigError> {
    // Does not even show the type of a wrong value.
    figment.extract_inner(key).map(Zeroizing::new).map_err(|_| wrong(key, "must be a text"))
}

fn read(figment: &Figment, twin: &'static str) -> Result<Zeroizing<String>, ConfigError> {
    let path: String = value_or(figment, twin, String::new)?;
    let mut text = read_text(&path).map_err(|error| wrong(twin, format!("{path}: {error}")))?;
    let content = text.trim_end_matches(['\r', '\n']).len();
    text.truncate(content);
    if text.is_empty() { Err(wrong(twin, format!("{path}: the file is empty"))) } else { Ok(text) }
}

fn read_text(path: &str) -> io::Result<Zeroizing<String>> {
    let mut text = Zeroizing::new(String::new());
    let read = File::open(path)?.take(LARGEST).read_to_string(&mut text)?;
    if u64::try_from(read).is_ok_and(|read| read < LARGEST) {
        Ok(text)
    } else {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "the file is too large"))
    }
}
