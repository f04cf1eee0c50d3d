//! Starts, runs and stops the server.

use std::io::{self, IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::figment::Figment;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::app::{self, StartError};
use crate::clock::Clock;
use crate::config::mail_url::MailUrl;
use crate::config::{Config, ConfigError};
use crate::domain::accounts::setup;
use crate::error::Error;
use crate::housekeeping;
use crate::mail;
use crate::private_file;
use crate::readiness::Readiness;
use crate::server_lock::ServerLock;
use crate::setup_link;
use crate::slack;
use crate::usher::Usher;

/// How long readiness is false before connections are refused, for proxies to notice: most ask once a second.
const FAREWELL: Duration = Duration::from_secs(1);
/// How long sends in progress may take when the server stops; the rest is sent later.
const LAST_MESSAGES: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// [`StartError`] when the installation does not start.
pub async fn serve(figment: Figment) -> Result<(), StartError> {
    let config = Config::read(&figment)?;
    app::make_data_dir(&config)?;
    make_mail_dir(&config)?;
    let _only_server = ServerLock::take(&config)?;
    let usher = app::open(&figment, Clock::system()).await?;
    let mailer = mail::mailer(&usher, &usher.config)
        .map_err(|error| ConfigError { key: "mail_url", problem: error.to_string() })?;

    let launch_error = |error: rocket::Error| launch_error(&error, &config);
    let announcement = announcement(&usher, config.doubt_about_links(&figment)).await?;
    let rocket = app::rocket(figment, usher.clone()).attach(announcement).ignite().await.map_err(launch_error)?;
    let readiness = rocket.state::<Readiness>().cloned();
    let shutdown = rocket.shutdown();
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        if let Some(readiness) = readiness {
            readiness.end();
        }
        tokio::time::sleep(FAREWELL).await;
        shutdown.notify();
    });

    let (stop, stopped) = watch::channel(false);
    let notifier = slack::notifier(&usher, &usher.config);
    let sweeping = housekeeping::run(usher.clone(), stopped.clone());
    let workers =
        tokio::spawn(async move { tokio::join!(mailer.run(stopped.clone()), notifier.run(stopped), sweeping) });
    let outcome = rocket.launch().await;
    // The workers may have stopped already.
    let _ = stop.send(true);
    let _ = tokio::time::timeout(LAST_MESSAGES, workers).await;
    usher.db.close().await;
    outcome.map(drop).map_err(launch_error)
}

/// Creates the directory for mails, if they are written to one: there is nobody to tell once they are.
fn make_mail_dir(config: &Config) -> Result<(), ConfigError> {
    let MailUrl::File(dir) = &config.mail_url else { return Ok(()) };
    private_file::make_directory(dir)
        .map_err(|error| ConfigError { key: "mail_url", problem: format!("{}: {error}", dir.display()) })
}

/// What is said once the server listens: its address, and how to create the first administrator.
async fn announcement(usher: &Usher, doubt: Option<String>) -> Result<AdHoc, StartError> {
    let config = &usher.config;
    // Without `public_url` links lead to 127.0.0.1, which is what the doubt is about; here it is said where it listens.
    let address = match doubt {
        Some(_) if !config.address.is_unspecified() => {
            format!("Usher is at http://{}", SocketAddr::new(config.address, config.port))
        }
        _ => format!("Usher is at {}", config.public_url.origin()),
    };
    let first = setup::token(usher).await?.map(|token| keep_link(usher, &token));
    if first.is_none() {
        setup_link::remove(&usher.config);
    }
    Ok(AdHoc::on_liftoff("announcement", move |_| {
        Box::pin(async move {
            say(&address);
            if let Some(doubt) = doubt {
                tracing::warn!("{doubt}");
            }
            if let Some(link) = first {
                link.tell();
            }
        })
    }))
}

/// The link to create the first administrator.
struct FirstLink {
    link: String,
    path: PathBuf,
    /// Why there is no file with it.
    fault: Option<io::Error>,
}

fn keep_link(usher: &Usher, token: &str) -> FirstLink {
    let link = usher.config.public_url.join(&format!("/setup/{token}"));
    let fault = setup_link::write(&usher.config, &link).err();
    FirstLink { link, path: setup_link::path(&usher.config), fault }
}

impl FirstLink {
    /// Shows the link on a terminal. Other outputs are kept, as logs are, and read by others: they get its path.
    fn tell(&self) {
        let path = self.path.display();
        match &self.fault {
            _ if io::stdout().is_terminal() => {
                say(&format!("There is no administrator yet. Make the first one here, once: {}", self.link));
            }
            None => tracing::info!("there is no administrator yet: the link in {path} makes the first one, once"),
            Some(fault) => tracing::warn!(
                "there is no administrator yet, and the link that makes one cannot be kept in {path} ({fault}): \
                 use `usher user create --superuser`"
            ),
        }
    }
}

/// To the terminal; an unwritable standard output must not stop the server.
fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

fn launch_error(error: &rocket::Error, config: &Config) -> StartError {
    use rocket::error::ErrorKind;

    match error.kind() {
        ErrorKind::Bind(source) => {
            let of_port = matches!(source.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied);
            let key = if of_port { "port" } else { "address" };
            let place = SocketAddr::new(config.address, config.port);
            ConfigError { key, problem: format!("{place} cannot be listened on: {source}") }.into()
        }
        ErrorKind::Config(source) => StartError::Refused(format!("configuration: {source}")),
        other => StartError::Refused(format!("the server does not start: {other}")),
    }
}
