//! Yeep's validation: every fault of a body, with its path and type, in the order of the method's table.

use serde_json::{Map, Value, json};

/// One fault.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    path: Vec<Step>,
    kind: &'static str,
    message: String,
}

/// A step of a path: a key or a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(String),
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl Detail {
    pub fn new(path: &[Step], kind: &'static str) -> Self {
        let label = path
            .iter()
            .rev()
            .find_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            })
            .unwrap_or("value");
        let message = format!("\"{label}\" {}", words(kind));
        Self { path: path.to_vec(), kind, message }
    }

    /// A fault of one field of the body.
    pub fn of(field: &str, kind: &'static str) -> Self {
        Self::new(&[field.into()], kind)
    }

    pub fn to_json(&self) -> Value {
        let path: Vec<Value> = self
            .path
            .iter()
            .map(|step| match step {
                Step::Key(key) => json!(key),
                Step::Index(index) => json!(index),
            })
            .collect();
        json!({ "path": path, "type": self.kind, "message": self.message })
    }
}

fn words(kind: &str) -> &'static str {
    match kind {
        "any.required" => "is required",
        "any.empty" => "is not allowed to be empty",
        "any.forbidden" | "object.allowUnknown" => "is not allowed",
        "object.base" => "must be an object",
        "string.base" => "must be a string",
        "string.min" => "is too short",
        "string.max" => "is too long",
        "string.length" => "has not the required length",
        "string.hex" => "must only contain hexadecimal characters",
        "string.regex.name" => "has characters that are not allowed",
        "string.email" => "must be a valid email",
        "string.uriCustomScheme" => "must be an http or https URL",
        "string.base64" => "must be a valid base64 string",
        "number.base" => "must be a number",
        "number.integer" => "must be an integer",
        "number.min" => "is too small",
        "number.max" => "is too large",
        "boolean.base" => "must be a boolean",
        "array.base" => "must be an array",
        "array.min" => "has too few items",
        "array.max" => "has too many items",
        "array.unique" => "contains a duplicate value",
        "array.includesRequiredUnknowns" => "does not contain 1 required value(s)",
        _ => "is not valid",
    }
}

/// What else must hold of a text, and the type of fault when it does not.
#[derive(Clone, Copy, Debug)]
struct Form {
    kind: &'static str,
    holds: fn(&str) -> bool,
}

/// What a text must be.
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

    pub const fn trim(self) -> Self {
        Self { trim: true, ..self }
    }

    pub const fn lower(self) -> Self {
        Self { lower: true, ..self }
    }

    /// Length in characters, after trimming.
    pub const fn between(self, min: usize, max: usize) -> Self {
        Self { min: Some(min), max: Some(max), ..self }
    }

    pub const fn max(self, max: usize) -> Self {
        Self { max: Some(max), ..self }
    }

    /// Which characters it is made of; else `string.regex.name`.
    pub const fn of(self, pattern: fn(char) -> bool) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    /// What else must hold; else this type of fault.
    pub const fn that(self, kind: &'static str, holds: fn(&str) -> bool) -> Self {
        Self { form: Some(Form { kind, holds }), ..self }
    }

    /// The text after its conversions, or the types of its faults.
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
        // What is empty has no characters that could be wrong.
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

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '-'
}

/// 24 hex digits; upper case names the same object.
pub const ID: Text = Text { length: Some(24), hex: true, lower: true, ..Text::new() };
pub const USERNAME: Text = Text::new().lower().trim().between(2, 30).of(|c| is_word(c) || c == '.');
pub const EMAIL: Text = Text::new().trim().max(100).that("string.email", is_email);
pub const PASSWORD: Text = Text::new().trim().between(8, 50);
pub const FULL_NAME: Text = Text::new().trim().between(2, 100);
pub const PICTURE: Text = Text::new().trim().max(500).that("string.uriCustomScheme", is_web_url);
pub const ORG_NAME: Text = Text::new().trim().between(3, 100);
pub const SLUG: Text = Text::new().lower().trim().between(3, 30).of(is_word);
pub const PERMISSION_NAME: Text = Text::new().lower().trim().between(2, 64).of(|c| is_word(c) || c == '.');
pub const ROLE_NAME: Text = Text::new().lower().trim().between(2, 64).of(|c| is_word(c) || c == '.' || c == ':');
pub const DESCRIPTION: Text = Text::new().trim().between(1, 140);
pub const TOKEN: Text = Text::new().trim().between(6, 100).of(|c| c.is_ascii_alphanumeric() || c == '-');

fn is_email(text: &str) -> bool {
    crate::email_address::EmailAddress::try_from(text).is_ok()
}

fn is_web_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !rest.contains(char::is_whitespace))
}

/// Takes the fields out of a body and gathers the faults.
pub struct Check<'a> {
    body: &'a Map<String, Value>,
    at: Vec<Step>,
    known: Vec<&'static str>,
    details: Vec<Detail>,
}

impl<'a> Check<'a> {
    /// The fields of a body.
    pub fn of(body: &'a Map<String, Value>) -> Self {
        Self::at(body, Vec::new())
    }

    fn at(body: &'a Map<String, Value>, at: Vec<Step>) -> Self {
        Self { body, at, known: Vec::new(), details: Vec::new() }
    }

    /// The value of a field as it was sent; the field counts as known from now on.
    pub fn raw(&mut self, field: &'static str) -> Option<&'a Value> {
        self.known.push(field);
        self.body.get(field)
    }

    /// Whether a field was sent.
    pub fn has(&self, field: &str) -> bool {
        self.body.contains_key(field)
    }

    /// Notes a fault of a field.
    pub fn fault(&mut self, field: &'static str, kind: &'static str) {
        let path = self.path(field);
        self.details.push(Detail::new(&path, kind));
    }

    /// Notes a fault below a field.
    pub fn fault_at(&mut self, field: &'static str, rest: &[Step], kind: &'static str) {
        let mut path = self.path(field);
        path.extend_from_slice(rest);
        self.details.push(Detail::new(&path, kind));
    }

    fn path(&self, field: &str) -> Vec<Step> {
        let mut path = self.at.clone();
        path.push(field.into());
        path
    }

    /// A text that may be left out.
    pub fn text(&mut self, field: &'static str, rule: Text) -> Option<String> {
        let value = self.raw(field)?;
        match rule.check(value) {
            Ok(text) => Some(text),
            Err(kinds) => {
                for kind in kinds {
                    self.fault(field, kind);
                }
                None
            }
        }
    }

    /// A text that must be there.
    pub fn required_text(&mut self, field: &'static str, rule: Text) -> Option<String> {
        if !self.body.contains_key(field) {
            self.known.push(field);
            self.fault(field, "any.required");
            return None;
        }
        self.text(field, rule)
    }

    /// A text that must be there, checked by a rule but kept as it was sent.
    pub fn required_text_as_sent(&mut self, field: &'static str, rule: Text) -> Option<String> {
        self.required_text(field, rule)?;
        self.body.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// An integer that may be left out; a text that reads as one is taken for it.
    pub fn integer(&mut self, field: &'static str, min: i64, max: i64) -> Option<i64> {
        let value = self.raw(field)?;
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) if !text.trim().is_empty() => text.trim().parse().ok(),
            _ => None,
        };
        let Some(number) = number.filter(|number| number.is_finite()) else {
            self.fault(field, "number.base");
            return None;
        };
        let before = self.details.len();
        if number.fract() != 0.0 {
            self.fault(field, "number.integer");
        }
        #[expect(clippy::cast_precision_loss, reason = "the bounds are far below 2^53")]
        if number < min as f64 {
            self.fault(field, "number.min");
        } else if number > max as f64 {
            self.fault(field, "number.max");
        }
        #[expect(clippy::cast_possible_truncation, reason = "the number is within the bounds")]
        (self.details.len() == before).then_some(number as i64)
    }

    /// A boolean that may be left out.
    pub fn boolean(&mut self, field: &'static str) -> Option<bool> {
        match self.raw(field)? {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text == "true" => Some(true),
            Value::String(text) if text == "false" => Some(false),
            _ => {
                self.fault(field, "boolean.base");
                None
            }
        }
    }

    /// The items of a list that may be left out; a lone value is a list of one.
    pub fn list(&mut self, field: &'static str) -> Option<&'a [Value]> {
        match self.raw(field)? {
            Value::Array(items) => Some(items),
            Value::Null => {
                self.fault(field, "array.base");
                None
            }
            lone => Some(std::slice::from_ref(lone)),
        }
    }

    /// Notes a list of more than `most` items. Their own faults come before; those of the items beyond are not
    /// looked for: the answer would be many times as long as the request.
    pub fn at_most(&mut self, field: &'static str, items: &[Value], most: usize) {
        if items.len() > most {
            self.fault(field, "array.max");
        }
    }

    /// Notes every item, given with its position, that equals an earlier one.
    pub fn unique<T: PartialEq>(&mut self, field: &'static str, items: &[(usize, T)]) {
        for (number, (index, item)) in items.iter().enumerate() {
            if items[..number].iter().any(|(_, earlier)| earlier == item) {
                self.fault_at(field, &[Step::Index(*index)], "array.unique");
            }
        }
    }

    /// Checks an object below a field with its own fields; unknown ones are faults.
    pub fn object<T>(
        &mut self,
        field: &'static str,
        rest: &[Step],
        value: &'a Value,
        read: impl FnOnce(&mut Check<'a>) -> Option<T>,
    ) -> Option<T> {
        let mut at = self.path(field);
        at.extend_from_slice(rest);
        let Value::Object(fields) = value else {
            self.details.push(Detail::new(&at, "object.base"));
            return None;
        };
        let mut inner = Check::at(fields, at);
        let read = read(&mut inner);
        inner.note_unknown();
        let sound = inner.details.is_empty();
        self.details.append(&mut inner.details);
        read.filter(|_| sound)
    }

    /// How many faults there are so far.
    pub fn faults(&self) -> usize {
        self.details.len()
    }

    fn note_unknown(&mut self) {
        for key in self.body.keys() {
            if !self.known.contains(&key.as_str()) {
                let mut path = self.at.clone();
                path.push(key.as_str().into());
                self.details.push(Detail::new(&path, "object.allowUnknown"));
            }
        }
    }

    /// Lets the values through when there was no fault.
    ///
    /// # Errors
    /// All faults: those of the fields in the order in which they were asked for, then unknown fields in
    /// the order sent.
    pub fn finish<T>(mut self, value: impl FnOnce() -> Option<T>) -> Result<T, Vec<Detail>> {
        self.note_unknown();
        if !self.details.is_empty() {
            return Err(self.details);
        }
        value().ok_or_else(Vec::new)
    }
}
