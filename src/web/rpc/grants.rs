//! Assignments in bodies: lists of `{id, resourceId}`.

use serde_json::Value;

use super::check::{Check, ID, Step, Text};
use crate::domain::grants::Wanted;

const MOST: usize = 100;
const RESOURCE: Text = Text::new().trim().between(2, 140);

/// A list of assignments that may be left out; `None` when there is a fault. A lone one is a list of one, and a
/// bare text is taken for its id.
pub(super) fn assignments(check: &mut Check<'_>, field: &'static str) -> Option<Vec<Wanted>> {
    if !check.has(field) {
        check.raw(field);
        return Some(Vec::new());
    }
    let before = check.faults();
    let items = check.list(field, MOST)?;
    let mut wanted: Vec<Wanted> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = [Step::Index(index)];
        let one = if let Value::String(_) = item {
            match ID.check(item) {
                Ok(uid) => Some(Wanted { uid, resource_id: None }),
                Err(kinds) => {
                    for kind in kinds {
                        check.fault_at(field, &[Step::Index(index), "id".into()], kind);
                    }
                    None
                }
            }
        } else {
            check.object(field, &at, item, |item| {
                let uid = item.required_text("id", ID);
                let resource_id = resource_id(item);
                Some(Wanted { uid: uid?, resource_id: resource_id? })
            })
        };
        let Some(one) = one else { continue };
        if wanted.contains(&one) {
            check.fault_at(field, &at, "array.unique");
        }
        wanted.push(one);
    }
    if wanted.is_empty() {
        check.fault(field, "array.includesRequiredUnknowns");
    }
    (check.faults() == before).then_some(wanted)
}

/// A resource id that may be left out, as JSON: a number, or a text; a text that reads as a number becomes that
/// number. The outer `None`: a fault.
pub(super) fn resource_id(check: &mut Check<'_>) -> Option<Option<String>> {
    let Some(value) = check.raw("resourceId") else { return Some(None) };
    if let Some(number) = as_number(value) {
        return Some(Some(number.to_string()));
    }
    match RESOURCE.check(value) {
        Ok(text) => Some(Some(Value::String(text).to_string())),
        Err(kinds) => {
            for kind in kinds {
                check.fault("resourceId", kind);
            }
            None
        }
    }
}

fn as_number(value: &Value) -> Option<serde_json::Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => {
            let text = text.trim();
            let number: f64 = text.parse().ok()?;
            text.parse::<i64>().map(Into::into).ok().or_else(|| serde_json::Number::from_f64(number))
        }
        _ => None,
    }
}
