//! The base of all links.

use std::str::FromStr;

use url::{Host, Url};

use crate::urls::{is_loopback, without_extras};

/// `http[s]://host[:port]` as browsers see this installation, with nothing after the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: Host,
    https: bool,
}

impl PublicUrl {
    /// Scheme, host and port, as in a browser's `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host and port, as people name this server.
    pub fn server(&self) -> String {
        let (_, server) = self.origin.split_once("://").unwrap_or_default();
        server.to_owned()
    }

    pub const fn host(&self) -> &Host {
        &self.host
    }

    /// The absolute URL of a path.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether browsers connect over TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether `host` (from a Host header) is this machine by a name other than ours.
    pub fn is_other_loopback_name(&self, host: &str) -> bool {
        let asked = Url::parse(&format!("http://{host}")).ok();
        let asked = asked.and_then(|url| url.host().map(|host| host.to_owned()));
        is_loopback(&self.host) && asked.is_some_and(|asked| is_loopback(&asked) && asked != self.host)
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // Does not quote the value, which may hold a password.
        let problem = || "must be http://host[:port] or https://host[:port], with nothing behind it".to_owned();
        let url = without_extras(text).ok_or_else(problem)?;
        let is_origin = ["http", "https"].contains(&url.scheme()) && url.path().trim_matches('/').is_empty();
        match url.host() {
            Some(host) if is_origin => Ok(Self {
                origin: url.origin().ascii_serialization(),
                host: host.to_owned(),
                https: url.scheme() == "https",
            }),
            _ => Err(problem()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_is_what_a_browser_sends() {
        let origin = |text: &str| text.parse::<PublicUrl>().map(|url| url.origin);
        assert_eq!(origin("https://Usher.example.org:443/").unwrap(), "https://usher.example.org");
        assert_eq!(origin("http://127.0.0.1:8000").unwrap(), "http://127.0.0.1:8000");
        assert_eq!(origin("http://[::1]:80").unwrap(), "http://[::1]");
        assert_eq!(origin("https://häfen.example").unwrap(), "https://xn--hfen-loa.example");
        for bad in [
            "usher.example.org",
            "ftp://x",
            "http://",
            "http://x/y",
            "http://x?y",
            "http://u@x",
            "http://x:port",
            "http://x:65536",
            "x:8000",
            "http://::1",
        ] {
            assert!(origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn other_names_of_this_machine_are_known() {
        let url: PublicUrl = "http://127.0.0.1:8000".parse().unwrap();
        assert!(url.is_other_loopback_name("localhost:8000"));
        assert!(url.is_other_loopback_name("[::1]:8000"));
        assert!(url.is_other_loopback_name("LOCALHOST"));
        assert!(!url.is_other_loopback_name("127.0.0.1:8000"));
        assert!(!url.is_other_loopback_name("localhost:port"));
        assert!(!url.is_other_loopback_name("usher.example.org"));
        let url: PublicUrl = "https://usher.example.org".parse().unwrap();
        assert!(!url.is_other_loopback_name("localhost:8000"));
    }
}
