//! The configuration key `mail_url`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::{Host, ParseError, Url};

use super::mail_hello::MailHello;
use crate::urls::is_loopback;

/// Where mails are sent: the configuration key `mail_url`.
///
/// `Display` and `Debug` show neither user nor password.
#[derive(Clone, PartialEq, Eq)]
pub enum MailUrl {
    /// `file:DIR`: one file per mail.
    File(PathBuf),
    /// `smtp://…` and `smtps://…`.
    Smtp(SmtpUrl),
}

/// A mail server, parsed as lettre parses its connection URLs, but for one thing: a password is never sent in clear over a
/// network, unless `tls=none` or `tls=opportunistic` says so.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// For EHLO: lettre's way to say it, before there was `mail_hello`.
    pub hello: Option<MailHello>,
    pub credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// `smtp://…?tls=none`, and `smtp://` without a password or to this computer.
    None,
    /// `smtp://…?tls=opportunistic`: STARTTLS when the server offers it.
    Opportunistic,
    /// `smtp://…?tls=required`, and `smtp://` with a password: STARTTLS or no mail.
    Required,
    /// `smtps://`: TLS from the first byte.
    Wrapped,
}

/// Why a `mail_url` is invalid, in one line that never shows its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MailUrlError {
    #[error("must start with file:, smtp:// or smtps://")]
    Scheme,
    /// `file:` alone, or `file://host/…`.
    #[error("must name a directory: file:DIR")]
    Directory,
    /// No host name, or an invalid one.
    #[error("must name a mail server: smtp://[user:password@]host[:port]")]
    Host,
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// An `@` after the host: an unescaped `/`, `?` or `#` in the password.
    #[error("has an @ behind the host: in a password write / as %2F, ? as %3F, # as %23")]
    Separator,
    /// Only one of user and password, or not UTF-8.
    #[error("must give both user and password, or neither")]
    Credentials,
    /// An invalid name for EHLO (the path).
    #[error("has a path that is not a host name")]
    Hello,
    /// Anything but the three values of `tls`.
    #[error(
        "may be followed by one of these only: ?tls=required (STARTTLS or no mail), ?tls=opportunistic (STARTTLS if the \
         server offers it), ?tls=none (never)"
    )]
    Tls,
    /// `smtps://` with `tls=none`.
    #[error("cannot be smtps:// and end in ?tls=none: smtps:// is always encrypted")]
    TlsNone,
    /// TLS cannot be set up for this host.
    #[error("asks for encryption, which cannot be set up on this computer")]
    NoTls,
}

impl FromStr for MailUrl {
    type Err = MailUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(dir) = text.strip_prefix("file:") {
            let named = !dir.is_empty() && (!dir.starts_with("//") || dir.starts_with("///"));
            return if named { Ok(Self::File(dir.into())) } else { Err(MailUrlError::Directory) };
        }
        let (scheme, rest) = text.split_once("://").ok_or(MailUrlError::Scheme)?;
        if !["smtp", "smtps"].contains(&scheme.to_ascii_lowercase().as_str()) {
            return Err(MailUrlError::Scheme);
        }
        // An unescaped password that ends the authority early would be parsed as a port, path or query.
        let (authority, behind) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        if behind.contains('@') {
            return Err(MailUrlError::Separator);
        }
        let url = Url::parse(text).map_err(|error| match error {
            ParseError::InvalidPort => MailUrlError::Port,
            _ => MailUrlError::Host,
        })?;
        let credentials = if authority.contains('@') { Some(credentials(&url)?) } else { None };
        SmtpUrl::read(&url, credentials).map(Self::Smtp)
    }
}

impl SmtpUrl {
    fn read(url: &Url, credentials: Option<Credentials>) -> Result<Self, MailUrlError> {
        let host = host(url)?;
        let given = encryption(url)?;
        let port = url.port().unwrap_or(match given {
            Some(Encryption::Opportunistic | Encryption::Required) => smtp::SUBMISSION_PORT,
            Some(Encryption::Wrapped) => smtp::SUBMISSIONS_PORT,
            Some(Encryption::None) | None => smtp::SMTP_PORT,
        });
        if port == 0 {
            return Err(MailUrlError::Port);
        }
        let encryption = given.unwrap_or(match &credentials {
            Some(_) if !is_loopback(&host) => Encryption::Required,
            _ => Encryption::None,
        });
        let host = match host {
            Host::Domain(name) => name,
            Host::Ipv4(ip) => ip.to_string(),
            Host::Ipv6(ip) => ip.to_string(),
        };
        Ok(Self { host, port, encryption, hello: hello(url)?, credentials })
    }
}

/// What the URL says itself.
fn encryption(url: &Url) -> Result<Option<Encryption>, MailUrlError> {
    let mut encryption = None;
    for (key, value) in url.query_pairs() {
        encryption = Some(match (key.as_ref(), value.as_ref()) {
            ("tls", "required") => Encryption::Required,
            ("tls", "opportunistic") => Encryption::Opportunistic,
            ("tls", "none") => Encryption::None,
            _ => return Err(MailUrlError::Tls),
        });
    }
    match (url.scheme(), encryption) {
        ("smtps", Some(Encryption::None)) => Err(MailUrlError::TlsNone),
        ("smtps", _) => Ok(Some(Encryption::Wrapped)),
        _ => Ok(encryption),
    }
}

fn host(url: &Url) -> Result<Host, MailUrlError> {
    match url.host().ok_or(MailUrlError::Host)? {
        // `Url` validates host names only for http and the like.
        Host::Domain(name) => Host::parse(name).map_err(|_| MailUrlError::Host),
        Host::Ipv4(ip) => Ok(Host::Ipv4(ip)),
        Host::Ipv6(ip) => Ok(Host::Ipv6(ip)),
    }
}

fn hello(url: &Url) -> Result<Option<MailHello>, MailUrlError> {
    match url.path().trim_matches('/') {
        "" => Ok(None),
        name => name.parse().map(Some).map_err(|_| MailUrlError::Hello),
    }
}

fn credentials(url: &Url) -> Result<Credentials, MailUrlError> {
    let part = |text| percent_decode_str(text).decode_utf8().ok().filter(|text| !text.is_empty());
    match (part(url.username()), url.password().and_then(part)) {
        (Some(user), Some(password)) => Ok(Credentials::new(user.into_owned(), password.into_owned())),
        _ => Err(MailUrlError::Credentials),
    }
}

impl fmt::Display for MailUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(dir) => write!(f, "file:{}", dir.display()),
            Self::Smtp(url) => write!(f, "{url}"),
        }
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, query) = match self.encryption {
            Encryption::None => ("smtp", if self.credentials.is_some() { "?tls=none" } else { "" }),
            Encryption::Opportunistic => ("smtp", "?tls=opportunistic"),
            Encryption::Required => ("smtp", "?tls=required"),
            Encryption::Wrapped => ("smtps", ""),
        };
        let (open, close) = if self.host.contains(':') { ("[", "]") } else { ("", "") };
        write!(f, "{scheme}://{open}{}{close}:{}{query}", self.host, self.port)
    }
}

impl fmt::Debug for MailUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailUrl({self})")
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(url: &str) -> SmtpUrl {
        match url.parse() {
            Ok(MailUrl::Smtp(url)) => url,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn urls_are_read_as_lettre_reads_them() {
        assert_eq!("file:data/mail".parse(), Ok(MailUrl::File("data/mail".into())));
        assert_eq!("file:///var/mail".parse(), Ok(MailUrl::File("///var/mail".into())));
        for (url, port, encryption) in [
            ("smtp://Mail.example.org", 25, Encryption::None),
            ("smtp://mail.example.org:2525/", 2525, Encryption::None),
            ("smtp://mail.example.org?tls=required", 587, Encryption::Required),
            ("smtp://mail.example.org/?tls=opportunistic", 587, Encryption::Opportunistic),
            ("smtps://mail.example.org", 465, Encryption::Wrapped),
            ("smtps://mail.example.org:1465?tls=required", 1465, Encryption::Wrapped),
        ] {
            let url = smtp(url);
            assert_eq!((url.host.as_str(), url.port), ("mail.example.org", port));
            assert_eq!(url.encryption, encryption);
            assert_eq!(url.credentials, None);
        }
        assert_eq!(smtp("SMTP://[::1]:25").host, "::1");
        assert_eq!(smtp("smtp://127.0.0.1").host, "127.0.0.1");
        assert_eq!(smtp("smtp://mail_1").host, "mail_1");
        assert_eq!(smtp("smtp://häfen.example").host, "xn--hfen-loa.example");
        assert_eq!(smtp("smtp://h/client.example").hello, Some("client.example".parse().unwrap()));
        assert_eq!(smtp("smtp://h/127.0.0.1").hello, Some("[127.0.0.1]".parse().unwrap()));
        let credentials = smtp("smtps://a%40b.example:p%2F%C3%A4@s%:@h").credentials;
        let expected = Credentials::new("a@b.example".to_owned(), "p/ä@s%:".to_owned());
        assert_eq!(credentials, Some(expected));
    }

    #[test]
    fn a_password_is_sent_in_clear_only_where_the_url_says_so() {
        for (url, port, encryption) in [
            ("smtp://u:p@mail.example.org", 25, Encryption::Required),
            ("smtp://u:p@192.0.2.1:2525", 2525, Encryption::Required),
            ("smtp://u:p@mail.example.org?tls=none", 25, Encryption::None),
            ("smtp://u:p@mail.example.org?tls=opportunistic", 587, Encryption::Opportunistic),
            ("smtp://u:p@localhost", 25, Encryption::None),
            ("smtp://u:p@127.0.0.2", 25, Encryption::None),
            ("smtp://u:p@[::1]", 25, Encryption::None),
            ("smtp://mail.example.org?tls=none", 25, Encryption::None),
        ] {
            let url = smtp(url);
            assert_eq!((url.port, url.encryption), (port, encryption), "{url}");
        }
        assert_eq!(smtp("smtp://u:p@h?tls=none").to_string(), "smtp://h:25?tls=none");
    }

    #[test]
    fn an_invalid_url_is_reported_without_its_password() {
        for (url, error) in [
            ("http://h", MailUrlError::Scheme),
            ("mail", MailUrlError::Scheme),
            ("file:", MailUrlError::Directory),
            ("file://host/dir", MailUrlError::Directory),
            ("smtp://", MailUrlError::Host),
            ("smtp://u:hunter2@", MailUrlError::Host),
            ("smtp://h h", MailUrlError::Host),
            ("smtp://h%20h", MailUrlError::Host),
            ("smtp://[::1", MailUrlError::Host),
            ("smtp://h:0", MailUrlError::Port),
            ("smtp://h:+25", MailUrlError::Port),
            ("smtp://h:65536", MailUrlError::Port),
            ("smtp://u:hunter2/x@h", MailUrlError::Separator),
            ("smtp://u@h", MailUrlError::Credentials),
            ("smtp://:@h", MailUrlError::Credentials),
            ("smtp://u:%ff@h", MailUrlError::Credentials),
            ("smtp://u:@h", MailUrlError::Credentials),
            ("smtp://h/a b", MailUrlError::Hello),
            ("smtp://h?tls=yes", MailUrlError::Tls),
            ("smtps://h?tls=none", MailUrlError::TlsNone),
            ("smtp://h?tsl=required", MailUrlError::Tls),
        ] {
            assert_eq!(url.parse::<MailUrl>(), Err(error), "{url}");
            assert!(!error.to_string().contains("hunter2"));
        }
        let url: MailUrl = "smtp://anna:hunter2@h?tls=required".parse().unwrap();
        for shown in [format!("{url:?}"), url.to_string()] {
            assert!(shown.contains("smtp://h:587?tls=required"));
            assert!(!shown.contains("hunter2") && !shown.contains("anna"));
        }
    }
}
