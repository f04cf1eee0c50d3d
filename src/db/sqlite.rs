//! SQLite's connections: one that writes, and some that read and never wait for it.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::sqlx::Connection as _;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbErr};

use super::files::Files;
use super::writer::{Queue, Writer};
use super::{OpenError, PATIENCE, schema};

/// How long a connection waits for a lock of another program.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens a database, brings its schema up to date, and starts its writer: the connections for reading, and the queue
/// for changes.
///
/// # Errors
/// [`OpenError`] when it cannot be used.
pub(super) async fn open(url: &str) -> Result<(DatabaseConnection, Queue), OpenError> {
    let path = path(url)?;
    let mut files = Files::prepare(path.clone()).map_err(|source| OpenError::File { path: path.clone(), source })?;
    let writing = connect(url, 1, Access::Write).await?;
    schema::migrate(&writing).await?;
    let readers = std::thread::available_parallelism().map_or(2, usize::from) + 2;
    let reading = connect(url, u32::try_from(readers).unwrap_or(4), Access::Read).await?;
    // Only what has read has opened all files.
    for connection in [&writing, &reading] {
        connection.execute_unprepared("SELECT COUNT(*) FROM installation").await?;
    }
    files.remember().map_err(|source| OpenError::File { path, source })?;
    let writer = Writer::new(url.to_owned(), files, writing, reading.clone());
    Ok((reading, writer.start()))
}

/// The file that a URL names, without symbolic links: SQLite follows them too.
///
/// # Errors
/// When there is no such directory.
pub fn path(url: &str) -> Result<PathBuf, OpenError> {
    let options = SqliteConnectOptions::from_str(url).map_err(|error| OpenError::File {
        path: url.into(),
        source: io::Error::new(io::ErrorKind::InvalidInput, error.to_string()),
    })?;
    let named = options.get_filename();
    real_path(named).map_err(|source| OpenError::File { path: named.to_owned(), source })
}

fn real_path(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        // There is no such file yet.
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(directory.canonicalize()?.join(path.file_name().unwrap_or_default()))
        }
        real => real,
    }
}

/// What connections are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// Connections to a database file that is there.
///
/// # Errors
/// When it cannot be opened.
pub(super) async fn connect(url: &str, connections: u32, access: Access) -> Result<DatabaseConnection, DbErr> {
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
                .create_if_missing(false)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(512)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("secure_delete", "ON");
            if access == Access::Read { options.pragma("query_only", "ON") } else { options }
        })
        // `begin` within a transaction would be a savepoint of it, and its commit would keep nothing.
        .map_sqlx_sqlite_pool_opts(|pool| {
            pool.before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        });
    Database::connect(options).await
}
