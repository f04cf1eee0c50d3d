//! Members of an org: listed, added without an invitation, removed.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{Seen, for_right, held_lock};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::{RequestedGrants, check_ceiling};
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::audit::{self, About};
use crate::domain::offer::Level;
use crate::domain::{access_mails, actor::Actor};
use crate::entity::audit_event::Action;
use crate::error::{Error, OrgError, Thing};
use crate::store;
use crate::store::Page;
use crate::store::assignments::InOrg;
use crate::store::audit::Details;
use crate::store::locks::{Lock, Locks};
use crate::store::members::{Admitted, Membership, NewMember, Wanted};
use crate::store::orgs::Org;
use crate::store::rights::EffectivePermission;
use crate::usher::Usher;

/// A page of the members found in an org, after a membership's id, with their grants there.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn page(usher: &Usher, seen: &Seen, wanted: Wanted<'_>) -> Result<(Page<Admitted>, Vec<InOrg>), Error> {
    let (db, org) = (usher.db.read(), &seen.org);
    seen.rights.need(SystemPermission::UserRead, Some(org.id))?;
    let finding = if wanted.is_filtered() { usher.db.search() } else { db };
    let page = store::members::page(finding, org.place_id, wanted, usher.now()).await?;
    let held = match (page.rows.first(), page.rows.last()) {
        (Some(first), Some(last)) => {
            store::assignments::in_org(db, org.id, first.membership.id, last.membership.id).await?
        }
        _ => Vec::new(),
    };
    Ok((page, held))
}

/// The actor's grants in an org, and the names of the permissions they amount to.
///
/// # Errors
/// When the database cannot be read.
pub async fn mine(usher: &Usher, actor: &Actor, org: &Org) -> Result<(Vec<InOrg>, Vec<EffectivePermission>), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let Some(member) = store::members::of_user(db, org.place_id, actor.user_id, now).await? else {
        return Ok((Vec::new(), Vec::new()));
    };
    let held = store::assignments::in_org(db, org.id, member.id, member.id).await?;
    let mut permissions = store::rights::permissions_of(db, actor.user_id, now).await?;
    permissions.retain(|permission| permission.org_uid.as_ref() == Some(&org.uid));
    Ok((held, permissions))
}

/// A user to add to an org.
#[derive(Clone, Debug)]
pub struct Add {
    pub org_uid: String,
    pub user_uid: String,
    pub grants: RequestedGrants,
    /// `None`: does not expire.
    pub life: Option<Duration>,
}

/// Adds a user to an org without asking them.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the org, of the user; [`OrgError::AlreadyMember`]; those
/// of [`RequestedGrants::resolve`].
pub async fn add(usher: &Usher, actor: &Actor, add: Add) -> Result<(), Error> {
    actor.write_and_mail(usher, AddMember { actor: actor.clone(), add, now: usher.now() }).await
}

/// Removes a member from an org, with their grants there.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the org, of the user; [`OrgError::NoMember`].
pub async fn remove(usher: &Usher, actor: &Actor, org_uid: &str, user_uid: &str) -> Result<(), Error> {
    let operation = RemoveMember {
        actor: actor.clone(),
        org_uid: org_uid.to_owned(),
        user_uid: user_uid.to_owned(),
        now: usher.now(),
    };
    actor.write_and_mail(usher, operation).await
}

/// Ends a membership with its assignments and the open invitations that the member sent.
pub(crate) async fn end(
    txn: &impl ConnectionTrait,
    org: &Org,
    member: &Membership,
    now: Timestamp,
) -> Result<(), Error> {
    store::members::remove(txn, member.id).await?;
    store::assignments::remove_all_of_member(txn, org.id, member.user_id).await?;
    store::invitation_changes::revoke_of_inviter(txn, org.place_id, member.user_id, now).await
}

#[derive(Clone, Debug)]
struct AddMember {
    actor: Actor,
    add: Add,
    now: Timestamp,
}

impl Operation for AddMember {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let locks = match store::orgs::by_uid(txn, &self.add.org_uid).await? {
            Some(org) => org.place().shared_lock(),
            None => Locks::default().share(Lock::Global),
        };
        let user = store::users::by_uid(txn, &self.add.user_uid).await?;
        Ok(user.iter().fold(locks, |locks, user| locks.hold(Lock::User(user.id))))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let org = store::orgs::by_uid(txn, &self.add.org_uid).await?;
        let org_id = org.as_ref().map(|org| org.id);
        let rights = rights::in_scope(txn, &self.actor, org_id, now).await?;
        rights.need(SystemPermission::UserWrite, org_id)?;
        self.add.grants.need_rights(&rights, org_id)?;
        let org = org.ok_or(Error::NotFound(Thing::Org))?;
        let user = store::users::by_uid(txn, &self.add.user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
        org.place().clear_ended(txn, user.id, now).await?;
        if store::members::is_member(txn, org.place_id, user.id, now).await? {
            return Err(OrgError::AlreadyMember.into());
        }
        let grants = self.add.grants.resolve(txn, org.id).await?;
        check_ceiling(txn, &rights, Some(org.id), &grants).await?;
        let member = NewMember {
            id: store::members::next_id(txn).await?,
            place_id: org.place_id,
            user_id: user.id,
            level: Level::Member,
            expires_at: self.add.life.map(|life| now.plus(life)),
            let_in_by: Some(&self.actor.full_name),
            now,
        };
        if !store::members::insert(txn, member).await? {
            return Err(OrgError::AlreadyMember.into());
        }
        for grant in &grants {
            store::assignments::insert(txn, user.id, Some(org.id), grant, now).await?;
        }
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Added, user.id, Some(org.place_id), now)
            .await?;
        let details = Details { gave: audit::things(txn, &grants).await?, ..Details::default() };
        let about = About::user(user.full_name, user.id).with(details);
        audit::record(txn, &self.actor, Action::MemberAdded, &org.place(), about, now).await
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

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, &self.org_uid).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let org = for_right(txn, &self.actor, SystemPermission::UserWrite, &self.org_uid, now).await?;
        let user = store::users::by_uid(txn, &self.user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
        let member = store::members::of_user(txn, org.place_id, user.id, now).await?.ok_or(OrgError::NoMember)?;
        end(txn, &org, &member, now).await?;
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Removed, user.id, Some(org.place_id), now)
            .await?;
        audit::record(txn, &self.actor, Action::MemberRemoved, &org.place(), About::user(user.full_name, user.id), now)
            .await
    }
}
