//! Rules for strings. Names have the rule of their type.

use serde_json::Value;

use crate::fields::{FullName, Named, Shape};

/// A further condition, and the error type if it fails.
#[derive(Clone, Copy, Debug)]
struct Form {
    kind: &'static str,
    holds: fn(&str) -> bool,
}

/// The rule of a string.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text {
    trim: bool,
    lower: bool,
    min: Option<usize>,
    max: Option<usize>,
    length: Option<usize>,
    hex: bool,
    pattern: Option<fn(char) -> bool>,
    form: Option<Form>,
}

impl Text {
    pub const fn new() -> Self {
        Self { trim: false, lower: false, min: None, max: None, length: None, hex: false, pattern: None, form: None }
    }

    /// The rule of a type, with trimming: this API trims every string.
    pub const fn of<T: Named>() -> Self {
        let Shape { trims: _, lowers, length: (min, max), allows } = T::SHAPE;
        Self { trim: true, lower: lowers, min: Some(min), max: Some(max), pattern: Some(allows), ..Self::new() }
    }

    pub const fn trim(self) -> Self {
        Self { trim: true, ..self }
    }

    /// Length in characters after trimming.
    pub const fn between(self, min: usize, max: usize) -> Self {
        Self { min: Some(min), max: Some(max), ..self }
    }

    pub const fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    /// A further condition, with its error type.
    pub const fn that(self, kind: &'static str, holds: fn(&str) -> bool) -> Self {
        Self { form: Some(Form { kind, holds }), ..self }
    }

    /// The normalised string, or its error types.
    pub fn check(&self, value: &Value) -> Result<String, Vec<&'static str>> {
        let Value::String(text) = value else { return Err(vec!["string.base"]) };
        if text.contains('\0') {
            return Err(vec!["string.base"]);
        }
        let text = if self.trim { text.trim() } else { text.as_str() };
        let text = if self.lower { text.to_lowercase() } else { text.to_owned() };
        let length = text.chars().count();
        let mut faults = Vec::new();
        let mut must = |holds: bool, kind: &'static str| {
            if !holds {
                faults.push(kind);
            }
        };
        must(!text.is_empty(), "any.empty");
        must(self.min.is_none_or(|min| length >= min), "string.min");
        must(self.max.is_none_or(|max| length <= max), "string.max");
        must(self.length.is_none_or(|exact| length == exact), "string.length");
        // An empty string has no invalid characters.
        if !text.is_empty() {
            must(!self.hex || text.chars().all(|c| c.is_ascii_hexdigit()), "string.hex");
            must(self.pattern.is_none_or(|fits| text.chars().all(fits)), "string.regex.name");
            if let Some(Form { kind, holds }) = self.form {
                must(holds(&text), kind);
            }
        }
        if faults.is_empty() { Ok(text) } else { Err(faults) }
    }
}

/// 24 hex digits; upper case names the same object.
pub const ID: Text = Text { length: Some(24), hex: true, lower: true, ..Text::new() };
pub const EMAIL: Text = Text::new().trim().max(100).that("string.email", is_email);
pub const PASSWORD: Text = Text::new().trim().between(8, 50);
pub const FULL_NAME: Text = Text::of::<FullName>().between(2, 100);
pub const PICTURE: Text = Text::new().trim().max(500).that("string.uriCustomScheme", is_web_url);

fn is_email(text: &str) -> bool {
    crate::email_address::EmailAddress::try_from(text).is_ok()
}

fn is_web_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}
