//! The configuration key `mail_hello`.

use std::net::IpAddr;
use std::str::FromStr;

use lettre::transport::smtp::extension::ClientId;
use url::Host;

/// How Usher introduces itself to a mail server (EHLO): a host name, or an address literal such as `[192.0.2.1]` or
/// `[IPv6:2001:db8::1]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailHello(ClientId);

impl MailHello {
    pub(crate) const fn id(&self) -> &ClientId {
        &self.0
    }
}

impl<S: AsRef<str>> From<&Host<S>> for MailHello {
    fn from(host: &Host<S>) -> Self {
        Self(match host {
            Host::Domain(name) => ClientId::Domain(name.as_ref().to_owned()),
            Host::Ipv4(ip) => ClientId::Ipv4(*ip),
            Host::Ipv6(ip) => ClientId::Ipv6(*ip),
        })
    }
}

impl FromStr for MailHello {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let literal = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        let ip = literal.strip_prefix("IPv6:").unwrap_or(literal);
        match ip.parse() {
            Ok(IpAddr::V4(ip)) => return Ok(Self(ClientId::Ipv4(ip))),
            Ok(IpAddr::V6(ip)) => return Ok(Self(ClientId::Ipv6(ip))),
            Err(_) => {}
        }
        let fits = |name: &str| {
            let labels = name.trim_end_matches('.').split('.');
            let fits = |label: &str| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
            };
            name.len() <= 253 && labels.into_iter().all(fits)
        };
        match Host::parse(text) {
            Ok(Host::Domain(name)) if fits(&name) => Ok(Self(ClientId::Domain(name))),
            _ => Err("must be a host name, such as usher.example.org, or an IP address, such as 192.0.2.1"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_greeted_with_a_name_or_an_address() {
        for (text, said) in [
            ("Usher.example.org", "usher.example.org"),
            ("localhost", "localhost"),
            ("häfen.example", "xn--hfen-loa.example"),
            ("127.0.0.1", "[127.0.0.1]"),
            ("[127.0.0.1]", "[127.0.0.1]"),
            ("::1", "[IPv6:::1]"),
            ("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
        ] {
            assert_eq!(text.parse::<MailHello>().unwrap().id().to_string(), said, "{text}");
        }
        for wrong in ["", "a b", "a\r\nRSET", "a/b", "[", "[a]", "a..b", "usher.example.org:25", "http://a"] {
            assert!(wrong.parse::<MailHello>().is_err(), "{wrong:?}");
        }
    }
}
