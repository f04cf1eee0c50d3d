//! Who asks.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::error::Error;
use crate::ids::{SessionId, UserId};
use crate::store;
use crate::store::sessions::Found;
use crate::usher::Usher;
use crate::words::Language;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip: Option<IpAddr>,
    /// What its browser calls itself.
    pub agent: Option<String>,
    /// What its browser asks for.
    pub language: Option<Language>,
}

/// A signed-in user. Made from a live session only, by the request guards.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user_id: UserId,
    pub session_id: SessionId,
    pub full_name: String,
    pub username: Option<String>,
    /// The primary address.
    pub address: String,
    /// Whether the primary address is verified.
    pub verified: bool,
    /// Whether pages lead to the list of users. What one may do is asked anew wherever it matters.
    pub reads_users: bool,
    /// Of the pages, where they chose one.
    pub language: Option<Language>,
    pub ip: Option<IpAddr>,
}

impl Actor {
    /// The user of a live session.
    pub(crate) fn of(session: Found, ip: Option<IpAddr>) -> Self {
        Self {
            user_id: session.user_id,
            session_id: session.id,
            full_name: session.full_name,
            username: session.username,
            address: session.address,
            verified: session.verified_at.is_some(),
            language: session.language,
            reads_users: session.reads_users,
            ip,
        }
    }

    /// Makes a change that the actor asks for.
    ///
    /// # Errors
    /// [`Error::SignInRequired`] when the session has ended or the account was deactivated since the request began;
    /// else the operation's own.
    pub(crate) async fn write<O: Operation>(&self, usher: &Usher, change: O) -> Result<O::Output, Error> {
        usher.db.write(self.ask_for(change, usher)).await
    }

    /// [`Self::write`] for a change that may owe somebody a message.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(crate) async fn write_and_mail<O: Operation>(&self, usher: &Usher, change: O) -> Result<O::Output, Error> {
        usher.write_and_mail(self.ask_for(change, usher)).await
    }

    fn ask_for<O: Operation>(&self, change: O, usher: &Usher) -> AskedFor<O> {
        AskedFor { user_id: self.user_id, session_id: self.session_id, now: usher.now(), change }
    }
}

/// A change that an actor asks for. The session is checked again in the change's own transaction: reading a request and
/// hashing take time, and what ends a session must end what it has begun.
struct AskedFor<O> {
    user_id: UserId,
    session_id: SessionId,
    now: Timestamp,
    change: O,
}

impl<O: Operation> Operation for AskedFor<O> {
    type Output = O::Output;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<O::Output, Error> {
        if !store::sessions::still_opens(txn, self.user_id, self.session_id, self.now).await? {
            return Err(Error::SignInRequired);
        }
        self.change.run(txn).await
    }
}
