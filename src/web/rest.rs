//! MyCRT's dialect: `{code, message}`, real statuses, faults of fields as an array.

mod accounts;
mod body;
mod dialect;
mod environments;
mod invites;
mod keys;
mod members;
mod slack;
mod validate;

use rocket::{Catcher, Route, catch, catchers, get, routes};

use dialect::{Answer, Refusal};

#[get("/ping")]
fn ping() -> &'static str {
    "OK"
}

/// Everything but the environments.
pub fn routes() -> Vec<Route> {
    [routes![ping], accounts::routes(), keys::routes(), validate::routes()].concat()
}

/// What is mounted under both of the environments' names.
pub fn environment_routes() -> Vec<Route> {
    [environments::routes(), members::routes(), invites::routes(), slack::routes()].concat()
}

#[catch(default)]
fn any(status: rocket::http::Status, _: &rocket::Request<'_>) -> Refusal {
    Refusal::of_status(status)
}

/// The answers where no route answers.
pub fn catchers() -> Vec<Catcher> {
    catchers![any]
}
