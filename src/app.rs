//! Putting an installation together: configuration, data directory, keys, database, routes.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rocket::figment::Figment;
use rocket::{Build, Rocket};
use sea_orm::DatabaseTransaction;
use zeroize::Zeroizing;

use crate::clock::Clock;
use crate::config::{Config, ConfigError, MasterKey, decode_master_key, encode_master_key};
use crate::db::{self, Db, Operation};
use crate::error::Error;
use crate::ids::random_bytes;
use crate::keys::Keys;
use crate::passwords::Passwords;
use crate::store;
use crate::usher::Usher;
use crate::web;

/// Why an installation does not start: one line for whoever runs it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error("configuration: data_dir: {}: {source}", path.display())]
    DataDir { path: PathBuf, source: io::Error },
    #[error("configuration: database_url: {}", database_fault(.0))]
    Database(#[from] sea_orm::DbErr),
    #[error("configuration: master_key: {0}")]
    Key(String),
    #[error("{0}")]
    Other(#[from] Error),
    #[error("{0}")]
    Refused(String),
}

/// What a database says, in one line and without the URL, which may hold a password.
fn database_fault(error: &sea_orm::DbErr) -> String {
    let text = error.to_string();
    if text.contains("://") {
        return "cannot be read: sqlite://<path> or postgres://<user>:<password>@<host>[:port]/<database>".to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Opens an installation: everything that is missing is made, an older schema is brought up to date.
///
/// # Errors
/// [`StartError`] names the key of the configuration that is to blame.
pub async fn open(figment: &Figment, clock: Clock) -> Result<Usher, StartError> {
    let config = Config::read(figment)?;
    let data_dir = config.data_dir.clone();
    make_private_dir(&data_dir)?;
    make_private_dir(&templates_dir(&config))?;
    // Of processes that start at once on one data directory, one goes first.
    let lock = lock(&data_dir.join("start.lock"))?;
    db::migrate(&config.database_url).await?;
    let db = Db::open(&config.database_url).await?;
    let keys = keys(&config, &db).await?;
    drop(lock);
    Ok(Usher { db, keys, clock, config: Arc::new(config), passwords: Passwords::new()?, bells: Arc::default() })
}

/// The server of an installation, ready to be launched.
pub fn rocket(figment: Figment, usher: Usher) -> Rocket<Build> {
    let figment = figment
        .merge(("template_dir", templates_dir(&usher.config)))
        // Anybody could write X-Real-IP.
        .merge(("ip_header", false))
        .merge(("ident", false))
        // Rocket's own lines hold paths, and paths hold tokens.
        .merge(("log_level", "off"))
        .merge(("cli_colors", false))
        // Signals are ours: readiness ends before the listening does.
        .merge(("shutdown.ctrlc", false))
        .merge(("shutdown.signals", Vec::<String>::new()));
    web::mount(rocket::custom(figment).manage(web::Readiness::new()).manage(usher))
}

/// An empty directory: Rocket insists on one, the templates are in the program.
fn templates_dir(config: &Config) -> PathBuf {
    config.data_dir.join("templates")
}

fn make_private_dir(path: &Path) -> Result<(), StartError> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .map_err(|source| StartError::DataDir { path: path.to_owned(), source })
}

fn lock(path: &Path) -> Result<File, StartError> {
    let lock = || -> io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)?;
        file.lock()?;
        Ok(file)
    };
    lock().map_err(|source| StartError::DataDir { path: path.to_owned(), source })
}

/// Writes a file that its owner alone can read, whole or not at all.
pub(crate) fn write_private(path: &Path, content: &str) -> io::Result<()> {
    // Processes that start at once do not take each other's.
    let unfinished = path.with_extension(format!("{}.new", std::process::id()));
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(&unfinished)?;
    file.write_all(content.as_bytes())?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    match path.parent() {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}

const FINGERPRINT: &str = "key_fingerprint";

/// The keys of the installation. A key is made for a database that has none yet, and for no other: what the
/// database holds would be lost with the wrong one.
async fn keys(config: &Config, db: &Db) -> Result<Keys, StartError> {
    let known = store::installation::find(db.read(), FINGERPRINT).await?;
    let path = config.data_dir.join("master.key");
    let master = match &config.master_key {
        Some(key) => key.clone(),
        None if path.exists() => read_key(&path)?,
        None if known.is_some() => {
            return Err(StartError::Key(format!(
                "the database was made with another key, and {} is not there; restore it",
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
        Err(StartError::Key("this is not the key that the database was made with".to_owned()))
    }
}

fn read_key(path: &Path) -> Result<MasterKey, StartError> {
    let text = std::fs::read_to_string(path)
        .map(Zeroizing::new)
        .map_err(|source| StartError::DataDir { path: path.to_owned(), source })?;
    decode_master_key(&text)
        .ok_or_else(|| StartError::Key(format!("{} does not hold 32 bytes in base64; restore it", path.display())))
}

fn make_key(path: &Path) -> Result<MasterKey, StartError> {
    let key = MasterKey(Zeroizing::new(random_bytes::<32>()));
    write_private(path, &encode_master_key(&key))
        .map_err(|source| StartError::DataDir { path: path.to_owned(), source })?;
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
        kept.ok_or_else(|| Error::internal("the fingerprint of the key was not kept"))
    }
}
