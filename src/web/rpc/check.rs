//! Yeep's validation: all errors of a body, with path and type, in the order of the method's table.

mod detail;
mod rules;

use serde_json::{Map, Value};

pub use detail::{Detail, Step};
pub use rules::*;

use crate::fields::{Flaw, Named};

const UNKNOWN: &str = "object.allowUnknown";
/// How many unknown fields an answer names: it would be many times the size of the request.
const MOST_UNKNOWN: usize = 20;

/// Reads the fields of a body and collects their errors.
pub struct Check<'a> {
    body: &'a Map<String, Value>,
    at: Vec<Step>,
    known: Vec<&'static str>,
    details: Vec<Detail>,
}

impl<'a> Check<'a> {
    pub fn of(body: &'a Map<String, Value>) -> Self {
        Self::at(body, Vec::new())
    }

    fn at(body: &'a Map<String, Value>, at: Vec<Step>) -> Self {
        Self { body, at, known: Vec::new(), details: Vec::new() }
    }

    /// The value as sent; marks the field as known.
    pub fn raw(&mut self, field: &'static str) -> Option<&'a Value> {
        self.known.push(field);
        self.body.get(field)
    }

    pub fn has(&self, field: &str) -> bool {
        self.body.contains_key(field)
    }

    /// Records an error if the field is missing.
    pub fn require(&mut self, field: &'static str) {
        if !self.has(field) {
            self.fault(field, "any.required");
        }
    }

    pub fn fault(&mut self, field: &'static str, kind: &'static str) {
        let path = self.path(field);
        self.details.push(Detail::new(&path, kind));
    }

    /// Records an error at a path below a field.
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

    /// An optional string.
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

    /// A required string.
    pub fn required_text(&mut self, field: &'static str, rule: Text) -> Option<String> {
        if !self.body.contains_key(field) {
            self.known.push(field);
            self.fault(field, "any.required");
            return None;
        }
        self.text(field, rule)
    }

    /// An optional name.
    pub fn name<T: Named>(&mut self, field: &'static str) -> Option<T> {
        self.name_by(field, Text::of::<T>())
    }

    /// An optional name for which this API has a stricter rule than its type.
    pub fn name_by<T: Named>(&mut self, field: &'static str, rule: Text) -> Option<T> {
        let text = self.text(field, rule)?;
        T::read(&text).map_err(|flaws| self.note(field, flaws)).ok()
    }

    /// A required name.
    pub fn required_name<T: Named>(&mut self, field: &'static str) -> Option<T> {
        self.required_name_by(field, Text::of::<T>())
    }

    /// A required [`Self::name_by`].
    pub fn required_name_by<T: Named>(&mut self, field: &'static str, rule: Text) -> Option<T> {
        let text = self.required_text(field, rule)?;
        T::read(&text).map_err(|flaws| self.note(field, flaws)).ok()
    }

    fn note(&mut self, field: &'static str, flaws: Vec<Flaw>) {
        for flaw in flaws {
            self.fault(
                field,
                match flaw {
                    Flaw::Empty => "any.empty",
                    Flaw::TooShort => "string.min",
                    Flaw::TooLong => "string.max",
                    Flaw::Characters => "string.regex.name",
                },
            );
        }
    }

    /// A required string, validated but returned as sent.
    pub fn required_text_as_sent(&mut self, field: &'static str, rule: Text) -> Option<String> {
        self.required_text(field, rule)?;
        self.body.get(field).and_then(Value::as_str).map(str::to_owned)
    }

    /// An optional integer; a string that parses as one is accepted.
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

    /// An optional boolean.
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

    /// The items of an optional list; a single value is a list of one.
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

    /// Records an error if there are more than `most` items. The items' own errors come before; items beyond are not
    /// checked, since the response would be many times the size of the request.
    pub fn at_most(&mut self, field: &'static str, items: &[Value], most: usize) {
        if items.len() > most {
            self.fault(field, "array.max");
        }
    }

    /// Records an error for every item, given with its index, that equals an earlier one.
    pub fn unique<T: PartialEq>(&mut self, field: &'static str, items: &[(usize, T)]) {
        for (number, (index, item)) in items.iter().enumerate() {
            if items[..number].iter().any(|(_, earlier)| earlier == item) {
                self.fault_at(field, &[Step::Index(*index)], "array.unique");
            }
        }
    }

    /// Validates an object below a field; unknown fields are errors.
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

    /// The number of errors so far.
    pub fn faults(&self) -> usize {
        self.details.len()
    }

    fn note_unknown(&mut self) {
        let unknown = self.body.keys().filter(|key| !self.known.contains(&key.as_str()));
        for key in unknown.take(MOST_UNKNOWN) {
            let mut path = self.at.clone();
            path.push(key.as_str().into());
            self.details.push(Detail::new(&path, UNKNOWN));
        }
    }

    /// Returns the values if there were no errors.
    ///
    /// # Errors
    /// All errors: those of known fields in the order in which they were read, then unknown fields in the order sent. Of
    /// unknown fields at any depth the first [`MOST_UNKNOWN`].
    pub fn finish<T>(mut self, value: impl FnOnce() -> Option<T>) -> Result<T, Vec<Detail>> {
        self.note_unknown();
        let mut unknown = 0;
        self.details.retain(|detail| {
            unknown += usize::from(detail.is(UNKNOWN));
            !detail.is(UNKNOWN) || unknown <= MOST_UNKNOWN
        });
        if !self.details.is_empty() {
            return Err(self.details);
        }
        value().ok_or_else(Vec::new)
    }
}
