//! Whether the process is ready for requests: not stopping, the schema present, and writes readable.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sea_orm::DatabaseTransaction;
use tokio::sync::Mutex;

use crate::db::{self, Db, Fit, Operation};
use crate::error::Error;
use crate::outage::Cause;
use crate::store;

/// How long a check is cached, for all callers.
const CHECK_EVERY: Duration = Duration::from_secs(5);
/// How long a check may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why the process is not ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unready {
    #[error("stopping")]
    Stopping,
    #[error("the database's schema is not the one that this version needs")]
    Schema,
    #[error("the database's file was removed or replaced: see the log")]
    Replaced,
    #[error("the database cannot be written: see the log")]
    Unwritable,
}

#[derive(Clone, Debug, Default)]
pub struct Readiness {
    stopping: Arc<AtomicBool>,
    last: Arc<Mutex<Option<Check>>>,
}

/// A check's time and result.
#[derive(Debug)]
struct Check {
    at: Instant,
    outcome: Result<(), Unready>,
}

impl Readiness {
    /// Makes it unready: the process is stopping.
    pub fn end(&self) {
        self.stopping.store(true, Ordering::SeqCst);
    }

    pub fn is_ending(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }

    /// Checks with a small durable write, at most one every five seconds. A change that has failed since the last check
    /// counts as a failed check.
    ///
    /// # Errors
    /// Why the process is not ready.
    pub async fn check(&self, db: &Db) -> Result<(), Unready> {
        if self.is_ending() {
            return Err(Unready::Stopping);
        }
        let mut last = self.last.lock().await;
        match &*last {
            Some(check) if check.at.elapsed() < CHECK_EVERY => match check.outcome {
                Ok(()) if db.has_refused_since(check.at) => Err(Unready::Unwritable),
                outcome => outcome,
            },
            _ => {
                let outcome = tokio::time::timeout(PATIENCE, check(db)).await.unwrap_or(Err(Unready::Unwritable));
                *last = Some(Check { at: Instant::now(), outcome });
                outcome
            }
        }
    }
}

async fn check(db: &Db) -> Result<(), Unready> {
    if db::fit(db.read()).await.map_err(|error| unready(error.into()))? != Fit::Ready {
        return Err(Unready::Schema);
    }
    let written = db.write(CountCheck).await.map_err(unready)?;
    let read = store::installation::checks(db.read()).await.map_err(unready)?;
    // Other processes increment it too.
    if read >= written { Ok(()) } else { Err(Unready::Unwritable) }
}

fn unready(error: Error) -> Unready {
    match error {
        Error::Unavailable(outage) if outage.cause == Cause::Replaced => Unready::Replaced,
        Error::Unavailable(_) => Unready::Unwritable,
        other => {
            tracing::error!(error = %other, "could not check readiness");
            Unready::Unwritable
        }
    }
}

/// Increments a counter, only to have a write to read back.
#[derive(Clone, Debug)]
struct CountCheck;

impl Operation for CountCheck {
    type Output = i64;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<i64, Error> {
        store::installation::count_check(txn).await
    }
}
