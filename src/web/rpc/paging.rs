//! Cursors and limits of lists.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::check::{Check, Text};
use crate::store::definitions::Part;

const Q: Text = Text::new().trim().between(1, 2000);
const CURSOR: Text = Text::new().that("string.base64", |text| after(text).is_some());
const MOST: i64 = 500;
const USUAL: i64 = 100;

/// Which part of a list is asked for.
#[derive(Clone, Debug)]
pub struct Paging {
    /// What names begin with; empty: anything.
    pub prefix: String,
    pub limit: i64,
    /// The uid after which the part begins; empty: the first part.
    pub after: String,
}

impl Paging {
    /// Takes the fields out of a body.
    pub fn of(check: &mut Check<'_>) -> Self {
        let prefix = check.text("q", Q).unwrap_or_default();
        let limit = check.integer("limit", 1, MOST).unwrap_or(USUAL);
        let cursor = check.text("cursor", CURSOR);
        Self { prefix, limit, after: cursor.as_deref().and_then(after).unwrap_or_default() }
    }

    /// The part of a list of permissions or roles.
    pub fn part(&self) -> Part {
        Part { prefix: self.prefix.clone(), after: self.after.clone(), limit: self.limit }
    }

    /// The cursor of the next part: there is one when this part is full.
    pub fn next<T>(&self, rows: &[T], uid: impl Fn(&T) -> &str) -> Option<Value> {
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows >= self.limit);
        rows.last().filter(|_| is_full).map(|last| Value::from(STANDARD.encode(uid(last))))
    }
}

/// The uid that a cursor holds.
fn after(cursor: &str) -> Option<String> {
    let uid = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
    (uid.len() == 24 && uid.chars().all(|c| c.is_ascii_hexdigit())).then_some(uid)
}
