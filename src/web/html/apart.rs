//! Keeps what people wrote apart from the sentence around it.

use crate::plain_text::clean;

/// User input in isolates (FSI and PDI), so that its direction does not affect the sentence:
/// <https://unicode.org/reports/tr9/#Explicit_Directional_Isolates>. `clean` removes any of its own, which could end
/// them.
pub(super) fn apart(written: &str) -> String {
    format!("\u{2068}{}\u{2069}", clean(written))
}
