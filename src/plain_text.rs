//! Text that people write and others read, outside of pages: without what forges a line or the reading order, and
//! without links of its own.

/// Drops what could forge a header, a line or the reading order: control characters (C0, DEL, C1), the Unicode line and
/// paragraph separators, and direction overrides (U+202A–202E, U+2066–2069).
#[must_use]
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_control() && !matches!(c, '\u{2028}'..='\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .collect()
}

/// Inserts hair spaces so that no mail program turns a name into a link, be it a URL, a bare domain, an address or a
/// path. Mails speak for whoever runs the service, names for whoever chose them.
#[must_use]
pub fn unlinked(name: &str) -> String {
    const HAIR_SPACE: char = '\u{200a}';

    let mut written = String::with_capacity(name.len());
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        written.push(c);
        // Browsers treat the last three as dots.
        let goes_on = matches!(c, '.' | ':' | '/' | '\\' | '@' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}');
        if goes_on && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            written.push(HAIR_SPACE);
        }
    }
    written
}

/// What stands where a reader's program would make a link of it: `None` for plain prose.
///
/// Programs differ, so this is wider than any of them: an address with a scheme, `www.`, a path on a server, an e-mail
/// address, and whatever has the form of a domain or of an IPv4 address. `e.g.`, `24.12.`, `8:30` and `and/or` are
/// prose.
pub fn link_in(text: &str) -> Option<String> {
    text.split_whitespace()
        .find(|word| {
            let word: String = word.chars().filter(|c| !is_invisible(*c)).collect();
            has_scheme(&word) || has_server(&word) || has_mailbox(&word) || hosts(&word).any(is_host)
        })
        .map(str::to_owned)
}

/// Schemes that mail programs know without `//`.
const SCHEMES: [&str; 22] = [
    "bitcoin",
    "callto",
    "data",
    "facetime",
    "file",
    "ftp",
    "geo",
    "http",
    "https",
    "intent",
    "javascript",
    "magnet",
    "mailto",
    "market",
    "news",
    "sip",
    "sips",
    "skype",
    "sms",
    "tel",
    "webcal",
    "xmpp",
];

fn has_scheme(word: &str) -> bool {
    word.match_indices(':').any(|(at, _)| {
        let before = word[..at].rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let goes_on = !word[at + 1..].is_empty();
        goes_on && SCHEMES.iter().any(|scheme| scheme.eq_ignore_ascii_case(before))
    })
}

/// `//server` with or without a scheme, `\\\\server`.
fn has_server(word: &str) -> bool {
    ["//", "\\\\"]
        .into_iter()
        .any(|slashes| word.match_indices(slashes).any(|(at, _)| word[at + 2..].starts_with(char::is_alphanumeric)))
}

fn has_mailbox(word: &str) -> bool {
    word.match_indices(['@', '\u{ff20}']).any(|(at, sign)| {
        let (before, after) = (&word[..at], &word[at + sign.len()..]);
        before.ends_with(|c: char| !c.is_ascii_punctuation() || c == '"') && after.starts_with(char::is_alphanumeric)
    })
}

/// The parts of a word that could be the name of a host.
fn hosts(word: &str) -> impl Iterator<Item = &str> {
    word.split(|c: char| !(c.is_alphanumeric() || is_dot(c) || matches!(c, '-' | '_') || is_sign_of_host(c)))
}

/// Marks on letters and pictures, which hosts may have; not the punctuation around them.
const fn is_sign_of_host(c: char) -> bool {
    !c.is_ascii()
        && !matches!(c, '\u{80}'..='\u{bf}' | '\u{2010}'..='\u{205e}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}')
}

fn is_host(text: &str) -> bool {
    let labels = text.split(is_dot).map(|label| label.trim_matches(['-', '_'])).filter(|label| !label.is_empty());
    let labels: Vec<&str> = labels.collect();
    let Some((last, before)) = labels.split_last().filter(|(_, before)| !before.is_empty()) else { return false };
    // Between words of other scripts, such a dot is the end of a sentence.
    let is_sentence = !text.contains(['.', '\u{ff0e}']) && !labels.iter().all(|label| label.is_ascii());
    let is_ending = last.chars().count() >= 2 && last.chars().all(char::is_alphabetic) || last.starts_with("xn--");
    let is_ipv4 = labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok());
    let begins = before.iter().any(|label| label.chars().any(|c| c.is_alphanumeric() || is_sign_of_host(c)));
    !is_sentence && (is_ipv4 || (is_ending && begins))
}

/// Browsers treat the last three as dots.
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

/// Characters without a width, which browsers leave out of a host.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{180b}'..='\u{180f}' | '\u{e0100}'..='\u{e01ef}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_link() {
        for (name, written) in [
            ("Rosa Marlow", "Rosa Marlow"),
            ("J. R. R. Tolkien", "J. R. R. Tolkien"),
            ("Booking.com", "Booking.\u{200a}com"),
            ("at www.evil.test/claim!", "at www.\u{200a}evil.\u{200a}test/\u{200a}claim!"),
            ("https://evil", "https:\u{200a}/\u{200a}/\u{200a}evil"),
            ("mailto:eve@evil.test", "mailto:\u{200a}eve@\u{200a}evil.\u{200a}test"),
            ("\\\\evil\\x", "\\\u{200a}\\\u{200a}evil\\\u{200a}x"),
            ("evil。test", "evil。\u{200a}test"),
            ("the end.", "the end."),
        ] {
            assert_eq!(unlinked(name), written);
        }
    }

    #[test]
    fn clean_keeps_everything_else() {
        assert_eq!(clean("a\tb\u{85}c\u{2067}d\u{2028}e"), "abcde");
        assert_eq!(clean("Zoë 李 👩‍💻 \"x\" <y>"), "Zoë 李 👩‍💻 \"x\" <y>");
    }

    #[test]
    fn links_are_found_in_prose() {
        for link in [
            "https://evil.test/claim",
            "HTTP://evil",
            "mailto:eve",
            "tel:+491234",
            "(www.evil)",
            "evil.test",
            "see:evil.test/claim?x=1",
            "„evil.test“",
            "evil.test.",
            "EVIL.TEST!",
            "bücher.example",
            "xn--bcher-kva.xn--p1ai",
            "evil。test",
            "ｅｖｉｌ．ｔｅｓｔ",
            "ev\u{ad}il.te\u{200b}st",
            "evil\u{200d}.test",
            "eve@evil.test",
            "eve@localhost",
            "\"eve\"@localhost",
            "//evil/claim",
            "\\\\evil\\claim",
            "192.168.0.1:8080",
            "deploy.sh",
            "cafe\u{301}.com",
            "evil\u{34f}.com",
            "i❤.ws",
            "www.evil.com-",
        ] {
            assert_eq!(link_in(&format!("Hi Tomas,\nlook at {link} today")).as_deref(), Some(link));
        }
    }

    #[test]
    fn prose_is_no_link() {
        for prose in [
            "Hi Tomas, here are the keys for the Tuesday migration. – R.",
            "e.g. staging, i.e. not live… z.B. am 24.12. um 8:30 Uhr, d.h. früh",
            "24.12.2026, 1.5 GB and/or 3.5GB, v1.2.3, 10:30–11:00",
            "Kolleg:innen, @rosa knows. A/B test: C++/C# :-) ...really?",
            "今日は。明日も。",
            "Rosa 👩\u{200d}💻 says: \"yes.\" (No.)",
            "J.R.R. Tolkien, Nr.5, 100 % – c't",
        ] {
            assert_eq!(link_in(prose), None, "{prose}");
        }
    }
}
