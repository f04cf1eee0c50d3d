//! Names of people and things: strings of a [`Shape`]. Yeep's API checks the same shapes with its own messages.

use std::ops::RangeInclusive;

use super::{FieldValue, Raw};
use crate::fault::Rule;

/// The rules for a string.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Whether whitespace at the ends is trimmed.
    pub trims: bool,
    /// Whether it is converted to lower case.
    pub lowers: bool,
    /// Minimum and maximum, in characters.
    pub length: (usize, usize),
    /// Which characters are allowed.
    pub allows: fn(char) -> bool,
}

/// A broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Empty,
    TooShort,
    TooLong,
    Characters,
}

impl Shape {
    /// Printable characters.
    const fn line(least: usize, most: usize) -> Self {
        Self { trims: true, lowers: false, length: (least, most), allows: |c| !c.is_control() }
    }

    /// The allowed characters, in lower case.
    const fn low(least: usize, most: usize, allows: fn(char) -> bool) -> Self {
        Self { trims: true, lowers: true, length: (least, most), allows }
    }

    /// Trims and lower-cases as the shape says.
    ///
    /// # Errors
    /// All broken rules.
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

/// A string of a shape.
pub trait Named: FieldValue {
    const SHAPE: Shape;

    /// # Errors
    /// All broken rules.
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
    /// A person's name: up to 100 characters, no control characters.
    FullName, Shape::line(1, 100);
    /// An org's name: 3–100 characters, no control characters.
    OrgName, Shape::line(3, 100);
    /// The description of a permission or role: up to 140 characters, no control characters.
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

/// Usernames that could be taken for the service itself (Yeep's contract, 10.1).
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
