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

/// The requested page of a list.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Prefix of names; empty: all.
    pub prefix: String,
    pub limit: i64,
    /// The uid before the page; empty: the first page.
    pub after: String,
}

impl Paging {
    /// Reads the paging fields of a body.
    pub fn of(check: &mut Check<'_>) -> Self {
        let prefix = check.text("q", Q).unwrap_or_default();
        let limit = check.integer("limit", 1, MOST).unwrap_or(USUAL);
        let cursor = check.text("cursor", CURSOR);
        Self { prefix, limit, after: cursor.as_deref().and_then(after).unwrap_or_default() }
    }

    /// The number in the cursor of a list that is ordered by ids; 0: the first page.
    pub fn number(check: &mut Check<'_>) -> i64 {
        let cursor = check.text("cursor", CURSOR);
        cursor.as_deref().and_then(after).and_then(|hex| i64::from_str_radix(&hex, 16).ok()).unwrap_or(0)
    }

    /// The cursor of [`Paging::number`].
    pub fn cursor(number: i64) -> Value {
        Value::from(STANDARD.encode(format!("{number:024x}")))
    }

    /// The page as the store takes it for permissions and roles.
    pub fn part(&self) -> Part {
        Part { prefix: self.prefix.clone(), after: self.after.clone(), limit: self.limit }
    }

    /// The cursor of the next page, if this one is full.
    pub fn next<T>(&self, rows: &[T], uid: impl Fn(&T) -> &str) -> Option<Value> {
        let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows >= self.limit);
        rows.last().filter(|_| is_full).map(|last| Value::from(STANDARD.encode(uid(last))))
    }
}

/// The uid in a cursor.
fn after(cursor: &str) -> Option<String> {
    let uid = String::from_utf8(STANDARD.decode(cursor).ok()?).ok()?;
    (uid.len() == 24 && uid.chars().all(|c| c.is_ascii_hexdigit())).then_some(uid)
}
