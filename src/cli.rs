//! The command line.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use rocket::figment::Figment;
use tracing::subscriber::{SetGlobalDefaultError, set_global_default};
use tracing_subscriber::EnvFilter;

use crate::app::{self, StartError};
use crate::clock::Clock;
use crate::config::keys;
use crate::demo::demo;
use crate::domain::accounts::setup::{GlobalRight, ReadyUser, create_user};
use crate::email_address::EmailAddress;
use crate::error::{AccountError, Error};
use crate::fetch::{Fetch, fetch};
use crate::fields::{FieldValue as _, FullName, Password, Raw, Username};
use crate::malloc;
use crate::serve;
use crate::setup_link;

/// Usher lets people in: share environments, invite people.
///
/// Configuration: Rocket.toml, then variables ROCKET_<KEY>. Without a subcommand the server starts.
#[derive(Debug, Parser)]
#[command(name = "usher", version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the server.
    Serve,
    /// Upgrade the database's schema, and exit.
    Migrate,
    /// Fill an empty installation with made-up people, environments and an org, and exit. Prints their accounts.
    /// Refused if there are users, a mail server or an https `public_url`.
    Demo,
    /// Print an environment's values for a program: from a running server, with an access token.
    ///
    /// AWS' programs read keys by it, with a line in `~/.aws/config`:
    /// `credential_process = usher fetch 3 --format aws-process`
    Fetch(Fetch),
    /// Manage users.
    #[command(subcommand)]
    User(UserCommand),
}

#[derive(Debug, Subcommand)]
enum UserCommand {
    /// Create a user with a verified address. The password is read from standard input.
    Create {
        /// The address, for signing in and for mails.
        #[arg(long)]
        email: String,
        /// 2-30 letters, digits, `_`, `-`, `.`
        #[arg(long)]
        username: Option<String>,
        /// The full name; defaults to the part of the address before the @.
        #[arg(long)]
        full_name: Option<String>,
        /// Grant every system permission globally.
        #[arg(long)]
        superuser: bool,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let command = arguments.command.unwrap_or(Command::Serve);
    if matches!(command, Command::Serve) {
        malloc::set_up();
    }
    if let Err(error) = start_log() {
        return failed(&error);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    // Asks a server, and needs nothing of this machine's configuration.
    if let Command::Fetch(wanted) = command {
        return finished(runtime.block_on(fetch(wanted)));
    }
    let figment = rocket::Config::figment();
    for line in keys::without_effect(&figment) {
        tracing::warn!("{line}");
    }
    let outcome = runtime.block_on(async {
        match command {
            Command::Serve => serve::serve(figment).await,
            Command::Migrate => migrate(&figment).await,
            Command::Demo => demo(&figment).await,
            Command::Fetch(_) => Ok(()),
            Command::User(UserCommand::Create { email, username, full_name, superuser }) => {
                create(&figment, &email, username, full_name, superuser).await
            }
        }
    });
    finished(outcome)
}

fn finished<E: std::error::Error>(outcome: Result<(), E>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// Logs to standard error, filtered by `RUST_LOG`.
///
/// Leaves out the `log` crate, which `init` would include: Rocket logs paths through it, even under our name, and paths
/// hold tokens.
fn start_log() -> Result<(), SetGlobalDefaultError> {
    let log = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,usher=info")))
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false)
        // It would report to the same place, and panic if that is a full disk.
        .log_internal_errors(false)
        .finish();
    set_global_default(log)
}

fn failed(error: &dyn std::error::Error) -> ExitCode {
    eprintln!("usher: {error}");
    ExitCode::FAILURE
}

async fn migrate(figment: &Figment) -> Result<(), StartError> {
    app::open(figment, Clock::system()).await?.db.close().await;
    Ok(())
}

async fn create(
    figment: &Figment,
    email: &str,
    username: Option<String>,
    full_name: Option<String>,
    superuser: bool,
) -> Result<(), StartError> {
    let user = ReadyUser {
        address: EmailAddress::try_from(email.trim()).map_err(|_| refused("--email", "is not an e-mail address"))?,
        username: username
            .map(|name| Username::parse(Raw::Text(name.into())))
            .transpose()
            .map_err(|_| refused("--username", "must be 2 to 30 letters, digits or the signs _ - ."))?,
        full_name: full_name
            .map(|name| FullName::parse(Raw::Text(name.into())))
            .transpose()
            .map_err(|_| refused("--full-name", "must be 1 to 100 characters"))?,
        password: read_password()?,
    };
    let right = if superuser { GlobalRight::Superuser } else { GlobalRight::None };
    let usher = app::open(figment, Clock::system()).await?;
    let created = create_user(&usher, user, right).await;
    usher.db.close().await;
    match created {
        Ok(created) => {
            if superuser {
                setup_link::remove(&usher.config);
            }
            // The user exists, whether or not this can be written.
            let _ = writeln!(std::io::stdout(), "id={} uid={}", created.id, created.uid);
            Ok(())
        }
        Err(Error::Account(AccountError::AddressTaken)) => Err(refused("--email", "belongs to another user")),
        Err(Error::Account(AccountError::UsernameTaken(_) | AccountError::UsernameReserved(_))) => {
            Err(refused("--username", "is taken or reserved"))
        }
        Err(error) => Err(error.into()),
    }
}

fn read_password() -> Result<Password, StartError> {
    if std::io::stdin().is_terminal() {
        eprintln!("Type the password, then Enter and Ctrl-D:");
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).map_err(Error::internal)?;
    // What Windows pipes may begin with a byte order mark.
    let line = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let line = line.strip_suffix('\n').unwrap_or(line);
    let line = line.strip_suffix('\r').unwrap_or(line).to_owned();
    Password::parse(Raw::Text(line.into()))
        .map_err(|_| refused("the password on standard input", "must be 8 to 64 characters on one line"))
}

fn refused(what: &str, why: &str) -> StartError {
    StartError::Refused(format!("{what} {why}"))
}
