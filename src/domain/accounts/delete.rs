//! Ending an account. No environment vanishes for those who remain in it.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, Where};
use crate::domain::environments::delete::remove;
use crate::domain::environments::keys::give_to_owner;
use crate::domain::places::Level;
use crate::domain::users::safeguards::keeping_a_superuser;
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::ids::UserId;
use crate::keys::Keys;
use crate::store;
use crate::store::environments::{Legacy, WithKeys};
use crate::store::members::Membership;
use crate::usher::Usher;

/// Ends an account, for a superuser. What it owns passes to the administrator who joined first, else to the
/// member who joined first; what nobody else is in goes with it.
///
/// # Errors
/// [`Error::SuperuserRequired`], [`Error::NotFound`]; [`Error::LastAdministrator`], [`Error::NoHeir`],
/// [`Error::LastSuperuser`].
pub async fn delete_user(usher: &Usher, actor: &Actor, user_id: UserId) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), user_id, keys: usher.keys.clone(), now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    user_id: UserId,
    keys: Keys,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        if !store::users::is_superuser(txn, self.actor.user_id).await? {
            return Err(Error::SuperuserRequired);
        }
        let user = store::users::find(txn, self.user_id).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
        end_account(txn, &self.keys, &self.actor, user, Unowned::Refused, self.now).await
    }
}

/// Environments that have other members of whom nobody could own them: all are deactivated, or have yet to prove their
/// mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unowned {
    /// The account stays.
    Refused,
    /// They go with the account.
    Deleted,
}

/// The one way in which an account ends: its open invitations are revoked, its environments pass on, and
/// everything else that belongs to it alone goes with it. A superuser stays, and nobody is left behind in an org without
/// an administrator, or in an environment that nobody can own.
///
/// # Errors
/// [`Error::LastAdministrator`], [`Error::NoHeir`], [`Error::LastSuperuser`].
pub(crate) async fn end_account(
    txn: &impl ConnectionTrait,
    keys: &Keys,
    actor: &Actor,
    user: Model,
    unowned: Unowned,
    now: Timestamp,
) -> Result<(), Error> {
    if !store::people::left_to_nobody(txn, user.id, now).await?.is_empty() {
        return Err(Error::LastAdministrator);
    }
    keeping_a_superuser(txn, now, end(txn, keys, actor, user, unowned, now)).await
}

async fn end(
    txn: &impl ConnectionTrait,
    keys: &Keys,
    actor: &Actor,
    user: Model,
    unowned: Unowned,
    now: Timestamp,
) -> Result<(), Error> {
    store::invitations::revoke_of_user(txn, user.id, now).await?;
    let estate = Estate { actor, keys, user_id: user.id, unowned, now };
    for legacy in store::environments::legacies(txn, user.id, now).await? {
        estate.pass_on(txn, &legacy).await?;
    }
    for keys in store::cloud_keys::of_user(txn, user.id).await? {
        store::cloud_keys::remove_unused(txn, keys.id).await?;
    }
    store::users::delete(txn, user.id).await?;
    audit::record(txn, actor, Action::UserDeleted, audit::Where::NOWHERE, Some(user.full_name), now).await
}

/// What an account that ends leaves to others.
struct Estate<'a> {
    actor: &'a Actor,
    keys: &'a Keys,
    user_id: UserId,
    unowned: Unowned,
    now: Timestamp,
}

impl Estate<'_> {
    async fn pass_on(&self, txn: &impl ConnectionTrait, legacy: &Legacy) -> Result<(), Error> {
        let new_owner_id = if legacy.owner_id == self.user_id {
            let heir = match legacy.heir_membership_id {
                Some(id) => store::members::find(txn, id, self.now).await?,
                None => None,
            };
            let Some(heir) = heir else {
                if legacy.has_others && self.unowned == Unowned::Refused {
                    return Err(Error::NoHeir(legacy.name.clone()));
                }
                remove(txn, legacy.place_id, legacy.cloud_keys_id, self.now).await?;
                let (place, subject) = (Where::environment(legacy.place_id), Some(legacy.name.clone()));
                return audit::record(txn, self.actor, Action::PlaceDeleted, place, subject, self.now).await;
            };
            self.crown(txn, legacy, &heir).await?;
            heir.user_id
        } else {
            legacy.owner_id
        };
        let environment = WithKeys { id: legacy.id, owner_id: new_owner_id, cloud_keys_id: legacy.cloud_keys_id };
        give_to_owner(txn, self.keys, &environment, self.now).await
    }

    async fn crown(&self, txn: &impl ConnectionTrait, legacy: &Legacy, heir: &Membership) -> Result<(), Error> {
        store::members::set_level(txn, heir.id, Level::Administrator).await?;
        store::environments::set_owner(txn, legacy.id, heir.user_id, self.now).await?;
        let (place, subject) = (Where::environment(legacy.place_id), Some(heir.name.clone()));
        audit::record(txn, self.actor, Action::PlaceHandedOver, place, subject, self.now).await
    }
}
