//! Lines for `sh`.

/// In single quotes; a single quote stands escaped between two such parts.
pub(super) fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', r"'\''"))
}
