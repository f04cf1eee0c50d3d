//! What an inviter writes to the invitee.

use super::{FieldValue, Raw};
use crate::fault::Rule;
use crate::plain_text::{clean, link_in};

text_type! {
    /// Plain text without links: up to 280 characters on up to 6 lines, each without control characters and direction
    /// overrides.
    Note
}

const LONGEST: usize = 280;
const MOST_LINES: usize = 6;

impl FieldValue for Note {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let Raw::Text(text) = raw else { return Err(Rule::Text) };
        let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
        let lines: Vec<String> = text.trim().lines().map(|line| clean(line).trim_end().to_owned()).collect();
        let text = lines.join("\n");
        if text.is_empty() || text.chars().count() > LONGEST || lines.len() > MOST_LINES {
            return Err(Rule::Note);
        }
        if link_in(&text).is_some() { Err(Rule::NoteLink) } else { Ok(Self(text)) }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn read(text: &str) -> Result<String, Rule> {
        Note::parse(Raw::Text(Cow::Borrowed(text))).map(String::from)
    }

    #[test]
    fn a_note_is_a_few_lines_of_plain_text() {
        assert_eq!(read("Hi Tomas,\r\nhere are the keys. – R.\r\n").unwrap(), "Hi Tomas,\nhere are the keys. – R.");
        assert_eq!(read("a\tb\0\u{202e}c\u{2067} \r\n\r\u{85}d\u{2028}e").unwrap(), "a bc\n\nd\ne");
        assert_eq!(read(&"ü".repeat(LONGEST)).unwrap().chars().count(), LONGEST);
        assert_eq!(read("1\n2\n3\n4\n5\n6").unwrap().lines().count(), MOST_LINES);
        for wrong in [&"ü".repeat(LONGEST + 1), "1\n2\n3\n4\n5\n6\n7", "\u{202e}", "\0"] {
            assert_eq!(read(wrong), Err(Rule::Note), "{wrong:?}");
        }
    }

    #[test]
    fn what_is_dropped_hides_no_link() {
        for link in ["see www.evil.test", "evil\u{202e}.test", "evil\0.test", "ask eve\u{7f}@evil.test"] {
            assert_eq!(read(link), Err(Rule::NoteLink), "{link:?}");
        }
    }
}
