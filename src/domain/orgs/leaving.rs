//! Going out of an org, or being put out, as pages do it: an org keeps an administrator.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::members::end;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::audit::{self, About};
use crate::domain::rights::{self, SystemPermission};
use crate::domain::{actor::Actor, told};
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::store;
use crate::store::members::Membership;
use crate::store::orgs::Org;
use crate::usher::Usher;

/// The actor leaves an org.
///
/// # Errors
/// [`Error::NoMember`], [`Error::LastAdministrator`].
pub async fn leave(usher: &Usher, actor: &Actor, org: &Org) -> Result<(), Error> {
    actor.write_and_mail(usher, Leave { actor: actor.clone(), org: org.clone(), now: usher.now() }).await
}

/// Puts a member out of an org, with what they were granted there.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NoMember`], [`Error::LastAdministrator`].
pub async fn put_out(usher: &Usher, actor: &Actor, org: &Org, user_id: i64) -> Result<(), Error> {
    actor.write_and_mail(usher, PutOut { actor: actor.clone(), org: org.clone(), user_id, now: usher.now() }).await
}

/// Does something that may not take an org's last administrator away, now or when a membership or account ends by itself.
/// One that had none before needs none after.
///
/// # Errors
/// [`Error::LastAdministrator`].
pub(crate) async fn keeping_an_administrator<T>(
    txn: &impl ConnectionTrait,
    org_id: i64,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::orgs::administrators(txn, org_id, now).await?;
    let done = change.await?;
    let after = store::orgs::administrators(txn, org_id, now).await?;
    let loses = (before.any_active && !after.any_active) || (before.any_lasting && !after.any_lasting);
    if loses { Err(Error::LastAdministrator) } else { Ok(done) }
}

async fn end_but_last(txn: &impl ConnectionTrait, org: &Org, member: &Membership, now: Timestamp) -> Result<(), Error> {
    keeping_an_administrator(txn, org.id, now, end(txn, org, member, now)).await
}

#[derive(Clone, Debug)]
struct Leave {
    actor: Actor,
    org: Org,
    now: Timestamp,
}

impl Operation for Leave {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (place, now) = (self.org.place(), self.now);
        let member = store::members::of_user(txn, place.id, self.actor.user_id, now).await?.ok_or(Error::NoMember)?;
        end_but_last(txn, &self.org, &member, now).await?;
        audit::record(txn, &self.actor, Action::MemberLeft, &place, About::nothing(), now).await
    }
}

#[derive(Clone, Debug)]
struct PutOut {
    actor: Actor,
    org: Org,
    user_id: i64,
    now: Timestamp,
}

impl Operation for PutOut {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (place, now) = (self.org.place(), self.now);
        rights::of_actor(txn, &self.actor, now).await?.need(SystemPermission::UserWrite, Some(self.org.id))?;
        let member = store::members::of_user(txn, place.id, self.user_id, now).await?.ok_or(Error::NoMember)?;
        end_but_last(txn, &self.org, &member, now).await?;
        told::tell(txn, &self.actor, told::Deed::Removed, self.user_id, Some(place.id), now).await?;
        audit::record(txn, &self.actor, Action::MemberRemoved, &place, Some(member.name), now).await
    }
}
