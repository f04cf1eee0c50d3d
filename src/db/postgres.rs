//! PostgreSQL: a pool of connections, a serializable transaction for each change, and no long wait for a server that
//! is not there.

use std::future::Future;
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{
    ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbErr, IsolationLevel, RuntimeErr, SqlxPostgresConnector,
    TransactionTrait as _,
};
use tokio::sync::Mutex;

use super::{OpenError, Operation, PATIENCE, schema};
use crate::error::Error;
use crate::outage::{Cause, Outage, Outages};

const CONNECTIONS: u32 = 16;
/// How often a transaction is repeated that met another one.
const REPEATS: u32 = 30;
/// After this time without an answer the server is asked whether it is there at all.
const DOUBT_AFTER: Duration = Duration::from_millis(250);
/// How long what it said of that holds, for all who wait.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// At start: between two tries to reach a server that is starting too.
const START_AGAIN: Duration = Duration::from_millis(200);

/// A PostgreSQL server.
#[derive(Debug)]
pub(super) struct Server {
    pool: DatabaseConnection,
    options: PgConnectOptions,
    outages: Arc<Outages>,
    /// For all who wait.
    asked: Mutex<Option<Asked>>,
}

/// That the server was asked whether it takes connections.
#[derive(Debug)]
struct Asked {
    at: Instant,
    refusal: Option<DbErr>,
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
        let pool = pool(outages).connect_with(options.clone()).await.map_err(connection_error)?;
        let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
        schema::migrate(&pool).await?;
        Ok(Self { pool, options, outages: outages.clone(), asked: Mutex::default() })
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
        let txn = self.pool.begin_with_config(Some(IsolationLevel::Serializable), None).await?;
        match operation.run(&txn).await {
            Ok(output) => Ok((txn, output)),
            Err(error) => {
                // A transaction that cannot be rolled back is one that the database has dropped already.
                let _ = txn.rollback().await;
                Err(error)
            }
        }
    }

    /// Waits for an answer: not longer than [`PATIENCE`], and hardly at all for a server that is not there. The pool
    /// itself tries to connect for as long as it may, and keeps the reason to itself.
    ///
    /// # Errors
    /// Those of the work, a refused connection, or [`Cause::Silent`].
    pub async fn answer<T, E: From<DbErr>>(&self, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let refused = async {
            tokio::time::sleep(DOUBT_AFTER).await;
            self.refusal().await
        };
        tokio::select! {
            biased;
            outcome = work => outcome,
            refusal = refused => Err(refusal.into()),
            () = tokio::time::sleep(PATIENCE) => Err(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout).into()),
        }
    }

    /// Asks the server once a second whether it takes connections, until it refuses.
    async fn refusal(&self) -> DbErr {
        loop {
            let mut asked = self.asked.lock().await;
            if asked.as_ref().is_none_or(|asked| asked.at.elapsed() >= ASK_EVERY) {
                let refusal = self.ask().await;
                *asked = Some(Asked { at: Instant::now(), refusal });
            }
            if let Some(Asked { refusal: Some(refusal), .. }) = &*asked {
                return refusal.clone();
            }
            drop(asked);
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    async fn ask(&self) -> Option<DbErr> {
        match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&self.options)).await {
            Ok(Ok(connection)) => {
                let _ = connection.close().await;
                None
            }
            // Whoever waits has one of them, or will get one.
            Ok(Err(error)) if is_about_room(&error) => None,
            Ok(Err(error)) => Some(connection_error(error)),
            Err(_) => None,
        }
    }
}

/// Connections that are not used on after an outage: they may lead to a server that became a standby, or be in the
/// middle of a transaction that nobody waits for any more.
fn pool(outages: &Arc<Outages>) -> PgPoolOptions {
    let is_sound = |outages: &Arc<Outages>| {
        let outages = outages.clone();
        move |connection: &PgConnection, age: Duration| {
            let opened_at = Instant::now().checked_sub(age);
            !connection.is_in_transaction() && opened_at.is_none_or(|at| outages.none_since(at))
        }
    };
    let (before, after) = (is_sound(outages), is_sound(outages));
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(PATIENCE)
        .before_acquire(move |connection, about| {
            let sound = before(connection, about.age);
            Box::pin(async move { Ok(sound) })
        })
        .after_release(move |connection, about| {
            let sound = after(connection, about.age);
            Box::pin(async move { Ok(sound) })
        })
        .after_connect(|connection, _| {
            // Without it the database forgets what it has confirmed. A stronger setting stays.
            let sql = "SELECT set_config('synchronous_commit', 'on', false)
                       WHERE current_setting('synchronous_commit') = 'off'";
            Box::pin(async move { sqlx::query(sql).execute(connection).await.map(drop) })
        })
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
            Some(Outage { cause: Cause::Refused | Cause::Stopping | Cause::Exhausted | Cause::Lost, .. })
        ) && !is_about_us(&error);
        if !is_starting || Instant::now() >= deadline {
            return Err(connection_error(error).into());
        }
        tokio::time::sleep(START_AGAIN).await;
    }
}

/// The connection leads to a server that is not the primary any more, or to none.
const fn is_stale(outage: &Outage) -> bool {
    matches!(outage.cause, Cause::ReadOnly | Cause::Lost | Cause::Stopping)
}

/// A wrong password or database does not become right by waiting.
fn is_about_us(error: &sqlx::Error) -> bool {
    error.as_database_error().and_then(|said| said.code()).is_some_and(|code| code.starts_with("28") || code == "3D000")
}

fn is_about_room(error: &sqlx::Error) -> bool {
    Outage::of_driver(error).is_some_and(|outage| outage.cause == Cause::Exhausted)
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
