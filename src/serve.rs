//! Starts, runs and stops the server.

use std::io::Write as _;
use std::time::Duration;

use rocket::figment::Figment;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use crate::app::{self, StartError};
use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use crate::domain::accounts::setup;
use crate::error::Error;
use crate::housekeeping;
use crate::mail;
use crate::readiness::Readiness;
use crate::server_lock::ServerLock;
use crate::setup_link;
use crate::slack;

/// How long readiness is false before connections are refused, for proxies to notice.
const FAREWELL: Duration = Duration::from_millis(300);
/// How long sends in progress may take when the server stops; the rest is sent later.
const LAST_MESSAGES: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT.
///
/// # Errors
/// [`StartError`] when the installation does not start.
pub async fn serve(figment: Figment) -> Result<(), StartError> {
    let config = Config::read(&figment)?;
    app::make_data_dir(&config)?;
    let _only_server = ServerLock::take(&config)?;
    let usher = app::open(&figment, Clock::system()).await?;
    let mailer = mail::mailer(&usher, &usher.config)
        .map_err(|error| ConfigError { key: "mail_url", problem: error.to_string() })?;

    let rocket = app::rocket(figment, usher.clone()).ignite().await.map_err(|error| launch_error(&error))?;
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
    announce(&usher).await?;
    let outcome = rocket.launch().await;
    // The workers may have stopped already.
    let _ = stop.send(true);
    let _ = tokio::time::timeout(LAST_MESSAGES, workers).await;
    usher.db.close().await;
    outcome.map(drop).map_err(|error| launch_error(&error))
}

/// Prints the server's address, and how to create the first administrator.
async fn announce(usher: &crate::usher::Usher) -> Result<(), StartError> {
    say(&format!("Usher is at {}", usher.config.public_url.origin()));
    match setup::token(usher).await? {
        Some(token) => {
            let link = usher.config.public_url.join(&format!("/setup/{token}"));
            setup_link::write(&usher.config, &link)
                .map_err(|source| StartError::DataDir { path: setup_link::path(&usher.config), source })?;
            say(&format!("There is no administrator yet. Make the first one here, once: {link}"));
        }
        None => setup_link::remove(&usher.config),
    }
    Ok(())
}

/// To the terminal; an unwritable standard output must not stop the server.
fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn launch_error(error: &rocket::Error) -> StartError {
    use rocket::error::ErrorKind;

    match error.kind() {
        ErrorKind::Bind(source) => {
            ConfigError { key: "port", problem: format!("the address cannot be listened on: {source}") }.into()
        }
        ErrorKind::Config(source) => StartError::Refused(format!("configuration: {source}")),
        other => StartError::Refused(format!("the server does not start: {other}")),
    }
}
