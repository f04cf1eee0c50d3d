//! The client of a request.

use std::convert::Infallible;
use std::net::IpAddr;

use rocket::Request;
use rocket::http::Method;
use rocket::request::{FromRequest, Outcome};

use crate::domain::actor::Client;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::language;

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
    let forwarded: Vec<&str> = request.headers().get("X-Forwarded-For").flat_map(|value| value.split(',')).collect();
    for hop in forwarded.into_iter().rev() {
        if !trusted.contains(&ip) {
            break;
        }
        let Ok(before) = hop.trim().parse::<IpAddr>() else { break };
        ip = before.to_canonical();
    }
    Some(ip)
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
    let from_elsewhere = headers.get("Origin").any(|origin| origin != own)
        || headers.get("Sec-Fetch-Site").any(|site| site != "same-origin" && site != "none");
    if from_elsewhere { Err(Error::CrossOrigin) } else { Ok(()) }
}
