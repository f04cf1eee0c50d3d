//! MyCRT's API: `{code, message}`, real statuses, field errors as an array.

mod accounts;
mod body;
mod dialect;
mod environments;
mod exposure;
mod invites;
mod keys;
mod members;
mod parts;
mod reveal;
mod slack;
mod validate;

use rocket::{Catcher, Route, catch, catchers, get, routes};

use dialect::{Answer, Refusal};

#[get("/ping")]
fn ping() -> &'static str {
    "OK"
}

/// All routes except those of environments.
pub fn routes() -> Vec<Route> {
    [routes![ping], accounts::routes(), keys::routes(), validate::routes()].concat()
}

/// Mounted under both names of environments.
pub fn environment_routes() -> Vec<Route> {
    [
        environments::routes(),
        exposure::routes(),
        reveal::routes(),
        members::routes(),
        invites::routes(),
        slack::routes(),
    ]
    .concat()
}

#[catch(default)]
fn any(status: rocket::http::Status, _: &rocket::Request<'_>) -> Refusal {
    Refusal::of_status(status)
}

/// Responses for unmatched routes.
pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}
