//! Several operations in one transaction, all or nothing.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait as _,
};
use tokio::sync::Mutex;

use super::sqlite::connection::{Access, connect};
use super::{Db, Operation, Writer, run_locked};
use crate::error::Error;
use crate::outage::Cause;

/// An open transaction in which each operation is a savepoint.
#[derive(Debug)]
pub(super) struct Batch {
    txn: DatabaseTransaction,
    /// One operation at a time: concurrent savepoints would nest.
    turn: Mutex<()>,
    /// After an outage the transaction's state is unknown: nothing more is written, nothing is committed.
    broken: AtomicBool,
}

impl Batch {
    pub fn transaction(&self) -> &DatabaseTransaction {
        &self.txn
    }

    /// Makes a change. An `Ok` is durable once the batch is committed.
    ///
    /// # Errors
    /// The operation's own, or [`Error::Unavailable`].
    pub async fn write<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let _turn = self.turn.lock().await;
        self.check()?;
        let outcome = self.run(operation).await;
        if matches!(outcome, Err(Error::Unavailable(_))) {
            self.note_outage();
        }
        outcome
    }

    async fn run<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let savepoint = self.txn.begin().await?;
        let outcome = run_locked(operation, &savepoint).await;
        match &outcome {
            Ok(_) => savepoint.commit().await?,
            Err(_) => savepoint.rollback().await?,
        }
        outcome
    }

    pub fn note_outage(&self) {
        self.broken.store(true, Ordering::Relaxed);
    }

    fn check(&self) -> Result<(), Error> {
        if self.broken.load(Ordering::Relaxed) { Err(Error::Unavailable(Cause::Fault.into())) } else { Ok(()) }
    }
}

impl Db {
    /// Makes several changes in one transaction: if `changes` fails, or the process ends, none is kept. `changes` gets
    /// a database of its own, which it must not pass on. On SQLite nobody else can write meanwhile. Nothing is retried:
    /// on PostgreSQL a deadlock fails all of it with [`Error::Collision`].
    ///
    /// # Errors
    /// Those of `changes`; [`Error::Unavailable`] when the database cannot be used.
    pub async fn all_or_nothing<T, E: From<Error>>(
        &self,
        changes: impl AsyncFnOnce(Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let own = self.connection_for_a_batch().await.map_err(Error::from)?;
        let outcome = self.in_a_batch(&own, changes).await;
        if matches!(self.writer, Writer::Sqlite(_)) {
            // The process is about to end anyway.
            let _ = own.close().await;
        }
        outcome
    }

    async fn in_a_batch<T, E: From<Error>>(
        &self,
        connection: &DatabaseConnection,
        changes: impl AsyncFnOnce(Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let options = TransactionOptions {
            isolation_level: matches!(self.writer, Writer::Postgres(_)).then_some(IsolationLevel::ReadCommitted),
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let txn = connection.begin_with_options(options).await.map_err(Error::from)?;
        let batch = Arc::new(Batch { txn, turn: Mutex::default(), broken: AtomicBool::default() });
        let outcome = changes(self.within(batch.clone())).await;
        let batch = Arc::into_inner(batch).ok_or_else(|| Error::internal("a batch is still in use after its end"))?;
        match outcome {
            Ok(value) => {
                batch.check()?;
                batch.txn.commit().await.map_err(Error::from)?;
                Ok(value)
            }
            Err(error) => {
                // If the rollback fails, the database has dropped the transaction already.
                let _ = batch.txn.rollback().await;
                Err(error)
            }
        }
    }

    /// SQLite's writer does not share its connection.
    async fn connection_for_a_batch(&self) -> Result<DatabaseConnection, DbErr> {
        match &self.writer {
            Writer::Sqlite(queue) => connect(queue.url(), 1, Access::Write).await,
            Writer::Postgres(server) => Ok(server.pool().clone()),
            Writer::Batch(_) => Err(DbErr::Custom("a batch within a batch".to_owned())),
        }
    }
}
