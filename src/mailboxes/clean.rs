//! What gets into addresses when they are copied: invisible and full-width characters, quotes, marks of lists, links.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The lines of a text, however they are parted.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    // CR LF is one end.
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split(['\r', '\u{b}', '\u{c}', '\u{85}']))
        .flat_map(|line| line.split(['\u{2028}', '\u{2029}']))
}

/// Without blanks and invisible characters at the ends.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c) || is_joiner(c))
}

/// Zero-width, or for direction only: no part of an address.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Invisible, but part of how some scripts are written.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// A sign in the width of its ASCII twin.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        // Full stops of Chinese and Japanese: typed with their keyboards, between the labels of a domain.
        '\u{3002}' | '\u{ff61}' => '.',
        _ => c,
    }
}

/// A line without its mark of a list, with the signs that separate things in ASCII, and links read.
pub(super) fn line(text: &str) -> String {
    let is_sign = |c: char| matches!(half_width(c), '@' | '<' | '>' | ',' | ';' | '"' | ':') && !c.is_ascii();
    let signs: String = text.chars().map(|c| if is_sign(c) { half_width(c) } else { c }).collect();
    // A link in Markdown: `[Rosa](mailto:…)`.
    without_links(trimmed(without_mark(trimmed(&signs)))).replace("](", "] (")
}

/// Marks of lists that need no blank behind them.
const BULLETS: [char; 9] = ['•', '‣', '◦', '·', '▪', '▫', '●', '○', '■'];
/// Marks of lists, if a blank follows.
const MARKS: [&str; 10] = ["-", "*", "+", "–", "—", ">", "o", "[ ]", "[x]", "[X]"];

/// Several marks, too: `> - [ ] rosa@harbor.test`.
fn without_mark(line: &str) -> &str {
    let mut rest = line;
    loop {
        let marked = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)).filter(|rest| begins_blank(rest));
        let Some(unmarked) = rest.strip_prefix(BULLETS).or(marked).or_else(|| without_number(rest)) else { break };
        rest = unmarked.trim_start();
    }
    rest
}

/// `1.`, `1)`, `(1)`, before a blank.
fn without_number(line: &str) -> Option<&str> {
    let rest = line.strip_prefix('(').unwrap_or(line);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest[digits..].strip_prefix(['.', ')'])?;
    ((1..=4).contains(&digits) && begins_blank(rest)).then_some(rest)
}

fn begins_blank(text: &str) -> bool {
    text.starts_with(char::is_whitespace)
}

const SCHEME: &str = "mailto:";

/// With links (RFC 6068) replaced by the addresses that they lead to. What else a link says is dropped.
fn without_links(text: &str) -> Cow<'_, str> {
    // As long as the text: only ASCII letters change.
    let lower = text.to_ascii_lowercase();
    let mut links = lower.match_indices(SCHEME).map(|(at, _)| at).peekable();
    let (mut read, mut done) = (String::new(), 0);
    while let Some(at) = links.next() {
        let from = at + SCHEME.len();
        let next = links.peek().copied();
        let upto = next.unwrap_or(text.len());
        let end = text[from..upto].find(|c: char| c.is_whitespace() || "<>\"|)]".contains(c)).map(|end| from + end);
        let addresses = text[from..end.unwrap_or(upto)].split('?').next().unwrap_or_default();
        read.push_str(&text[done..at]);
        read.push_str(&unescaped(addresses));
        done = end.unwrap_or(upto);
        if end.is_none() && next.is_some() {
            read.push(',');
        }
        // Slack copies a link with its text.
        if text[done..].starts_with('|') {
            done += text[done..].find('>').unwrap_or(text.len() - done);
        }
    }
    if done == 0 { Cow::Borrowed(text) } else { Cow::Owned(read + &text[done..]) }
}

/// Escaped blanks and signs belong to no address that could be meant: with them it stays as it is.
fn unescaped(addresses: &str) -> Cow<'_, str> {
    let is_strange = |c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c);
    let decoded = percent_decode_str(addresses).decode_utf8().ok().filter(|decoded| !decoded.contains(is_strange));
    decoded.unwrap_or(Cow::Borrowed(addresses))
}

const QUOTES: [char; 14] = ['"', '\'', '`', '‘', '’', '‚', '‛', '“', '”', '„', '‟', '«', '»', '´'];

/// Without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    trimmed(trimmed(text).trim_matches(QUOTES))
}

/// Without pairs of quotes or brackets around all of it.
pub(super) fn bare(text: &str) -> &str {
    let mut rest = trimmed(text);
    loop {
        let mut inside = rest.chars();
        let is_pair = match (inside.next(), inside.next_back()) {
            (Some('('), Some(')')) | (Some('['), Some(']')) => true,
            (Some(first), Some(last)) => QUOTES.contains(&first) && QUOTES.contains(&last),
            _ => false,
        };
        if !is_pair {
            return rest;
        }
        rest = trimmed(inside.as_str());
    }
}

/// A word that is to be an address or a username.
pub(super) fn word(text: &str) -> String {
    let plain: Vec<char> = trimmed(text).chars().filter(|c| !is_invisible(*c)).map(half_width).collect();
    // Between two letters of a script that has them, a joiner counts.
    let counts = |at: usize| {
        let beside = [at.checked_sub(1).and_then(|at| plain.get(at)), plain.get(at + 1)];
        beside.into_iter().all(|c| c.is_some_and(|c| !c.is_ascii() && !is_joiner(*c)))
    };
    let of_word = plain.iter().enumerate().filter(|(at, c)| !is_joiner(**c) || counts(*at));
    of_word.map(|(_, c)| *c).collect()
}
