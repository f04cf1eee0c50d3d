//! Access tokens: named bearer tokens that users create for programs that act as them.

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::accounts::passwords::need_own;
use crate::domain::accounts::proof;
use crate::domain::sessions::bearer;
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error, Thing};
use crate::fields::{TokenLife, TokenName};
use crate::ids::{SessionId, new_uid};
use crate::keys::Purpose;
use crate::secret::Secret;
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::tokens::{Listed, NewToken};
use crate::usher::Usher;

/// Limit per user; they fit on one page.
pub const MAX_TOKENS: usize = 50;

/// The actor's access tokens, latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor) -> Result<Vec<Listed>, Error> {
    store::tokens::live(usher.db.read(), actor.user_id, usher.now()).await
}

/// # Errors
/// [`Error::NotFound`].
pub async fn look(usher: &Usher, actor: &Actor, id: SessionId) -> Result<Listed, Error> {
    let found = store::tokens::find(usher.db.read(), actor.user_id, id, usher.now()).await?;
    found.ok_or(Error::NotFound(Thing::Unnamed))
}

/// Creates an access token: the only moment at which its secret is known.
///
/// # Errors
/// [`AccountError::Unproved`], [`AccountError::OwnPasswordWrong`], [`Error::TooMany`], [`AccountError::TooManyTokens`].
pub async fn make(
    usher: &Usher,
    actor: &Actor,
    name: TokenName,
    life: TokenLife,
    password: Secret,
) -> Result<Secret, Error> {
    proof::need(usher.db.read(), actor.user_id).await?;
    need_own(usher, actor, password).await?;
    let now = usher.now();
    let expires_at = now.plus(life.0);
    let secret = bearer(&usher.keys, expires_at);
    let token = NewToken {
        uid: new_uid(now),
        name: name.into(),
        digest: usher.keys.digest(Purpose::Session, secret.expose()),
        now,
        expires_at,
    };
    actor.write(usher, Make { actor: actor.clone(), token }).await?;
    Ok(secret)
}

/// Revokes one of the actor's access tokens.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn revoke(usher: &Usher, actor: &Actor, id: SessionId) -> Result<(), Error> {
    actor.write(usher, Revoke { actor: actor.clone(), id, now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Make {
    actor: Actor,
    token: NewToken,
}

impl Operation for Make {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (user_id, now) = (self.actor.user_id, self.token.now);
        proof::need(txn, user_id).await?;
        if usize::try_from(store::tokens::count(txn, user_id, now).await?).is_ok_and(|count| count >= MAX_TOKENS) {
            return Err(AccountError::TooManyTokens.into());
        }
        store::tokens::insert(txn, user_id, self.token.clone()).await?;
        let subject = Some(self.token.name.clone());
        audit::record(txn, &self.actor, Action::TokenMade, audit::Where::NOWHERE, subject, now).await
    }
}

#[derive(Clone, Debug)]
struct Revoke {
    actor: Actor,
    id: SessionId,
    now: Timestamp,
}

impl Operation for Revoke {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user_id = self.actor.user_id;
        let token = store::tokens::find(txn, user_id, self.id, self.now).await?;
        let token = token.ok_or(Error::NotFound(Thing::Unnamed))?;
        if !store::tokens::end(txn, user_id, self.id).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        audit::record(txn, &self.actor, Action::TokenRevoked, audit::Where::NOWHERE, Some(token.name), self.now).await
    }
}
