//! Yeep's API: `{ok, error}`, always status 200; the outcome is in the envelope.

mod asker;
mod body;
mod check;
mod definitions;
mod dialect;
mod grants;
mod invitation;
mod org;
mod paging;
mod session;
mod user;
mod view;
mod words;

use rocket::http::Status;
use rocket::{Catcher, Request, Route, catch, catchers, get, routes};
use serde_json::{Value, json};

use asker::Asker;
use body::Body;
use dialect::{Answer, Envelope, Failure};
use view::user_view;
use words::Words;

#[get("/ping")]
fn ping() -> Envelope {
    Envelope::bare(json!({ "ping": "pong" }))
}

/// All methods, for mounting at `/api/v1`.
pub fn routes() -> Vec<Route> {
    [routes![ping], session::routes(), org::routes(), definitions::routes(), user::routes(), invitation::routes()]
        .concat()
}

/// Unknown methods, and known ones with the wrong verb.
#[catch(default)]
fn any(status: Status, _: &Request<'_>) -> (Status, Envelope) {
    let status = match status {
        Status::UnprocessableEntity => Status::NotFound,
        other => other,
    };
    (status, Envelope::bare(http_error(status, status.reason_lossy())))
}

/// An error outside the envelope.
fn http_error(status: Status, message: &str) -> Value {
    json!({ "statusCode": status.code, "error": status.reason_lossy(), "message": message })
}

/// Responses for unmatched routes.
pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}
