//! One way to write, one way to read.
//!
//! A change is an [`Operation`]: a value that runs inside one transaction and awaits nothing there but
//! the database. On SQLite one task owns the one writing connection; it runs the operations that wait,
//! each in a savepoint, commits once and only then lets the answers out (group commit). On PostgreSQL
//! each operation has a serializable transaction of its own, repeated when the database asks for it.
//!
//! Reading goes through a pool that never waits for the writer.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    IsolationLevel, QueryResult, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{mpsc, oneshot};

use crate::error::Error;

/// How long a request waits for the database before it is told to come back later.
const PATIENCE: Duration = Duration::from_secs(10);
/// Operations that may wait for the writer; more are told to come back later.
const QUEUE: usize = 1024;
/// Operations that share a commit at most.
const GROUP: usize = 64;
/// How often a transaction is repeated that met another one.
const REPEATS: u32 = 30;

/// A change: runs in one transaction, perhaps more than once.
pub trait Operation: Send + Sync + 'static {
    /// What the change answers.
    type Output: Send + 'static;

    /// Makes the change. Nothing is awaited in it but `txn`.
    ///
    /// # Errors
    /// The reason why the change does not happen; whatever was written is rolled back.
    fn run(&self, txn: &DatabaseTransaction) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// The database of an installation.
#[derive(Clone, Debug)]
pub struct Db {
    reader: Reader,
    writer: Writer,
}

#[derive(Clone, Debug)]
enum Writer {
    Queue(mpsc::Sender<Box<dyn Job>>),
    Pool(DatabaseConnection),
}

/// A database URL that Usher can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite://<path>`
    Sqlite(String),
    /// `postgres://…`
    Postgres(String),
}

impl Db {
    /// Opens the database; a SQLite file that does not exist is made.
    ///
    /// # Errors
    /// [`DbErr`] when it cannot be reached.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, DbErr> {
        match url {
            DatabaseUrl::Sqlite(url) => {
                let writer = sqlite(url, 1, false).await?;
                let readers = std::thread::available_parallelism().map_or(2, usize::from) + 2;
                let reader = sqlite(url, u32::try_from(readers).unwrap_or(4), true).await?;
                let (queue, jobs) = mpsc::channel(QUEUE);
                tokio::spawn(write_in_groups(writer, jobs));
                Ok(Self { reader: Reader(reader), writer: Writer::Queue(queue) })
            }
            DatabaseUrl::Postgres(url) => {
                let mut options = ConnectOptions::new(url);
                options.max_connections(16).acquire_timeout(PATIENCE).connect_timeout(PATIENCE).sqlx_logging(false);
                let pool = Database::connect(options).await?;
                Ok(Self { reader: Reader(pool.clone()), writer: Writer::Pool(pool) })
            }
        }
    }

    /// The connections for reading.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Makes a change. An `Ok` is durable.
    ///
    /// # Errors
    /// The operation's own; [`Error::Unavailable`] when the database cannot be had.
    pub async fn write<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        match &self.writer {
            Writer::Queue(queue) => {
                let (answer, outcome) = oneshot::channel();
                let job = Box::new(Waiting { operation, outcome: None, answer });
                queue.try_send(job).map_err(|_| Error::Unavailable)?;
                match tokio::time::timeout(PATIENCE, outcome).await {
                    Ok(Ok(outcome)) => outcome,
                    Ok(Err(_)) | Err(_) => Err(Error::Unavailable),
                }
            }
            Writer::Pool(pool) => {
                tokio::time::timeout(PATIENCE, repeat(pool, &operation)).await.unwrap_or(Err(Error::Unavailable))
            }
        }
    }

    /// Makes a change that nobody waits for.
    pub fn write_later<O: Operation>(&self, operation: O) {
        let db = self.clone();
        tokio::spawn(async move {
            if let Err(error) = db.write(operation).await {
                tracing::warn!(%error, "a change that nobody waits for was not made");
            }
        });
    }
}

/// Connections for reading: what does not answer in time cannot be had.
#[derive(Clone, Debug)]
pub struct Reader(DatabaseConnection);

async fn in_time<T>(answer: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
    tokio::time::timeout(PATIENCE, answer)
        .await
        .unwrap_or(Err(DbErr::ConnectionAcquire(sea_orm::ConnAcquireErr::Timeout)))
}

#[rocket::async_trait]
impl ConnectionTrait for Reader {
    fn get_database_backend(&self) -> DbBackend {
        self.0.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        in_time(self.0.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        in_time(self.0.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        in_time(self.0.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        in_time(self.0.query_all_raw(statement)).await
    }
}

async fn sqlite(url: &str, connections: u32, reading: bool) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(512)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("secure_delete", "ON");
            if reading { options.pragma("query_only", "ON") } else { options }
        });
    Database::connect(options).await
}

/// An operation on its way through the writer, without its type.
#[rocket::async_trait]
trait Job: Send {
    /// Whether nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;
    /// Runs the operation; tells whether it wants to be committed.
    async fn run(&mut self, txn: &DatabaseTransaction) -> bool;
    /// Lets the answer out; `committed` overrides a success.
    fn finish(self: Box<Self>, committed: Result<(), Error>);
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

    async fn run(&mut self, txn: &DatabaseTransaction) -> bool {
        if self.is_abandoned() {
            // The transaction took so long to begin that whoever asked was told to come back later.
            return false;
        }
        let outcome = AssertUnwindSafe(self.operation.run(txn))
            .catch_unwind()
            .await
            .unwrap_or_else(|_| Err(Error::internal("an operation panicked")));
        let wanted = outcome.is_ok();
        self.outcome = Some(outcome);
        wanted
    }

    fn finish(self: Box<Self>, committed: Result<(), Error>) {
        let outcome = match (self.outcome, committed) {
            (Some(Ok(_)) | None, Err(error)) => Err(error),
            (Some(outcome), _) => outcome,
            (None, Ok(())) => Err(Error::Unavailable),
        };
        // Whoever no longer listens does not need the answer.
        let _ = self.answer.send(outcome);
    }
}

async fn write_in_groups(writer: DatabaseConnection, mut jobs: mpsc::Receiver<Box<dyn Job>>) {
    let mut group = Vec::with_capacity(GROUP);
    while jobs.recv_many(&mut group, GROUP).await > 0 {
        group.retain(|job| !job.is_abandoned());
        let committed = write_group(&writer, &mut group).await;
        let mut failed = committed.err();
        for job in group.drain(..) {
            // An error cannot be copied: the first job hears the cause, the others that it failed.
            job.finish(match &mut failed {
                None => Ok(()),
                Some(error) => Err(std::mem::replace(error, Error::Unavailable)),
            });
        }
    }
}

async fn write_group(writer: &DatabaseConnection, group: &mut [Box<dyn Job>]) -> Result<(), Error> {
    if group.is_empty() {
        return Ok(());
    }
    let txn = writer
        .begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        })
        .await?;
    if let [job] = group {
        // Alone, it needs no savepoint.
        return if job.run(&txn).await { Ok(txn.commit().await?) } else { Ok(txn.rollback().await?) };
    }
    for job in group {
        let savepoint = txn.begin().await?;
        if job.run(&savepoint).await {
            savepoint.commit().await?;
        } else {
            savepoint.rollback().await?;
        }
    }
    Ok(txn.commit().await?)
}

async fn repeat<O: Operation>(pool: &DatabaseConnection, operation: &O) -> Result<O::Output, Error> {
    for round in 0..REPEATS {
        match in_transaction(pool, operation).await {
            Err(Error::Collision) => {
                let spread = u64::from(crate::ids::random_bytes::<1>()[0]);
                let pause = (u64::from(round) * 2 + 1) * spread / 32;
                tokio::time::sleep(Duration::from_millis(pause.min(250))).await;
            }
            outcome => return outcome,
        }
    }
    Err(Error::Unavailable)
}

async fn in_transaction<O: Operation>(pool: &DatabaseConnection, operation: &O) -> Result<O::Output, Error> {
    let txn = pool.begin_with_config(Some(IsolationLevel::Serializable), None).await?;
    match operation.run(&txn).await {
        Ok(output) => {
            txn.commit().await?;
            Ok(output)
        }
        Err(error) => {
            // A transaction that cannot be rolled back is one that the database has dropped already.
            let _ = txn.rollback().await;
            Err(error)
        }
    }
}

/// Makes or upgrades the schema. Any number of processes may do so at once.
///
/// # Errors
/// What the database says.
pub async fn migrate(url: &DatabaseUrl) -> Result<(), DbErr> {
    use migration::MigratorTrait as _;

    match url {
        DatabaseUrl::Sqlite(url) => {
            let connection = sqlite(url, 1, false).await?;
            migration::Migrator::up(&connection, None).await?;
            connection.close().await
        }
        DatabaseUrl::Postgres(url) => {
            let mut options = ConnectOptions::new(url);
            options.max_connections(2).acquire_timeout(PATIENCE).sqlx_logging(false);
            let connection = Database::connect(options).await?;
            // sea-orm-migration takes no lock of its own. The lock ends with its transaction.
            let lock = connection.begin().await?;
            lock.execute_unprepared("SELECT pg_advisory_xact_lock(7821340091)").await?;
            migration::Migrator::up(&connection, None).await?;
            lock.commit().await?;
            connection.close().await
        }
    }
}

/// Whether the database answers and its schema is the one that this program was built for.
///
/// # Errors
/// [`Error::Unavailable`] when not.
pub async fn is_ready(db: &Db) -> Result<(), Error> {
    use migration::MigratorTrait as _;

    let pending = migration::Migrator::get_pending_migrations(db.read());
    match tokio::time::timeout(PATIENCE, pending).await {
        Ok(Ok(pending)) if pending.is_empty() => Ok(()),
        _ => Err(Error::Unavailable),
    }
}
