//! The file with the set-up link, while there is no superuser.

use std::io;
use std::path::PathBuf;

use crate::config::Config;
use crate::private_file;

pub fn path(config: &Config) -> PathBuf {
    config.data_dir.join("setup-link")
}

/// Writes it, readable by its owner only.
///
/// # Errors
/// When the file cannot be written.
pub fn write(config: &Config, link: &str) -> io::Result<()> {
    private_file::make_directory(&config.data_dir)?;
    private_file::write_durably(&path(config), format!("{link}\n").as_bytes())
}

/// Removes it, if it exists.
pub fn remove(config: &Config) {
    match std::fs::remove_file(path(config)) {
        Err(error) if !private_file::is_missing(&error) => {
            tracing::warn!(%error, "the set-up link no longer works, but its file could not be removed");
        }
        _ => {}
    }
}
