//! SQLite's connections: one that writes, some that read without waiting for it, and few for searches.

pub(super) mod connection;

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{ConnectionTrait as _, DatabaseConnection};

use self::connection::{Access, connect};
use super::files::Files;
use super::writer::{Queue, Writer};
use super::{OpenError, Shares, schema};

/// Opens a database, upgrades its schema, and starts its writer. Returns the connections for pages and for searches, and
/// the queue for changes.
///
/// # Errors
/// [`OpenError`] when it cannot be used.
pub(super) async fn open(url: &str, shares: Shares) -> Result<([DatabaseConnection; 2], Queue), OpenError> {
    let path = path(url)?;
    let mut files = Files::prepare(path.clone()).map_err(|source| OpenError::File { path: path.clone(), source })?;
    let writing = connect(url, 1, Access::Write).await?;
    schema::migrate(&writing).await?;
    // There is one for changes: what that leaves of their share is not missed, as readers are bound by cores.
    let cores =
        std::thread::available_parallelism().ok().and_then(|cores| u32::try_from(cores.get()).ok()).unwrap_or(2);
    let reading = connect(url, shares.reading.min(cores + 2), Access::Read).await?;
    // Half of the cores stay for pages.
    let searching = connect(url, shares.searching.min(cores / 2).max(1), Access::Search).await?;
    // A connection opens all files only once it has read.
    for connection in [&writing, &reading, &searching] {
        connection.execute_unprepared("SELECT COUNT(*) FROM installation").await?;
    }
    files.remember().map_err(|source| OpenError::File { path, source })?;
    let readers = [reading, searching];
    let writer = Writer::new(url.to_owned(), files, writing, readers.clone());
    Ok((readers, writer.start()))
}

/// The file of a URL, with symbolic links resolved, as SQLite does.
///
/// # Errors
/// When the directory does not exist.
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
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(directory.canonicalize()?.join(path.file_name().unwrap_or_default()))
        }
        real => real,
    }
}
