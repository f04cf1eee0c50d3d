//! Probes whether the server accepts connections.

use std::time::{Duration, Instant};

use sea_orm::DbErr;
use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use tokio::sync::Mutex;

use super::connection_error;
use super::pool::Holder;
use crate::db::PATIENCE;
use crate::outage::{Cause, Outage};

/// How long an answer is cached, for all tasks.
const PROBE_EVERY: Duration = Duration::from_secs(1);

/// Probes the server, at most once a second for all tasks.
#[derive(Debug)]
pub(super) struct Probe {
    options: PgConnectOptions,
    last: Mutex<Option<Answer>>,
}

#[derive(Debug)]
struct Answer {
    at: Instant,
    refusal: Option<DbErr>,
}

impl Probe {
    pub fn of(options: PgConnectOptions) -> Self {
        Self { options, last: Mutex::default() }
    }

    /// Returns when the server refuses connections while `holder` has none.
    pub async fn refusal(&self, holder: &Holder) -> DbErr {
        loop {
            if !holder.has_connection()
                && let Some(refusal) = self.answer().await
                && !holder.has_connection()
            {
                return refusal;
            }
            tokio::time::sleep(PROBE_EVERY).await;
        }
    }

    async fn answer(&self) -> Option<DbErr> {
        let mut last = self.last.lock().await;
        match &*last {
            Some(answer) if answer.at.elapsed() < PROBE_EVERY => answer.refusal.clone(),
            _ => {
                let refusal = self.ask().await;
                *last = Some(Answer { at: Instant::now(), refusal: refusal.clone() });
                refusal
            }
        }
    }

    async fn ask(&self) -> Option<DbErr> {
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&self.options)).await {
            Ok(Ok(connection)) => {
                // The server cleans up in any case.
                let _ = connection.close().await;
                None
            }
            // The server is up; the pool's own connections are within the limit.
            Ok(Err(error)) if Outage::of_driver(&error).is_some_and(|it| it.cause == Cause::Exhausted) => None,
            Ok(Err(error)) => Some(connection_error(error)),
            Err(_) => None,
        }
    }
}
