//! Files readable by their owner only, written atomically.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use crate::ids::{hex, random_bytes};

/// Suffix of hidden files that are still being written.
const UNFINISHED: &str = ".new";

/// Writes a file atomically: readers see the old content or the new.
///
/// # Errors
/// When it cannot be written; then nothing is left behind.
pub fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unfinished = path.with_file_name(format!(".{}.{name}{UNFINISHED}", hex(&random_bytes::<8>())));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
    // Tells `remove_unfinished` that the file is being written.
    let written = file
        .lock()
        .and_then(|()| file.write_all(content))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&unfinished, path));
    if written.is_err() {
        // The first error is returned.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// As [`write`]; the file's name also survives a power cut.
///
/// # Errors
/// As [`write`].
pub fn write_durably(path: &Path, content: &[u8]) -> io::Result<()> {
    write(path, content)?;
    match path.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

/// Opens a file for writing, creating it if necessary.
///
/// # Errors
/// When it cannot be opened.
pub fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)
}

/// Creates a directory and its parents, unless it exists.
///
/// # Errors
/// When it cannot be created.
pub fn make_directory(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Whether there is no such file, perhaps not even its directory.
pub fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Removes files that a killed process left unfinished. `suffix` ends the names of the finished ones.
///
/// # Errors
/// When the directory cannot be read or a file not be removed.
pub fn remove_unfinished(dir: &Path, suffix: &str) -> io::Result<()> {
    let entries = match fs::read_dir(dir) {
        Err(error) if is_missing(&error) => return Ok(()),
        entries => entries?,
    };
    let ending = format!("{suffix}{UNFINISHED}");
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.ends_with(&ending) && entry.file_type()?.is_file() {
            remove_abandoned(&entry.path())?;
        }
    }
    Ok(())
}

fn remove_abandoned(path: &Path) -> io::Result<()> {
    let removed = File::open(path).and_then(|file| match file.try_lock() {
        Ok(()) => fs::remove_file(path),
        Err(TryLockError::WouldBlock) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
    });
    match removed {
        // Finished meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_is_removed_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        write(&dir.join("whole.eml"), b"a mail").unwrap();
        for name in [".7.left.eml.new", ".left.eml.new", "of-somebody.eml.new", "of-somebody.eml"] {
            fs::write(dir.join(name), "").unwrap();
        }
        let unfinished = File::create(dir.join(".8.now.eml.new")).unwrap();
        unfinished.lock().unwrap();

        remove_unfinished(dir, ".eml").unwrap();
        let mut left: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".8.now.eml.new", "of-somebody.eml", "of-somebody.eml.new", "whole.eml"]);
        assert_eq!(fs::read(dir.join("whole.eml")).unwrap(), b"a mail");
        remove_unfinished(&dir.join("nowhere"), "").unwrap();
    }
}
