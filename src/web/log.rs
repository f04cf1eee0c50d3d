//! One log line a request: id, route (not the path, which may hold a secret), status and duration.

use std::time::Instant;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Header;
use rocket::{Data, Request, Response};

use crate::error::Error;
use crate::ids::{hex, random_bytes};

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
