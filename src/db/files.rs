//! The files of a SQLite database: readable by their owner only, and not replaced while the server runs.

use std::ffi::OsString;
use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::outage::{Cause, Outage};

/// The database, its write-ahead log, and the log's index.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

/// The database's path with `suffix` appended.
pub fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(database);
    path.push(suffix);
    path.into()
}

#[derive(Clone, Debug)]
pub(super) struct Files {
    database: PathBuf,
    /// The open ones: path, device and inode.
    open: Vec<(PathBuf, u64, u64)>,
}

impl Files {
    /// Creates the database file if there is none, and sets the mode of every file to 0600. SQLite gives the other two
    /// the mode of the first.
    ///
    /// # Errors
    /// When the file cannot be created or belongs to another user.
    pub fn prepare(database: PathBuf) -> io::Result<Self> {
        OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&database)?;
        let files = Self { database, open: Vec::new() };
        for path in files.paths() {
            match fs::metadata(&path) {
                Ok(found) if found.mode() & 0o077 != 0 => fs::set_permissions(&path, Permissions::from_mode(0o600))?,
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(files)
    }

    fn paths(&self) -> impl Iterator<Item = PathBuf> {
        SUFFIXES.iter().map(|suffix| beside(&self.database, suffix))
    }

    /// Remembers which files are open. They stay the same until the last connection is closed.
    ///
    /// # Errors
    /// When one of them is missing.
    pub fn remember(&mut self) -> io::Result<()> {
        let identified = self.paths().map(|path| {
            let found = fs::metadata(&path)?;
            Ok((path, found.dev(), found.ino()))
        });
        self.open = identified.collect::<io::Result<_>>()?;
        Ok(())
    }

    /// Checks that the paths still lead to the open files. Writes to a deleted file are lost when the server ends.
    ///
    /// # Errors
    /// An [`Outage`] that names the file.
    pub fn check(&self) -> Result<(), Outage> {
        for (path, device, inode) in &self.open {
            let outage = match fs::metadata(path) {
                Ok(found) if found.dev() == *device && found.ino() == *inode => continue,
                Ok(_) => Outage::saying(Cause::Replaced, path.display()),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    Outage::saying(Cause::Replaced, path.display())
                }
                Err(error) => Outage::saying(Cause::Io, format_args!("{}: {error}", path.display())),
            };
            return Err(outage);
        }
        Ok(())
    }
}
