//! Members of a place of any kind: promoted, demoted, removed, leaving.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access_mails;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::{Level, Place};
use crate::entity::audit_event::Action;
use crate::error::{Error, OrgError, Thing};
use crate::ids::MembershipId;
use crate::store;
use crate::store::locks::{Lock, Locks};
use crate::store::members::Membership;
use crate::usher::Usher;

/// A member whom the actor may remove, by the number in the member's path.
///
/// # Errors
/// Those of [`Place::check_manages`]; [`Error::NotFound`], org: [`OrgError::NoMember`].
pub async fn find(usher: &Usher, actor: &Actor, place: &Place, number: i64) -> Result<Membership, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    place.check_manages(db, actor.user_id, now).await?;
    place.member(db, number, now).await
}

/// Changes another member's level.
///
/// # Errors
/// As [`find`]; those of [`Place::set_level`].
pub async fn set_level(usher: &Usher, actor: &Actor, place: &Place, number: i64, level: Level) -> Result<(), Error> {
    change(usher, actor, place, number, MemberChange::SetLevel(level)).await
}

/// Removes a member.
///
/// # Errors
/// As [`find`]; those of [`Place::end`].
pub async fn remove(usher: &Usher, actor: &Actor, place: &Place, number: i64) -> Result<(), Error> {
    change(usher, actor, place, number, MemberChange::Remove).await
}

/// Checks that the actor is a member who may leave.
///
/// # Errors
/// [`Error::NotFound`]; environment: `EnvironmentError::OwnerStays`.
pub async fn check_may_leave(usher: &Usher, actor: &Actor, place: &Place) -> Result<(), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let member = store::members::of_user(db, place.id, actor.user_id, now).await?;
    place.check_may_go(db, &member.ok_or(Error::NotFound(Thing::Unnamed))?, now).await
}

/// Leaves a place.
///
/// # Errors
/// Those of [`Place::check_sees`], [`OrgError::NoMember`], and those of [`Place::end`].
pub async fn leave(usher: &Usher, actor: &Actor, place: &Place) -> Result<(), Error> {
    actor.write_and_mail(usher, Leave { actor: actor.clone(), place: place.clone(), now: usher.now() }).await
}

async fn change(usher: &Usher, actor: &Actor, place: &Place, number: i64, change: MemberChange) -> Result<(), Error> {
    let operation = ChangeMember { actor: actor.clone(), place: place.clone(), number, change, now: usher.now() };
    actor.write_and_mail(usher, operation).await
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MemberChange {
    SetLevel(Level),
    Remove,
}

#[derive(Clone, Debug)]
struct ChangeMember {
    actor: Actor,
    place: Place,
    number: i64,
    change: MemberChange,
    now: Timestamp,
}

impl Operation for ChangeMember {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let user_id = self.place.user_of(txn, self.number, self.now).await?;
        Ok(user_id.into_iter().fold(self.place.held_lock(), |locks, id| locks.hold(Lock::User(id))))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (actor, place, now) = (&self.actor, &self.place, self.now);
        place.check_manages(txn, actor.user_id, now).await?;
        let member = place.member(txn, self.number, now).await?;
        match self.change {
            MemberChange::SetLevel(level) => place.set_level(txn, actor, &member, level, now).await,
            MemberChange::Remove => {
                place.end(txn, &member, now).await?;
                access_mails::owe(txn, actor, access_mails::AccessChange::Removed, member.user_id, Some(place.id), now)
                    .await?;
                audit::record(txn, actor, Action::MemberRemoved, place, About::user(member.name, member.user_id), now)
                    .await
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Leave {
    actor: Actor,
    place: Place,
    now: Timestamp,
}

impl Operation for Leave {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(self.place.held_lock())
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (actor, place, now) = (&self.actor, &self.place, self.now);
        place.check_sees(txn, actor.user_id, now).await?;
        let member = store::members::of_user(txn, place.id, actor.user_id, now).await?.ok_or(OrgError::NoMember)?;
        place.end(txn, &member, now).await?;
        audit::record(txn, actor, Action::MemberLeft, place, About::nothing(), now).await
    }
}

/// The membership with this id, if it is in this place.
///
/// # Errors
/// [`Error::NotFound`].
pub(super) async fn of_id(
    connection: &impl ConnectionTrait,
    place: &Place,
    id: MembershipId,
    now: Timestamp,
) -> Result<Membership, Error> {
    let found = store::members::find(connection, id, now).await?;
    found.filter(|member| member.place_id == place.id).ok_or(Error::NotFound(Thing::Unnamed))
}
