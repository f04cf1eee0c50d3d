//! PostgreSQL: a pool of connections, a serializable transaction for each change, and no long wait for a server that
//! is not there.

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
use super::{OpenError, Operation, PATIENCE, schema};
use crate::error::Error;
use crate::outage::{self, Cause, Outage, Outages};

/// How often a transaction is repeated that met another one.
const REPEATS: u32 = 30;
/// After this time without a connection the server is asked whether it is there at all.
const PROBE_AFTER: Duration = Duration::from_millis(250);
/// At start: between two tries to reach a server that is starting too.
const START_AGAIN: Duration = Duration::from_millis(200);

/// A PostgreSQL server.
#[derive(Debug)]
pub(super) struct Server {
    pool: DatabaseConnection,
    outages: Arc<Outages>,
    probe: Probe,
}

impl Server {
    /// Connects, and brings the schema up to date.
    ///
    /// # Errors
    /// [`OpenError`] when the database cannot be used.
    pub async fn open(url: &str, outages: &Arc<Outages>) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url).map_err(connection_error)?.disable_statement_logging();
        let mut first = first_connection(&options).await?;
        check_encoding(&mut first).await?;
        // It ends by itself when it does not end politely.
        let _ = first.close().await;
        let pool = pool::options(outages).connect_with(options.clone()).await.map_err(connection_error)?;
        let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        schema::migrate(&pool).await?;
        Ok(Self { pool, outages: outages.clone(), probe: Probe::of(options) })
    }

    pub fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Makes a change in a transaction of its own, anew when it met another one. An `Ok` is durable.
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
                    // The next one is opened anew.
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

    /// Begins a transaction and runs an operation in it; nothing is committed yet.
    async fn run<O: Operation>(&self, operation: &O) -> Result<(DatabaseTransaction, O::Output), Error> {
        let begun = self.pool.begin_with_config(Some(IsolationLevel::Serializable), None).await;
        let txn = begun.map_err(not_begun)?;
        match operation.run(&txn).await {
            Ok(output) => Ok((txn, output)),
            Err(error) => {
                // A transaction that cannot be rolled back is one that the database has dropped already.
                let _ = txn.rollback().await;
                Err(error)
            }
        }
    }

    /// Waits for an answer: not longer than [`PATIENCE`], and hardly at all for a connection to a server that is not
    /// there. The pool itself tries to connect for as long as it may, and keeps the reason to itself.
    ///
    /// # Errors
    /// Those of the work, a refused connection, or that there was no answer in time.
    pub async fn answer<T, E: From<DbErr>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let holder = Holder::default();
        tokio::select! {
            biased;
            outcome = holder.of(work) => outcome,
            error = self.wait_until_unavailable(&holder) => Err(error.into()),
        }
    }

    /// Ends when waiting longer is of no use.
    async fn wait_until_unavailable(&self, holder: &Holder) -> DbErr {
        let refused = async {
            tokio::time::sleep(PROBE_AFTER).await;
            // In a box of its own: it is large, seldom needed, and would lie in every answer.
            Box::pin(self.probe.refusal(holder)).await
        };
        match tokio::time::timeout(PATIENCE, refused).await {
            Ok(refusal) => refusal,
            Err(_) if holder.has_connection() => outage::timed_out(),
            Err(_) => DbErr::ConnectionAcquire(ConnAcquireErr::Timeout),
        }
    }
}

/// A server that is starting, as beside us, is waited for.
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

/// A hot standby refuses serializable transactions as a feature that it has not.
fn not_begun(error: DbErr) -> Error {
    const FEATURE_NOT_SUPPORTED: &str = "0A000";

    let code = match &error {
        DbErr::Exec(RuntimeErr::SqlxError(source)) | DbErr::Query(RuntimeErr::SqlxError(source)) => {
            source.as_database_error().and_then(DatabaseError::code)
        }
        _ => None,
    };
    if code.as_deref() == Some(FEATURE_NOT_SUPPORTED) {
        Error::Unavailable(Outage::saying(Cause::ReadOnly, error))
    } else {
        error.into()
    }
}

/// The connection leads to a server that is not the primary any more, or to none.
const fn is_stale(outage: &Outage) -> bool {
    matches!(outage.cause, Cause::ReadOnly | Cause::Lost | Cause::Stopping)
}

/// A wrong password or database does not become right by waiting.
fn is_misconfigured(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .and_then(DatabaseError::code)
        .is_some_and(|code| code.starts_with("28") || code == "3D000")
}

fn connection_error(error: sqlx::Error) -> DbErr {
    DbErr::Conn(RuntimeErr::SqlxError(Arc::new(error)))
}

/// People are called what no other encoding can hold.
async fn check_encoding(connection: &mut PgConnection) -> Result<(), OpenError> {
    let encoding: String =
        sqlx::query_scalar("SHOW server_encoding").fetch_one(connection).await.map_err(connection_error)?;
    if encoding == "UTF8" { Ok(()) } else { Err(OpenError::Encoding(encoding)) }
}
