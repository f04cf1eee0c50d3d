//! Whether the process serves, and whether it should be asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::db;
use crate::usher::Usher;

/// False from the moment at which the server begins to stop.
#[derive(Clone, Debug)]
pub(crate) struct Readiness(Arc<AtomicBool>);

impl Readiness {
    pub fn new() -> Self {
        Self(Arc::new(AtomicBool::new(true)))
    }

    /// Says that no new request should come.
    pub fn end(&self) {
        self.0.store(false, Ordering::SeqCst);
    }
}

#[get("/live")]
fn live() -> &'static str {
    "OK"
}

#[get("/ready")]
async fn ready(usher: &State<Usher>, readiness: &State<Readiness>) -> (Status, &'static str) {
    if !readiness.0.load(Ordering::SeqCst) {
        return (Status::ServiceUnavailable, "stopping");
    }
    match db::is_ready(&usher.db).await {
        Ok(()) => (Status::Ok, "OK"),
        Err(_) => (Status::ServiceUnavailable, "the database is not ready"),
    }
}

pub fn routes() -> Vec<Route> {
    routes![live, ready]
}
