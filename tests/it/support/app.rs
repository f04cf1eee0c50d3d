//! An installation for one test, with a clock that the test controls.

use std::path::Path;
use std::time::Duration;

use rocket::figment::Figment;
use rocket::local::asynchronous::Client;
use sea_orm::{Database, DatabaseConnection};
use tempfile::TempDir;
use usher::clock::{Clock, Timestamp};
use usher::mail::{Mailer, mailer};
use usher::slack::{Notifier, notifier};
use usher::usher::Usher;

use super::api::Api;
use super::browser::Browser;
use super::mailbox::{Mail, Mailbox};
use super::slack::SlackServer;

/// Configuration keys that tests set.
#[derive(Clone, Debug)]
pub struct Set(Figment);

impl Default for Set {
    fn default() -> Self {
        // Hashing is so slow that limits by address would interfere: only tests of the limits enable them.
        Self(Figment::from(rocket::Config::release_default()).merge(("rate_limits_enabled", false)))
    }
}

impl Set {
    pub fn with(self, key: &str, value: impl serde::Serialize) -> Self {
        Self(self.0.merge((key, value)))
    }
}

/// 2026-03-01T08:15:30.250Z
pub const START: Timestamp = Timestamp(1_772_352_930_250);

/// The password of all test users.
pub const PASSWORD: &str = "correct horse 1";

pub struct App {
    pub clock: Clock,
    pub usher: Usher,
    client: Client,
    mailer: Mailer,
    mailbox: Mailbox,
    figment: Figment,
    dir: TempDir,
}

/// Logged errors appear in the output of a failed test.
fn log_faults() {
    // Already set by an earlier test of this process.
    let _ = tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_test_writer().try_init();
}

impl App {
    pub async fn start(set: Set) -> Self {
        log_faults();
        let dir = tempfile::tempdir().unwrap();
        Self::start_in(dir, set.0, Clock::manual(START)).await
    }

    /// Starts on an existing database. `prepare` gets the data directory and a connection to the database, both empty;
    /// `at` is the clock's time.
    pub async fn start_on(set: Set, at: Timestamp, prepare: impl AsyncFnOnce(&Path, &DatabaseConnection)) -> Self {
        log_faults();
        let dir = tempfile::tempdir().unwrap();
        let data_dir = dir.path().join("data");
        std::fs::create_dir(&data_dir).unwrap();
        let sqlite = format!("sqlite://{}?mode=rwc", data_dir.join("usher.sqlite3").display());
        let url: String = set.0.extract_inner("database_url").unwrap_or(sqlite);
        let database = Database::connect(url).await.unwrap();
        prepare(&data_dir, &database).await;
        database.close().await.unwrap();
        Self::start_in(dir, set.0, Clock::manual(at)).await
    }

    /// The same installation, restarted with one configuration key set.
    pub async fn restarted_with(self, key: &str, value: impl serde::Serialize) -> Self {
        let Self { clock, figment, dir, .. } = self;
        Self::start_in(dir, figment.merge((key, value)), clock).await
    }

    async fn start_in(dir: TempDir, figment: Figment, clock: Clock) -> Self {
        let figment = figment.merge(("data_dir", dir.path().join("data")));
        let usher = usher::app::open(&figment, clock.clone()).await.unwrap();
        let rocket = usher::app::rocket(figment.clone(), usher.clone());
        let client = Client::untracked(rocket).await.unwrap();
        let mailer = mailer(&usher, &usher.config).unwrap();
        let mailbox = Mailbox::at(dir.path().join("data/mail"));
        Self { clock, usher, client, mailer, mailbox, figment, dir }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The installation's data directory.
    pub fn data_dir(&self) -> std::path::PathBuf {
        self.dir.path().join("data")
    }

    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// A fresh browser.
    pub fn browser(&self) -> Browser<'_> {
        Browser::new(self)
    }

    /// A browser with an API client's session.
    pub fn browser_of(&self, api: &Api<'_>) -> Browser<'_> {
        let mut browser = self.browser();
        let (name, value) = api.cookie.as_deref().unwrap().split_once('=').unwrap();
        browser.set_cookie(name, value);
        browser
    }

    /// A client that is not logged in.
    pub fn api(&self) -> Api<'_> {
        Api::new(self)
    }

    /// Sends what is due; returns the mails sent since the last call, oldest first.
    pub async fn deliver(&self) -> Vec<Mail> {
        self.mailer.deliver_due().await.unwrap();
        self.mailbox.new_mails()
    }

    /// A worker of another process: on the same database, with another mail transport.
    pub fn mailer_to(&self, mail_url: &str) -> Mailer {
        self.mailer_with(&[("mail_url", mail_url)])
    }

    /// As [`Self::mailer_to`], with these keys of the configuration.
    pub fn mailer_with(&self, keys: &[(&str, &str)]) -> Mailer {
        let figment = keys.iter().fold(self.figment.clone(), |figment, (key, value)| figment.merge((*key, *value)));
        mailer(&self.usher, &usher::config::Config::read(&figment).unwrap()).unwrap()
    }

    /// Sends the notices that are due.
    pub async fn notify(&self, slack: &SlackServer) {
        self.notifier_to(&slack.url()).deliver_due().await.unwrap();
    }

    /// A worker with another Slack URL.
    pub fn notifier_to(&self, slack_url: &str) -> Notifier {
        let mut config = usher::config::Config::clone(&self.usher.config);
        config.slack_url = slack_url.parse().unwrap();
        notifier(&self.usher, &config)
    }

    /// Sends what is due and returns the only mail to `address`.
    pub async fn mail_to(&self, address: &str) -> Mail {
        let mails = self.deliver().await;
        let mut to: Vec<Mail> = mails.into_iter().filter(|mail| mail.to == address).collect();
        assert_eq!(to.len(), 1, "expected one mail to {address}: {to:?}");
        to.remove(0)
    }

    /// The token of the set-up link that is printed at start while there is no superuser.
    pub async fn setup_token(&self) -> String {
        usher::domain::accounts::setup::token(&self.usher).await.unwrap().expect("there is no superuser yet")
    }

    /// A client logged in as a new user with a verified address.
    pub async fn user(&self, address: &str) -> Api<'_> {
        let api = self.unverified_user(address).await;
        let mail = self.mail_to(address).await;
        // Confirmed in this session: other sessions would end.
        self.browser_of(&api).get(&mail.link()).await.submit("Confirm this address", &[]).await;
        api
    }

    /// A client logged in as a new user with an unverified address.
    pub async fn unverified_user(&self, address: &str) -> Api<'_> {
        let mut api = self.api();
        api.sign_up(address).await;
        api.log_in(address).await;
        api
    }
}
