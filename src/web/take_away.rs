//! What is wanted of an environment's values, as forms and JSON say it.

use crate::domain::environments::take_away::Wanted;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{FieldValue, Fields, Raw, Reason, Source};
use crate::formats::{Format, Scheme};
use crate::store::secrets::Field;

impl FieldValue for Format {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(text) => Self::named(&text).ok_or(Rule::Format),
            _ => Err(Rule::Format),
        }
    }
}

impl FieldValue for Scheme {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(text) => Self::named(&text).ok_or(Rule::Choice),
            _ => Err(Rule::Choice),
        }
    }
}

/// What variables begin with: letters, digits and `_`, no digit first.
struct VariablePrefix(String);

impl FieldValue for VariablePrefix {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        match raw {
            Raw::Text(text) if is_prefix(&text) => Ok(Self(text.into_owned())),
            _ => Err(Rule::VariablePrefix),
        }
    }
}

fn is_prefix(text: &str) -> bool {
    text.len() <= 32
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// The name of an AWS profile: 1–64 letters, digits, `_`, `-`, `.`.
struct ProfileName(String);

impl FieldValue for ProfileName {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let may_be = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        match raw {
            Raw::Text(text) if (1..=64).contains(&text.len()) && text.chars().all(may_be) => {
                Ok(Self(text.into_owned()))
            }
            _ => Err(Rule::ProfileName),
        }
    }
}

/// Reads what is wanted. `fields` was read by the caller, since it is a list.
///
/// # Errors
/// [`Error::Invalid`].
pub fn wanted<S: Source>(source: &S, fields: Result<Option<Vec<Field>>, Rule>) -> Result<Wanted, Error> {
    let mut read = Fields::of(source);
    let format = read.optional("format").unwrap_or(Format::Json);
    let prefix = read.optional::<VariablePrefix>("prefix").map_or_else(String::new, |prefix| prefix.0);
    let profile = read.optional::<ProfileName>("profile").map(|profile| profile.0);
    let scheme = read.optional("scheme").unwrap_or_default();
    let reason = read.optional::<Reason>("reason");
    let fields = fields.unwrap_or_else(|rule| {
        read.fault(Fault { field: "fields", rule });
        None
    });
    read.finish(|| Some(Wanted { format, fields, prefix, profile, scheme, reason }))
}
