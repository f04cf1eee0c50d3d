//! Deletes accounts. A place never vanishes for its remaining members.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::safeguards::keeping_a_superuser;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, Where};
use crate::domain::offer::Kind;
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::ids::UserId;
use crate::keys::Keys;
use crate::store;
use crate::store::locks::{self, Lock, Locks};
use crate::usher::Usher;

/// Deletes an account, for a superuser. Environments pass to the administrator who joined first, else to the member who
/// joined first; those without other members are deleted.
///
/// # Errors
/// [`Error::SuperuserRequired`], [`Error::NotFound`]; `OrgError::LastAdministrator`, `EnvironmentError::NoSuccessor`,
/// `AccessError::LastSuperuser`.
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

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::Global).hold(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        if !store::superusers::is_superuser(txn, self.actor.user_id).await? {
            return Err(Error::SuperuserRequired);
        }
        let user = store::users::find(txn, self.user_id).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
        end_account(txn, &self.keys, &self.actor, user, Unowned::Refused, self.now).await
    }
}

/// What to do with places whose other members could not own them: all are deactivated, or have yet to prove their
/// mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unowned {
    /// The account is not deleted.
    Refused,
    /// They are deleted with the account.
    Deleted,
}

/// The only way to delete an account: revokes its open invitations, passes on what it owns, and deletes everything else
/// that is its own. Fails rather than remove the last superuser, or leave members in a place that nobody administers or
/// can own.
///
/// # Errors
/// `OrgError::LastAdministrator`, `EnvironmentError::NoSuccessor`, `AccessError::LastSuperuser`.
pub(crate) async fn end_account(
    txn: &impl ConnectionTrait,
    keys: &Keys,
    actor: &Actor,
    user: Model,
    unowned: Unowned,
    now: Timestamp,
) -> Result<(), Error> {
    hold_places(txn, user.id).await?;
    for kind in Kind::all() {
        kind.check_is_not_left_alone(txn, user.id, now).await?;
    }
    let ending = Ending { actor, keys, user_id: user.id, unowned, now };
    keeping_a_superuser(txn, now, end(txn, &ending, user)).await
}

/// Holds the places that deleting an account is about, before anything of them is read. The global lock and the user's
/// are held already, so that nothing new can come.
///
/// # Errors
/// When the database cannot be used.
pub(crate) async fn hold_places(txn: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    let places = locks::places_of(txn, user_id).await?;
    let held = places.into_iter().fold(Locks::default(), |held, id| held.hold(Lock::Place(id)));
    locks::take(txn, &held).await
}

async fn end(txn: &impl ConnectionTrait, ending: &Ending<'_>, user: Model) -> Result<(), Error> {
    store::invitation_changes::revoke_of_user(txn, user.id, ending.now).await?;
    for kind in Kind::all() {
        kind.pass_on(txn, ending).await?;
    }
    store::seen::lose_all(txn, user.id, ending.now).await?;
    store::users::delete(txn, user.id).await?;
    audit::record(
        txn,
        ending.actor,
        Action::UserDeleted,
        Where::NOWHERE,
        audit::About::user(user.full_name, user.id),
        ending.now,
    )
    .await
}

/// The deletion of an account, as its places handle it.
pub(crate) struct Ending<'a> {
    pub actor: &'a Actor,
    pub keys: &'a Keys,
    pub user_id: UserId,
    pub unowned: Unowned,
    pub now: Timestamp,
}
