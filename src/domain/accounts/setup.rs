//! The first superuser, and users created on the command line.
//!
//! While there is no superuser, a one-time link leads to the page that creates the first. Its token derives from a
//! number that the database keeps until the link is used, so that all processes of an installation know the same link,
//! but a copy of the database alone does not give it away.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use super::sign_up::NewAccount;
use super::usernames::refuse_reserved;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Client;
use crate::domain::audit::{self, About, By, Where};
use crate::domain::sessions::{Opened, browser_session};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::fields::{FullName, Password, Username};
use crate::ids::{UserId, hex, random_bytes};
use crate::keys::{Purpose, same};
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::sessions::NewSession;
use crate::usher::Usher;

const FACT: &str = "setup";

/// The token of the set-up link, while there is no superuser.
///
/// # Errors
/// When the database cannot be used.
pub async fn token(usher: &Usher) -> Result<Option<String>, Error> {
    if is_done(usher).await? {
        return Ok(None);
    }
    let number = usher.db.write(KeepNumber { fresh: hex(&random_bytes::<16>()) }).await?;
    Ok(Some(derived(usher, &number)))
}

fn derived(usher: &Usher, number: &str) -> String {
    usher.keys.derived_token(Purpose::Link, &[b"setup", number.as_bytes()])
}

/// Checks that a set-up link works.
///
/// # Errors
/// [`Error::LinkUnknown`].
pub async fn look(usher: &Usher, token: &str) -> Result<(), Error> {
    let number = store::installation::find(usher.db.read(), FACT).await?.ok_or(Error::LinkUnknown)?;
    if same(&derived(usher, &number), token) { Ok(()) } else { Err(Error::LinkUnknown) }
}

/// Whether somebody administers the installation.
///
/// # Errors
/// When the database cannot be used.
pub async fn is_done(usher: &Usher) -> Result<bool, Error> {
    store::superusers::any(usher.db.read()).await
}

/// Whether there are no accounts yet.
///
/// # Errors
/// When the database cannot be used.
pub async fn is_unused(usher: &Usher) -> Result<bool, Error> {
    Ok(!store::users::any(usher.db.read()).await?)
}

/// A user who needs no verification.
#[derive(Clone, Debug)]
pub struct ReadyUser {
    pub username: Option<Username>,
    pub full_name: Option<FullName>,
    pub address: EmailAddress,
    pub password: Password,
}

impl ReadyUser {
    async fn account(self, usher: &Usher, now: Timestamp) -> Result<NewAccount, Error> {
        refuse_reserved(self.username.as_ref())?;
        let password_hash = usher.passwords.hash(self.password.secret()).await?;
        let (username, full_name) = (self.username, self.full_name);
        Ok(NewAccount::ready_made(username, full_name, self.address, password_hash, Some(now), now))
    }
}

/// Creates the first superuser by the set-up link, invalidates it, and signs in.
///
/// # Errors
/// [`Error::LinkUnknown`], `AccountError::AddressTaken`, `AccountError::UsernameTaken`,
/// `AccountError::UsernameReserved`.
pub async fn first_superuser(usher: &Usher, token: &str, user: ReadyUser, client: &Client) -> Result<Opened, Error> {
    look(usher, token).await?;
    let now = usher.now();
    let account = user.account(usher, now).await?;
    let (secret, session) = browser_session(&usher.keys, client, now);
    let user_id = usher.db.write(MakeFirst { account, session, ip: client.ip, now }).await?;
    Ok(Opened { secret, user_id })
}

/// A user created on the command line.
#[derive(Clone, Debug)]
pub struct Created {
    pub id: UserId,
    pub uid: String,
}

/// Creates an active user with a verified address, optionally a superuser.
///
/// # Errors
/// `AccountError::AddressTaken`, `AccountError::UsernameTaken`, `AccountError::UsernameReserved`.
pub async fn create_user(usher: &Usher, user: ReadyUser, right: GlobalRight) -> Result<Created, Error> {
    let now = usher.now();
    let account = user.account(usher, now).await?;
    let uid = account.user.uid.clone();
    let id = usher.db.write(Make { account, right, now }).await?;
    Ok(Created { id, uid })
}

/// The global rights of a user created on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalRight {
    None,
    /// Every system permission.
    Superuser,
}

#[derive(Clone, Debug)]
struct KeepNumber {
    fresh: String,
}

impl Operation for KeepNumber {
    type Output = String;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<String, Error> {
        store::installation::keep(txn, FACT, &self.fresh).await?;
        let number = store::installation::find(txn, FACT).await?;
        number.ok_or_else(|| Error::internal("the number of the set-up link was not stored"))
    }
}

#[derive(Clone, Debug)]
struct MakeFirst {
    account: NewAccount,
    session: NewSession,
    ip: Option<IpAddr>,
    now: Timestamp,
}

impl Operation for MakeFirst {
    type Output = UserId;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        if !store::installation::forget(txn, FACT).await? || store::superusers::any(txn).await? {
            return Err(Error::LinkUnknown);
        }
        let user_id = self.account.insert_by_owner(txn, self.ip).await?;
        store::assignments::grant_all_system(txn, user_id, self.now).await?;
        let name = &self.account.user.full_name;
        let (by, about) = (By { user_id: Some(user_id), name, ip: self.ip }, About::user(name, user_id));
        audit::record(txn, by, Action::SuperuserMade, Where::NOWHERE, about, self.now).await?;
        store::sessions::insert(txn, user_id, self.session.clone()).await?;
        Ok(user_id)
    }
}

#[derive(Clone, Debug)]
struct Make {
    account: NewAccount,
    right: GlobalRight,
    now: Timestamp,
}

impl Operation for Make {
    type Output = UserId;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let user_id = self.account.insert(txn).await?;
        // By whoever has the command line.
        let (by, about) = (By::somebody(None), About::user(&self.account.user.full_name, user_id));
        audit::record(txn, by, Action::UserCreated, Where::NOWHERE, about.clone(), self.now).await?;
        if self.right == GlobalRight::Superuser {
            store::assignments::grant_all_system(txn, user_id, self.now).await?;
            audit::record(txn, by, Action::SuperuserMade, Where::NOWHERE, about, self.now).await?;
            store::installation::forget(txn, FACT).await?;
        }
        Ok(user_id)
    }
}
