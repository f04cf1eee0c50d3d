//! Composes a mail's message: headers, a text part and an HTML part.

use std::collections::HashSet;
use std::time::{SystemTime, UNIX_EPOCH};

use lettre::Message;
use lettre::address::{AddressError, Envelope};
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, MultiPart, SinglePart};
use thiserror::Error;

use crate::plain_text::{clean, unlinked};

/// Seconds from 1970 to the year 10000, which does not fit into a `Date` header.
const END_OF_DATES: u64 = 253_402_300_800;

/// A mail to compose a message from.
///
/// No `Debug`: the bodies hold links that are secrets.
pub struct Letter {
    /// The only recipient.
    pub to: String,
    /// The recipient's name, shown with the address.
    pub to_name: Option<String>,
    /// The sender's name, instead of that of its address.
    pub from_name: Option<String>,
    /// Where answers go, instead of to the sender; left out if mail servers might not take it.
    pub reply_to: Option<String>,
    /// The subject, one line.
    pub subject: String,
    /// The text part, lines ending in LF or CR LF.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The local part of the `Message-ID`: ASCII letters, digits, `.`, `-`, `_`. Its domain is that of the sender.
    pub message_id: String,
    /// When the mail was written.
    pub date: SystemTime,
}

/// Why a [`Letter`] cannot be composed. Retrying does not help.
#[derive(Debug, Error)]
pub enum ComposeError {
    /// The recipient's address is invalid.
    #[error("the recipient's address is not valid: {0}")]
    Address(#[from] AddressError),
    /// Characters other than letters, digits, `.`, `-`, `_`.
    #[error("the message id has characters that do not belong there")]
    MessageId,
    /// Before 1970 or after 9999.
    #[error("the date is out of range")]
    Date,
    #[error("the message cannot be built: {0}")]
    Build(#[from] lettre::error::Error),
}

/// A message. If a part of it is in eight bits: also as one for servers that take only seven.
pub struct Composed {
    message: Message,
    seven_bit: Option<Message>,
}

impl Composed {
    pub const fn message(&self) -> &Message {
        &self.message
    }

    pub fn envelope(&self) -> &Envelope {
        self.message.envelope()
    }

    /// As it is sent or written.
    pub fn formatted(&self, takes_eight_bits: bool) -> Vec<u8> {
        let message = if takes_eight_bits { None } else { self.seven_bit.as_ref() };
        message.unwrap_or(&self.message).formatted()
    }
}

/// Composes an RFC 5322 message: `multipart/alternative`, the text first.
///
/// Both parts are quoted-printable, so that files stay readable. Only a link that does not fit into such a line has the
/// text part written as it is: links stay whole in all programs that show or search the raw mail. No line ends in a bare
/// CR or LF, so none can be mistaken for the end of the mail (RUSTSEC-2026-0561).
///
/// # Errors
///
/// When the address, the message id or the date does not fit into a header.
pub fn compose(letter: &Letter, from: &Mailbox) -> Result<Composed, ComposeError> {
    let text = with_crlf(&letter.text);
    let quoted = quoted_printable(&text);
    let (text, seven_bit) = match encoding_of(&text, &quoted) {
        ContentTransferEncoding::QuotedPrintable => (quoted, None),
        ContentTransferEncoding::EightBit => {
            let as_it_is = Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::EightBit);
            (as_it_is, Some(message(letter, from, quoted)?))
        }
        other => (Body::dangerous_pre_encoded(text.into_bytes(), other), None),
    };
    Ok(Composed { message: message(letter, from, text)?, seven_bit })
}

fn message(letter: &Letter, from: &Mailbox, text: Body) -> Result<Message, ComposeError> {
    let to = Mailbox::new(letter.to_name.as_deref().and_then(display_name), letter.to.parse()?);
    let from_name = letter.from_name.as_deref().and_then(display_name).or_else(|| from.name.clone());
    // An address beyond ASCII needs servers that know SMTPUTF8: no mail fails for it.
    let reply_to = letter.reply_to.as_deref().filter(|address| address.is_ascii());
    let html = quoted_printable(&with_crlf(&letter.html));

    let mut builder = Message::builder();
    if let Some(address) = reply_to {
        builder = builder.reply_to(Mailbox::new(None, address.parse()?));
    }
    let message = builder
        .from(Mailbox::new(from_name, from.email.clone()))
        .to(to)
        .subject(header_text(&letter.subject))
        .message_id(Some(message_id(&letter.message_id, from)?))
        .date(date(letter.date)?)
        .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned()))
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text))
                .singlepart(SinglePart::builder().header(ContentType::TEXT_HTML).body(html)),
        )?;
    Ok(message)
}

/// A name beside an address; `None` if nothing of it is left.
fn display_name(name: &str) -> Option<String> {
    Some(unlinked(&header_text(name))).filter(|name| !name.trim().is_empty())
}

/// As [`clean`], and without encoded words (RFC 2047), which could smuggle in what was dropped.
fn header_text(text: &str) -> String {
    clean(text).replace("=?", "= ?")
}

fn message_id(local: &str, from: &Mailbox) -> Result<String, ComposeError> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if local.is_empty() || !local.chars().all(fits) {
        return Err(ComposeError::MessageId);
    }
    Ok(format!("<{local}@{}>", from.email.domain()))
}

/// lettre panics at a time that does not fit into a `Date` header.
fn date(date: SystemTime) -> Result<SystemTime, ComposeError> {
    match date.duration_since(UNIX_EPOCH) {
        Ok(since) if since.as_secs() < END_OF_DATES => Ok(date),
        _ => Err(ComposeError::Date),
    }
}

/// A single CR or LF would be encoded as a character instead of ending the line.
fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n")
}

fn quoted_printable(text: &str) -> Body {
    Body::new_with_encoding(text.to_owned(), ContentTransferEncoding::QuotedPrintable)
        .expect("anything can be written as quoted-printable")
}

/// The longest line of a message, without CR LF (RFC 5322, 2.1.1).
const LONGEST_LINE: usize = 998;

/// Quoted-printable, unless that breaks a line that is a link.
fn encoding_of(text: &str, quoted: &Body) -> ContentTransferEncoding {
    let quoted: HashSet<&[u8]> =
        quoted.as_ref().split(|byte: &u8| *byte == b'\n').map(<[u8]>::trim_ascii_end).collect();
    let is_link = |line: &&str| line.starts_with("https://") || line.starts_with("http://");
    let is_whole = |link: &str| quoted.contains(link.as_bytes());
    if text.split("\r\n").filter(is_link).all(is_whole) || text.split("\r\n").any(|line| line.len() > LONGEST_LINE) {
        ContentTransferEncoding::QuotedPrintable
    } else if text.is_ascii() {
        ContentTransferEncoding::SevenBit
    } else {
        ContentTransferEncoding::EightBit
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn letter() -> Letter {
        Letter {
            to: "ben@example.org".to_owned(),
            to_name: Some("Ben \u{202e}Bünte\r\nBcc: eve@example.org".to_owned()),
            from_name: None,
            reply_to: None,
            subject: "Hello\r\nBcc: eve@example.org\0".to_owned(),
            text: "Hello,\n.\r\n\nhttp://127.0.0.1:8000/invitations/abcdefghijklmnopqrstuvwxyz01\r.\n".to_owned(),
            html: "<p>Grüße</p>\n".to_owned(),
            message_id: "0123-1".to_owned(),
            date: UNIX_EPOCH + Duration::from_secs(1_700_000_000),
        }
    }

    fn from() -> Mailbox {
        "Usher <usher@mail.example.org>".parse().unwrap()
    }

    #[test]
    fn headers_hold_no_forged_line() {
        let formatted = compose(&letter(), &from()).unwrap().formatted(true);
        let formatted = String::from_utf8(formatted).unwrap();
        assert!(!formatted.lines().any(|line| line.starts_with("Bcc:")));
        assert!(formatted.contains("Subject: HelloBcc: eve@example.org\r\n"));
        assert!(formatted.contains("Message-ID: <0123-1@mail.example.org>\r\n"));
        assert!(formatted.contains("Date: Tue, 14 Nov 2023 22:13:20 +0000\r\n"));
        assert!(formatted.contains("Auto-Submitted: auto-generated\r\n"));
    }

    #[test]
    fn headers_hold_no_encoded_word_of_somebody_else() {
        let subject = "=?utf-8?q?Eve=E2=80=AE?= =?\r\n?utf-8?b?RXZl?=".to_owned();
        let formatted = compose(&Letter { subject, ..letter() }, &from()).unwrap().formatted(true);
        let formatted = String::from_utf8(formatted).unwrap();
        assert!(formatted.contains("Subject: = ?utf-8?q?Eve=E2=80=AE?= = ??utf-8?b?RXZl?=\r\n"), "{formatted}");
    }

    #[test]
    fn a_senders_name_forges_nothing() {
        for name in [
            "Eve\r\nBcc: all@evil.test",
            "\"Eve\" <eve@evil.test>, x",
            "=?utf-8?q?Eve=0ABcc:=20all@evil.test?=",
            "Eve\u{202e}\u{2028}Bcc: all@evil.test",
            &"漢".repeat(100),
        ] {
            let letter =
                Letter { from_name: Some(name.to_owned()), reply_to: Some("rosa@harbor.test".to_owned()), ..letter() };
            let formatted = String::from_utf8(compose(&letter, &from()).unwrap().formatted(true)).unwrap();
            let (headers, _) = formatted.split_once("\r\n\r\n").unwrap();
            assert!(!headers.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{headers}");
            assert!(headers.contains("<usher@mail.example.org>\r\n"), "{headers}");
            assert!(
                headers.contains("\r\nReply-To: rosa@harbor.test\r\n")
                    || headers.starts_with("Reply-To: rosa@harbor.test\r\n"),
                "{headers}"
            );
        }
        let hostile = Letter { reply_to: Some("a@b\r\nBcc: c@d".to_owned()), ..letter() };
        assert!(matches!(compose(&hostile, &from()), Err(ComposeError::Address(_))));
        let umlaut = Letter { reply_to: Some("jürgen@harbor.test".to_owned()), ..letter() };
        let formatted = String::from_utf8(compose(&umlaut, &from()).unwrap().formatted(true)).unwrap();
        assert!(!formatted.contains("Reply-To") && formatted.contains("From: Usher <"), "{formatted}");
    }

    #[test]
    fn bodies_are_quoted_printable_with_the_link_on_its_line() {
        let formatted = compose(&letter(), &from()).unwrap().formatted(true);
        let formatted = String::from_utf8(formatted).unwrap();
        let encoded = formatted.matches("Content-Transfer-Encoding: quoted-printable");
        assert_eq!(encoded.count(), 2);
        assert!(formatted.contains("\r\nhttp://127.0.0.1:8000/invitations/abcdefghijklmnopqrstuvwxyz01\r\n"));
        assert!(formatted.contains("<p>Gr=C3=BC=C3=9Fe</p>"));
        assert!(!formatted.replace("\r\n", "").contains(['\r', '\n']));
        assert!(formatted.find("text/plain").unwrap() < formatted.find("text/html").unwrap());
    }

    #[test]
    fn a_long_link_stays_whole() {
        let link = format!("https://usher.{}.example.org/invitations/{}", "quay".repeat(12), "a1".repeat(16));
        let letter = |text: String| Letter { text, ..letter() };
        let raw = |letter: &Letter, eight| {
            let raw = compose(letter, &from()).unwrap().formatted(eight);
            String::from_utf8(raw).unwrap()
        };
        let ascii = letter(format!("Hello,\n\n{link}\n\n.\n"));
        for eight in [true, false] {
            let raw = raw(&ascii, eight);
            assert!(
                raw.contains("Content-Transfer-Encoding: 7bit") && raw.contains(&format!("\r\n{link}\r\n")),
                "{raw}"
            );
            assert!(!raw.replace("\r\n", "").contains(['\r', '\n']));
        }
        let umlauts = letter(format!("Grüße,\n\n{link}\n"));
        let eight = raw(&umlauts, true);
        assert!(
            eight.contains("Content-Transfer-Encoding: 8bit") && eight.contains(&format!("\r\n{link}\r\n")),
            "{eight}"
        );
        assert!(eight.contains("Grüße,\r\n"));
        let seven = raw(&umlauts, false);
        assert!(seven.is_ascii() && !seven.contains("8bit") && !seven.contains(&link), "{seven}");
        // Prose may be broken.
        let prose = raw(&letter(format!("{}\nhttp://127.0.0.1:8000/verify/a\n", "ü".repeat(40))), true);
        assert!(!prose.contains("8bit") && prose.contains("\r\nhttp://127.0.0.1:8000/verify/a\r\n"), "{prose}");
    }

    #[test]
    fn what_cannot_stand_in_a_header_is_refused() {
        let bad_id = Letter { message_id: "a>\r\nb".to_owned(), ..letter() };
        assert!(matches!(compose(&bad_id, &from()), Err(ComposeError::MessageId)));
        let bad_address = Letter { to: "a@b\r\nRCPT TO:<c@d>".to_owned(), ..letter() };
        assert!(matches!(compose(&bad_address, &from()), Err(ComposeError::Address(_))));
        let too_early = Letter { date: UNIX_EPOCH - Duration::from_secs(1), ..letter() };
        assert!(matches!(compose(&too_early, &from()), Err(ComposeError::Date)));
    }
}
