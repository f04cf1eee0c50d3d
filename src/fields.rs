//! What is sent, parsed at the edge into types that cannot be wrong.
//!
//! JSON bodies and forms go through the same rules: [`Fields`] takes the values out of either, gathers
//! every fault, in the order of the fields, and only then lets the values through.

use std::borrow::Cow;

use crate::email_address::EmailAddress;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::secret::Secret;
use crate::words::Language;

/// A value as it was sent.
#[derive(Debug)]
pub enum Raw<'a> {
    Missing,
    Text(Cow<'a, str>),
    Integer(i64),
    Bool(bool),
    /// `null`, a fraction, a list or an object.
    Other,
}

/// Where values come from.
pub trait Source {
    /// The value of a field.
    fn raw(&self, field: &str) -> Raw<'_>;

    /// Whether white space round a text is a slip of the fingers: in forms, not in JSON.
    const TRIMS: bool;
}

/// A type that a field's value is parsed into.
pub trait FieldValue: Sized {
    /// Parses a value that is there.
    ///
    /// # Errors
    /// The rule that it breaks.
    fn parse(raw: Raw<'_>) -> Result<Self, Rule>;

    /// Whether white space at the ends is part of the value, wherever it was typed.
    const KEEPS_SPACE: bool = false;
}

/// Takes values out of a [`Source`] and gathers the faults.
pub struct Fields<'a, S> {
    source: &'a S,
    faults: Vec<Fault>,
}

impl<'a, S: Source> Fields<'a, S> {
    /// The fields of `source`.
    pub fn of(source: &'a S) -> Self {
        Self { source, faults: Vec::new() }
    }

    /// A field that must be there.
    pub fn required<T: FieldValue>(&mut self, field: &'static str) -> Option<T> {
        let before = self.faults.len();
        let value = self.optional(field);
        if value.is_none() && self.faults.len() == before {
            self.faults.push(Fault { field, rule: Rule::Required });
        }
        value
    }

    /// A field that may be left out.
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

    /// Notes a fault that was found some other way.
    pub fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Lets the values through when there was no fault.
    ///
    /// # Errors
    /// [`Error::Invalid`] with all faults, in the order of the fields.
    pub fn finish<T>(self, value: impl FnOnce() -> Option<T>) -> Result<T, Error> {
        if !self.faults.is_empty() {
            return Err(Error::Invalid(self.faults));
        }
        value().ok_or_else(|| Error::internal("a required field is neither there nor missing"))
    }
}

const LONGEST: usize = 256;
const LONGEST_HOST_OR_PREFIX: usize = 1024;

/// The text of a value, of at most `longest` characters and without NUL.
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

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident = $rule:ident, $parse:expr;)*) => {$(
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

        impl FieldValue for $name {
            fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
                let parse: fn(Raw<'_>, Rule) -> Result<String, Rule> = $parse;
                parse(raw, Rule::$rule).map(Self)
            }
        }
    )*};
}

macro_rules! secret_types {
    ($($(#[$doc:meta])* $name:ident = $rule:ident, $keeps:literal, $holds:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $name(Secret);

        impl $name {
            /// The text itself.
            pub fn expose(&self) -> &str {
                self.0.expose()
            }

            /// The text, kept from being printed.
            pub fn secret(&self) -> Secret {
                self.0.clone()
            }
        }

        impl FieldValue for $name {
            const KEEPS_SPACE: bool = $keeps;

            fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
                let holds: fn(&str) -> bool = $holds;
                text_that(raw, Rule::$rule, holds).map(|text| Self(Secret::from(text)))
            }
        }
    )*};
}

text_types! {
    /// The name of an environment or of stored keys: 4–25 letters, digits, spaces, `:`, `_`, `-`.
    Name = Name, |raw, rule| {
        let text = text_that(raw, rule, |text| (4..=25).contains(&text.len()) && text.chars().all(is_of_name))?;
        let trimmed = text.trim();
        if trimmed.is_empty() { Err(rule) } else { Ok(trimmed.to_owned()) }
    };
    /// A region of a cloud, in lower case: `eu-west-1`.
    Region = Region, |raw, rule| text_that(raw, rule, is_region).map(|text| text.to_ascii_lowercase());
    /// The name of a bucket.
    Bucket = Bucket, |raw, rule| text_that(raw, rule, is_bucket);
    /// A prefix within a bucket; may be empty.
    Prefix = Prefix, |raw, rule| text_up_to(LONGEST_HOST_OR_PREFIX, raw, rule);
    /// The name of a database.
    DbName = DbName, |raw, rule| text_that(raw, rule, |text| {
        (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "$_".contains(c))
    });
    /// The name of a host.
    Host = Host, |raw, rule| {
        let text = text_up_to(LONGEST_HOST_OR_PREFIX, raw, rule)?;
        if is_host(&text) { Ok(text) } else { Err(rule) }
    };
    /// Any text but the empty one.
    NotEmpty = NotEmpty, |raw, rule| text_that(raw, rule, |text| !text.is_empty());
    /// A channel of Slack, by id or name.
    SlackChannel = NotEmpty, |raw, rule| text_that(raw, rule, |text| !text.is_empty());
    /// Eight hex digits, in lower case.
    InviteCode = InviteCode, |raw, rule| {
        text_that(raw, rule, |text| text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit()))
            .map(|text| text.to_ascii_lowercase())
    };
    /// The token of a link: 6–100 letters, digits or `-`.
    LinkToken = LinkToken, |raw, rule| text_that(raw, rule, is_link_token);
    /// What somebody is called: up to 100 characters, none of them a control character.
    FullName = FullName, |raw, rule| {
        let text = text_that(raw, rule, |text| text.chars().count() <= 100 && !text.chars().any(char::is_control))?;
        let trimmed = text.trim();
        if trimmed.is_empty() { Err(rule) } else { Ok(trimmed.to_owned()) }
    };
    /// 2–30 lower-case letters, digits, `_`, `-`, `.`, and not one of the reserved names.
    Username = Username, |raw, rule| {
        let text = text_that(raw, rule, |_| true)?.trim().to_lowercase();
        let fine = (2..=30).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
        if fine { Ok(text) } else { Err(rule) }
    };
    /// What an access token is called: up to 100 characters, none of them a control character.
    TokenName = TokenName, |raw, rule| {
        text_that(raw, rule, |text| {
            (1..=100).contains(&text.chars().count()) && !text.trim().is_empty() && !text.chars().any(char::is_control)
        })
    };
    /// What an org is called: 3–100 characters, none of them a control character.
    OrgName = OrgName, |raw, rule| {
        let text = text_that(raw, rule, |text| !text.chars().any(char::is_control))?;
        let trimmed = text.trim();
        if (3..=100).contains(&trimmed.chars().count()) { Ok(trimmed.to_owned()) } else { Err(rule) }
    };
    /// The name of an org in paths: 3–30 lower-case letters, digits, `_`, `-`.
    Slug = Slug, |raw, rule| low_name(raw, rule, 3..=30, "_-");
    /// The name of a permission: 2–64 lower-case letters, digits, `_`, `-`, `.`.
    PermissionName = PermissionName, |raw, rule| low_name(raw, rule, 2..=64, "_-.");
    /// The name of a role: 2–64 lower-case letters, digits, `_`, `-`, `.`, `:`.
    RoleName = RoleName, |raw, rule| low_name(raw, rule, 2..=64, "_-.:");
    /// What a permission or role is for: up to 140 characters.
    Description = Description, |raw, rule| {
        text_that(raw, rule, |text| text.chars().count() <= 140 && !text.chars().any(char::is_control))
    };
    /// The one thing that a right is narrowed to, as JSON: a number, or a text of 2–140 characters.
    ResourceId = ResourceId, |raw, rule| {
        let text = text_that(raw, rule, |text| !text.chars().any(char::is_control))?;
        let text = text.trim();
        match number(text) {
            Some(number) => Ok(number.to_string()),
            None if (2..=140).contains(&text.chars().count()) => Ok(serde_json::Value::from(text).to_string()),
            None => Err(rule),
        }
    };
}

impl ResourceId {
    /// A stored resource as it was typed: a text without its quotes.
    pub fn as_typed(stored: &str) -> String {
        match serde_json::from_str(stored) {
            Ok(serde_json::Value::String(text)) => text,
            _ => stored.to_owned(),
        }
    }
}

/// The number that a text reads as.
fn number(text: &str) -> Option<serde_json::Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let is_written_so = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    let number = text.parse::<f64>().ok().filter(|_| is_written_so)?;
    serde_json::Number::from_f64(number)
}

fn low_name(raw: Raw<'_>, rule: Rule, length: std::ops::RangeInclusive<usize>, signs: &str) -> Result<String, Rule> {
    let text = text_that(raw, rule, |_| true)?.trim().to_lowercase();
    let fine = length.contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || signs.contains(c));
    if fine { Ok(text) } else { Err(rule) }
}

/// How long an invitation to an org is open: 1 second to 30 days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvitationLife(pub std::time::Duration);

impl InvitationLife {
    /// The longest, in seconds: 30 days.
    pub const LONGEST: u64 = 30 * 24 * 60 * 60;
}

impl FieldValue for InvitationLife {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let seconds = match raw {
            Raw::Integer(seconds) => u64::try_from(seconds).ok(),
            Raw::Text(text) => text.parse().ok(),
            _ => None,
        };
        let seconds = seconds.filter(|seconds| (1..=Self::LONGEST).contains(seconds)).ok_or(Rule::InvitationLife)?;
        Ok(Self(std::time::Duration::from_secs(seconds)))
    }
}

/// How long an access token works: one of a few lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLife(pub std::time::Duration);

impl TokenLife {
    /// The lives to choose from, in days.
    pub const DAYS: [u64; 4] = [7, 30, 90, 365];
}

impl FieldValue for TokenLife {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let Raw::Text(text) = raw else { return Err(Rule::TokenLife) };
        let lives = Self::DAYS.map(|days| days * 24 * 60 * 60);
        let chosen = text.parse().ok().filter(|seconds| lives.contains(seconds));
        chosen.map(|seconds| Self(std::time::Duration::from_secs(seconds))).ok_or(Rule::TokenLife)
    }
}

secret_types! {
    /// A password: 8–64 characters, no line break; spaces at its ends are part of it.
    Password = Password, true, |text| (8..=64).contains(&text.chars().count()) && is_one_line(text);
    /// What somebody gives as the present password: any text, since the rule may have changed.
    GivenPassword = NotEmpty, true, |text| !text.is_empty();
    /// The public half of a pair of keys: upper-case letters and digits.
    AccessKey = AccessKey, false, |text| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    /// The secret half of a pair of keys: no white space.
    SecretKey = SecretKey, false, |text| !text.is_empty() && !text.contains(char::is_whitespace);
    /// What Slack knows a program by.
    SlackToken = NotEmpty, false, |text| !text.is_empty();
    /// The name of a database's user.
    DbUser = NotEmpty, false, |text| !text.is_empty();
    /// The password of a database's user.
    DbPass = OneLine, true, |text| !text.is_empty() && is_one_line(text);
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

/// The id of a row. One that is too big for the database, or below 1, is an id that does not exist.
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

fn is_one_line(text: &str) -> bool {
    !text.contains(['\n', '\r'])
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || " :_-".contains(c)
}

fn is_region(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphabetic());
    matches!(parts.as_slice(), [land, place, number]
        if land.len() == 2 && letters(land)
            && (4..=12).contains(&place.len()) && letters(place)
            && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}

fn is_bucket(text: &str) -> bool {
    let end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    (3..=63).contains(&text.len())
        && text.chars().all(|c| end(c) || ".-".contains(c))
        && text.starts_with(end)
        && text.ends_with(end)
}

fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
}

fn is_link_token(text: &str) -> bool {
    (6..=100).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}
