//! One way to write, one way to read.
//!
//! A change is an [`Operation`]: a value that runs inside one transaction and awaits nothing there but the database. On
//! SQLite one task owns the single writing connection; it runs the waiting operations, each in a savepoint, commits
//! once, and only then sends the answers (group commit). On PostgreSQL each operation has its own transaction at READ
//! COMMITTED; rules that span rows are kept by unique indexes, guarded updates, and the [locks](Operation::locks) that
//! the operation names. ARCHITECTURE lists them.
//!
//! Reads go through a pool that never waits for the writer, searches through a small one of their own.

use std::future::Future;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{DatabaseTransaction, DbErr};

mod batch;
mod files;
mod postgres;
mod reader;
mod schema;
mod shares;
mod sqlite;
mod writer;

use self::batch::Batch;
pub use self::files::beside;
use self::reader::Connections;
pub use self::reader::Reader;
pub use self::schema::{Ahead, Fit, fit};
pub use self::shares::Shares;
pub use self::sqlite::path as sqlite_path;
use crate::error::Error;
use crate::outage::{Outage, Outages};
use crate::store::locks::{self, Locks};

/// How long a request waits for the database before it fails with 503.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a search may take.
const SEARCH_PATIENCE: Duration = Duration::from_secs(2);
/// How long closing may take.
const CLOSING: Duration = Duration::from_secs(20);

/// A change: runs in one transaction, possibly more than once.
pub trait Operation: Send + Sync + 'static {
    /// The result.
    type Output: Send + 'static;

    /// What the change relies on and takes away, found by ids that never change. On PostgreSQL it is locked before the
    /// change runs, in one statement, so that no two changes wait for each other.
    ///
    /// # Errors
    /// When the database cannot be read.
    fn locks(&self, _txn: &DatabaseTransaction) -> impl Future<Output = Result<Locks, Error>> + Send {
        async { Ok(Locks::default()) }
    }

    /// Makes the change. Awaits nothing but `txn`.
    ///
    /// # Errors
    /// Why the change fails; whatever was written is rolled back.
    fn run(&self, txn: &DatabaseTransaction) -> impl Future<Output = Result<Self::Output, Error>> + Send;
}

/// Locks what an operation names, and runs it.
async fn run_locked<O: Operation>(operation: &O, txn: &DatabaseTransaction) -> Result<O::Output, Error> {
    locks::take(txn, &operation.locks(txn).await?).await?;
    operation.run(txn).await
}

/// The database of an installation.
#[derive(Clone, Debug)]
pub struct Db {
    reader: Reader,
    searcher: Reader,
    writer: Writer,
    outages: Arc<Outages>,
}

#[derive(Clone, Debug)]
enum Writer {
    Sqlite(writer::Queue),
    Postgres(Arc<postgres::Server>),
    Batch(Arc<Batch>),
}

/// What connections for reading are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    Pages,
    Searches,
}

/// A database URL that Usher can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    Sqlite(String),
    Postgres(String),
}

/// Why a database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{}", describe(.0))]
    Database(#[from] DbErr),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(
        "the database's encoding is {0}, which cannot hold all names: create one with `createdb --encoding=UTF8 \
         --template=template0`"
    )]
    Encoding(String),
    #[error(transparent)]
    Ahead(Ahead),
    #[error(
        "a pooler in front of the database gives each transaction another connection, and loses prepared statements: set \
         its pool_mode to session, or take PgBouncer 1.21 or newer with max_prepared_statements = 200"
    )]
    LosesStatements,
    #[error(
        "a pooler in front of the database gives one connection at a time: raise its pool size (PgBouncer: \
         default_pool_size)"
    )]
    OneConnection,
}

/// The database's message in one line, without the URL, which may hold a password.
fn describe(error: &DbErr) -> String {
    if let Some(outage) = Outage::of(error) {
        return outage.to_string();
    }
    let text = error.to_string();
    if text.contains("://") {
        return "cannot be read: sqlite://<path> or postgres://<user>:<password>@<host>[:port]/<database>".to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Db {
    /// Opens the database and upgrades its schema; creates a SQLite file that does not exist. Takes at most so many
    /// `connections` at once.
    ///
    /// # Errors
    /// [`OpenError`] when it cannot be opened.
    pub async fn open(url: &DatabaseUrl, connections: u32) -> Result<Self, OpenError> {
        let outages = Arc::new(Outages::default());
        let shares = Shares::of(connections);
        let (reading, searching, writer) = match url {
            DatabaseUrl::Sqlite(url) => {
                let (pools, queue) = sqlite::open(url, shares).await?;
                let [reading, searching] = pools.map(Connections::Sqlite);
                (reading, searching, Writer::Sqlite(queue))
            }
            DatabaseUrl::Postgres(url) => {
                let server = Arc::new(postgres::Server::open(url, shares, &outages).await?);
                let connections = Connections::Postgres(server.clone());
                (connections.clone(), connections, Writer::Postgres(server))
            }
        };
        Ok(Self {
            reader: Reader { connections: reading, reads: Reads::Pages, outages: outages.clone() },
            searcher: Reader { connections: searching, reads: Reads::Searches, outages: outages.clone() },
            writer,
            outages,
        })
    }

    /// The same database, with all access inside one transaction.
    fn within(&self, batch: Arc<Batch>) -> Self {
        let outages = self.outages.clone();
        let connections = Connections::Batch(batch.clone());
        let reader = Reader { connections, reads: Reads::Pages, outages: outages.clone() };
        Self { searcher: reader.clone(), reader, writer: Writer::Batch(batch), outages }
    }

    /// Connections for reading.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Connections for what may take long: searches, and lists that are read from end to end. They are few, so that pages
    /// never wait for them, and a query ends after [`SEARCH_PATIENCE`].
    pub fn search(&self) -> &Reader {
        &self.searcher
    }

    /// Makes a change. An `Ok` is durable.
    ///
    /// # Errors
    /// The operation's own; [`Error::Unavailable`] when the database cannot be used: then the change may or may not
    /// have been made.
    pub async fn write<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let outcome = match &self.writer {
            Writer::Sqlite(queue) => queue.write(operation).await,
            Writer::Postgres(server) => server.write(&operation).await,
            Writer::Batch(batch) => batch.write(&operation).await,
        };
        if let Err(Error::Unavailable(outage)) = &outcome {
            self.outages.note_failed_change(outage);
        }
        outcome
    }

    /// Makes a change in the background, without a result.
    pub fn write_later<O: Operation>(&self, operation: O) {
        let db = self.clone();
        tokio::spawn(async move {
            match db.write(operation).await {
                // Outages are logged already.
                Ok(_) | Err(Error::Unavailable(_)) => {}
                Err(error) => tracing::warn!(%error, "a background change failed"),
            }
        });
    }

    /// Whether a change has failed since `then` because the database could not be used.
    pub fn has_refused_since(&self, then: Instant) -> bool {
        self.outages.have_failed_a_change_since(then)
    }

    /// Makes the waiting changes and closes all connections. Afterwards a SQLite file is complete without its
    /// write-ahead log.
    pub async fn close(&self) {
        let closed = async {
            match &self.writer {
                Writer::Sqlite(queue) => queue.close().await,
                Writer::Postgres(server) => server.close().await,
                // Ended by whoever began it.
                Writer::Batch(_) => {}
            }
        };
        // A connection that hangs must not block the shutdown.
        let _ = tokio::time::timeout(CLOSING, closed).await;
    }
}
