//! PostgreSQL: a connection pool, a transaction per change, and a short wait for a server that is down.

use std::future::Future;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr, SqlxPostgresConnector,
    TransactionTrait as _,
};

mod pool;
mod probe;

use self::pool::Holder;
use self::probe::Probe;
use super::{OpenError, Operation, PATIENCE, run_locked, schema};
use crate::error::Error;
use crate::outage::{self, Cause, Outage, Outages};

/// How often a change is made anew that met another: both inserted what may be there once, or waited for each other.
const REPEATS: u32 = 10;
/// After this time without a connection, probes whether the server is up.
const PROBE_AFTER: Duration = Duration::from_millis(250);
/// Pause between attempts to connect at start.
const START_AGAIN: Duration = Duration::from_millis(200);

/// A PostgreSQL server.
#[derive(Debug)]
pub(super) struct Server {
    pool: DatabaseConnection,
    /// For reading: changes that wait for a lock hold none of these.
    reading: DatabaseConnection,
    searching: DatabaseConnection,
    outages: Arc<Outages>,
    probe: Probe,
}

impl Server {
    /// Connects, and upgrades the schema.
    ///
    /// # Errors
    /// [`OpenError`] when the database cannot be used.
    pub async fn open(url: &str, outages: &Arc<Outages>) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url).map_err(connection_error)?.disable_statement_logging();
        let mut first = first_connection(&options).await?;
        check_encoding(&mut first).await?;
        // The server cleans up in any case.
        let _ = first.close().await;
        let pool =
            pool::options(outages, pool::WRITING).connect_with(options.clone()).await.map_err(connection_error)?;
        let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        schema::migrate(&pool).await?;
        let readers = |connections| {
            let pool = pool::options(outages, connections).connect_lazy_with(options.clone());
            SqlxPostgresConnector::from_sqlx_postgres_pool(pool)
        };
        let (reading, searching) = (readers(pool::READING), readers(pool::SEARCHING));
        Ok(Self { pool, reading, searching, outages: outages.clone(), probe: Probe::of(options) })
    }

    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    pub fn reading(&self) -> &DatabaseConnection {
        &self.reading
    }

    pub fn searching(&self) -> &DatabaseConnection {
        &self.searching
    }

    /// Closes all connections.
    pub async fn close(&self) {
        for pool in [&self.searching, &self.reading, &self.pool] {
            // The server ends those that remain.
            let _ = pool.close_by_ref().await;
        }
    }

    /// Makes a change in its own transaction, anew if it meets another. An `Ok` is durable.
    ///
    /// # Errors
    /// The operation's own, or [`Error::Unavailable`].
    pub async fn write<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        self.answer(self.repeat(operation)).await
    }

    async fn repeat<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let mut connection_was_stale = false;
        for round in 0..REPEATS {
            pool::release();
            let outcome = match self.run(operation).await {
                Err(Error::Unavailable(outage)) if is_stale(&outage) && !connection_was_stale => {
                    // The pool opens a new one.
                    self.outages.note(&outage);
                    connection_was_stale = true;
                    continue;
                }
                Ok((txn, output)) => txn.commit().await.map(|()| output).map_err(Error::from),
                Err(error) => Err(error),
            };
            match outcome {
                Err(Error::Collision) => {
                    let spread = u64::from(crate::ids::random_bytes::<1>()[0]);
                    let pause = (u64::from(round) * 2 + 1) * spread / 32;
                    tokio::time::sleep(Duration::from_millis(pause.min(250))).await;
                }
                outcome => return outcome,
            }
        }
        Err(Error::Unavailable(Cause::Contended.into()))
    }

    /// Begins a transaction and runs an operation in it, without committing.
    async fn run<O: Operation>(&self, operation: &O) -> Result<(DatabaseTransaction, O::Output), Error> {
        // Explicit, since the server may have another default.
        let txn = self.pool.begin_with_config(Some(IsolationLevel::ReadCommitted), None).await?;
        match run_locked(operation, &txn).await {
            Ok(output) => Ok((txn, output)),
            Err(error) => {
                // If the rollback fails, the database has dropped the transaction already.
                let _ = txn.rollback().await;
                Err(error)
            }
        }
    }

    /// Waits for an answer, at most [`PATIENCE`], and much less for a connection to a server that is down. The pool
    /// itself retries until its timeout and hides the reason.
    ///
    /// # Errors
    /// Those of the work, a refused connection, or a timeout.
    pub async fn answer<T, E: From<DbErr>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let holder = Holder::default();
        tokio::select! {
            biased;
            outcome = holder.of(work) => outcome,
            error = self.wait_until_unavailable(&holder) => Err(error.into()),
        }
    }

    /// Returns as soon as waiting longer is pointless.
    async fn wait_until_unavailable(&self, holder: &Holder) -> DbErr {
        let refused = async {
            tokio::time::sleep(PROBE_AFTER).await;
            // Boxed: it is large, rarely needed, and would be part of every future.
            Box::pin(self.probe.refusal(holder)).await
        };
        match tokio::time::timeout(PATIENCE, refused).await {
            Ok(refusal) => refusal,
            Err(_) if holder.has_connection() => outage::timed_out(),
            Err(_) => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        }
    }
}

/// Waits for a server that is still starting, as after a reboot.
async fn first_connection(options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let tried = tokio::time::timeout(PATIENCE, PgConnection::connect_with(options)).await;
        let error = match tried {
            Ok(Ok(connection)) => return Ok(connection),
            Ok(Err(error)) => error,
            Err(_) => sqlx::Error::PoolTimedOut,
        };
        let is_starting = matches!(
            Outage::of_driver(&error),
            Some(Outage {
                cause: Cause::Refused | Cause::NoSuchHost | Cause::Stopping | Cause::Exhausted | Cause::Lost,
                ..
            })
        ) && !is_misconfigured(&error);
        if !is_starting || Instant::now() >= deadline {
            return Err(connection_error(error).into());
        }
        tokio::time::sleep(START_AGAIN).await;
    }
}

/// The connection leads to a server that is no longer the primary, or to none.
const fn is_stale(outage: &Outage) -> bool {
    matches!(outage.cause, Cause::ReadOnly | Cause::Lost | Cause::Stopping)
}

/// Waiting does not fix a wrong password or database.
fn is_misconfigured(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(DatabaseError::code)
        .is_some_and(|code| code.starts_with("28") || code == "3D000")
}

fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Requires UTF-8: names may contain any character.
async fn check_encoding(connection: &mut PgConnection) -> Result<(), OpenError> {
    let encoding: String =
        sqlx::query_scalar("SHOW server_encoding").fetch_one(connection).await.map_err(connection_error)?;
    if encoding == "UTF8" { Ok(()) } else { Err(OpenError::Encoding(encoding)) }
}
