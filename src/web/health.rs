//! Liveness and readiness.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::readiness::Readiness;
use crate::usher::Usher;

#[get("/live")]
fn live() -> &'static str {
    "OK"
}

#[get("/ready")]
async fn ready(usher: &State<Usher>, readiness: &State<Readiness>) -> (Status, String) {
    match readiness.check(&usher.db).await {
        Ok(()) => (Status::Ok, "OK".to_owned()),
        Err(unready) => (Status::ServiceUnavailable, unready.to_string()),
    }
}

pub fn routes() -> Vec<Route> {
    routes![live, ready]
}
