//! The single writer of a SQLite database: runs the waiting changes in one transaction, commits once, and only then
//! sends the answers.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use sea_orm::{
    ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _,
};
use tokio::sync::{mpsc, oneshot, watch};

use super::files::Files;
use super::sqlite::connection::{Access, connect};
use super::{Operation, PATIENCE};
use crate::error::Error;
use crate::outage::{Cause, Outage};

/// Changes that may wait for the writer; more fail with 503.
const QUEUE: usize = 1024;
/// Changes per commit at most.
const GROUP: usize = 64;
/// How long closing a discarded connection may take.
const CLOSING: Duration = Duration::from_secs(5);

/// The writer's queue.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    url: Arc<str>,
    jobs: mpsc::Sender<Box<dyn Job>>,
    closing: Arc<watch::Sender<bool>>,
    /// Closed when the writer ends.
    ended: watch::Receiver<()>,
}

impl Queue {
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Makes a change. An `Ok` is durable.
    ///
    /// # Errors
    /// The operation's own, or [`Error::Unavailable`].
    pub async fn write<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let (answer, outcome) = oneshot::channel();
        let job = Box::new(Waiting { operation, outcome: None, answer });
        self.jobs.try_send(job).map_err(|refused| match refused {
            mpsc::error::TrySendError::Full(_) => Error::Unavailable(Cause::Busy.into()),
            mpsc::error::TrySendError::Closed(_) => Error::Unavailable(Cause::Stopping.into()),
        })?;
        match tokio::time::timeout(PATIENCE, outcome).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Err(Error::Unavailable(Cause::Stopping.into())),
            Err(_) => Err(Error::Unavailable(Cause::Silent.into())),
        }
    }

    /// Makes the waiting changes, accepts no more, and closes all connections.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        let _ = self.ended.clone().changed().await;
    }
}

/// The writer with its connection; `None` after one was discarded.
pub(super) struct Writer {
    url: String,
    files: Files,
    connection: Option<DatabaseConnection>,
    /// To be closed before the writer's connection.
    readers: [DatabaseConnection; 2],
}

impl Writer {
    pub fn new(url: String, files: Files, connection: DatabaseConnection, readers: [DatabaseConnection; 2]) -> Self {
        Self { url, files, connection: Some(connection), readers }
    }

    /// Starts the writer's task.
    pub fn start(self) -> Queue {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let (closing, closed) = watch::channel(false);
        let (running, ended) = watch::channel(());
        let url = self.url.as_str().into();
        tokio::spawn(async move {
            self.run(waiting, closed).await;
            drop(running);
        });
        Queue { url, jobs, closing: Arc::new(closing), ended }
    }

    async fn run(mut self, mut jobs: mpsc::Receiver<Box<dyn Job>>, mut closing: watch::Receiver<bool>) {
        let mut group = Vec::with_capacity(GROUP);
        loop {
            let received = tokio::select! {
                received = jobs.recv_many(&mut group, GROUP) => received,
                // Waiting changes are still received.
                _ = closing.changed(), if !jobs.is_closed() => {
                    jobs.close();
                    continue;
                }
            };
            if received == 0 {
                break;
            }
            group.retain(|job| !job.is_abandoned());
            let committed = self.write_group(&mut group).await;
            for job in group.drain(..) {
                job.finish(&committed);
            }
        }
        self.close().await;
    }

    /// Runs and commits a group.
    ///
    /// # Errors
    /// Why none of it is known to be committed.
    async fn write_group(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), Outage> {
        if group.is_empty() {
            return Ok(());
        }
        let connection = self.connection().await?;
        let kept = commit_together(&connection, group).await.and_then(|()| self.files.check());
        if kept.is_err() {
            self.throw_away().await;
        }
        kept
    }

    /// The connection, reopened if the last one was discarded.
    async fn connection(&mut self) -> Result<DatabaseConnection, Outage> {
        self.files.check()?;
        if let Some(connection) = &self.connection {
            return Ok(connection.clone());
        }
        let opened = connect(&self.url, 1, Access::Write).await.map_err(outage)?;
        tracing::info!("reopened the database for writing");
        Ok(self.connection.insert(opened).clone())
    }

    /// After any failure the transaction's state is unknown: SQLite may have rolled back while the driver still counts
    /// a transaction.
    async fn throw_away(&mut self) {
        if let Some(connection) = self.connection.take() {
            // If it hangs it keeps its lock, which the next connection reports.
            let _ = tokio::time::timeout(CLOSING, connection.close()).await;
        }
    }

    /// Checkpoints the write-ahead log into the database file, so that the file alone is complete, and closes it.
    async fn close(mut self) {
        // Reopened, if it was discarded, before the readers close: the last connection removes the other files.
        let connection = self.connection().await;
        for readers in &self.readers {
            let _ = tokio::time::timeout(CLOSING, readers.close_by_ref()).await;
        }
        let folded = match connection {
            Ok(connection) => fold_in(&connection).await,
            Err(outage) => Err(outage),
        };
        if let Err(outage) = folded {
            tracing::warn!("could not checkpoint the write-ahead log: {outage}");
        }
        self.throw_away().await;
    }
}

async fn fold_in(connection: &DatabaseConnection) -> Result<(), Outage> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)");
    let row = connection.query_one_raw(statement).await.map_err(outage)?;
    // SQLite reports another program's reader as a row, not as an error.
    let is_busy = row.map(|row| row.try_get_by_index::<i32>(0)).transpose().map_err(outage)? != Some(0);
    if is_busy { Err(Cause::Locked.into()) } else { Ok(()) }
}

fn outage(error: DbErr) -> Outage {
    Outage::of(&error).unwrap_or_else(|| Outage::saying(Cause::Fault, error))
}

/// Runs a group in one transaction. After an error the connection's state is unknown.
async fn commit_together(connection: &DatabaseConnection, group: &mut [Box<dyn Job>]) -> Result<(), Outage> {
    let immediate = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let txn = connection.begin_with_options(immediate).await.map_err(outage)?;
    if let [job] = group {
        // A single change needs no savepoint.
        let ending = job.run(&txn).await?;
        return end(txn, ending).await;
    }
    for job in group {
        let savepoint = txn.begin().await.map_err(outage)?;
        let ending = job.run(&savepoint).await?;
        end(savepoint, ending).await?;
    }
    end(txn, Ending::Commit).await
}

async fn end(txn: DatabaseTransaction, ending: Ending) -> Result<(), Outage> {
    match ending {
        Ending::Commit => txn.commit().await,
        Ending::RollBack => txn.rollback().await,
    }
    .map_err(outage)
}

/// How to end a transaction or savepoint.
enum Ending {
    Commit,
    RollBack,
}

/// A queued change with its type erased.
#[rocket::async_trait]
trait Job: Send {
    /// Whether nobody waits for the answer.
    fn is_abandoned(&self) -> bool;
    /// Runs the operation.
    ///
    /// # Errors
    /// When a statement failed in such a way that SQLite may have rolled back everything.
    async fn run(&mut self, txn: &DatabaseTransaction) -> Result<Ending, Outage>;
    /// Sends the answer; an error in `committed` overrides it.
    fn finish(self: Box<Self>, committed: &Result<(), Outage>);
}

struct Waiting<O: Operation> {
    operation: O,
    outcome: Option<Result<O::Output, Error>>,
    answer: oneshot::Sender<Result<O::Output, Error>>,
}

#[rocket::async_trait]
impl<O: Operation> Job for Waiting<O> {
    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    async fn run(&mut self, txn: &DatabaseTransaction) -> Result<Ending, Outage> {
        if self.is_abandoned() {
            // The transaction took too long to begin: the caller has timed out.
            return Ok(Ending::RollBack);
        }
        let outcome = AssertUnwindSafe(self.operation.run(txn))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Error::internal("an operation panicked")));
        let ending = match &outcome {
            Ok(_) => Ok(Ending::Commit),
            Err(Error::Unavailable(outage)) => Err(outage.clone()),
            Err(_) => Ok(Ending::RollBack),
        };
        self.outcome = Some(outcome);
        ending
    }

    fn finish(self: Box<Self>, committed: &Result<(), Outage>) {
        let outcome = match committed {
            Ok(()) => self.outcome.unwrap_or_else(|| Err(Error::Unavailable(Cause::Silent.into()))),
            // Applies to refusals too: they may depend on what another change of the group wrote.
            Err(outage) => Err(Error::Unavailable(outage.clone())),
        };
        // The caller may be gone.
        let _ = self.answer.send(outcome);
    }
}
