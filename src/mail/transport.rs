//! The ways a mail leaves: as a file in a directory, or to a mail server.

mod encrypted;
mod file;
mod refusal;
mod server;

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use lettre::Message;

pub use self::server::CONNECTIONS;
use self::server::Server;
use crate::config::mail_url::{MailUrl, MailUrlError};
use crate::outbox::delivery::SendError;
use crate::outbox::reason::Reason;

/// Sends mails. Clones share their connections.
#[derive(Clone)]
pub struct Transport(Way);

#[derive(Clone)]
enum Way {
    Files(PathBuf),
    Server(Arc<Server>),
}

impl Transport {
    /// Connects to nothing and writes nothing yet.
    ///
    /// # Errors
    ///
    /// When the URL asks for encryption and TLS cannot be set up.
    pub fn new(url: &MailUrl) -> Result<Self, MailUrlError> {
        Ok(Self(match url {
            MailUrl::File(dir) => Way::Files(dir.clone()),
            MailUrl::Smtp(url) => Way::Server(Arc::new(Server::new(url.clone())?)),
        }))
    }

    /// Removes what a process left that was killed while it wrote a mail: links in it may still work.
    ///
    /// # Errors
    /// When the directory of the mails cannot be read or a file not be removed.
    pub fn remove_unfinished(&self) -> io::Result<()> {
        match &self.0 {
            Way::Files(dir) => file::remove_unfinished(dir),
            Way::Server(_) => Ok(()),
        }
    }

    /// Sends a mail; `Ok` when its file is on the disk or the mail server has taken it over.
    ///
    /// Takes at most 60 s, beside the wait for one of the [`CONNECTIONS`]. A mail that was answered with an error may
    /// have left all the same: a connection can break between the server's taking and its saying so.
    ///
    /// # Errors
    ///
    /// [`SendError::Permanent`] when the server refuses the recipient or the content (5yz), [`SendError::Temporary`] for
    /// everything else: the connection, TLS, signing in, the sender's address, 4yz, time running out, a full disk.
    pub async fn send(&self, message: &Message) -> Result<(), SendError> {
        match &self.0 {
            Way::Files(dir) => file::send(dir.clone(), message).await,
            Way::Server(server) => server.send(message).await,
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Way::Files(dir) => write!(f, "Transport(file:{})", dir.display()),
            Way::Server(server) => write!(f, "Transport({})", server.url),
        }
    }
}

fn temporary(reason: impl Into<Reason>) -> SendError {
    SendError::Temporary(reason.into())
}
