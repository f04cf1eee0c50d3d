//! The configuration key `mail_url`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use thiserror::Error;
use url::{Host, ParseError, Url};

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

/// A mail server, parsed as lettre parses its connection URLs.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// The name for EHLO; defaults to the host's own.
    pub hello: Option<String>,
    pub credentials: Option<Credentials>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// `smtp://`
    None,
    /// `smtp://…?tls=opportunistic`: STARTTLS when the server offers it.
    Opportunistic,
    /// `smtp://…?tls=required`: STARTTLS or no mail.
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
    /// Anything but `tls=required` and `tls=opportunistic`.
    #[error("may be followed by ?tls=required or ?tls=opportunistic only")]
    Tls,
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
        let encryption = encryption(url)?;
        let port = url.port().unwrap_or(match encryption {
            Encryption::None => smtp::SMTP_PORT,
            Encryption::Opportunistic | Encryption::Required => smtp::SUBMISSION_PORT,
            Encryption::Wrapped => smtp::SUBMISSIONS_PORT,
        });
        if port == 0 {
            return Err(MailUrlError::Port);
        }
        Ok(Self { host: host(url)?, port, encryption, hello: hello(url)?, credentials })
    }
}

fn encryption(url: &Url) -> Result<Encryption, MailUrlError> {
    let mut encryption = Encryption::None;
    for (key, value) in url.query_pairs() {
        encryption = match (key.as_ref(), value.as_ref()) {
            ("tls", "required") => Encryption::Required,
            ("tls", "opportunistic") => Encryption::Opportunistic,
            _ => return Err(MailUrlError::Tls),
        };
    }
    Ok(if url.scheme() == "smtps" { Encryption::Wrapped } else { encryption })
}

fn host(url: &Url) -> Result<String, MailUrlError> {
    match url.host().ok_or(MailUrlError::Host)? {
        // `Url` validates host names only for http and the like.
        Host::Domain(name) => Host::parse(name).map(|host| host.to_string()).map_err(|_| MailUrlError::Host),
        Host::Ipv4(ip) => Ok(ip.to_string()),
        Host::Ipv6(ip) => Ok(ip.to_string()),
    }
}

fn hello(url: &Url) -> Result<Option<String>, MailUrlError> {
    match url.path().trim_matches('/') {
        "" => Ok(None),
        name => Host::parse(name).map(|host| Some(host.to_string())).map_err(|_| MailUrlError::Hello),
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
            Encryption::None => ("smtp", ""),
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
        assert_eq!(smtp("smtp://h/client.example").hello.as_deref(), Some("client.example"));
        let credentials = smtp("smtps://a%40b.example:p%2F%C3%A4@s%:@h").credentials;
        let expected = Credentials::new("a@b.example".to_owned(), "p/ä@s%:".to_owned());
        assert_eq!(credentials, Some(expected));
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
