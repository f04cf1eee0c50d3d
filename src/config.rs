//! The configuration: Rocket's figment (`Rocket.toml`, then `ROCKET_…`), validated as a whole at start.

pub mod mail_url;
pub mod slack_url;

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;
use lettre::message::Mailbox;
use rocket::figment::{Figment, Provider as _};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use self::mail_url::MailUrl;
use self::slack_url::SlackUrl;
use crate::db::DatabaseUrl;
use crate::public_url::PublicUrl;

/// An invalid value in the configuration.
#[derive(Debug, thiserror::Error)]
#[error("configuration: {key}: {problem}")]
pub struct ConfigError {
    /// The key, as it stands in `Rocket.toml`.
    pub key: &'static str,
    /// What is wrong, and what would be valid.
    pub problem: String,
}

/// A master key given in the configuration.
#[derive(Clone)]
pub struct MasterKey(pub Zeroizing<[u8; 32]>);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

/// All keys but Rocket's own.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Clone, Debug)]
pub struct Config {
    /// Directory for everything embedded.
    pub data_dir: PathBuf,
    pub database_url: DatabaseUrl,
    /// Base of all links.
    pub public_url: PublicUrl,
    /// Where mails are sent.
    pub mail_url: MailUrl,
    /// Sender of mails.
    pub mail_from: Mailbox,
    /// Where notices to Slack are sent.
    pub slack_url: SlackUrl,
    /// The master key, unless it is kept in `data_dir`.
    pub master_key: Option<MasterKey>,
    /// Whether anybody may sign up.
    pub sign_up_open: bool,
    /// Whether accounts have usernames.
    pub usernames_enabled: bool,
    /// Whether any user may create an org.
    pub org_creation_open: bool,
    /// When an unused browser session expires.
    pub session_idle: Duration,
    pub rate_limits_enabled: bool,
    /// Proxies whose `X-Forwarded-For` is trusted.
    pub trusted_proxies: Vec<IpNet>,
}

impl Config {
    /// Reads and validates the configuration.
    ///
    /// # Errors
    /// [`ConfigError`] for the first invalid key.
    pub fn read(figment: &Figment) -> Result<Self, ConfigError> {
        // Invalid TOML would be reported for every key: name the file instead.
        figment.data().map_err(|error| wrong("Rocket.toml", one_line(&error)))?;
        value_or(figment, "address", || IpAddr::from(std::net::Ipv4Addr::LOCALHOST))?;
        let data_dir = PathBuf::from(value_or(figment, "data_dir", || "data".to_owned())?);
        let port: u16 = value_or(figment, "port", || 8000)?;
        let idle_minutes: u64 = value_or(figment, "session_idle_minutes", || 120)?;
        if !(1..=7 * 24 * 60).contains(&idle_minutes) {
            return Err(wrong("session_idle_minutes", "must be a number of minutes from 1 to 10080 (7 days)"));
        }
        Ok(Self {
            database_url: database_url(figment, &data_dir)?,
            public_url: parsed(figment, "public_url", || format!("http://127.0.0.1:{port}"))?,
            mail_url: parsed(figment, "mail_url", || format!("file:{}", data_dir.join("mail").display()))?,
            mail_from: mail_from(figment)?,
            slack_url: parsed(figment, "slack_url", || SlackUrl::DEFAULT.to_owned())?,
            master_key: master_key(figment)?,
            sign_up_open: value_or(figment, "sign_up_open", || true)?,
            usernames_enabled: value_or(figment, "usernames_enabled", || true)?,
            org_creation_open: value_or(figment, "org_creation_open", || true)?,
            session_idle: Duration::from_secs(idle_minutes * 60),
            rate_limits_enabled: value_or(figment, "rate_limits_enabled", || true)?,
            trusted_proxies: trusted_proxies(figment)?,
            data_dir,
        })
    }
}

fn wrong(key: &'static str, problem: impl Into<String>) -> ConfigError {
    ConfigError { key, problem: problem.into() }
}

fn value_or<T: DeserializeOwned>(
    figment: &Figment,
    key: &'static str,
    default: impl FnOnce() -> T,
) -> Result<T, ConfigError> {
    match figment.extract_inner::<T>(key) {
        Ok(value) => Ok(value),
        Err(error) if error.missing() => Ok(default()),
        Err(error) => Err(wrong(key, one_line(&error.kind))),
    }
}

/// Joins a parser's multi-line message into one line.
fn one_line(text: &dyn fmt::Display) -> String {
    text.to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn mail_from(figment: &Figment) -> Result<Mailbox, ConfigError> {
    let key = "mail_from";
    let text = value_or(figment, key, || "Usher <usher@localhost>".to_owned())?;
    text.parse().map_err(|_| wrong(key, "must be one address, such as Usher <usher@example.org>"))
}

fn parsed<T>(figment: &Figment, key: &'static str, default: impl FnOnce() -> String) -> Result<T, ConfigError>
where
    T: std::str::FromStr<Err: fmt::Display>,
{
    let text = value_or(figment, key, default)?;
    text.parse().map_err(|error: T::Err| wrong(key, error.to_string()))
}

fn database_url(figment: &Figment, data_dir: &std::path::Path) -> Result<DatabaseUrl, ConfigError> {
    let key = "database_url";
    let url = value_or(figment, key, || format!("sqlite://{}", data_dir.join("usher.sqlite3").display()))?;
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(DatabaseUrl::Postgres(url))
    } else if url.starts_with("sqlite://") && !url.contains(":memory:") && !url.contains('?') {
        Ok(DatabaseUrl::Sqlite(url))
    } else {
        Err(wrong(key, "must be sqlite://<path> or postgres://<user>:<password>@<host>/<database>"))
    }
}

fn master_key(figment: &Figment) -> Result<Option<MasterKey>, ConfigError> {
    let key = "master_key";
    match figment.extract_inner::<String>(key) {
        Ok(text) => decode_master_key(&text)
            .map(Some)
            .ok_or_else(|| wrong(key, "must be 32 bytes in base64, such as `openssl rand -base64 32` prints")),
        Err(error) if error.missing() => Ok(None),
        // Does not even show the type of a wrong value.
        Err(_) => Err(wrong(key, "must be a text: 32 bytes in base64")),
    }
}

/// Decodes a master key from `master.key` or the configuration.
pub fn decode_master_key(text: &str) -> Option<MasterKey> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
    let key = <[u8; 32]>::try_from(bytes.as_slice()).ok()?;
    Some(MasterKey(Zeroizing::new(key)))
}

/// Encodes a master key for `master.key` or the configuration.
pub fn encode_master_key(key: &MasterKey) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(key.0.as_slice()))
}

fn trusted_proxies(figment: &Figment) -> Result<Vec<IpNet>, ConfigError> {
    let key = "trusted_proxies";
    let one_or_many = value_or(figment, key, || OneOrMany::Many(Vec::new()))?;
    let texts = match one_or_many {
        OneOrMany::One(text) => text.split(',').map(|part| part.trim().to_owned()).collect(),
        OneOrMany::Many(texts) => texts,
    };
    texts
        .iter()
        .filter(|text| !text.is_empty())
        .map(|text| {
            network(text)
                .ok_or_else(|| wrong(key, format!("{text:?} is neither an IP address nor a network (10.0.0.0/8)")))
        })
        .collect()
}

/// A network, or the one of a single address.
fn network(text: &str) -> Option<IpNet> {
    let network = text.parse::<IpAddr>().map(|ip| IpNet::from(ip.to_canonical())).or_else(|_| text.parse::<IpNet>());
    network.ok().map(|network| network.trunc())
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<String>),
    One(String),
}
