//! `usher demo`: fills an empty installation with made-up people, environments and an org to click through. Runs the
//! operations of the domain, all in one transaction: a demo that fails leaves no row. Mails written to the folder
//! before the failure stay.

mod accounts;
mod story;
mod world;

use std::io::Write as _;
use std::path::Path;

use rocket::figment::Figment;

use self::accounts::{ACCOUNTS, NEWCOMERS};
use self::story::play;
use crate::app::{self, StartError};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::mail_url::MailUrl;
use crate::domain::accounts::setup;
use crate::error::Error;
use crate::fields::{FieldValue as _, Password, Raw};
use crate::ids::{hex, random_bytes};
use crate::server_lock::ServerLock;
use crate::setup_link;
use crate::usher::Usher;

/// Creates the demo and prints its accounts.
///
/// # Errors
/// [`StartError::Refused`] if the database has users, a server runs on it, or the configuration reaches outside; those
/// of opening an installation.
pub async fn demo(figment: &Figment) -> Result<(), StartError> {
    let config = Config::read(figment)?;
    let mails = folder_of_a_demo(&config)?;
    app::make_data_dir(&config)?;
    let _no_server = ServerLock::take(&config)?;
    let usher = app::open(figment, Clock::system()).await?;
    let made = make(&usher).await;
    usher.db.close().await;
    let (password, links) = made?;
    setup_link::remove(&usher.config);
    let text = summary(&config, &password, &links, mails);
    std::io::stdout().write_all(text.as_bytes()).map_err(|error| {
        refused(format!(
            "the demo was created, but its password could not be printed ({error}): create another elsewhere"
        ))
    })
}

/// The folder for mails, if the configuration cannot be that of an installation in use.
///
/// # Errors
/// [`StartError::Refused`].
fn folder_of_a_demo(config: &Config) -> Result<&Path, StartError> {
    if config.public_url.is_https() {
        return Err(refused(
            "a demo is for this machine alone, and public_url is https: leave it out, or set it to http",
        ));
    }
    match &config.mail_url {
        MailUrl::File(folder) => Ok(folder),
        MailUrl::Smtp(_) => {
            Err(refused("a demo sends no mails, and mail_url is a mail server: leave it out, or set it to file:DIR"))
        }
    }
}

/// Returns the password of all accounts, and the links of people without one.
async fn make(usher: &Usher) -> Result<(Password, Vec<String>), StartError> {
    let password = hex(&random_bytes::<8>());
    let password = Password::parse(Raw::Text(password.into()))
        .map_err(|_| Error::internal("a random password is not a valid password"))?;
    let make_all = async |db| -> Result<Vec<String>, StartError> {
        let within = Usher { db, ..usher.clone() };
        if !setup::is_unused(&within).await? {
            return Err(refused(
                "a demo needs a database without users, and this one has some: set data_dir or database_url to a new one",
            ));
        }
        // Boxed: the compiler has a limit on how deep the type of a future is.
        Ok(Box::pin(play(&within, &password)).await?)
    };
    let links = usher.db.all_or_nothing(make_all).await?;
    Ok((password, links))
}

/// The text printed at the end.
fn summary(config: &Config, password: &Password, links: &[String], mails: &Path) -> String {
    let mut lines = vec![
        "The demo is ready. Keep nothing real in it.".to_owned(),
        String::new(),
        format!("Start the server, and sign in at {}", config.public_url.join("/sign-in")),
        format!("Password of every account: {}", password.expose()),
        String::new(),
    ];
    lines.extend(ACCOUNTS.iter().map(|(address, about)| format!("  {address:20} {about}")));
    lines.push(format!(
        "\nInvited, and without an account: the link makes one. The mails are in {}.\n",
        mails.display()
    ));
    for (newcomer, link) in NEWCOMERS.iter().zip(links) {
        lines.push(format!("  {:20} {}", newcomer.address, newcomer.about));
        lines.push(format!("  {:20} {link}", ""));
    }
    lines.join("\n") + "\n"
}

fn refused(why: impl Into<String>) -> StartError {
    StartError::Refused(why.into())
}
