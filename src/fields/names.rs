//! Names of people and things: texts of one [`Shape`], which Yeep's API checks too, in words of its own.

use std::ops::RangeInclusive;

use super::{FieldValue, Raw};
use crate::fault::Rule;

/// What a text must be.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Whether white space at the ends is dropped.
    pub trims: bool,
    /// Whether capitals are made small.
    pub lowers: bool,
    /// Fewest and most characters.
    pub length: (usize, usize),
    /// Whether a character may be in it.
    pub allows: fn(char) -> bool,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Empty,
    TooShort,
    TooLong,
    Characters,
}

impl Shape {
    /// Anything printable of this length.
    const fn line(least: usize, most: usize) -> Self {
        Self { trims: true, lowers: false, length: (least, most), allows: |c| !c.is_control() }
    }

    /// These characters, in lower case.
    const fn low(least: usize, most: usize, allows: fn(char) -> bool) -> Self {
        Self { trims: true, lowers: true, length: (least, most), allows }
    }

    /// The text, trimmed and in lower case where that is meant.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(&self, text: &str) -> Result<String, Vec<Flaw>> {
        let text = if self.trims { text.trim() } else { text };
        let text = if self.lowers { text.to_lowercase() } else { text.to_owned() };
        let length: RangeInclusive<usize> = self.length.0..=self.length.1;
        let count = text.chars().count();
        let flaws: Vec<Flaw> = [
            (count == 0, Flaw::Empty),
            (count < *length.start(), Flaw::TooShort),
            (count > *length.end(), Flaw::TooLong),
            (!text.chars().all(self.allows), Flaw::Characters),
        ]
        .into_iter()
        .filter_map(|(is_wrong, flaw)| is_wrong.then_some(flaw))
        .collect();
        if flaws.is_empty() { Ok(text) } else { Err(flaws) }
    }
}

/// A text of a shape.
pub trait Named: FieldValue {
    /// What it must be.
    const SHAPE: Shape;

    /// Reads a text.
    ///
    /// # Errors
    /// All that is wrong with it.
    fn read(text: &str) -> Result<Self, Vec<Flaw>>;
}

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident, $shape:expr;)*) => {$(
        text_type! { $(#[$doc])* $name }

        impl Named for $name {
            const SHAPE: Shape = $shape;

            fn read(text: &str) -> Result<Self, Vec<Flaw>> {
                Self::SHAPE.read(text).map(Self)
            }
        }

        impl FieldValue for $name {
            fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
                match raw {
                    Raw::Text(text) => Self::read(&text).map_err(|_| Rule::$name),
                    _ => Err(Rule::Text),
                }
            }
        }
    )*};
}

names! {
    /// What somebody is called: up to 100 characters, none of them a control character.
    FullName, Shape::line(1, 100);
    /// What an org is called: 3–100 characters, none of them a control character.
    OrgName, Shape::line(3, 100);
    /// What a permission or role is for: up to 140 characters, none of them a control character.
    Description, Shape::line(1, 140);
    /// 2–30 lower-case letters, digits, `_`, `-`, `.`; some are [reserved](RESERVED_USERNAMES).
    Username, Shape::low(2, 30, |c| is_word(c) || c == '.');
    /// The name of an org in paths: 3–30 lower-case letters, digits, `_`, `-`.
    Slug, Shape::low(3, 30, is_word);
    /// The name of a permission: 2–64 lower-case letters, digits, `_`, `-`, `.`.
    PermissionName, Shape::low(2, 64, |c| is_word(c) || c == '.');
    /// The name of a role: 2–64 lower-case letters, digits, `_`, `-`, `.`, `:`.
    RoleName, Shape::low(2, 64, |c| is_word(c) || c == '.' || c == ':');
    /// The token of a link: 6–100 letters, digits or `-`.
    LinkToken, Shape { trims: false, lowers: false, length: (6, 100), allows: |c| c.is_ascii_alphanumeric() || c == '-' };
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// The usernames that would be taken for the service itself (Yeep's contract, 10.1).
pub const RESERVED_USERNAMES: [&str; 14] = [
    "admin",
    "administrator",
    "root",
    "api",
    "www",
    "login",
    "logout",
    "support",
    "help",
    "settings",
    "invitations",
    "postmaster",
    "webmaster",
    "yeep",
];
