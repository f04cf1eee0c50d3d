//! Deletes accounts: one's own or somebody else's.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{ending, writing};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::access::safeguards::check_is_another;
use crate::domain::accounts::delete::{Unowned, end_account, hold_places};
use crate::domain::actor::Actor;
use crate::domain::offer::Kind;
use crate::entity::user::Model;
use crate::error::{Error, OrgError, Thing};
use crate::ids::OrgId;
use crate::keys::Keys;
use crate::store;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Deletes an account: by its user, by holders of the global right to write users, or by holders of that right in the
/// org where it was created, as long as the user is in no other.
///
/// # Errors
/// In this order: [`Error::NotFound`], [`Error::Forbidden`]; [`OrgError::LastAdministrator`],
/// `EnvironmentError::NoSuccessor`, `AccessError::LastSuperuser`.
pub async fn delete(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    actor
        .write(usher, Delete { actor: actor.clone(), uid: uid.to_owned(), keys: usher.keys.clone(), now: usher.now() })
        .await
}

/// Deletes somebody else's account on a page: a place keeps its administrator even if they are its only member.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`], `AccountError::Own`, [`OrgError::LastAdministrator`],
/// `EnvironmentError::NoSuccessor`, `AccessError::LastSuperuser`.
pub async fn delete_another(usher: &Usher, actor: &Actor, uid: &str, unowned: Unowned) -> Result<(), Error> {
    actor
        .write(
            usher,
            DeleteAnother {
                actor: actor.clone(),
                uid: uid.to_owned(),
                unowned,
                keys: usher.keys.clone(),
                now: usher.now(),
            },
        )
        .await
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    uid: String,
    keys: Keys,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        ending(txn, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user = store::users::by_uid(txn, &self.uid).await?.ok_or(Error::NotFound(Thing::User))?;
        if user.id != self.actor.user_id {
            let scope = self.scope(txn, &user).await?;
            rights::in_scope(txn, &self.actor, scope, self.now).await?.need(SystemPermission::UserWrite, scope)?;
        }
        end_account(txn, &self.keys, &self.actor, user, Unowned::Refused, self.now).await
    }
}

impl Delete {
    /// The org whose user writers may delete the account; none while the user is in another org, which would lose a
    /// member. As in Yeep, only orgs count.
    async fn scope(&self, txn: &impl ConnectionTrait, user: &Model) -> Result<Option<OrgId>, Error> {
        let Some(birth_org_id) = user.birth_org_id else { return Ok(None) };
        let orgs = store::orgs::of_users(txn, &[user.id], self.now).await?;
        Ok(orgs.iter().all(|org| org.org_id == birth_org_id).then_some(birth_org_id))
    }
}

#[derive(Clone, Debug)]
struct DeleteAnother {
    actor: Actor,
    uid: String,
    unowned: Unowned,
    keys: Keys,
    now: Timestamp,
}

impl Operation for DeleteAnother {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        ending(txn, &self.uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let user = writing(txn, &self.actor, &self.uid, self.now).await?;
        check_is_another(&self.actor, user.id)?;
        hold_places(txn, user.id).await?;
        for kind in Kind::all() {
            if !kind.left_alone(txn, user.id, self.now).await?.is_empty() {
                return Err(OrgError::LastAdministrator.into());
            }
        }
        end_account(txn, &self.keys, &self.actor, user, self.unowned, self.now).await
    }
}
