//! Wraps the text part: short lines for every mail program, with names and links unbroken.

use tera::Value;

/// The longest line, in characters, unless there is no space to break at.
const WIDEST: usize = 72;

/// A non-breaking space: keeps names whole. A control character, so that no text contains it.
const HELD: char = '\u{1f}';

/// Makes the spaces in every string non-breaking.
pub fn hold_together(value: &mut Value) {
    match value {
        Value::String(text) => *text = text.replace(' ', &HELD.to_string()),
        Value::Array(values) => values.iter_mut().for_each(hold_together),
        Value::Object(fields) => fields.values_mut().for_each(hold_together),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Wraps the lines, and restores the spaces.
pub fn wrap(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(wrap_line).collect();
    lines.join("\n").replace(HELD, " ")
}

fn wrap_line(line: &str) -> String {
    // Continuation lines of a list item are indented below its text; those of a quotation are quoted, too.
    let indent = match line.get(..2) {
        Some("- ") => "  ",
        Some("> ") => "> ",
        _ => "",
    };
    let mut wrapped = String::with_capacity(line.len() + 8);
    let mut width = 0;
    for (position, word) in line.split(' ').enumerate() {
        let length = word.chars().count();
        if position > 0 && width + 1 + length > WIDEST {
            wrapped.push('\n');
            wrapped.push_str(indent);
            width = indent.len();
        } else if position > 0 {
            wrapped.push(' ');
            width += 1;
        }
        wrapped.push_str(word);
        width += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_names_stay_whole() {
        let link = format!("http://127.0.0.1:8000/invitations/{}", "a".repeat(80));
        let mut name = Value::from("Rosa  Marlow of the Harbor");
        hold_together(&mut name);
        let name = name.as_str().unwrap();
        let text = format!("{0} {0}\n\n- {1} x {1} {1}\n\n{link}\n", "word ".repeat(12).trim_end(), name);
        let wrapped = wrap(&text);
        assert!(wrapped.lines().all(|line| line.chars().count() <= WIDEST || line == link), "{wrapped}");
        assert_eq!(wrapped.matches("Rosa  Marlow of the Harbor").count(), 3, "{wrapped}");
        assert!(wrapped.contains("\n  Rosa") && wrapped.ends_with(&format!("\n\n{link}\n")), "{wrapped}");
        let flat = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(flat(&wrapped), flat(&text.replace(HELD, " ")));
    }
}
