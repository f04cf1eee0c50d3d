//! PostgreSQL: a connection pool, a transaction per change, and a short wait for a server that is down.

use std::future::Future;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _, Row as _};
use sea_orm::{
    ConnAcquireErr, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr,
    SqlxPostgresConnector, TransactionTrait as _,
};

mod first;
mod pool;
mod probe;

use self::first::Between;
use self::pool::Holder;
use self::probe::{Finding, Probe};
use super::{OpenError, Operation, PATIENCE, Reads, Shares, run_locked, schema};
use crate::error::Error;
use crate::outage::{self, Cause, Outage, Outages};

/// How often a change is made anew that met another: both inserted what may be there once, or waited for each other.
const REPEATS: u32 = 10;
/// After this time without a connection, probes whether the server is up.
const PROBE_AFTER: Duration = Duration::from_millis(250);
/// Begins a transaction that lets nobody else upgrade the schema until it ends, and may idle for long.
const LOCK_SCHEMA: &str = "BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0;
     SELECT pg_advisory_xact_lock(7821340091)";

/// A PostgreSQL server.
#[derive(Debug)]
pub(super) struct Server {
    pool: DatabaseConnection,
    /// For reading: changes that wait for a lock hold none of these.
    reading: DatabaseConnection,
    searching: DatabaseConnection,
    between: Between,
    outages: Arc<Outages>,
    probe: Probe,
}

impl Server {
    /// Connects, and upgrades the schema.
    ///
    /// # Errors
    /// [`OpenError`] when the database cannot be used.
    pub async fn open(url: &str, shares: Shares, outages: &Arc<Outages>) -> Result<Self, OpenError> {
        let options = options_of(url).map_err(connection_error)?;
        let (mut first, between) = first::connect(&options).await?;
        check_encoding(&mut first).await?;
        let open = async |connections| {
            let pool = pool::options(outages, connections, between).connect_with(options.clone()).await;
            pool.map(SqlxPostgresConnector::from_sqlx_postgres_pool).map_err(connection_error)
        };
        sqlx::raw_sql(LOCK_SCHEMA).execute(&mut first).await.map_err(connection_error)?;
        // Pools open another connection while the last one is on its way back: here there is one.
        let migrating = open(1).await?;
        schema::migrate(&migrating).await?;
        sqlx::raw_sql("COMMIT").execute(&mut first).await.map_err(connection_error)?;
        // The server cleans up in any case.
        let _ = (migrating.close().await, first.close().await);
        let pools = tokio::try_join!(open(shares.writing), open(shares.reading), open(shares.searching));
        let (pool, reading, searching) = pools?;
        Ok(Self { pool, reading, searching, between, outages: outages.clone(), probe: Probe::of(options) })
    }

    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// The connections for what is read.
    pub fn reader(&self, reads: Reads) -> &DatabaseConnection {
        match reads {
            Reads::Pages => &self.reading,
            Reads::Searches => &self.searching,
        }
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
        self.answer(|| self.repeat(operation)).await
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
        if self.between == Between::SharedConnections {
            txn.execute_unprepared(pool::DURABLE_TRANSACTION).await?;
        }
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
    /// Whoever it has sent to open a connection looks at no other, even while the server has none to give. So work without
    /// a connection is then begun anew, and finds one that others have given back.
    ///
    /// # Errors
    /// Those of the work, a refused connection, or a timeout.
    pub async fn answer<T, E, F>(&self, work: impl Fn() -> F) -> Result<T, E>
    where
        E: From<DbErr>,
        F: Future<Output = Result<T, E>>,
    {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let holder = Holder::default();
            tokio::select! {
                biased;
                outcome = holder.of(work()) => return outcome,
                finding = self.wait_until_unavailable(&holder, deadline) => match finding {
                    Finding::Refused(error) => return Err(error.into()),
                    Finding::Full => {}
                }
            }
        }
    }

    /// Returns as soon as waiting longer is pointless.
    async fn wait_until_unavailable(&self, holder: &Holder, deadline: Instant) -> Finding {
        let found = async {
            tokio::time::sleep(PROBE_AFTER).await;
            // Boxed: it is large, rarely needed, and would be part of every future.
            Box::pin(self.probe.finding(holder)).await
        };
        match tokio::time::timeout_at(deadline.into(), found).await {
            Ok(finding) => finding,
            Err(_) if holder.has_connection() => Finding::Refused(outage::timed_out()),
            Err(_) => Finding::Refused(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)),
        }
    }
}

/// The connection leads to a server that is no longer the primary, or to none.
const fn is_stale(outage: &Outage) -> bool {
    matches!(outage.cause, Cause::ReadOnly | Cause::Lost | Cause::Stopping)
}

/// `user@/database` leaves the host to `?host=`, which `url` does not allow.
fn with_host(url: &str) -> String {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let end = url[authority..].find(['/', '?']).map_or(url.len(), |at| authority + at);
    let (before, behind) = url.split_at(end);
    if before.ends_with('@') { format!("{before}localhost{behind}") } else { url.to_owned() }
}

/// Reads a URL, and the variables `PG…` for what it leaves out.
fn options_of(url: &str) -> sqlx::Result<PgConnectOptions> {
    let options = PgConnectOptions::from_str(&with_host(url))?;
    // An IPv6 address has brackets in a URL, and nowhere else.
    let host = options.get_host().trim_start_matches('[').trim_end_matches(']').to_owned();
    let options = if options.get_socket().is_none() { options.host(&host) } else { options };
    // Poolers refuse what they do not know, and values come in binary.
    Ok(options.extra_float_digits(None).disable_statement_logging())
}

fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

/// Requires UTF-8: names may contain any character.
async fn check_encoding(connection: &mut PgConnection) -> Result<(), OpenError> {
    let row = sqlx::raw_sql("SHOW server_encoding").fetch_one(connection).await.map_err(connection_error)?;
    let encoding: String = row.try_get(0).map_err(connection_error)?;
    if encoding == "UTF8" { Ok(()) } else { Err(OpenError::Encoding(encoding)) }
}
