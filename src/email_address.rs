//! E-mail addresses: which strings are valid, and which two are the same mailbox.

mod domain;

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// An e-mail address: as sent, as given (lower case), and in normal form.
///
/// Mail goes to the address as given; addresses are compared in normal form, so that `Rosa.Diaz+x@googlemail.com` and
/// `rosadiaz@gmail.com` are one mailbox. Both have an international domain in punycode, whichever spelling was sent;
/// people see its Unicode spelling ([`shown`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmailAddress {
    sent: String,
    given: String,
    normal: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

/// The longest path that SMTP carries is 256 characters with its brackets (RFC 5321, 4.5.3.1.3).
const LONGEST: usize = 254;
/// The same with a domain in Unicode, which may be shorter in punycode: four bytes for each character at most.
const LONGEST_SENT: usize = 4 * LONGEST;
/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;

impl EmailAddress {
    /// Exactly as sent, for answers to the sender.
    pub fn as_sent(&self) -> &str {
        &self.sent
    }

    /// In lower case, the domain in ASCII: for storing and for sending mail.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// The normal form, for comparison.
    pub fn normal(&self) -> &str {
        &self.normal
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.given.rsplit_once('@').map_or("", |(local, _)| local)
    }
}

impl TryFrom<&str> for EmailAddress {
    type Error = NotAnAddress;

    fn try_from(text: &str) -> Result<Self, NotAnAddress> {
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        if text.len() > LONGEST_SENT || !is_local_part(local) {
            return Err(NotAnAddress);
        }
        let domain = domain::ascii(domain).ok_or(NotAnAddress)?;
        let local = local.to_lowercase();
        let given = format!("{local}@{domain}");
        // Nor is an address to which no mail could be written.
        if given.len() > LONGEST || lettre::Address::new(local, domain).is_err() {
            return Err(NotAnAddress);
        }
        let normal = normal_form(&given);
        Ok(Self { sent: text.to_owned(), given, normal })
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.given)
    }
}

fn is_local_part(local: &str) -> bool {
    if local.len() > LONGEST_LOCAL_PART {
        return false;
    }
    if let Some(quoted) = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        return !quoted.is_empty() && quoted.chars().all(|c| c != '"' && c != '\\' && is_visible(c));
    }
    local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(|c| is_visible(c) && !r#"<>()[]\,;:@""#.contains(c)))
}

/// The address as people read it: an international domain in Unicode, unless that could be taken for another one.
/// Texts that are no address stay as they are.
pub fn shown(address: &str) -> Cow<'_, str> {
    let international = || {
        let (local, domain) = address.rsplit_once('@').filter(|(_, domain)| domain::is_international(domain))?;
        EmailAddress::try_from(address).ok()?;
        Some(format!("{local}@{}", domain::shown(domain)))
    };
    international().map_or(Cow::Borrowed(address), Cow::Owned)
}

/// What a link for writing to an address leads to: in ASCII, so that every mail program can send to it.
pub fn mailto(address: &str) -> String {
    /// What RFC 6068 lets stand as it is, without what HTML or a list of addresses would take for its own.
    const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'+');
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    format!("mailto:{}@{domain}", utf8_percent_encode(local, ESCAPED))
}

/// A domain as mail servers know it: in ASCII if it is international, else as it is, be it none of users' addresses, such
/// as `localhost`. `None`: it cannot be spelled so.
pub fn mail_domain(domain: &str) -> Option<String> {
    if domain.is_ascii() && !domain::is_international(domain) { Some(domain.to_owned()) } else { domain::ascii(domain) }
}

/// How stored addresses spell what somebody searches for, if it may be (a part of) an address with an international
/// domain: `jan@bücher` is `jan@xn--bcher-kva`.
pub fn searched(text: &str) -> Option<String> {
    let (before, domain) = text.rfind('@').map_or(("", text), |at| text.split_at(at + 1));
    Some(format!("{}{}", before.to_lowercase(), domain::searched(domain)?))
}

/// Neither blank, nor a control character, nor one that changes the display of its neighbours.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Yeep's contract, section 10.0.
fn normal_form(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return address.to_owned();
    };
    let without_tag = || local.split('+').next().unwrap_or(local);
    match domain {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", without_tag().replace('.', "")),
        "live.com" | "hotmail.com" | "outlook.com" => format!("{}@{domain}", without_tag()),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_accepted() {
        for good in ["rosa@harbor.test", "a.b+c@x-y.example.org", "\"a b\"@x.test".replace(' ', "_").as_str()] {
            assert!(EmailAddress::try_from(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "rosa",
            "@harbor.test",
            "rosa@",
            "rosa@harbor",
            "rosa@harbor.t",
            "rosa@harbor.7t",
            "ro sa@harbor.test",
            "ro\"sa@harbor.test",
            "rosa@@harbor.test",
            ".rosa@harbor.test",
            "rosa@har_bor.test",
            "rosa@-harbor.test",
            "rosa@harbor..test",
            "ro\u{202e}sa@harbor.test",
            "ro\0sa@harbor.test",
            "rosa@harbor.test\r\nBcc: x@y.test",
            // No mail could be written to these.
            "✉rosa@harbor.test",
            "→rosa@harbor.test",
        ] {
            assert!(EmailAddress::try_from(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn both_spellings_of_a_domain_are_one_mailbox() {
        for (sent, given, people_read) in [
            ("ivan@xn--e1afmkfd.xn--p1ai", "ivan@xn--e1afmkfd.xn--p1ai", "ivan@пример.рф"),
            ("Ivan@Пример.РФ", "ivan@xn--e1afmkfd.xn--p1ai", "ivan@пример.рф"),
            ("ivan@XN--E1AFMKFD.xn--p1ai", "ivan@xn--e1afmkfd.xn--p1ai", "ivan@пример.рф"),
            ("jan@bücher.example", "jan@xn--bcher-kva.example", "jan@bücher.example"),
            ("jan@mail.bu\u{308}cher.example", "jan@mail.xn--bcher-kva.example", "jan@mail.bücher.example"),
            // Not transitional: the sharp s is a letter of its own.
            ("jan@straße.example", "jan@xn--strae-oqa.example", "jan@straße.example"),
            ("li@例子.中国", "li@xn--fsqu00a.xn--fiqs8s", "li@例子.中国"),
            ("rosa@harbor.test", "rosa@harbor.test", "rosa@harbor.test"),
            ("rosa@r3---sn.harbor.test", "rosa@r3---sn.harbor.test", "rosa@r3---sn.harbor.test"),
        ] {
            let address = EmailAddress::try_from(sent).unwrap();
            assert_eq!((address.as_sent(), address.as_given(), address.normal()), (sent, given, given));
            assert_eq!(shown(address.as_given()), people_read);
            assert_eq!(EmailAddress::try_from(people_read).unwrap().normal(), given);
        }
    }

    #[test]
    fn domains_that_no_registry_has_are_refused() {
        for bad in [
            "jan@xn--a.example",
            "jan@xn--.example",
            "jan@-bücher.example",
            "jan@bü_cher.example",
            "jan@bü cher.example",
            "jan@bü\u{202e}cher.example",
            "jan@bü\u{ad}cher.example",
            "jan@“bücher”.example",
            "jan@bücher–buch.example",
            "jan@bücher",
            "jan@bücher..example",
            "jan@bücher.example.",
            "jan@bücher.e",
            "jan@bücher.7t",
            // Another spelling of an ASCII domain: pages read it, JSON does not.
            "jan@ｈａｒｂｏｒ.test",
        ] {
            assert!(EmailAddress::try_from(bad).is_err(), "{bad:?}");
        }
        for long in [format!("jan@{}.example", "ü".repeat(60)), format!("jan@{}example", "bücher.".repeat(30))] {
            assert!(EmailAddress::try_from(long.as_str()).is_err(), "{long}");
        }
    }

    #[test]
    fn a_domain_that_looks_like_another_is_shown_in_ascii() {
        for (address, people_read) in [
            // A Cyrillic а before Latin letters; nothing but Cyrillic letters that look Latin, below a Latin ending.
            ("eve@xn--pple-43d.com", "eve@xn--pple-43d.com"),
            ("eve@xn--80ak6aa92e.com", "eve@xn--80ak6aa92e.com"),
            ("no address at xn--80ak6aa92e.com", "no address at xn--80ak6aa92e.com"),
            ("@xn--e1afmkfd.xn--p1ai", "@xn--e1afmkfd.xn--p1ai"),
        ] {
            assert_eq!(shown(address), people_read);
        }
    }

    #[test]
    fn links_for_writing_are_ascii() {
        assert_eq!(mailto("rosa.diaz+x@harbor.test"), "mailto:rosa.diaz+x@harbor.test");
        assert_eq!(mailto("a%b&c?d@harbor.test"), "mailto:a%25b%26c%3Fd@harbor.test");
        assert_eq!(mailto("jürgen@xn--bcher-kva.example"), "mailto:j%C3%BCrgen@xn--bcher-kva.example");
    }

    #[test]
    fn searches_are_spelled_as_addresses_are_kept() {
        assert_eq!(searched("Jan@Bücher.ex").as_deref(), Some("jan@xn--bcher-kva.ex"));
        assert_eq!(searched("bücher").as_deref(), Some("xn--bcher-kva"));
        for other in ["jan@harbor.test", "rosa", "", "@", "a b", "日 本"] {
            assert_eq!(searched(other), None, "{other}");
        }
    }

    #[test]
    fn the_normal_form_joins_what_is_one_mailbox() {
        let normal = |text: &str| EmailAddress::try_from(text).unwrap().normal().to_owned();
        assert_eq!(normal("Rosa.Diaz+x@GoogleMail.com"), "rosadiaz@gmail.com");
        assert_eq!(normal("rosa.diaz+x@outlook.com"), "rosa.diaz@outlook.com");
        assert_eq!(normal("Rosa.Diaz+x@harbor.test"), "rosa.diaz+x@harbor.test");
    }
}
