//! The client of a request.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use rocket::Request;
use rocket::http::Method;
use rocket::request::{FromRequest, Outcome};

use crate::domain::actor::Client;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::{language, log};

/// The running application.
pub fn usher<'r>(request: &'r Request<'_>) -> &'r Usher {
    request.rocket().state::<Usher>().expect("app::rocket manages Usher before it mounts a route")
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Client {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        let agent = request.headers().get_one("User-Agent").map(str::to_owned);
        Outcome::Success(Self { ip: ip(request), agent, language: language::asked_for(request) })
    }
}

/// The client's address. `X-Forwarded-For` counts only from trusted proxies, read from right to left up to the first
/// address that is not a trusted proxy.
pub fn ip(request: &Request<'_>) -> Option<IpAddr> {
    let trusted = &usher(request).config.trusted_proxies;
    let mut ip = request.remote()?.ip().to_canonical();
    let hops: Vec<&str> = request.headers().get("X-Forwarded-For").flat_map(|value| value.split(',')).collect();
    for hop in hops.into_iter().rev() {
        if !trusted.iter().any(|network| network.contains(&ip)) {
            break;
        }
        let Some(before) = forwarded(hop) else { break };
        ip = before.to_canonical();
    }
    Some(ip)
}

/// An address as proxies write it: perhaps with a port, IPv6 perhaps in brackets.
fn forwarded(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse().ok().map(|address: SocketAddr| address.ip()))
}

/// Rejects a cross-site change.
///
/// # Errors
/// [`Error::CrossOrigin`].
pub fn check_origin(request: &Request<'_>) -> Result<(), Error> {
    if matches!(request.method(), Method::Get | Method::Head | Method::Options) {
        return Ok(());
    }
    let headers = request.headers();
    let own = usher(request).config.public_url.origin();
    let sites: Vec<&str> = headers.get("Sec-Fetch-Site").collect();
    let is_said_to_be_ours = !sites.is_empty() && sites.iter().all(|site| *site == "same-origin");
    // Behind a proxy that sets `Referrer-Policy: no-referrer`, browsers send `null` for our own forms.
    let is_ours = |origin: &str| origin == own || (origin == "null" && is_said_to_be_ours);
    let other_origin = headers.get("Origin").find(|origin| !is_ours(origin));
    if let Some(other) = other_origin {
        log::other_origin(other, own);
    }
    let from_elsewhere = other_origin.is_some() || sites.iter().any(|site| *site != "same-origin" && *site != "none");
    if from_elsewhere { Err(Error::CrossOrigin) } else { Ok(()) }
}

/// Whether the browser itself says that a form is from one of our pages. Without a header it may be from anywhere.
pub fn is_surely_ours(request: &Request<'_>) -> bool {
    let own = usher(request).config.public_url.origin();
    let headers = request.headers();
    let says_so = headers.get("Origin").any(|origin| origin == own)
        || headers.get("Sec-Fetch-Site").any(|site| site == "same-origin");
    says_so && check_origin(request).is_ok()
}
