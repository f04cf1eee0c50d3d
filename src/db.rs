//! One way to write, one way to read.
//!
//! A change is an [`Operation`]: a value that runs inside one transaction and awaits nothing there but
//! the database. On SQLite one task owns the one writing connection; it runs the operations that wait,
//! each in a savepoint, commits once and only then lets the answers out (group commit). On PostgreSQL
//! each operation has a serializable transaction of its own, repeated when the database asks for it.
//!
//! Reading goes through a pool that never waits for the writer.

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
mod sqlite;
mod writer;

use self::batch::Batch;
pub use self::files::beside;
pub use self::reader::Reader;
use self::reader::Way;
pub use self::schema::{Ahead, Fit, fit};
pub use self::sqlite::path as sqlite_path;
use crate::error::Error;
use crate::outage::{Outage, Outages};

/// How long a request waits for the database before it is told to come back later.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long closing everything may take.
const CLOSING: Duration = Duration::from_secs(20);

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
    outages: Arc<Outages>,
}

#[derive(Clone, Debug)]
enum Writer {
    Sqlite(writer::Queue),
    Postgres(Arc<postgres::Server>),
    Batch(Arc<Batch>),
}

/// A database URL that Usher can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `sqlite://<path>`
    Sqlite(String),
    /// `postgres://…`
    Postgres(String),
}

/// Why a database cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("{}", message(.0))]
    Database(#[from] DbErr),
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(
        "the database's encoding is {0}, which cannot hold what people are called: make one with `createdb --encoding=UTF8 \
         --template=template0`"
    )]
    Encoding(String),
    #[error(transparent)]
    Ahead(Ahead),
}

/// What a database says, in one line and without the URL, which may hold a password.
fn message(error: &DbErr) -> String {
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
    /// Opens the database and brings its schema up to date; a SQLite file that does not exist is made.
    ///
    /// # Errors
    /// [`OpenError`] when it cannot be used.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, OpenError> {
        let outages = Arc::new(Outages::default());
        let (way, writer) = match url {
            DatabaseUrl::Sqlite(url) => {
                let (reading, queue) = sqlite::open(url).await?;
                (Way::Sqlite(reading), Writer::Sqlite(queue))
            }
            DatabaseUrl::Postgres(url) => {
                let server = Arc::new(postgres::Server::open(url, &outages).await?);
                (Way::Postgres(server.clone()), Writer::Postgres(server))
            }
        };
        Ok(Self { reader: Reader { way, outages: outages.clone() }, writer, outages })
    }

    /// The same database, within a transaction.
    fn within(&self, batch: Arc<Batch>) -> Self {
        let outages = self.outages.clone();
        let reader = Reader { way: Way::Batch(batch.clone()), outages: outages.clone() };
        Self { reader, writer: Writer::Batch(batch), outages }
    }

    /// The connections for reading.
    pub fn read(&self) -> &Reader {
        &self.reader
    }

    /// Makes a change. An `Ok` is durable.
    ///
    /// # Errors
    /// The operation's own; [`Error::Unavailable`] when the database cannot be had: then the change may or may not have
    /// been made.
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

    /// Makes a change that nobody waits for.
    pub fn write_later<O: Operation>(&self, operation: O) {
        let db = self.clone();
        tokio::spawn(async move {
            match db.write(operation).await {
                // An outage is logged already.
                Ok(_) | Err(Error::Unavailable(_)) => {}
                Err(error) => tracing::warn!(%error, "a change that nobody waits for was not made"),
            }
        });
    }

    /// Whether a change was refused since `then` because the database could not be used.
    pub fn has_refused_since(&self, then: Instant) -> bool {
        self.outages.have_failed_a_change_since(then)
    }

    /// Makes the changes that wait and closes all connections. A SQLite file then holds everything by itself.
    pub async fn close(&self) {
        let closed = async {
            match &self.writer {
                Writer::Sqlite(queue) => queue.close().await,
                Writer::Postgres(server) => drop(server.pool().close_by_ref().await),
                // Who began it ends it.
                Writer::Batch(_) => {}
            }
        };
        // What hangs is not waited for without end.
        let _ = tokio::time::timeout(CLOSING, closed).await;
    }
}
