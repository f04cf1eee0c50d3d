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
use crate::usher::Usher;

/// The actor leaves an org.
///
/// # Errors
/// [`Error::NoMember`], [`Error::LastAdministrator`].
pub async fn leave(usher: &Usher, actor: &Actor, org_id: i64) -> Result<(), Error> {
    actor.write_and_mail(usher, Leave { actor: actor.clone(), org_id, now: usher.now() }).await
}

/// Puts a member out of an org, with what they were granted there.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NoMember`], [`Error::LastAdministrator`].
pub async fn put_out(usher: &Usher, actor: &Actor, org_id: i64, user_id: i64) -> Result<(), Error> {
    actor.write_and_mail(usher, PutOut { actor: actor.clone(), org_id, user_id, now: usher.now() }).await
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
    let before = store::org_members::administrators(txn, org_id, now).await?;
    let done = change.await?;
    let after = store::org_members::administrators(txn, org_id, now).await?;
    let loses = (before.any_active && !after.any_active) || (before.any_lasting && !after.any_lasting);
    if loses { Err(Error::LastAdministrator) } else { Ok(done) }
}

async fn end_but_last(txn: &impl ConnectionTrait, org_id: i64, user_id: i64, now: Timestamp) -> Result<(), Error> {
    if !store::org_members::is_member(txn, org_id, user_id, now).await? {
        return Err(Error::NoMember);
    }
    keeping_an_administrator(txn, org_id, now, end(txn, org_id, user_id, now)).await.map(drop)
}

#[derive(Clone, Debug)]
struct Leave {
    actor: Actor,
    org_id: i64,
    now: Timestamp,
}

impl Operation for Leave {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        end_but_last(txn, self.org_id, self.actor.user_id, self.now).await?;
        audit::record_in_org(txn, &self.actor, Action::MemberLeft, Some(self.org_id), About::nothing(), self.now).await
    }
}

#[derive(Clone, Debug)]
struct PutOut {
    actor: Actor,
    org_id: i64,
    user_id: i64,
    now: Timestamp,
}

impl Operation for PutOut {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let org_id = Some(self.org_id);
        rights::of_actor(txn, &self.actor, self.now).await?.need(SystemPermission::UserWrite, org_id)?;
        let member = store::org_members::find(txn, self.org_id, self.user_id, self.now).await?;
        let member = member.ok_or(Error::NoMember)?;
        end_but_last(txn, self.org_id, self.user_id, self.now).await?;
        told::tell_of_org(txn, &self.actor, told::Deed::Removed, self.user_id, org_id, self.now).await?;
        audit::record_in_org(txn, &self.actor, Action::MemberRemoved, org_id, Some(member.name), self.now).await
    }
}
