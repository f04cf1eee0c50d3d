//! Assembles an installation: configuration, data directory, keys, database, routes.

use std::fs::File;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rocket::figment::Figment;
use rocket::{Build, Rocket};
use sea_orm::DatabaseTransaction;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::{Config, ConfigError, MasterKey, decode_master_key, encode_master_key};
use crate::db::{DatabaseUrl, Db, OpenError, Operation};
use crate::domain::environments;
use crate::domain::users::pictures;
use crate::error::Error;
use crate::ids::random_bytes;
use crate::keys::Keys;
use crate::passwords::Passwords;
use crate::private_file;
use crate::readiness::Readiness;
use crate::store;
use crate::uploads::Uploads;
use crate::usher::Usher;
use crate::web;

/// Why an installation does not start: one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("configuration: data_dir: {}: {source}", path.display())]
    DataDir { path: PathBuf, source: io::Error },
    #[error("configuration: database_url: {0}")]
    Database(#[from] OpenError),
    #[error("configuration: master_key: {0}")]
    Key(String),
    #[error("{0}")]
    Other(#[from] Error),
    #[error("{0}")]
    Refused(String),
}

/// Opens an installation: creates whatever is missing, and upgrades the schema.
///
/// # Errors
/// [`StartError`] names the key of the configuration that is at fault.
pub async fn open(figment: &Figment, clock: Clock) -> Result<Usher, StartError> {
    let config = Config::read(figment)?;
    make_data_dir(&config)?;
    let turn = if keeps_files(&config) { Some(wait_for_turn(&config.data_dir)?) } else { None };
    if let Err(error) = private_file::remove_unfinished(&config.data_dir, "") {
        tracing::warn!(%error, "could not remove unfinished files of a killed process");
    }
    let db = Db::open(&config.database_url, config.database_connections).await?;
    let keys = keys(&config, &db).await?;
    drop(turn);
    let usher = Usher {
        db,
        keys,
        clock,
        config: Arc::new(config),
        passwords: Passwords::new()?,
        drawing: pictures::turns(),
        uploads: Uploads::of(pictures::UPLOADS),
        wakers: Arc::default(),
    };
    if let Err(error) = environments::keys::repair_owners(&usher).await {
        tracing::error!(%error, "could not check environments transferred by earlier versions");
    }
    Ok(usher)
}

/// The server of an installation, ready to be launched.
pub fn rocket(figment: Figment, usher: Usher) -> Rocket<Build> {
    let figment = figment
        .merge(("template_dir", NO_TEMPLATES))
        // Clients could forge X-Real-IP.
        .merge(("ip_header", false))
        .merge(("ident", false))
        // Rocket logs paths, and paths hold tokens.
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
        // Handled in `serve`: readiness must end before the listener closes.
        .merge(("shutdown.ctrlc", false))
        .merge(("shutdown.signals", Vec::<String>::new()));
    web::mount(rocket::custom(figment).manage(Readiness::default()).manage(usher))
}

/// Where Rocket looks for templates, besides those in the program: something that is on every system, needs no folder of
/// ours, and holds none. Debug builds look again whenever it is written, so it is not `/dev/null`.
const NO_TEMPLATES: &str = "/dev/zero";

/// Whether a start may write to the data directory: with a PostgreSQL database and a key it need not exist. A link to make
/// the first superuser and mails are written there if that is possible.
fn keeps_files(config: &Config) -> bool {
    matches!(config.database_url, DatabaseUrl::Sqlite(_)) || (config.master_key.is_none() && !key_path(config).exists())
}

/// Creates the data directory, if files are kept there.
///
/// # Errors
/// When it cannot be created.
pub(crate) fn make_data_dir(config: &Config) -> Result<(), StartError> {
    if !keeps_files(config) {
        return Ok(());
    }
    private_file::make_directory(&config.data_dir).map_err(|source| in_data_dir(&config.data_dir, source))
}

fn key_path(config: &Config) -> PathBuf {
    config.data_dir.join("master.key")
}

/// Serializes processes that start at once on one data directory.
fn wait_for_turn(data_dir: &Path) -> Result<File, StartError> {
    let path = data_dir.join("start.lock");
    let lock = || -> io::Result<File> {
        let file = private_file::open(&path)?;
        file.lock()?;
        Ok(file)
    };
    lock().map_err(|source| in_data_dir(&path, source))
}

fn in_data_dir(path: &Path, source: io::Error) -> StartError {
    StartError::DataDir { path: path.to_owned(), source }
}

const FINGERPRINT: &str = "key_fingerprint";

/// The keys of the installation. A key is only generated for a database that never had one: with the wrong key its
/// sealed values would be lost.
async fn keys(config: &Config, db: &Db) -> Result<Keys, StartError> {
    let known = store::installation::find(db.read(), FINGERPRINT).await?;
    let path = key_path(config);
    let master = match &config.master_key {
        Some(key) => key.clone(),
        None if path.exists() => read_key(&path)?,
        None if known.is_some() => {
            return Err(StartError::Key(format!(
                "the database was created with another key, and {} is missing: restore it",
                path.display()
            )));
        }
        None => make_key(&path)?,
    };
    let keys = Keys::derive(&master.0);
    let known = match known {
        Some(known) => known,
        None => db.write(KeepFingerprint { fingerprint: keys.fingerprint().to_owned() }).await?,
    };
    if known == keys.fingerprint() {
        Ok(keys)
    } else {
        Err(StartError::Key("the database was created with another key".to_owned()))
    }
}

fn read_key(path: &Path) -> Result<MasterKey, StartError> {
    let text = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|source| in_data_dir(path, source))?;
    if path.metadata().is_ok_and(|found| found.permissions().mode() & 0o077 != 0) {
        tracing::warn!("others can read {0}, which opens all sealed data: chmod 600 {0}", path.display());
    }
    decode_master_key(&text)
        .ok_or_else(|| StartError::Key(format!("{} does not hold 32 bytes in base64: restore it", path.display())))
}

fn make_key(path: &Path) -> Result<MasterKey, StartError> {
    let key = MasterKey(Zeroizing::new(random_bytes::<32>()));
    private_file::write_durably(path, encode_master_key(&key).as_bytes())
        .map_err(|source| in_data_dir(path, source))?;
    Ok(key)
}

#[derive(Clone, Debug)]
struct KeepFingerprint {
    fingerprint: String,
}

impl Operation for KeepFingerprint {
    type Output = String;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<String, Error> {
        store::installation::keep(txn, FINGERPRINT, &self.fingerprint).await?;
        let kept = store::installation::find(txn, FINGERPRINT).await?;
        kept.ok_or_else(|| Error::internal("the key's fingerprint was not stored"))
    }
}
