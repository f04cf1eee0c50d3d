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
use crate::db::{Db, OpenError, Operation};
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
    let data_dir = config.data_dir.clone();
    make_data_dir(&config)?;
    let turn = wait_for_turn(&data_dir)?;
    if let Err(error) = private_file::remove_unfinished(&data_dir, "") {
        tracing::warn!(%error, "could not remove unfinished files of a killed process");
    }
    let db = Db::open(&config.database_url, CONNECTIONS).await?;
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
        .merge(("template_dir", templates_dir(&usher.config)))
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

/// An empty directory, which Rocket requires; the templates are embedded in the program.
fn templates_dir(config: &Config) -> PathBuf {
    config.data_dir.join("templates")
}

/// Creates the data directory.
///
/// # Errors
/// When it cannot be created.
pub(crate) fn make_data_dir(config: &Config) -> Result<(), StartError> {
    make_private_dir(&config.data_dir)?;
    make_private_dir(&templates_dir(config))
}

fn make_private_dir(path: &Path) -> Result<(), StartError> {
    private_file::make_directory(path).map_err(|source| in_data_dir(path, source))
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

/// How many connections to the database there are at most.
const CONNECTIONS: u32 = 16;

const FINGERPRINT: &str = "key_fingerprint";

/// The keys of the installation. A key is only generated for a database that never had one: with the wrong key its
/// sealed values would be lost.
async fn keys(config: &Config, db: &Db) -> Result<Keys, StartError> {
    let known = store::installation::find(db.read(), FINGERPRINT).await?;
    let path = config.data_dir.join("master.key");
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
