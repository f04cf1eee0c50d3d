//! Sends mails: to a directory, or to a mail server.

mod answers;
mod encrypted;
mod file;
mod lent;
mod refusal;
mod server;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

pub use self::server::CONNECTIONS;
use self::server::Server;
use crate::config::mail_ca::MailCa;
use crate::config::mail_hello::MailHello;
use crate::config::mail_url::{MailUrl, MailUrlError};
use crate::mail::message::Composed;
use crate::outbox::delivery::SendError;
use crate::outbox::reason::Reason;

/// Sends mails. Clones share their connections.
#[derive(Clone)]
pub struct Transport(Destination);

#[derive(Clone)]
enum Destination {
    Files(PathBuf),
    Server(Arc<Server>),
}

impl Transport {
    /// Does not connect or write anything yet.
    ///
    /// # Errors
    ///
    /// When the URL requires encryption and TLS cannot be set up.
    pub fn new(url: &MailUrl, hello: &MailHello, ca: Option<&MailCa>) -> Result<Self, MailUrlError> {
        Ok(Self(match url {
            MailUrl::File(dir) => Destination::Files(dir.clone()),
            MailUrl::Smtp(url) => Destination::Server(Arc::new(Server::new(url.clone(), hello, ca)?)),
        }))
    }

    /// Removes files that a killed process left unfinished: links in them may still work.
    ///
    /// # Errors
    /// When the directory cannot be read or a file not be removed.
    pub fn remove_unfinished(&self) -> io::Result<()> {
        match &self.0 {
            Destination::Files(dir) => file::remove_unfinished(dir),
            Destination::Server(_) => Ok(()),
        }
    }

    /// Sends a mail; `Ok` when its file is on disk or the mail server has accepted it.
    ///
    /// Takes at most 60 s, plus the wait for one of the [`CONNECTIONS`]. A mail that failed may have been sent all the
    /// same: the connection can break between the server's accepting it and its answer.
    ///
    /// # Errors
    ///
    /// [`SendError::Permanent`] when the server does not know the recipient, [`SendError::Temporary`] for everything else:
    /// the connection, TLS, signing in, the sender's address, a policy, a limit, a timeout, a full disk.
    pub async fn send(&self, message: &Composed) -> Result<(), SendError> {
        match &self.0 {
            Destination::Files(dir) => file::send(dir.clone(), message).await,
            Destination::Server(server) => server.send(message).await,
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Destination::Files(dir) => write!(f, "Transport(file:{})", dir.display()),
            Destination::Server(server) => write!(f, "Transport({})", server.url),
        }
    }
}

fn temporary(reason: impl Into<Reason>) -> SendError {
    SendError::Temporary(reason.into())
}
