//! One server per SQLite database: two would send its mails twice. Commands need no lock.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Write as _};
use std::path::Path;

use crate::app::StartError;
use crate::config::Config;
use crate::db::{DatabaseUrl, OpenError, beside, sqlite_path};
use crate::private_file;

/// Held until dropped; the kernel releases it with the process.
pub struct ServerLock {
    _file: Option<File>,
}

impl ServerLock {
    /// Takes the lock beside the database file. Servers on PostgreSQL need none.
    ///
    /// # Errors
    /// When another server holds it, or the lock file cannot be opened.
    pub fn take(config: &Config) -> Result<Self, StartError> {
        let DatabaseUrl::Sqlite(url) = &config.database_url else { return Ok(Self { _file: None }) };
        let database = sqlite_path(url)?;
        let path = beside(&database, ".lock");
        let fault = |source| StartError::Database(OpenError::File { path: path.clone(), source });
        let mut file = private_file::open(&path).map_err(fault)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(taken(&database, &path)),
            Err(TryLockError::Error(source)) => return Err(fault(source)),
        }
        // For the message of a refused server; a full disk must not prevent the start.
        let _ = file.set_len(0).and_then(|()| file.write_all(std::process::id().to_string().as_bytes()));
        Ok(Self { _file: Some(file) })
    }
}

fn taken(database: &Path, lock: &Path) -> StartError {
    let mut holder = String::new();
    let _ = File::open(lock).and_then(|mut file| file.read_to_string(&mut holder));
    let holder = if holder.is_empty() { String::new() } else { format!(" (process {holder})") };
    StartError::Refused(format!(
        "another Usher server{holder} is running on {}: stop it first, or give this one a data_dir of its own",
        database.display()
    ))
}
