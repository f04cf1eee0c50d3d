//! A role or permission by name, perhaps limited to one resource, for `ui::narrowed` of the templates.

use serde::Serialize;

use crate::fields::ResourceId;
use crate::store::assignments::Granted;

#[derive(Clone, Debug, Serialize)]
pub(super) struct NarrowedRight {
    name: String,
    resource: Option<String>,
}

impl NarrowedRight {
    pub fn new(name: &str, resource_id: Option<&str>) -> Self {
        Self { name: name.to_owned(), resource: resource_id.map(ResourceId::as_typed) }
    }
}

impl From<&Granted> for NarrowedRight {
    fn from(granted: &Granted) -> Self {
        Self::new(&granted.name, granted.resource_id.as_deref())
    }
}

#[cfg(test)]
impl super::Sample for NarrowedRight {
    fn samples() -> Vec<Self> {
        vec![Self::new("runner", Some("\"berth-7\"")), Self::new("editor", None)]
    }
}
