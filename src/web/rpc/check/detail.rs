//! A validation error with its path, type and message.

use serde_json::{Value, json};

#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    path: Vec<Step>,
    kind: &'static str,
    message: String,
}

/// A step of a path: a key or an index.
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

    /// An error of one field of the body.
    pub fn of(field: &str, kind: &'static str) -> Self {
        Self::new(&[field.into()], kind)
    }

    pub fn is(&self, kind: &str) -> bool {
        self.kind == kind
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
