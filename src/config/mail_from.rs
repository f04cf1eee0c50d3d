//! The sender of mails, checked by the rules that sending has, so that no mail fails for it later.

use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::{Address, Message};

use crate::email_address;

const FORM: &str = "must be one address, such as Usher <usher@example.org>";

/// Reads `address` or `Name <address>`. An international domain becomes punycode, which every mail server takes; unlike
/// a user's, the address may be on a host without dots.
///
/// # Errors
/// What is wrong.
pub(super) fn parse(text: &str) -> Result<Mailbox, String> {
    let text = text.trim();
    if text.contains(char::is_control) {
        return Err("must not contain line breaks or other control characters".to_owned());
    }
    let (name, address) = match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, address)) => (display_name(name)?, address.trim()),
        None => (None, text),
    };
    let (local, domain) = address.rsplit_once('@').ok_or(FORM)?;
    if !local.is_ascii() {
        return Err("the part before the @ must be in ASCII: most mail servers take no other".to_owned());
    }
    let domain = email_address::mail_domain(domain).ok_or("the domain of the address is not valid")?;
    let address = Address::new(local, domain).map_err(|_| FORM)?;
    let mailbox = Mailbox::new(name, address);
    check(&mailbox).map_err(|error| format!("no mail can be sent by it: {error}"))?;
    Ok(mailbox)
}

/// The name before the brackets, perhaps quoted.
fn display_name(text: &str) -> Result<Option<String>, String> {
    let text = text.trim();
    let name = match text.strip_prefix('"') {
        // lettre knows what a backslash escapes.
        Some(_) => format!("{text} <a@b.test>").parse::<Mailbox>().map_err(|_| FORM)?.name.unwrap_or_default(),
        None => text.to_owned(),
    };
    // Two addresses, with the first taken for a name.
    if text.starts_with('"') || !name.contains(['@', '<', '>', '"']) {
        Ok(Some(name).filter(|name| !name.is_empty()))
    } else {
        Err(FORM.to_owned())
    }
}

/// Whether a mail by this sender can be written and handed over.
fn check(mailbox: &Mailbox) -> Result<(), lettre::error::Error> {
    let to = mailbox.email.clone();
    Envelope::new(Some(mailbox.email.clone()), vec![to])?;
    Message::builder().from(mailbox.clone()).to(mailbox.clone()).body(String::new()).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_keeps_its_name_and_gets_an_ascii_domain() {
        for (text, name, address) in [
            ("usher@localhost", None, "usher@localhost"),
            ("Usher <usher@localhost>", Some("Usher"), "usher@localhost"),
            ("<usher@harbor.test>", None, "usher@harbor.test"),
            ("Büro Hafen <usher@bücher.example>", Some("Büro Hafen"), "usher@xn--bcher-kva.example"),
            ("usher@xn--bcher-kva.example", None, "usher@xn--bcher-kva.example"),
            ("\"Hafen, GmbH\" <usher@bücher.example>", Some("Hafen, GmbH"), "usher@xn--bcher-kva.example"),
            ("\"The \\\"Harbor\\\"\" <usher@harbor.test>", Some("The \"Harbor\""), "usher@harbor.test"),
            ("Harbor & Co. (Usher) <usher@harbor.test>", Some("Harbor & Co. (Usher)"), "usher@harbor.test"),
        ] {
            let mailbox = parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            assert_eq!((mailbox.name.as_deref(), mailbox.email.to_string().as_str()), (name, address), "{text}");
        }
    }

    #[test]
    fn what_no_mail_could_be_sent_by_is_refused() {
        for text in [
            "",
            "usher",
            "a@b, c@d",
            "a@b.test, Usher <c@d.test>",
            "a@b.test <c@d.test>",
            "Usher <usher@harbor.test",
            "Usher <>",
            "jürgen@harbor.test",
            "usher@xn--a.test",
            "usher@bü cher.example",
            "usher@-.test",
            "us her@harbor.test",
            "Usher\r\nBcc: eve@evil.test <usher@harbor.test>",
            "\"Usher <usher@harbor.test>",
            "Usher <usher@[127.0.0.1]>",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
