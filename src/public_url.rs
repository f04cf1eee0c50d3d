//! The base of every link, and what follows from it.

use std::net::IpAddr;
use std::str::FromStr;

/// `http[s]://host[:port]`, as browsers see this installation; nothing behind the host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
}

impl PublicUrl {
    /// Scheme, host and port, as a browser writes it into `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The absolute URL of a path of this host.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Whether browsers reach us over TLS.
    pub fn is_https(&self) -> bool {
        self.https
    }

    /// Whether `host` (the value of a Host header) is this machine by another name than ours.
    pub fn is_other_loopback_name(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        is_loopback(&self.host) && is_loopback(&name) && name != self.host
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

/// A name or an IPv4 address has no colon; an IPv6 address stands in brackets.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(ip) => ip.parse::<std::net::Ipv6Addr>().is_ok(),
        None => !host.is_empty() && !host.contains([':', '[', ']']),
    }
}

fn is_loopback(name: &str) -> bool {
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // Without the text itself: somebody may have put a password into it.
        let problem = || "must be http://host[:port] or https://host[:port], with nothing behind it".to_owned();
        let lower = text.trim_end_matches('/').to_ascii_lowercase();
        let (https, rest) = match lower.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            _ => return Err(problem()),
        };
        let fine = |c: char| c.is_ascii_alphanumeric() || "-.:[]_".contains(c);
        if rest.is_empty() || !rest.chars().all(fine) || !is_host(without_port(rest)) {
            return Err(problem());
        }
        // Browsers leave the scheme's own port out of Origin.
        let own_port = if https { ":443" } else { ":80" };
        let rest = rest.strip_suffix(own_port).unwrap_or(rest);
        Ok(Self {
            origin: format!("{}://{rest}", if https { "https" } else { "http" }),
            host: without_port(rest).to_owned(),
            https,
        })
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
        for bad in [
            "usher.example.org",
            "ftp://x",
            "http://",
            "http://x/y",
            "http://x?y",
            "http://u@x",
            "http://x:port",
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
        assert!(!url.is_other_loopback_name("127.0.0.1:8000"));
        assert!(!url.is_other_loopback_name("usher.example.org"));
        let url: PublicUrl = "https://usher.example.org".parse().unwrap();
        assert!(!url.is_other_loopback_name("localhost:8000"));
    }
}
