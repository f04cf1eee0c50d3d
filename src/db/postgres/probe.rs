//! Probes whether the server accepts connections.

use std::sync::PoisonError;
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

/// How often it is logged that the server has no connections left.
const TELL_EVERY: Duration = Duration::from_mins(1);

/// Probes the server, at most once a second for all tasks.
#[derive(Debug)]
pub(super) struct Probe {
    options: PgConnectOptions,
    last: Mutex<Option<Answer>>,
    told_full: std::sync::Mutex<Option<Instant>>,
}

/// Why nobody gets a new connection.
#[derive(Clone, Debug)]
pub(super) enum Finding {
    Refused(DbErr),
    /// The server is up, and has no connections left.
    Full,
}

#[derive(Debug)]
struct Answer {
    at: Instant,
    finding: Option<Finding>,
}

impl Probe {
    pub fn of(options: PgConnectOptions) -> Self {
        Self { options, last: Mutex::default(), told_full: std::sync::Mutex::default() }
    }

    /// Returns when the server refuses connections, or has none left, while `holder` has none.
    pub async fn finding(&self, holder: &Holder) -> Finding {
        loop {
            if !holder.has_connection()
                && let Some(finding) = self.answer().await
                && !holder.has_connection()
            {
                return finding;
            }
            tokio::time::sleep(PROBE_EVERY).await;
        }
    }

    async fn answer(&self) -> Option<Finding> {
        let mut last = self.last.lock().await;
        match &*last {
            Some(answer) if answer.at.elapsed() < PROBE_EVERY => answer.finding.clone(),
            _ => {
                let finding = self.ask().await;
                *last = Some(Answer { at: Instant::now(), finding: finding.clone() });
                finding
            }
        }
    }

    async fn ask(&self) -> Option<Finding> {
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&self.options)).await {
            Ok(Ok(connection)) => {
                // The server cleans up in any case.
                let _ = connection.close().await;
                None
            }
            Ok(Err(error)) if Outage::of_driver(&error).is_some_and(|it| it.cause == Cause::Exhausted) => {
                self.tell_full();
                Some(Finding::Full)
            }
            Ok(Err(error)) => Some(Finding::Refused(connection_error(error))),
            Err(_) => None,
        }
    }

    fn tell_full(&self) {
        let mut told = self.told_full.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|told| told.elapsed() >= TELL_EVERY) {
            *told = Some(Instant::now());
            tracing::warn!("the database has no connections left: lower database_connections, or raise its limit");
        }
    }
}
