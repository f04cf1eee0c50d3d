//! Input, parsed at the edge into types that cannot be wrong.
//!
//! JSON bodies and forms follow the same rules: [`Fields`] reads values from either, collects all faults in the order
//! of the fields, and returns the values only if there are none.

/// A text that has been parsed.
macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
    };
}

mod lives;
mod names;
mod note;
mod secrets;
mod texts;

use std::borrow::Cow;

pub use lives::*;
pub use names::*;
pub use note::*;
pub use secrets::*;
pub use texts::*;

use crate::email_address::EmailAddress;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::words::Language;

/// A value as sent.
#[derive(Debug)]
pub enum Raw<'a> {
    Missing,
    Text(Cow<'a, str>),
    Integer(i64),
    Bool(bool),
    /// `null`, a fraction, a list or an object.
    Other,
}

/// A source of values.
pub trait Source {
    fn raw(&self, field: &str) -> Raw<'_>;

    /// Whether to trim whitespace: yes in forms, where it is a typing mistake, no in JSON.
    const TRIMS: bool;
}

/// A type that a field's value is parsed into.
pub trait FieldValue: Sized {
    /// Parses a value.
    ///
    /// # Errors
    /// The rule that it breaks.
    fn parse(raw: Raw<'_>) -> Result<Self, Rule>;

    /// Whether whitespace at the ends is part of the value, even in forms.
    const KEEPS_SPACE: bool = false;
}

/// Reads values from a [`Source`] and collects the faults.
pub struct Fields<'a, S> {
    source: &'a S,
    faults: Vec<Fault>,
}

impl<'a, S: Source> Fields<'a, S> {
    pub fn of(source: &'a S) -> Self {
        Self { source, faults: Vec::new() }
    }

    pub fn required<T: FieldValue>(&mut self, field: &'static str) -> Option<T> {
        let before = self.faults.len();
        let value = self.optional(field);
        if value.is_none() && self.faults.len() == before {
            self.faults.push(Fault { field, rule: Rule::Required });
        }
        value
    }

    pub fn optional<T: FieldValue>(&mut self, field: &'static str) -> Option<T> {
        let raw = match self.source.raw(field) {
            Raw::Missing => return None,
            Raw::Text(text) if S::TRIMS && !T::KEEPS_SPACE => match text.trim() {
                "" => return None,
                trimmed => Raw::Text(Cow::Owned(trimmed.to_owned())),
            },
            raw => raw,
        };
        T::parse(raw).map_err(|rule| self.faults.push(Fault { field, rule })).ok()
    }

    /// Adds a fault found elsewhere.
    pub fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Returns the values if there was no fault.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all faults, in the order of the fields.
    pub fn finish<T>(self, value: impl FnOnce() -> Option<T>) -> Result<T, Error> {
        if !self.faults.is_empty() {
            return Err(Error::Invalid(self.faults));
        }
        value().ok_or_else(|| Error::internal("a required field has neither value nor fault"))
    }
}

const LONGEST: usize = 256;
const LONGEST_HOST_OR_PREFIX: usize = 1024;

/// A string of at most `longest` characters, without NUL.
fn text_up_to(longest: usize, raw: Raw<'_>, rule: Rule) -> Result<String, Rule> {
    match raw {
        Raw::Text(text) if text.contains('\0') || text.chars().count() > longest => Err(rule),
        Raw::Text(text) => Ok(text.into_owned()),
        _ => Err(Rule::Text),
    }
}

fn text_that(raw: Raw<'_>, rule: Rule, holds: impl FnOnce(&str) -> bool) -> Result<String, Rule> {
    let text = text_up_to(LONGEST, raw, rule)?;
    if holds(&text) { Ok(text) } else { Err(rule) }
}

impl FieldValue for EmailAddress {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let text = text_that(raw, Rule::EmailAddress, |_| true)?;
        EmailAddress::try_from(text.as_str()).map_err(|_| Rule::EmailAddress)
    }
}

impl FieldValue for bool {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Bool(value) => Ok(value),
            Raw::Text(text) => match text.as_ref() {
                "true" => Ok(true),
                "false" => Ok(false),
                _ => Err(Rule::Bool),
            },
            _ => Err(Rule::Bool),
        }
    }
}

impl FieldValue for Language {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(code) => Self::from_code(&code).ok_or(Rule::Choice),
            _ => Err(Rule::Choice),
        }
    }
}

/// How many former values of each secret an environment keeps: 0, 1, 3 or 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerKept(pub i64);

impl FieldValue for FormerKept {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let RowId(kept) = RowId::parse(raw)?;
        if [0, 1, 3, 10].contains(&kept) { Ok(Self(kept)) } else { Err(Rule::Choice) }
    }
}

/// The id of a row. One below 1, or too large for the database, parses as an id that does not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(pub i64);

impl FieldValue for RowId {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Integer(id) => Ok(Self(id)),
            Raw::Text(text) if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) => {
                Ok(Self(text.parse().unwrap_or(i64::MAX)))
            }
            Raw::Text(text) if text.trim().parse::<f64>().is_ok_and(f64::is_finite) => Ok(Self(0)),
            _ => Err(Rule::Number),
        }
    }
}
