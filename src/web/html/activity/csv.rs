//! Rows of a CSV file (RFC 4180).

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::plain_text::clean;
use crate::words::Language;

pub(super) fn lines(language: Language, rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .delimiter(separator(language))
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|text| cell(text))).expect("memory takes rows, all of one length");
    }
    writer.into_inner().expect("memory needs no flushing")
}

/// The separator with which a double click opens columns: Excel uses the list separator of Windows, a semicolon where
/// the decimal separator is a comma.
const fn separator(language: Language) -> u8 {
    match language {
        Language::English => b',',
        Language::German => b';',
    }
}

/// Characters that start a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet reads as a formula (<https://owasp.org/www-community/attacks/CSV_Injection>), in display
/// order. Also after separators, because a spreadsheet that expects the other one starts a cell there.
fn cell(text: &str) -> String {
    let mut written = String::new();
    let mut may_begin = true;
    for c in clean(text).chars() {
        if may_begin && FORMULA.contains(&c) {
            written.push('\'');
        }
        written.push(c);
        may_begin = matches!(c, ',' | ';') || (may_begin && (c.is_whitespace() || c == '"'));
    }
    written
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::lines;
    use crate::words::Language;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        for (text, written) in [
            ("Rosa Marlow", "\"Rosa Marlow\""),
            ("Marlow, \"Rosa\"", "\"Marlow, \"\"Rosa\"\"\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'=1\""),
            ("\u{202e}=1", "\"'=1\""),
            ("a=1", "\"a=1\""),
            (" =1", "\" '=1\""),
            ("\"=1", "\"\"\"'=1\""),
            ("Rosa;=1+1", "\"Rosa;'=1+1\""),
            ("Rosa, =1+1", "\"Rosa, '=1+1\""),
            ("Rosa\";\"=1+1", "\"Rosa\"\";\"\"'=1+1\""),
            ("Marlow; Rosa", "\"Marlow; Rosa\""),
            ("made \u{2068}Quay \u{202e}1\u{2069}", "\"made Quay 1\""),
            ("", "\"\""),
        ] {
            let row = [text, "", "", "", ""].map(str::to_owned).to_vec();
            for (language, rest) in
                [(Language::English, ",\"\",\"\",\"\",\"\"\r\n"), (Language::German, ";\"\";\"\";\"\";\"\"\r\n")]
            {
                let line = String::from_utf8(lines(language, slice::from_ref(&row))).unwrap();
                assert_eq!(line, format!("{written}{rest}"));
            }
        }
    }
}
