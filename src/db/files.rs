//! The files of a SQLite database: readable by their owner alone, and not replaced while the server runs.

use std::ffi::OsString;
use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::outage::{Cause, Outage};

/// The database itself, what was committed since it was last folded in, and the index of that.
const SUFFIXES: [&str; 3] = ["", "-wal", "-shm"];

/// The path of a file beside the database, whose name goes on with `suffix`.
pub fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut path = OsString::from(database);
    path.push(suffix);
    path.into()
}

/// The files of one database.
#[derive(Clone, Debug)]
pub(super) struct Files {
    database: PathBuf,
    /// Those that are open, by device and inode.
    open: Vec<(PathBuf, u64, u64)>,
}

impl Files {
    /// Makes the database file when there is none, and sets the mode of every file to 0600. SQLite gives the other two
    /// the mode of the first.
    ///
    /// # Errors
    /// When the file cannot be made or is another user's.
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
    /// When one of them is not there.
    pub fn remember(&mut self) -> io::Result<()> {
        let identified = self.paths().map(|path| {
            let found = fs::metadata(&path)?;
            Ok((path, found.dev(), found.ino()))
        });
        self.open = identified.collect::<io::Result<_>>()?;
        Ok(())
    }

    /// Whether whoever opens the database anew gets the files that are open here. What is written into a file without
    /// a name is gone when the server ends.
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
