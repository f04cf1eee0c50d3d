//! Addresses as people have them: typed, or pasted from mails, lists, spreadsheets and links. All forms of pages read
//! them here; the JSON APIs take an [`EmailAddress`] and nothing else.
//!
//! | taken | read as |
//! | --- | --- |
//! | `rosa@harbor.test`, `<rosa@harbor.test>`, `'rosa@harbor.test'`, `rosa@harbor.test.` | the address |
//! | `mailto:rosa%2Bx@harbor.test?subject=Hello`, `<mailto:rosa@harbor.test\|rosa@harbor.test>` | the address |
//! | `Rosa Diaz <rosa@harbor.test>`, `Diaz, Rosa <…>`, `"Diaz, Rosa" <…>`, `Rosa Diaz rosa@harbor.test` | with a name |
//! | `rosa@harbor.test (Rosa Diaz)`, `rosa@harbor.test Rosa Diaz`, `rosa@harbor.test, Rosa Diaz` | with a name |
//! | columns between tabs, one of which is an address | with the others as its name |
//! | full-width letters and signs, zero-width and non-breaking characters | as their plain ones, or none |
//! | `- `, `* `, `• `, `1. `, `[x] `, `> ` before it | a mark of a list |
//!
//! In a list, one line holds one person, or several addresses with `,`, `;`, tabs or spaces between them. A username is
//! what is written `@rosa`, or stands alone on its line. Names are never taken for usernames: a line that leaves words
//! over (`Rosa Diaz`, `rosa, tomas`, `bob@example,com`) is [`Unclear`], to be asked about.

mod clean;
mod line;

use std::collections::BTreeSet;

use crate::email_address::EmailAddress;
use crate::fault::Rule;
use crate::fields::{FieldValue, FullName, Raw, Username};

/// An address, perhaps with the name of its owner as the sender has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAddress {
    pub name: Option<FullName>,
    pub address: EmailAddress,
}

impl From<EmailAddress> for NamedAddress {
    fn from(address: EmailAddress) -> Self {
        Self { name: None, address }
    }
}

/// Somebody in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Person {
    Address(NamedAddress),
    Username(Username),
}

/// A person of a list, or the rule that the text breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What to fill in again: it reads as the same.
    pub written: String,
    pub person: Result<Person, Rule>,
}

/// A line that could mean several things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// From 1.
    pub number: usize,
    pub text: String,
}

/// The people of a list, each once.
///
/// # Errors
/// The lines that are unclear.
pub fn list(text: &str) -> Result<Vec<Entry>, Vec<Unclear>> {
    let (mut entries, mut unclear) = (Vec::new(), Vec::new());
    for (number, text) in (1..).zip(clean::lines(text)) {
        match line::read(text) {
            Some(of_line) => entries.extend(of_line),
            None => unclear.push(Unclear { number, text: clean::trimmed(text).to_owned() }),
        }
    }
    if !unclear.is_empty() {
        return Err(unclear);
    }
    let mut seen = BTreeSet::new();
    entries.retain(|entry: &Entry| seen.insert(entry.key()));
    Ok(entries)
}

/// The only address of a text.
pub fn only(text: &str) -> Option<NamedAddress> {
    let mut entries = list(text).ok()?;
    match (entries.pop()?.person, entries.is_empty()) {
        (Ok(Person::Address(address)), true) => Some(address),
        _ => None,
    }
}

/// The only username of a text, in lower case: what is left of it without `@`, and without what is invisible.
pub fn username(text: &str) -> String {
    let word = clean::word(text);
    word.strip_prefix('@').unwrap_or(&word).to_lowercase()
}

impl Entry {
    /// Equal for texts that mean the same.
    fn key(&self) -> String {
        match &self.person {
            Ok(Person::Address(person)) => person.address.normal().to_owned(),
            Ok(Person::Username(username)) => username.as_str().to_owned(),
            Err(_) => self.written.to_lowercase(),
        }
    }
}

/// Beyond this a text is no address with a name.
const LONGEST: usize = 1000;

impl FieldValue for NamedAddress {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(text) if text.len() <= LONGEST => only(&text).ok_or(Rule::EmailAddress),
            Raw::Text(_) => Err(Rule::EmailAddress),
            _ => Err(Rule::Text),
        }
    }
}

#[cfg(test)]
mod tests;
