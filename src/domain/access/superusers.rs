//! Promotes and demotes superusers; only superusers may.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::safeguards::keeping_a_superuser;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights;
use crate::domain::{access_mails, actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::{AccessError, Error, Thing};
use crate::ids::{DefinitionKind, UserId};
use crate::store;
use crate::store::assignments::Grant;
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// Promotes a user to superuser by assigning the global system role.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], [`AccessError::AlreadyAssigned`].
pub async fn make(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    actor.write_and_mail(usher, Make { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

/// Demotes a superuser: revokes the global system role and all global system permissions. What other global roles grant
/// stays. Returns the user's id.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], [`AccessError::NotAssigned`],
/// [`AccessError::LastSuperuser`].
pub async fn unmake(usher: &Usher, actor: &Actor, uid: &str) -> Result<UserId, Error> {
    actor.write_and_mail(usher, Unmake { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

async fn user(txn: &impl ConnectionTrait, actor: &Actor, uid: &str, now: Timestamp) -> Result<Model, Error> {
    if !rights::in_scope(txn, actor, None, now).await?.are_superusers() {
        return Err(Error::Forbidden);
    }
    store::users::by_uid(txn, uid).await?.ok_or(Error::NotFound(Thing::User))
}

#[derive(Clone, Debug)]
struct Make {
    actor: Actor,
    uid: String,
    now: Timestamp,
}

impl Operation for Make {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let locks = Locks::default().share(Lock::Global);
        Ok(match store::users::by_uid(txn, &self.uid).await? {
            Some(user) => locks.hold(Lock::User(user.id)),
            None => locks,
        })
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user = user(txn, &self.actor, &self.uid, self.now).await?;
        let role = store::definitions::system_role(txn).await?;
        if !store::assignments::insert(txn, user.id, None, &Grant::of(role.id), self.now).await? {
            return Err(AccessError::AlreadyAssigned(DefinitionKind::Role, role.uid).into());
        }
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Changed, user.id, None, self.now).await?;
        audit::record(
            txn,
            &self.actor,
            Action::SuperuserMade,
            audit::Where::NOWHERE,
            audit::About::user(user.full_name, user.id),
            self.now,
        )
        .await
    }
}

#[derive(Clone, Debug)]
struct Unmake {
    actor: Actor,
    uid: String,
    now: Timestamp,
}

impl Operation for Unmake {
    type Output = UserId;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let user = user(txn, &self.actor, &self.uid, self.now).await?;
        let taken = store::assignments::remove_global_system(txn, user.id);
        if !keeping_a_superuser(txn, self.now, taken).await? {
            return Err(AccessError::NotAssigned(DefinitionKind::Role).into());
        }
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Changed, user.id, None, self.now).await?;
        audit::record(
            txn,
            &self.actor,
            Action::SuperuserUnmade,
            audit::Where::NOWHERE,
            audit::About::user(user.full_name, user.id),
            self.now,
        )
        .await?;
        Ok(user.id)
    }
}
