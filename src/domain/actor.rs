//! The signed-in user behind a request.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::repeats::{Once, Request};
use crate::error::Error;
use crate::ids::{SessionId, UserId};
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::sessions::Found;
use crate::usher::Usher;
use crate::words::Language;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip: Option<IpAddr>,
    /// The `User-Agent`.
    pub agent: Option<String>,
    /// From `Accept-Language`.
    pub language: Option<Language>,
}

/// A signed-in user. Only the request guards make one, from a live session, and whoever has just opened one.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user_id: UserId,
    pub uid: String,
    pub session_id: SessionId,
    pub full_name: String,
    pub username: Option<String>,
    pub address: String,
    /// Of the primary address.
    pub verified: bool,
    /// Whether to link to the list of users. Rights are queried again wherever they matter.
    pub reads_users: bool,
    /// Of pages, if they chose one.
    pub language: Option<Language>,
    pub ip: Option<IpAddr>,
    /// What is asked for, if that can be told from another request.
    pub request: Request,
}

impl Actor {
    pub(crate) fn of(session: Found, ip: Option<IpAddr>) -> Self {
        Self {
            user_id: session.user_id,
            uid: session.user_uid,
            session_id: session.id,
            full_name: session.full_name,
            username: session.username,
            address: session.address,
            verified: session.verified_at.is_some(),
            language: session.language,
            reads_users: session.reads_users,
            ip,
            request: Request::default(),
        }
    }

    /// Makes a change on behalf of the actor.
    ///
    /// # Errors
    /// [`Error::SignInRequired`] when the session has ended or the account was deactivated since the request began;
    /// [`Error::Repeated`] when the request was made before; else the operation's own.
    pub(crate) async fn write<O: Operation>(&self, usher: &Usher, change: O) -> Result<O::Output, Error> {
        self.request.note(usher.db.write(self.ask_for(change, usher)).await)
    }

    /// [`Self::write`] for a change that may owe a message.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub(crate) async fn write_and_mail<O: Operation>(&self, usher: &Usher, change: O) -> Result<O::Output, Error> {
        self.request.note(usher.write_and_mail(self.ask_for(change, usher)).await)
    }

    fn ask_for<O: Operation>(&self, change: O, usher: &Usher) -> AskedFor<O> {
        let once = self.request.once().cloned();
        AskedFor { user_id: self.user_id, session_id: self.session_id, now: usher.now(), once, change }
    }
}

/// An actor's change. Checks the session again in the same transaction: reading a request and hashing take time, and
/// ending a session must also stop what it has begun. Whatever ends a session holds its user's lock.
struct AskedFor<O> {
    user_id: UserId,
    session_id: SessionId,
    now: Timestamp,
    once: Option<Once>,
    change: O,
}

impl<O: Operation> Operation for AskedFor<O> {
    type Output = O::Output;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(self.change.locks(txn).await?.share(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<O::Output, Error> {
        if !store::sessions::still_opens(txn, self.user_id, self.session_id, self.now).await? {
            return Err(Error::SignInRequired);
        }
        if let Some(once) = &self.once {
            once.begin(txn, self.user_id, self.now).await?;
        }
        self.change.run(txn).await
    }
}
