//! Lists in bodies: ids, and assignments `{id, resourceId}`.

use serde_json::Value;

use super::check::{Check, ID, Step, Text};
use crate::domain::access::grants::RequestedGrant;

const MOST: usize = 100;
const RESOURCE: Text = Text::new().trim().between(2, 140);

/// An optional list of assignments; `None` on error. A single one is a list of one, and a bare string is an id.
pub(super) fn assignments(check: &mut Check<'_>, field: &'static str) -> Option<Vec<RequestedGrant>> {
    if !check.has(field) {
        check.raw(field);
        return Some(Vec::new());
    }
    let before = check.faults();
    let items = check.list(field)?;
    let mut wanted: Vec<(usize, RequestedGrant)> = Vec::new();
    for (index, item) in items.iter().enumerate().take(MOST) {
        wanted.extend(assignment(check, field, index, item).map(|one| (index, one)));
    }
    if wanted.is_empty() {
        check.fault(field, "array.includesRequiredUnknowns");
    }
    check.at_most(field, items, MOST);
    check.unique(field, &wanted);
    (check.faults() == before).then(|| wanted.into_iter().map(|(_, one)| one).collect())
}

fn assignment<'a>(check: &mut Check<'a>, field: &'static str, index: usize, item: &'a Value) -> Option<RequestedGrant> {
    let Value::String(_) = item else {
        return check.object(field, &[Step::Index(index)], item, |item| {
            let uid = item.required_text("id", ID);
            let resource_id = resource_id(item).map(|value| value.to_string());
            Some(RequestedGrant { uid: uid?, resource_id })
        });
    };
    match ID.check(item) {
        Ok(uid) => Some(RequestedGrant { uid, resource_id: None }),
        Err(kinds) => {
            for kind in kinds {
                check.fault_at(field, &[Step::Index(index), "id".into()], kind);
            }
            None
        }
    }
}

/// An optional list of one to `most` ids; `None` if missing or on error. A single id is a list of one.
pub(super) fn ids(check: &mut Check<'_>, field: &'static str, most: usize) -> Option<Vec<String>> {
    let before = check.faults();
    let items = check.list(field)?;
    let mut ids: Vec<(usize, String)> = Vec::new();
    for (index, item) in items.iter().enumerate().take(most) {
        match ID.check(item) {
            Ok(id) => ids.push((index, id)),
            Err(kinds) => {
                for kind in kinds {
                    check.fault_at(field, &[Step::Index(index)], kind);
                }
            }
        }
    }
    if items.is_empty() {
        check.fault(field, "array.min");
    }
    check.at_most(field, items, most);
    check.unique(field, &ids);
    (check.faults() == before).then(|| ids.into_iter().map(|(_, id)| id).collect())
}

/// `Number.MAX_SAFE_INTEGER`: beyond it, two different ids could become the same number.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

/// A number or a string; a numeric string becomes a number. If it is neither, the number rule's errors come first.
pub(super) fn resource_id(check: &mut Check<'_>) -> Option<Value> {
    let value = check.raw("resourceId")?;
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    if let Some(number) = number.filter(|number: &f64| number.abs() <= LARGEST_EXACT) {
        #[expect(clippy::cast_possible_truncation, reason = "the number is whole and exact")]
        return Some(if number.fract() == 0.0 { Value::from(number as i64) } else { Value::from(number) });
    }
    match RESOURCE.check(value) {
        Ok(text) => Some(Value::from(text)),
        Err(kinds) => {
            check.fault("resourceId", "number.base");
            for kind in kinds {
                check.fault("resourceId", kind);
            }
            None
        }
    }
}
