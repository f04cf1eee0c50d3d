//! The configuration key `mail_url`.

use std::fmt;
use std::net::Ipv6Addr;
use std::path::PathBuf;
use std::str::FromStr;

use lettre::transport::smtp;
use lettre::transport::smtp::authentication::Credentials;
use thiserror::Error;

/// Where mails go: the configuration key `mail_url`.
///
/// `Display` and `Debug` show neither user nor password.
#[derive(Clone, PartialEq, Eq)]
pub enum MailUrl {
    /// `file:DIR`: one file a mail.
    File(PathBuf),
    /// `smtp://…` and `smtps://…`.
    Smtp(SmtpUrl),
}

/// A mail server, read as lettre reads its connection URLs.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    /// The name to greet the server with; the host's own when there is none.
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

/// What is wrong with a `mail_url`, in a line that never shows what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MailUrlError {
    /// Another scheme, or none.
    #[error("must start with file:, smtp:// or smtps://")]
    Scheme,
    /// `file:` alone, or `file://host/…`.
    #[error("must name a directory: file:DIR")]
    Directory,
    /// No host, or not the name of one.
    #[error("must name a mail server: smtp://[user:password@]host[:port]")]
    Host,
    /// Not a port.
    #[error("has a port that is not a number from 1 to 65535")]
    Port,
    /// An `@` behind the host: a password with `/`, `?` or `#` in it.
    #[error("has an @ behind the host: in a password write / as %2F, ? as %3F, # as %23")]
    Separator,
    /// Only one of user and password, or not UTF-8.
    #[error("must give both user and password, or neither")]
    Credentials,
    /// A name for EHLO (the path) that is none.
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

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if let Some(dir) = url.strip_prefix("file:") {
            let named = !dir.is_empty() && (!dir.starts_with("//") || dir.starts_with("///"));
            return if named { Ok(Self::File(dir.into())) } else { Err(MailUrlError::Directory) };
        }
        let (wrapped, rest) = if let Some(rest) = url.strip_prefix("smtp://") {
            (false, rest)
        } else if let Some(rest) = url.strip_prefix("smtps://") {
            (true, rest)
        } else {
            return Err(MailUrlError::Scheme);
        };
        SmtpUrl::parse(rest, wrapped).map(Self::Smtp)
    }
}

impl SmtpUrl {
    fn parse(rest: &str, wrapped: bool) -> Result<Self, MailUrlError> {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        if tail.contains('@') {
            return Err(MailUrlError::Separator);
        }
        let tail = tail.split_once('#').map_or(tail, |(tail, _)| tail);
        let (path, query) = tail.split_once('?').unwrap_or((tail, ""));

        let (login, server) = match authority.rsplit_once('@') {
            Some((login, server)) => (Some(login), server),
            None => (None, authority),
        };
        let encryption = encryption(query, wrapped)?;
        let (host, port) = host_and_port(server)?;
        Ok(Self {
            host,
            port: port.unwrap_or(match encryption {
                Encryption::None => smtp::SMTP_PORT,
                Encryption::Opportunistic | Encryption::Required => smtp::SUBMISSION_PORT,
                Encryption::Wrapped => smtp::SUBMISSIONS_PORT,
            }),
            encryption,
            hello: hello(path)?,
            credentials: login.map(credentials).transpose()?,
        })
    }
}

fn encryption(query: &str, wrapped: bool) -> Result<Encryption, MailUrlError> {
    let mut encryption = Encryption::None;
    for (key, value) in form_urlencoded::parse(query.as_bytes()) {
        encryption = match (key.as_ref(), value.as_ref()) {
            ("tls", "required") => Encryption::Required,
            ("tls", "opportunistic") => Encryption::Opportunistic,
            _ => return Err(MailUrlError::Tls),
        };
    }
    Ok(if wrapped { Encryption::Wrapped } else { encryption })
}

fn host_and_port(server: &str) -> Result<(String, Option<u16>), MailUrlError> {
    let (host, port) = if let Some(rest) = server.strip_prefix('[') {
        let (host, port) = rest.split_once(']').ok_or(MailUrlError::Host)?;
        host.parse::<Ipv6Addr>().map_err(|_| MailUrlError::Host)?;
        (host, port)
    } else {
        let (host, port) = server.split_at(server.find(':').unwrap_or(server.len()));
        if !is_host(host) {
            return Err(MailUrlError::Host);
        }
        (host, port)
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        Some("") => None,
        Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
            let port = digits.parse().ok().filter(|port| *port != 0);
            Some(port.ok_or(MailUrlError::Port)?)
        }
        _ => return Err(MailUrlError::Port),
    };
    Ok((host.to_ascii_lowercase(), port))
}

fn is_host(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.chars().all(fits)
}

fn hello(path: &str) -> Result<Option<String>, MailUrlError> {
    match path.trim_matches('/') {
        "" => Ok(None),
        name if is_host(name) => Ok(Some(name.to_owned())),
        _ => Err(MailUrlError::Hello),
    }
}

fn credentials(login: &str) -> Result<Credentials, MailUrlError> {
    let part = |text: &str| percent_decoded(text).filter(|text| !text.is_empty());
    let (user, password) = login.split_once(':').ok_or(MailUrlError::Credentials)?;
    match (part(user), part(password)) {
        (Some(user), Some(password)) => Ok(Credentials::new(user, password)),
        _ => Err(MailUrlError::Credentials),
    }
}

/// As browsers do it, a `%` without two hex digits stands for itself. `None` when the result is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if let (b'%', Some(high), Some(low)) = (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            decoded.extend(u8::try_from(high * 16 + low));
            at += 3;
        } else {
            decoded.push(byte);
            at += 1;
        }
    }
    String::from_utf8(decoded).ok()
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
        assert_eq!(smtp("smtp://[::1]:25").host, "::1");
        assert_eq!(smtp("smtp://h/client.example").hello.as_deref(), Some("client.example"));
        let credentials = smtp("smtps://a%40b.example:p%2F%C3%A4@s%:@h").credentials;
        let expected = Credentials::new("a@b.example".to_owned(), "p/ä@s%:".to_owned());
        assert_eq!(credentials, Some(expected));
    }

    #[test]
    fn a_wrong_url_is_told_without_its_password() {
        for (url, error) in [
            ("http://h", MailUrlError::Scheme),
            ("mail", MailUrlError::Scheme),
            ("file:", MailUrlError::Directory),
            ("file://host/dir", MailUrlError::Directory),
            ("smtp://", MailUrlError::Host),
            ("smtp://u:hunter2@", MailUrlError::Host),
            ("smtp://h h", MailUrlError::Host),
            ("smtp://[::1", MailUrlError::Host),
            ("smtp://h:0", MailUrlError::Port),
            ("smtp://h:+25", MailUrlError::Port),
            ("smtp://h:65536", MailUrlError::Port),
            ("smtp://u:hunter2/x@h", MailUrlError::Separator),
            ("smtp://u@h", MailUrlError::Credentials),
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
