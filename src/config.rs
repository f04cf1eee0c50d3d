//! The configuration: Rocket's figment (`Rocket.toml`, then `ROCKET_…`), validated as a whole at start.

pub mod cookie_name;
pub mod keys;
pub mod mail_ca;
mod mail_from;
pub mod mail_hello;
pub mod mail_url;
mod secret;
pub mod slack_url;

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ipnet::IpNet;
use lettre::message::Mailbox;
use rocket::figment::{Figment, Provider as _};
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use self::cookie_name::CookieName;
use self::mail_ca::MailCa;
use self::mail_hello::MailHello;
use self::mail_url::{MailUrl, MailUrlError};
use self::secret::Secret;
use self::slack_url::SlackUrl;
use crate::db::{DatabaseUrl, Shares};
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
    /// How many connections to the database there are at most.
    pub database_connections: u32,
    /// Where the server listens.
    pub address: IpAddr,
    pub port: u16,
    /// Base of all links.
    pub public_url: PublicUrl,
    /// Where mails are sent.
    pub mail_url: MailUrl,
    /// Sender of mails.
    pub mail_from: Mailbox,
    /// Authorities trusted for the mail server, beside the system's.
    pub mail_ca: Option<MailCa>,
    /// The EHLO name. That in `mail_url` counts less, the host of `public_url` is the default.
    pub mail_hello: Option<MailHello>,
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
    /// What the names of cookies begin with.
    pub cookie_name: CookieName,
    /// Whether browsers are to use https for all names below that of `public_url`, too.
    pub hsts_include_subdomains: bool,
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
        let address = value_or(figment, "address", || IpAddr::from(Ipv4Addr::LOCALHOST))?;
        let data_dir = PathBuf::from(value_or(figment, "data_dir", || "data".to_owned())?);
        let port: u16 = value_or(figment, "port", || 8000)?;
        let idle_minutes: u64 = value_or(figment, "session_idle_minutes", || 120)?;
        if !(1..=7 * 24 * 60).contains(&idle_minutes) {
            return Err(wrong("session_idle_minutes", "must be a number of minutes from 1 to 10080 (7 days)"));
        }
        Ok(Self {
            database_url: database_url(figment, &data_dir)?,
            database_connections: database_connections(figment)?,
            address,
            port,
            public_url: parsed(figment, "public_url", || format!("http://127.0.0.1:{port}"))?,
            mail_url: mail_url(figment, &data_dir)?,
            mail_from: mail_from(figment)?,
            mail_ca: mail_ca(figment)?,
            mail_hello: mail_hello(figment)?,
            slack_url: parsed(figment, "slack_url", || SlackUrl::DEFAULT.to_owned())?,
            master_key: master_key(figment)?,
            sign_up_open: value_or(figment, "sign_up_open", || true)?,
            usernames_enabled: value_or(figment, "usernames_enabled", || true)?,
            org_creation_open: value_or(figment, "org_creation_open", || true)?,
            session_idle: Duration::from_secs(idle_minutes * 60),
            cookie_name: parsed(figment, "cookie_name", || CookieName::DEFAULT.to_owned())?,
            hsts_include_subdomains: value_or(figment, "hsts_include_subdomains", || false)?,
            rate_limits_enabled: value_or(figment, "rate_limits_enabled", || true)?,
            trusted_proxies: trusted_proxies(figment)?,
            data_dir,
        })
    }

    /// What is wrong with the links of a server that others are to reach, and that was not told its address.
    pub fn doubt_about_links(&self, figment: &Figment) -> Option<String> {
        let leads_here = figment.contains("public_url") || self.address == Ipv4Addr::LOCALHOST;
        (!leads_here).then(|| {
            format!(
                "public_url is not set, and address is {}: all links lead to {}, and nobody can sign in at another \
                 address. Set public_url to what browsers show",
                self.address,
                self.public_url.origin()
            )
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
    debug_assert!(keys::is_known(key), "{key} is missing from the list of keys");
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
    mail_from::parse(&text).map_err(|problem| wrong(key, problem))
}

fn mail_ca(figment: &Figment) -> Result<Option<MailCa>, ConfigError> {
    let key = "mail_ca_file";
    let path: Option<PathBuf> = value_or(figment, key, || None)?;
    path.map(|path| MailCa::read(&path).map_err(|problem| wrong(key, problem))).transpose()
}

fn mail_hello(figment: &Figment) -> Result<Option<MailHello>, ConfigError> {
    let key = "mail_hello";
    let text: Option<String> = value_or(figment, key, || None)?;
    text.map(|text| text.parse().map_err(|problem: &str| wrong(key, problem))).transpose()
}

fn parsed<T>(figment: &Figment, key: &'static str, default: impl FnOnce() -> String) -> Result<T, ConfigError>
where
    T: std::str::FromStr<Err: fmt::Display>,
{
    let text = value_or(figment, key, default)?;
    text.parse().map_err(|error: T::Err| wrong(key, error.to_string()))
}

fn mail_url(figment: &Figment, data_dir: &Path) -> Result<MailUrl, ConfigError> {
    match secret::find(figment, "mail_url")? {
        Some(Secret { key, text }) => text.parse().map_err(|error: MailUrlError| wrong(key, error.to_string())),
        None => Ok(MailUrl::File(data_dir.join("mail"))),
    }
}

fn database_url(figment: &Figment, data_dir: &Path) -> Result<DatabaseUrl, ConfigError> {
    let Some(Secret { key, text: url }) = secret::find(figment, "database_url")? else {
        return Ok(DatabaseUrl::Sqlite(format!("sqlite://{}", data_dir.join("usher.sqlite3").display())));
    };
    if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        Ok(DatabaseUrl::Postgres(url.to_string()))
    } else if url.starts_with("sqlite://") && !url.contains(":memory:") && !url.contains('?') {
        Ok(DatabaseUrl::Sqlite(url.to_string()))
    } else {
        Err(wrong(key, "must be sqlite://<path> or postgres://<user>:<password>@<host>/<database>"))
    }
}

fn database_connections(figment: &Figment) -> Result<u32, ConfigError> {
    let key = "database_connections";
    let number = value_or(figment, key, || 16)?;
    if (Shares::FEWEST..=1000).contains(&number) {
        Ok(number)
    } else {
        Err(wrong(key, format!("must be a number from {} to 1000", Shares::FEWEST)))
    }
}

fn master_key(figment: &Figment) -> Result<Option<MasterKey>, ConfigError> {
    let Some(Secret { key, text }) = secret::find(figment, "master_key")? else { return Ok(None) };
    decode_master_key(&text)
        .map(Some)
        .ok_or_else(|| wrong(key, "must be 32 bytes in base64, such as `openssl rand -base64 32` prints"))
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
    match network.ok()?.trunc() {
        // 10.0.0.0/8 in IPv6's clothes: clients' addresses are compared in their own.
        IpNet::V6(network) if network.prefix_len() >= 96 && network.addr().to_ipv4_mapped().is_some() => {
            let ip = network.addr().to_ipv4_mapped()?;
            IpNet::new(ip.into(), network.prefix_len() - 96).ok()
        }
        network => Some(network),
    }
}

#[derive(serde::Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    Many(Vec<String>),
    One(String),
}
