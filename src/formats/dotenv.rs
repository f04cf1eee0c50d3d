//! `.env` files, as python-dotenv reads them. dotenvy reads the same, unless a value holds `$` beside a quote or backslash,
//! or a carriage return, for which it has no escape.

/// Whether a value can be written: python-dotenv replaces `${…}` whatever quotes are around it.
pub(super) fn holds(value: &str) -> bool {
    let is_replaced = value.split_once("${").is_some_and(|(_, rest)| rest.contains('}'));
    !is_replaced && !value.contains('\0')
}

/// In single quotes, in which nothing has a meaning; a value with quotes, backslashes or carriage returns in double
/// quotes, with those escaped.
pub(super) fn quoted(value: &str) -> String {
    if !value.contains(['\'', '\\', '\r']) {
        return format!("'{value}'");
    }
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '"' => text += "\\\"",
            '\\' => text += "\\\\",
            '\r' => text += "\\r",
            c => text.push(c),
        }
    }
    text + "\""
}
