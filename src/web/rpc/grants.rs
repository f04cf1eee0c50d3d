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
                let resource_id = resource_id(item).map(|value| value.to_string());
                Some(Wanted { uid: uid?, resource_id })
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

/// Beyond it not every integer is a number of JavaScript: two names must not become one number.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;

/// A number or a text; a text that reads as a number becomes that number. When it is neither, the faults of
/// the number's rule come first.
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
