//! Headers of every response, and the redirect to the one host name of a loopback installation.

use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{ContentType, Header, Method, Status};
use rocket::{Request, Response};

use super::client::usher;
use crate::readiness::Readiness;

pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

/// `Retry-After` while the database is unavailable.
const DATABASE_RETRY: Duration = Duration::from_secs(5);

/// `Retry-After` in whole seconds, at least one.
pub fn retry_after(wait: Duration) -> Header<'static> {
    Header::new("Retry-After", wait.as_millis().div_ceil(1000).max(1).to_string())
}

pub struct Headers;

#[rocket::async_trait]
impl Fairing for Headers {
    fn info(&self) -> Info {
        Info { name: "headers", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        if let Some(location) = other_name(request) {
            *response = Response::build()
                .status(Status::TemporaryRedirect)
                .header(Header::new("Location", location))
                .finalize();
        }
        if response.status() == Status::ServiceUnavailable && response.headers().get_one("Retry-After").is_none() {
            response.set_header(retry_after(DATABASE_RETRY));
        }
        // A page may set its own policy.
        for (name, value) in [("Content-Security-Policy", CSP), ("X-Frame-Options", "DENY")] {
            if response.headers().get_one(name).is_none() {
                response.set_header(Header::new(name, value));
            }
        }
        let mut set = |name: &'static str, value: &str| {
            response.set_header(Header::new(name, value.to_owned()));
        };
        set("X-Content-Type-Options", "nosniff");
        set("Referrer-Policy", "same-origin");
        let config = &usher(request).config;
        if config.public_url.is_https() {
            let subdomains = if config.hsts_include_subdomains { "; includeSubDomains" } else { "" };
            set("Strict-Transport-Security", &format!("max-age=31536000{subdomains}"));
        }
        if response.content_type() == Some(ContentType::HTML) {
            response.set_header(Header::new("Cross-Origin-Opener-Policy", "same-origin"));
        }
        if request.rocket().state::<Readiness>().is_some_and(Readiness::is_ending) {
            // A client or proxy that kept the connection would send its next request into a closed one.
            response.set_header(Header::new("Connection", "close"));
        }
        if response.headers().get_one("Cache-Control").is_none() {
            response.set_header(Header::new("Cache-Control", "no-store"));
        }
    }
}

/// The redirect target if a page was requested under another loopback name: cookies and the origin check need one name.
fn other_name(request: &Request<'_>) -> Option<String> {
    let path = request.uri().path();
    let is_page = matches!(request.method(), Method::Get | Method::Head)
        && !["/api", "/health", "/static", "/media"].iter().any(|prefix| path.starts_with(prefix));
    let public_url = &usher(request).config.public_url;
    let host = request.headers().get_one("Host")?;
    (is_page && public_url.is_other_loopback_name(host)).then(|| public_url.join(&request.uri().to_string()))
}
