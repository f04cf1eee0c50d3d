//! Rules that the configuration's URLs share.

use url::{Host, Url};

/// A URL with a host and without user, password, query and fragment.
pub fn without_extras(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok().filter(Url::has_host)?;
    let has_extras =
        !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some();
    (!has_extras).then_some(url)
}

/// Whether a host is this machine.
pub fn is_loopback<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => name.as_ref() == "localhost",
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    }
}
