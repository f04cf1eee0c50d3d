//! Changes a member's rights in an org.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::offering::org_of;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::choices;
use crate::domain::access::grants::{RequestedGrants, check_ceiling};
use crate::domain::access::rights::{self, Rights, SystemPermission, right_for};
use crate::domain::access::safeguards::keeping_an_administrator;
use crate::domain::audit::{self, About};
use crate::domain::offer::{Level, Place};
use crate::domain::{access_mails, actor::Actor};
use crate::entity::audit_event::Action;
use crate::error::{Error, OrgError};
use crate::ids::{AssignmentId, OrgId, UserId};
use crate::store;
use crate::store::assignments::{Grant, InOrg};
use crate::store::locks::{Lock, Locks};
use crate::store::members::Membership;
use crate::store::orgs::Org;
use crate::usher::Usher;

/// A member's new rights.
#[derive(Clone, Debug)]
pub struct RightsUpdate {
    /// The org's own roles and permissions, for no single resource.
    pub grants: RequestedGrants,
    pub administrator: bool,
    /// Ids of other assignments to revoke.
    pub dropped: Vec<AssignmentId>,
}

/// Assigns a member the given roles and permissions and revokes the others, as far as the actor may grant them.
///
/// # Errors
/// [`Error::Forbidden`], [`OrgError::NoMember`], those of [`RequestedGrants::resolve`],
/// [`OrgError::LastAdministrator`].
pub async fn set_rights(
    usher: &Usher,
    actor: &Actor,
    org: &Org,
    user_id: UserId,
    update: RightsUpdate,
) -> Result<(), Error> {
    let org = org.clone();
    actor.write_and_mail(usher, SetRights { actor: actor.clone(), org, user_id, update, now: usher.now() }).await
}

/// A member with their grants in the org.
///
/// # Errors
/// [`Error::Forbidden`], [`OrgError::NoMember`].
pub async fn find(usher: &Usher, actor: &Actor, org: &Org, user_id: UserId) -> Result<(Membership, Vec<InOrg>), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::in_scope(db, actor, Some(org.id), now).await?.need(SystemPermission::UserRead, Some(org.id))?;
    let member = store::members::of_user(db, org.place_id, user_id, now).await?.ok_or(OrgError::NoMember)?;
    let held = store::assignments::in_org(db, org.id, member.id, member.id).await?;
    Ok((member, held))
}

/// Whether the rights allow revoking this assignment.
pub fn may_take(rights: &Rights, org_id: OrgId, held: &InOrg) -> bool {
    let right = right_for(held.granted.definition.kind());
    rights.hold(right, Some(org_id)) && (!held.granted.is_administration() || rights.administer(org_id))
}

#[derive(Clone, Debug)]
struct SetRights {
    actor: Actor,
    org: Org,
    user_id: UserId,
    update: RightsUpdate,
    now: Timestamp,
}

impl Operation for SetRights {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(self.org.place().held_lock().hold(Lock::User(self.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (org, org_id, place) = (Some(self.org.id), self.org.id, self.org.place());
        let rights = rights::in_scope(txn, &self.actor, org, self.now).await?;
        if !rights.hold(SystemPermission::RoleAssignmentWrite, org) {
            rights.need(SystemPermission::PermissionAssignmentWrite, org)?;
        }
        self.update.grants.need_rights(&rights, org)?;
        let member = store::members::of_user(txn, place.id, self.user_id, self.now).await?;
        let member = member.ok_or(OrgError::NoMember)?;
        let held = store::assignments::in_org(txn, org_id, member.id, member.id).await?;
        keeping_an_administrator(txn, org_id, self.now, async {
            self.set_grants(txn, &rights, &held).await?;
            self.set_administrator(txn, &rights, &member, &held).await
        })
        .await?;
        let after = store::assignments::in_org(txn, org_id, member.id, member.id).await?;
        if after == held {
            return Ok(());
        }
        access_mails::owe(
            txn,
            &self.actor,
            access_mails::AccessChange::Changed,
            self.user_id,
            Some(place.id),
            self.now,
        )
        .await?;
        let about = About::user(member.name, self.user_id).with(audit::difference(&held, &after));
        audit::record(txn, &self.actor, Action::RightsChanged, &place, about, self.now).await
    }
}

/// See [`Place::set_level`]: assigns or revokes the system role.
pub(crate) async fn set_level(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    place: &Place,
    member: &Membership,
    level: Level,
    now: Timestamp,
) -> Result<(), Error> {
    let org = org_of(txn, place).await?;
    if !rights::in_scope(txn, actor, Some(org.id), now).await?.administer(org.id) {
        return Err(Error::Forbidden);
    }
    let held = store::assignments::in_org(txn, org.id, member.id, member.id).await?;
    if held.iter().any(|held| held.granted.is_administration()) == level.is_admin() {
        return Ok(());
    }
    keeping_an_administrator(txn, org.id, now, give_administration(txn, &org, member, level.is_admin(), now)).await?;
    let after = store::assignments::in_org(txn, org.id, member.id, member.id).await?;
    access_mails::owe(txn, actor, access_mails::AccessChange::Changed, member.user_id, Some(place.id), now).await?;
    let about = About::user(member.name.as_str(), member.user_id).with(audit::difference(&held, &after));
    audit::record(txn, actor, Action::RightsChanged, place, about, now).await
}

/// Assigns or revokes the system role.
async fn give_administration(
    txn: &impl ConnectionTrait,
    org: &Org,
    member: &Membership,
    gives: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let grant = Grant::of(store::definitions::system_role(txn).await?.id);
    if gives {
        store::assignments::insert(txn, member.user_id, Some(org.id), &grant, now).await.map(drop)
    } else {
        store::assignments::remove(txn, member.user_id, Some(org.id), &grant).await.map(drop)
    }
}

impl SetRights {
    async fn set_grants(&self, txn: &impl ConnectionTrait, rights: &Rights, held: &[InOrg]) -> Result<(), Error> {
        let org = Some(self.org.id);
        let wanted = self.update.grants.resolve(txn, self.org.id).await?;
        let holds = |grant: &Grant| held.iter().any(|held| held.granted.grant() == *grant);
        let new: Vec<Grant> = wanted.iter().filter(|grant| !holds(grant)).cloned().collect();
        check_ceiling(txn, rights, org, &new).await?;
        for grant in &new {
            store::assignments::insert(txn, self.user_id, org, grant, self.now).await?;
        }
        let choices = choices::of_rights(txn, rights, org).await?;
        let choosable = choices.roles.iter().chain(&choices.permissions);
        let unchosen = choosable.map(|choice| Grant::of(choice.id));
        for grant in unchosen.filter(|grant| holds(grant) && !wanted.contains(grant)) {
            store::assignments::remove(txn, self.user_id, org, &grant).await?;
        }
        for held in
            held.iter().filter(|held| self.update.dropped.contains(&held.id) && !held.granted.is_administration())
        {
            if !may_take(rights, self.org.id, held) {
                return Err(Error::Forbidden);
            }
            store::assignments::remove(txn, self.user_id, org, &held.granted.grant()).await?;
        }
        Ok(())
    }

    /// An actor who is not an administrator leaves administrators as they are.
    async fn set_administrator(
        &self,
        txn: &impl ConnectionTrait,
        rights: &Rights,
        member: &Membership,
        held: &[InOrg],
    ) -> Result<(), Error> {
        let is = held.iter().any(|held| held.granted.is_administration());
        if !rights.administer(self.org.id) {
            return if self.update.administrator && !is { Err(Error::Forbidden) } else { Ok(()) };
        }
        if self.update.administrator == is {
            return Ok(());
        }
        give_administration(txn, &self.org, member, self.update.administrator, self.now).await
    }
}
