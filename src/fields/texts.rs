//! Strings with a single rule.

use std::borrow::Cow;

use super::{FieldValue, LONGEST_HOST_OR_PREFIX, Raw, text_that, text_up_to};
use crate::fault::Rule;

macro_rules! text_types {
    ($($(#[$doc:meta])* $name:ident = $rule:ident, $parse:expr;)*) => {$(
        text_type! { $(#[$doc])* $name }

        impl FieldValue for $name {
            fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
                let parse: fn(Raw<'_>, Rule) -> Result<String, Rule> = $parse;
                parse(raw, Rule::$rule).map(Self)
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
    /// A cloud region, in lower case: `eu-west-1`.
    Region = Region, |raw, rule| text_that(raw, rule, is_region).map(|text| text.to_ascii_lowercase());
    /// A bucket name.
    Bucket = Bucket, |raw, rule| text_that(raw, rule, is_bucket);
    /// A prefix within a bucket; may be empty.
    Prefix = Prefix, |raw, rule| text_up_to(LONGEST_HOST_OR_PREFIX, raw, rule);
    /// A database name.
    DbName = DbName, |raw, rule| text_that(raw, rule, |text| {
        (1..=64).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || "$_".contains(c))
    });
    /// A host name.
    Host = Host, |raw, rule| {
        let text = text_up_to(LONGEST_HOST_OR_PREFIX, raw, rule)?;
        if is_host(&text) { Ok(text) } else { Err(rule) }
    };
    /// Any non-empty string.
    NotEmpty = NotEmpty, |raw, rule| text_that(raw, rule, |text| !text.is_empty());
    /// A Slack channel, by id or name.
    SlackChannel = NotEmpty, |raw, rule| text_that(raw, rule, |text| !text.is_empty());
    /// Eight hex digits, in lower case.
    InviteCode = InviteCode, |raw, rule| {
        text_that(raw, rule, |text| text.len() == 8 && text.chars().all(|c| c.is_ascii_hexdigit()))
            .map(|text| text.to_ascii_lowercase())
    };
    /// The name of an access token: up to 100 characters, no control characters.
    TokenName = TokenName, |raw, rule| {
        text_that(raw, rule, |text| {
            (1..=100).contains(&text.chars().count()) && !text.trim().is_empty() && !text.chars().any(char::is_control)
        })
    };
    /// Why something was done, in a line of up to 200 characters.
    Reason = Reason, |raw, rule| {
        let text = text_that(raw, rule, |text| {
            (1..=200).contains(&text.chars().count()) && !text.chars().any(char::is_control)
        })?;
        let trimmed = text.trim();
        if trimmed.is_empty() { Err(rule) } else { Ok(trimmed.to_owned()) }
    };
    /// The only resource that a right covers, as JSON: a number, or a string of 2–140 characters.
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

/// An [`InviteCode`] as people type it: with spaces and dashes anywhere.
#[derive(Clone, Debug)]
pub struct TypedCode(pub InviteCode);

impl FieldValue for TypedCode {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let raw = match raw {
            Raw::Text(text) => {
                let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
                Raw::Text(Cow::Owned(text.chars().filter(|c| !is_between(*c)).collect()))
            }
            raw => raw,
        };
        InviteCode::parse(raw).map(Self)
    }
}

impl ResourceId {
    /// A stored resource as it was typed: a string without its quotes.
    pub fn as_typed(stored: &str) -> String {
        match serde_json::from_str(stored) {
            Ok(serde_json::Value::String(text)) => text,
            _ => stored.to_owned(),
        }
    }
}

/// Parses a number.
fn number(text: &str) -> Option<serde_json::Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    let is_written_so = text.chars().all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    let number = text.parse::<f64>().ok().filter(|_| is_written_so)?;
    serde_json::Number::from_f64(number)
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
