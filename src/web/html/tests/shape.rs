//! The possible values of a name in a template, across all samples.

use serde_json::Value;

/// A value and its path: `members[].name`.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: String,
    pub value: Value,
}

#[derive(Clone, Debug, Default)]
pub struct Shape {
    pub found: Vec<Found>,
    /// There may be further values: results of functions are not inspected.
    pub is_open: bool,
}

impl Shape {
    /// The result of a function, filter or operator.
    pub fn open() -> Self {
        Self { found: Vec::new(), is_open: true }
    }

    /// A literal.
    pub fn literal(value: impl Into<Value>) -> Self {
        Self { found: vec![Found { path: String::new(), value: value.into() }], is_open: false }
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && !self.is_open
    }

    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        self.found.extend(other.found);
        Self { found: self.found, is_open: self.is_open || other.is_open }
    }

    /// The field of that name, or the element at that index.
    pub fn field(&self, name: &str) -> Self {
        self.each(|Found { path, value }| match value {
            Value::Object(fields) => {
                let value = fields.get(name).cloned();
                value.map(|value| Found { path: format!("{path}.{name}"), value }).into_iter().collect()
            }
            Value::Array(elements) => {
                let value = name.parse::<usize>().ok().and_then(|number| elements.get(number)).cloned();
                value.map(|value| Found { path: format!("{path}[]"), value }).into_iter().collect()
            }
            _ => Vec::new(),
        })
    }

    /// All elements, or the values of all fields.
    pub fn elements(&self) -> Self {
        self.each(|Found { path, value }| {
            let values: Vec<&Value> = match value {
                Value::Object(fields) => fields.values().collect(),
                Value::Array(elements) => elements.iter().collect(),
                _ => Vec::new(),
            };
            values.into_iter().map(|value| Found { path: format!("{path}[]"), value: value.clone() }).collect()
        })
    }

    fn each(&self, step: impl Fn(&Found) -> Vec<Found>) -> Self {
        Self { found: self.found.iter().flat_map(step).collect(), is_open: self.is_open }
    }
}
