//! The real program: started, killed, stopped and misconfigured.

mod announcement;
mod bodies;
mod command_line;
mod configuration;
mod connections;
mod database_urls;
mod demo;
mod fetch;
mod files;
mod keys;
mod killed;
mod log;
mod memory;
mod poolers;
mod postgres;
mod proxies;
mod proxy_examples;
mod readiness;
mod start;
mod storage;
mod storms;
mod versions;

use crate::support::postgres::fresh_database;
use crate::support::process::Place;

/// A place for SQLite and, where available, one for PostgreSQL.
pub(crate) async fn on_both_databases() -> Vec<Place> {
    let mut places = vec![Place::default()];
    if let Some(database) = fresh_database().await {
        places.push(Place::default().with("database_url", database.url));
    }
    places
}
