//! E-mail addresses: which strings are valid, and which two are the same mailbox.

use std::fmt;

/// An e-mail address: as sent, as given (lower case), and in normal form.
///
/// Mail goes to the address as given; addresses are compared in normal form, so that `Rosa.Diaz+x@googlemail.com` and
/// `rosadiaz@gmail.com` are one mailbox.
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
/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;

impl EmailAddress {
    /// Exactly as sent, for answers to the sender.
    pub fn as_sent(&self) -> &str {
        &self.sent
    }

    /// In lower case, for display and for sending mail.
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
        if text.len() > LONGEST || !is_local_part(local) || !is_domain(domain) {
            return Err(NotAnAddress);
        }
        let given = text.to_lowercase();
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

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && last.len() >= 2
        && last.chars().all(|c| c.is_ascii_alphabetic())
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
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
        ] {
            assert!(EmailAddress::try_from(bad).is_err(), "{bad:?}");
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
