//! One log line a request: id, route (not the path, which may hold a secret), status and duration.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Data, Request, Response};

use crate::error::Error;
use crate::ids::{hex, random_bytes};
use crate::public_url::PublicUrl;

struct Begun {
    id: String,
    at: Instant,
}

fn begun<'r>(request: &'r Request<'_>) -> &'r Begun {
    request.local_cache(|| Begun { id: hex(&random_bytes::<8>()), at: Instant::now() })
}

/// The request's id and route in the log.
pub fn request_id<'r>(request: &'r Request<'_>) -> &'r str {
    &begun(request).id
}

/// Logs an internal error once, with its source. Outages are logged where they are detected.
pub fn fault(error: &Error) {
    match error {
        Error::Internal(source) => tracing::error!(error = %source, "internal error"),
        Error::Gone(source) => tracing::warn!(error = %source, "a referenced row was deleted concurrently"),
        _ => {}
    }
}

/// How often requests from another origin are logged.
const OTHER_ORIGIN_EVERY: Duration = Duration::from_mins(1);

/// Names what is wrong if the other origin is our own: under the address that browsers show, or hidden by a proxy.
pub fn other_origin(other: &str, own: &str) {
    static LOGGED: Mutex<Option<Instant>> = Mutex::new(None);
    let hint = match other.parse::<PublicUrl>() {
        Ok(other) => {
            let other = other.origin();
            format!("from {other}: if that is this Usher, set public_url to it instead of {own}")
        }
        Err(_) if other == "null" => "whose origin is hidden: if it is from this Usher, a proxy sets Referrer-Policy: \
             no-referrer, which works over https only"
            .to_owned(),
        // Whatever else a client may send stays out of the log.
        Err(_) => return,
    };
    let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    if logged.is_none_or(|logged| logged.elapsed() >= OTHER_ORIGIN_EVERY) {
        *logged = Some(Instant::now());
        tracing::warn!("refused a change {hint}");
    }
}

pub struct RequestLog;

#[rocket::async_trait]
impl Fairing for RequestLog {
    fn info(&self) -> Info {
        Info { name: "request log", kind: Kind::Request | Kind::Response }
    }

    async fn on_request(&self, request: &mut Request<'_>, _: &mut Data<'_>) {
        begun(request);
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let begun = begun(request);
        let route = request.route().map_or_else(|| "-".to_owned(), |route| route.uri.to_string());
        let milliseconds = begun.at.elapsed().as_secs_f64() * 1000.0;
        tracing::info!(
            request = begun.id,
            method = %request.method(),
            route,
            status = response.status().code,
            ms = format_args!("{milliseconds:.1}"),
            "request"
        );
        response.set_header(Header::new("X-Request-Id", begun.id.clone()));
    }
}
