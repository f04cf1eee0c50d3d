//! Parts of lists.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::check::{Check, Text};
use crate::domain::permissions::Part;

const QUERY: Text = Text::new().trim().between(1, 2000);
const MOST: i64 = 500;
const USUAL: i64 = 100;

/// Reads `q`, `limit` and `cursor`; `None` when there is a fault.
pub(super) fn part(check: &mut Check<'_>) -> Option<Part> {
    let before = check.faults();
    let prefix = check.text("q", QUERY).unwrap_or_default();
    let limit = check.integer("limit", 1, MOST).unwrap_or(USUAL);
    let after = cursor(check).unwrap_or_default();
    (check.faults() == before).then_some(Part { prefix, after, limit })
}

/// The uid in a cursor. One that holds none is a fault.
fn cursor(check: &mut Check<'_>) -> Option<String> {
    let value = check.raw("cursor")?;
    let Value::String(text) = value else {
        check.fault("cursor", "string.base");
        return None;
    };
    match STANDARD.decode(text) {
        Ok(bytes) if !text.is_empty() => {
            let uid = String::from_utf8(bytes).ok().filter(|uid| is_uid(uid));
            if uid.is_none() {
                check.fault("cursor", "string.base64");
            }
            uid
        }
        _ => {
            check.fault("cursor", if text.is_empty() { "any.empty" } else { "string.base64" });
            None
        }
    }
}

fn is_uid(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The cursor behind a full part; none behind a short one.
pub(super) fn next_cursor(part: &Part, shown: usize, last: Option<&str>) -> Option<String> {
    let is_full = i64::try_from(shown).is_ok_and(|shown| shown == part.limit);
    last.filter(|_| is_full).map(|uid| STANDARD.encode(uid))
}
