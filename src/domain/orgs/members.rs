//! Members of an org: looked at, added without an invitation, removed, leaving.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::for_right;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::audit::{self, About};
use crate::domain::grants::{WantedGrants, check_ceiling};
use crate::domain::invitations::offer::org_target;
use crate::domain::rights::{self, SystemPermission};
use crate::domain::{actor::Actor, told};
use crate::entity::audit_event::Action;
use crate::entity::org::Model;
use crate::error::{Error, Thing};
use crate::store;
use crate::store::Page;
use crate::store::assignments::{EffectivePermission, InOrg};
use crate::store::audit::Details;
use crate::store::org_members::{Admitted, Wanted};
use crate::usher::Usher;

/// A part of the members of an org that are looked for, after a membership's id, and what they were granted there.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn page(
    usher: &Usher,
    actor: &Actor,
    org_id: i64,
    wanted: Wanted<'_>,
    after: i64,
) -> Result<(Page<Admitted>, Vec<InOrg>), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::of_actor(db, actor, now).await?.need(SystemPermission::UserRead, Some(org_id))?;
    let page = store::org_members::page(db, org_id, now, wanted, after).await?;
    let held = match (page.rows.first(), page.rows.last()) {
        (Some(first), Some(last)) => store::assignments::in_org(db, org_id, first.member.id, last.member.id).await?,
        _ => Vec::new(),
    };
    Ok((page, held))
}

/// What the actor was granted in an org, and the names of the permissions that follow from it.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, org: &Model) -> Result<(Vec<InOrg>, Vec<EffectivePermission>), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let Some(member) = store::org_members::find(db, org.id, actor.user_id, now).await? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let held = store::assignments::in_org(db, org.id, member.id, member.id).await?;
    let mut permissions = store::assignments::permissions_of(db, actor.user_id, now).await?;
    permissions.retain(|permission| permission.org_uid.as_ref() == Some(&org.uid));
    Ok((held, permissions))
}

/// Who is to be put into which org, with what, for how long.
#[derive(Clone, Debug)]
pub struct Add {
    pub org_uid: String,
    pub user_uid: String,
    pub grants: WantedGrants,
    /// `None`: without an end.
    pub life: Option<Duration>,
}

/// Puts a user into an org without asking them.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the org, of the user;
/// [`Error::AlreadyMember`]; what [`WantedGrants::resolve`] says.
pub async fn add(usher: &Usher, actor: &Actor, add: Add) -> Result<(), Error> {
    actor.write_and_mail(usher, AddMember { actor: actor.clone(), add, now: usher.now() }).await
}

/// Puts a member out of an org, with what they were granted there.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the org, of the user; [`Error::NoMember`].
pub async fn remove(usher: &Usher, actor: &Actor, org_uid: &str, user_uid: &str) -> Result<(), Error> {
    let operation = RemoveMember {
        actor: actor.clone(),
        org_uid: org_uid.to_owned(),
        user_uid: user_uid.to_owned(),
        now: usher.now(),
    };
    actor.write_and_mail(usher, operation).await
}

/// Ends a membership with its assignments and the open invitations that its holder sent.
pub(crate) async fn end(txn: &impl ConnectionTrait, org_id: i64, user_id: i64, now: Timestamp) -> Result<bool, Error> {
    if !store::org_members::remove(txn, org_id, user_id).await? {
        return Ok(false);
    }
    store::assignments::remove_all_of_member(txn, org_id, user_id).await?;
    store::invitations::revoke_of_inviter(txn, org_target(org_id), user_id, now).await?;
    Ok(true)
}

#[derive(Clone, Debug)]
struct AddMember {
    actor: Actor,
    add: Add,
    now: Timestamp,
}

impl Operation for AddMember {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let rights = rights::of_actor(txn, &self.actor, now).await?;
        let org = store::orgs::by_uid(txn, &self.add.org_uid).await?;
        let org_id = org.as_ref().map(|org| org.id);
        rights.need(SystemPermission::UserWrite, org_id)?;
        self.add.grants.need_rights(&rights, org_id)?;
        let org = org.ok_or(Error::NotFound(Thing::Org))?;
        let user = store::users::by_uid(txn, &self.add.user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
        store::org_members::clear_ended(txn, org.id, user.id, now).await?;
        if store::org_members::is_member(txn, org.id, user.id, now).await? {
            return Err(Error::AlreadyMember);
        }
        let grants = self.add.grants.resolve(txn, org.id).await?;
        check_ceiling(txn, &rights, Some(org.id), &grants).await?;
        let id = store::members::next_id(txn).await?;
        let expires_at = self.add.life.map(|life| now.plus(life));
        if !store::org_members::insert(txn, id, org.id, user.id, now, expires_at, Some(&self.actor.full_name)).await? {
            return Err(Error::AlreadyMember);
        }
        for grant in &grants {
            store::assignments::insert(txn, user.id, Some(org.id), grant, now).await?;
        }
        told::tell_of_org(txn, &self.actor, told::Deed::Added, user.id, Some(org.id), now).await?;
        let details = Details { gave: audit::things(txn, &grants).await?, ..Details::default() };
        let about = About::of(user.full_name).with(details);
        audit::record_in_org(txn, &self.actor, Action::MemberAdded, Some(org.id), about, now).await
    }
}

#[derive(Clone, Debug)]
struct RemoveMember {
    actor: Actor,
    org_uid: String,
    user_uid: String,
    now: Timestamp,
}

impl Operation for RemoveMember {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let rights = rights::of_actor(txn, &self.actor, now).await?;
        let org = for_right(txn, &rights, SystemPermission::UserWrite, &self.org_uid).await?;
        let user = store::users::by_uid(txn, &self.user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
        if !store::org_members::is_member(txn, org.id, user.id, now).await? || !end(txn, org.id, user.id, now).await? {
            return Err(Error::NoMember);
        }
        told::tell_of_org(txn, &self.actor, told::Deed::Removed, user.id, Some(org.id), now).await?;
        let subject = Some(user.full_name);
        audit::record_in_org(txn, &self.actor, Action::MemberRemoved, Some(org.id), subject, now).await
    }
}
