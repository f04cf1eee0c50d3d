//! Transfers the ownership of an environment.

use sea_orm::DatabaseTransaction;

use super::keys::give_to_owner;
use super::{held_lock, look};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::offer::Level;
use crate::domain::users::activation::is_deactivated;
use crate::domain::{access_mails, actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error, Thing};
use crate::ids::{EnvironmentId, UserId};
use crate::keys::Keys;
use crate::store;
use crate::store::Page;
use crate::store::environment_owners::{WithKeys, set_owner};
use crate::store::environments::{self as rows, Access};
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// Transfers ownership, with the keys, to another member, who becomes an administrator. The former owner stays an
/// administrator.
///
/// # Errors
/// [`Error::NotFound`], also for a user who is not a member, [`Error::NotAllowed`], [`EnvironmentError::CannotOwn`].
pub async fn hand_over(usher: &Usher, actor: &Actor, id: EnvironmentId, to_user_id: UserId) -> Result<(), Error> {
    actor
        .write_and_mail(
            usher,
            HandOver { actor: actor.clone(), id, to_user_id, keys: usher.keys.clone(), now: usher.now() },
        )
        .await
}

/// A page of the members to whom the actor may transfer ownership, after a membership's id, whose name, username or
/// address contains `search`.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn successors(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    search: &str,
    after: i64,
) -> Result<(Access, Page<store::members::Membership>), Error> {
    let access = look::access(usher, actor, id).await?;
    if !policy::is_owner(&access) {
        return Err(Error::NotAllowed);
    }
    let (db, now) = (if search.is_empty() { usher.db.read() } else { usher.db.search() }, usher.now());
    let page = store::members::page_of_successors(db, access.place_id, actor.user_id, search, after, now).await?;
    Ok((access, page))
}

/// The member to whom the actor would transfer ownership.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::CannotOwn`].
pub async fn successor(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    to_user_id: UserId,
) -> Result<(Access, store::members::Membership), Error> {
    let access = look::access(usher, actor, id).await?;
    if !policy::is_owner(&access) {
        return Err(Error::NotAllowed);
    }
    let now = usher.now();
    let successor = may_own(store::members::of_user(usher.db.read(), access.place_id, to_user_id, now).await?, now)?;
    if policy::is_owners(&access, &successor) { Err(Error::NotFound(Thing::Unnamed)) } else { Ok((access, successor)) }
}

/// Checks that a member may become owner.
fn may_own(member: Option<store::members::Membership>, now: Timestamp) -> Result<store::members::Membership, Error> {
    let member = member.ok_or(Error::NotFound(Thing::Unnamed))?;
    let may = !is_deactivated(member.deactivated_at, now) && !member.awaits_proof;
    if may { Ok(member) } else { Err(EnvironmentError::CannotOwn.into()) }
}

#[derive(Clone, Debug)]
struct HandOver {
    actor: Actor,
    id: EnvironmentId,
    to_user_id: UserId,
    keys: Keys,
    now: Timestamp,
}

impl Operation for HandOver {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(held_lock(txn, self.id).await?.share(Lock::User(self.to_user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = rows::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::seeing(access, self.id)?;
        if !policy::is_owner(&access) {
            return Err(Error::NotAllowed);
        }
        let successor = store::members::of_user(txn, access.place_id, self.to_user_id, self.now).await?;
        let successor = may_own(successor, self.now)?;
        store::members::set_level(txn, successor.id, Level::Administrator).await?;
        set_owner(txn, self.id, successor.user_id, self.now).await?;
        let handed = WithKeys { id: self.id, owner_id: successor.user_id, cloud_keys_id: access.cloud_keys_id };
        give_to_owner(txn, &self.keys, &handed, self.now).await?;
        let place = access.place();
        access_mails::owe(
            txn,
            &self.actor,
            access_mails::AccessChange::Changed,
            successor.user_id,
            Some(place.id),
            self.now,
        )
        .await?;
        audit::record(
            txn,
            &self.actor,
            Action::PlaceHandedOver,
            &place,
            audit::About::user(successor.name, successor.user_id),
            self.now,
        )
        .await
    }
}
