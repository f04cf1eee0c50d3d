//! Assigns one permission or role to a user, in an org or globally, and revokes it.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::check_ceiling;
use crate::domain::access::rights::{self, Rights, SystemPermission, right_for};
use crate::domain::access::safeguards::{keeping_a_superuser, keeping_an_administrator};
use crate::domain::audit::{self, About};
use crate::domain::{access_mails, actor::Actor};
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::{AccessError, Error, OrgError, Thing};
use crate::ids::{AssignmentId, DefinitionId, DefinitionKind, OrgId, UserId};
use crate::store;
use crate::store::assignments::{Global, Grant};
use crate::store::audit::Details;
use crate::store::locks::{Lock, Locks};
use crate::store::orgs::Org;
use crate::usher::Usher;

#[derive(Clone, Debug)]
pub struct Assignment {
    pub user_uid: String,
    /// `None`: globally.
    pub org_uid: Option<String>,
    pub kind: DefinitionKind,
    /// Of the permission or role.
    pub uid: String,
    /// JSON: a number or a string.
    pub resource_id: Option<String>,
}

/// Assigns a permission or role. Global ones may be assigned in any org.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the user, the org, the permission or role;
/// [`AccessError::OfOtherScope`]; [`OrgError::NoMember`]; [`AccessError::AlreadyAssigned`].
pub async fn assign(usher: &Usher, actor: &Actor, assignment: Assignment) -> Result<(), Error> {
    actor
        .write_and_mail(
            usher,
            Change { actor: actor.clone(), assignment, change: AssignmentChange::Assign, now: usher.now() },
        )
        .await
}

/// Revokes a permission or role.
///
/// # Errors
/// As [`assign`]; last [`AccessError::NotAssigned`], [`OrgError::LastAdministrator`], [`AccessError::LastSuperuser`].
/// An unknown permission counts as not assigned.
pub async fn revoke(usher: &Usher, actor: &Actor, assignment: Assignment) -> Result<(), Error> {
    actor
        .write_and_mail(
            usher,
            Change { actor: actor.clone(), assignment, change: AssignmentChange::Revoke, now: usher.now() },
        )
        .await
}

/// A user and one of their global assignments, if the actor may revoke it.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the user; [`AccessError::NotAssigned`].
pub async fn find_global(
    usher: &Usher,
    actor: &Actor,
    user_uid: &str,
    id: AssignmentId,
) -> Result<(Model, Global), Error> {
    takeable(usher.db.read(), actor, user_uid, id, usher.now()).await
}

/// Revokes a global assignment for a page: nobody revokes what they could not grant. Returns the user's id.
///
/// # Errors
/// As [`find_global`]; [`AccessError::LastSuperuser`].
pub async fn take_back_global(usher: &Usher, actor: &Actor, user_uid: &str, id: AssignmentId) -> Result<UserId, Error> {
    let operation = TakeBack { actor: actor.clone(), user_uid: user_uid.to_owned(), id, now: usher.now() };
    actor.write_and_mail(usher, operation).await
}

async fn takeable(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    user_uid: &str,
    id: AssignmentId,
    now: Timestamp,
) -> Result<(Model, Global), Error> {
    let rights = rights::in_scope(connection, actor, None, now).await?;
    if !rights.hold(SystemPermission::RoleAssignmentWrite, None) {
        rights.need(SystemPermission::PermissionAssignmentWrite, None)?;
    }
    let user = store::users::by_uid(connection, user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
    let held = store::assignments::one_global(connection, user.id, id).await?;
    let held = held.ok_or(Error::NotFound(Thing::Unnamed))?;
    rights.need(right_for(held.granted.definition.kind()), None)?;
    check_ceiling(connection, &rights, None, &[held.granted.grant()]).await?;
    Ok((user, held))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AssignmentChange {
    Assign,
    Revoke,
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    assignment: Assignment,
    change: AssignmentChange,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let user = store::users::by_uid(txn, &self.assignment.user_uid).await?;
        let org = match &self.assignment.org_uid {
            Some(uid) => store::orgs::by_uid(txn, uid).await?,
            None => None,
        };
        let locks = match (org, self.change) {
            (Some(org), AssignmentChange::Assign) => org.place().shared_lock(),
            (Some(org), AssignmentChange::Revoke) => org.place().held_lock(),
            (None, AssignmentChange::Assign) => Locks::default().share(Lock::Global),
            (None, AssignmentChange::Revoke) => Locks::default().hold(Lock::Global),
        };
        // Held: two changes at once owe the user one mail.
        Ok(user.iter().fold(locks, |locks, user| locks.hold(Lock::User(user.id))))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let org = match &self.assignment.org_uid {
            Some(uid) => store::orgs::by_uid(txn, uid).await?,
            None => None,
        };
        let org_id = org.as_ref().map(|org| org.id);
        let rights = rights::in_scope(txn, &self.actor, org_id, self.now).await?;
        rights.need(right_for(self.assignment.kind), org_id)?;
        let user = store::users::by_uid(txn, &self.assignment.user_uid).await?;
        let user = user.ok_or(Error::NotFound(Thing::User))?;
        if self.assignment.org_uid.is_some() && org.is_none() {
            return Err(Error::NotFound(Thing::Org));
        }
        let definition = self.definition(txn, org_id).await?;
        if let Some(org) = &org
            && !store::members::is_member(txn, org.place_id, user.id, self.now).await?
        {
            return Err(OrgError::NoMember.into());
        }
        let definition = definition.ok_or(AccessError::NotAssigned(self.assignment.kind))?;
        let grant = Grant { definition, resource_id: self.assignment.resource_id.clone() };
        match self.change {
            AssignmentChange::Assign => self.give(txn, &rights, user.id, org_id, &grant).await?,
            AssignmentChange::Revoke => take(txn, user.id, org_id, &grant, self.now).await?,
        }
        let place = org.as_ref().map(Org::place);
        let place_id = place.as_ref().map(|place| place.id);
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Changed, user.id, place_id, self.now).await?;
        let things = audit::things(txn, std::slice::from_ref(&grant)).await?;
        let details = match self.change {
            AssignmentChange::Assign => Details { gave: things, ..Details::default() },
            AssignmentChange::Revoke => Details { took: things, ..Details::default() },
        };
        let about = About::user(user.full_name, user.id).with(details);
        audit::record(txn, &self.actor, Action::RightsChanged, place.as_ref(), about, self.now).await
    }
}

impl Change {
    /// The permission or role, if it may be assigned in this scope. `None` when revoking a permission that does not
    /// exist.
    async fn definition(
        &self,
        txn: &impl ConnectionTrait,
        org_id: Option<OrgId>,
    ) -> Result<Option<DefinitionId>, Error> {
        let Assignment { kind, uid, .. } = &self.assignment;
        let found = store::definitions::by_uid(txn, *kind, uid).await?;
        let is_lenient = *kind == DefinitionKind::Permission && self.change == AssignmentChange::Revoke;
        match found {
            Some(found) if !is_lenient && found.org_id.is_some() && found.org_id != org_id => {
                Err(AccessError::OfOtherScope(*kind, uid.clone()).into())
            }
            Some(found) => Ok(Some(found.id)),
            None if is_lenient => Ok(None),
            None => Err(Error::NotFound(Thing::Definition(*kind))),
        }
    }

    async fn give(
        &self,
        txn: &impl ConnectionTrait,
        rights: &Rights,
        user_id: UserId,
        org_id: Option<OrgId>,
        grant: &Grant,
    ) -> Result<(), Error> {
        check_ceiling(txn, rights, org_id, std::slice::from_ref(grant)).await?;
        if store::assignments::insert(txn, user_id, org_id, grant, self.now).await? {
            Ok(())
        } else {
            let Assignment { kind, uid, .. } = &self.assignment;
            Err(AccessError::AlreadyAssigned(*kind, uid.clone()).into())
        }
    }
}

/// Revokes a grant. An org keeps an administrator, the installation a superuser.
///
/// # Errors
/// [`AccessError::NotAssigned`], [`OrgError::LastAdministrator`], [`AccessError::LastSuperuser`].
async fn take(
    txn: &impl ConnectionTrait,
    user_id: UserId,
    org_id: Option<OrgId>,
    grant: &Grant,
    now: Timestamp,
) -> Result<(), Error> {
    let change = store::assignments::remove(txn, user_id, org_id, grant);
    let taken = match org_id {
        Some(org_id) => keeping_an_administrator(txn, org_id, now, change).await?,
        None => keeping_a_superuser(txn, now, change).await?,
    };
    if taken { Ok(()) } else { Err(AccessError::NotAssigned(grant.definition.kind()).into()) }
}

#[derive(Clone, Debug)]
struct TakeBack {
    actor: Actor,
    user_uid: String,
    id: AssignmentId,
    now: Timestamp,
}

impl Operation for TakeBack {
    type Output = UserId;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::Global))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let (user, held) = takeable(txn, &self.actor, &self.user_uid, self.id, self.now).await?;
        let grant = held.granted.grant();
        take(txn, user.id, None, &grant, self.now).await?;
        access_mails::owe(txn, &self.actor, access_mails::AccessChange::Changed, user.id, None, self.now).await?;
        let details = Details { took: audit::things(txn, &[grant]).await?, ..Details::default() };
        let about = About::user(user.full_name, user.id).with(details);
        audit::record(txn, &self.actor, Action::RightsChanged, audit::Where::NOWHERE, about, self.now).await?;
        Ok(user.id)
    }
}
