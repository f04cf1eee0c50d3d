//! Deactivates and reactivates users. Sessions are checked on every use, so it applies at once.

use std::time::Duration;

use sea_orm::DatabaseTransaction;

use super::{ending, writing};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::safeguards::{check_is_another, keeping_a_superuser};
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::Error;
use crate::store;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// The only definition of "deactivated". `store::is_active` says the same in SQL.
pub fn is_deactivated(deactivated_at: Option<Timestamp>, now: Timestamp) -> bool {
    deactivated_at.is_some_and(|at| at <= now)
}

/// Deactivates a user, `after` from now. The installation keeps a superuser.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], `AccessError::LastSuperuser`.
pub async fn deactivate(usher: &Usher, actor: &Actor, uid: &str, after: Duration) -> Result<Model, Error> {
    let now = usher.now();
    set(usher, actor, uid, Some(now.plus(after)), Action::UserDeactivated, now).await
}

/// [`deactivate`] at once, for pages: nobody deactivates themselves.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], `AccountError::Own`, `AccessError::LastSuperuser`.
pub async fn deactivate_another(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    actor.write(usher, DeactivateAnother { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

/// Reactivates a user; unexpired sessions work again.
///
/// # Errors
/// As [`deactivate`].
pub async fn activate(usher: &Usher, actor: &Actor, uid: &str) -> Result<Model, Error> {
    set(usher, actor, uid, None, Action::UserActivated, usher.now()).await
}

async fn set(
    usher: &Usher,
    actor: &Actor,
    uid: &str,
    deactivated_at: Option<Timestamp>,
    action: Action,
    now: Timestamp,
) -> Result<Model, Error> {
    let operation = SetDeactivated { actor: actor.clone(), uid: uid.to_owned(), deactivated_at, action, now };
    actor.write(usher, operation).await
}

#[derive(Clone, Debug)]
struct SetDeactivated {
    actor: Actor,
    uid: String,
    deactivated_at: Option<Timestamp>,
    action: Action,
    now: Timestamp,
}

impl Operation for SetDeactivated {
    type Output = Model;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        ending(txn, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Model, Error> {
        let user = writing(txn, &self.actor, &self.uid, self.now).await?;
        let change = store::users::set_deactivated(txn, user.id, self.deactivated_at, self.now);
        keeping_a_superuser(txn, self.now, change).await?;
        if self.deactivated_at.is_some() {
            store::seen::lose_all(txn, user.id, self.now).await?;
        }
        audit::record(
            txn,
            &self.actor,
            self.action,
            audit::Where::NOWHERE,
            audit::About::user(user.full_name.as_str(), user.id),
            self.now,
        )
        .await?;
        Ok(Model { deactivated_at: self.deactivated_at, updated_at: self.now, ..user })
    }
}

#[derive(Clone, Debug)]
struct DeactivateAnother {
    actor: Actor,
    uid: String,
    now: Timestamp,
}

impl Operation for DeactivateAnother {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        ending(txn, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user = writing(txn, &self.actor, &self.uid, self.now).await?;
        check_is_another(&self.actor, user.id)?;
        let change = store::users::set_deactivated(txn, user.id, Some(self.now), self.now);
        keeping_a_superuser(txn, self.now, change).await?;
        store::seen::lose_all(txn, user.id, self.now).await?;
        audit::record(
            txn,
            &self.actor,
            Action::UserDeactivated,
            audit::Where::NOWHERE,
            audit::About::user(user.full_name, user.id),
            self.now,
        )
        .await
    }
}
