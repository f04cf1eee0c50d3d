//! A user's own profile.

use sea_orm::DatabaseTransaction;

use super::usernames::refuse_reserved;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error};
use crate::fields::{FullName, Username};
use crate::ids::UserId;
use crate::store;
use crate::store::Page;
use crate::store::locks::{Lock, Locks};
use crate::store::users::Listed;
use crate::usher::Usher;
use crate::words::Language;

/// The actor, as MyCRT's clients see a user.
///
/// # Errors
/// [`Error::SignInRequired`] when the account was just deleted.
pub async fn me(usher: &Usher, user_id: UserId) -> Result<Listed, Error> {
    store::users::listed(usher.db.read(), user_id).await?.ok_or(Error::SignInRequired)
}

/// A part of all users, after a user's id, for a superuser.
///
/// # Errors
/// [`Error::SuperuserRequired`].
pub async fn part_of_users(usher: &Usher, actor: &Actor, after: i64) -> Result<Page<Listed>, Error> {
    let db = usher.db.read();
    if !store::superusers::is_superuser(db, actor.user_id).await? {
        return Err(Error::SuperuserRequired);
    }
    store::users::part(usher.db.search(), after).await
}

/// Changes the actor's full name, and the username if one is given.
///
/// # Errors
/// [`AccountError::UsernamesOff`], [`AccountError::UsernameReserved`], [`AccountError::UsernameTaken`].
pub async fn change(
    usher: &Usher,
    actor: &Actor,
    full_name: FullName,
    username: Option<Username>,
) -> Result<(), Error> {
    let username = username.filter(|username| actor.username.as_deref() != Some(username.as_str()));
    if username.is_some() && !usher.config.usernames_enabled {
        return Err(AccountError::UsernamesOff.into());
    }
    refuse_reserved(username.as_ref())?;
    let (full_name, username) = (full_name.into(), username.map(String::from));
    actor.write(usher, Change { actor: actor.clone(), full_name, username, now: usher.now() }).await
}

/// Sets the language of the actor's pages and mails; `None`: pages follow the browser.
///
/// # Errors
/// When the database cannot be written.
pub async fn choose_language(usher: &Usher, actor: &Actor, language: Option<Language>) -> Result<(), Error> {
    actor.write(usher, ChooseLanguage { user_id: actor.user_id, language, now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct ChooseLanguage {
    user_id: UserId,
    language: Option<Language>,
    now: Timestamp,
}

impl Operation for ChooseLanguage {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        store::users::set_language(txn, self.user_id, self.language, self.now).await
    }
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    full_name: String,
    username: Option<String>,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (user_id, now) = (self.actor.user_id, self.now);
        store::users::rename(txn, user_id, &self.full_name, now).await?;
        let Some(username) = &self.username else { return Ok(()) };
        store::users::set_username(txn, user_id, username, now).await?;
        audit::record(txn, &self.actor, Action::UsernameChanged, audit::Where::NOWHERE, Some(username.clone()), now)
            .await
    }
}
