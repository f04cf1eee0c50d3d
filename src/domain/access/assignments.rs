//! Giving one permission or role to a user, in an org or globally, and taking it back.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::check_ceiling;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::access::safeguards::{keeping_a_superuser, keeping_an_administrator};
use crate::domain::audit::{self, About};
use crate::domain::{actor::Actor, told};
use crate::entity::audit_event::Action;
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::ids::{AssignmentId, OrgId, PermissionId, UserId};
use crate::store;
use crate::store::assignments::{Global, Grant, Granted};
use crate::store::audit::Details;
use crate::store::orgs::Org;
use crate::usher::Usher;

/// A permission or a role, by its uid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    Permission(String),
    Role(String),
}

/// Who is to have what, where.
#[derive(Clone, Debug)]
pub struct Assignment {
    pub user_uid: String,
    /// `None`: globally.
    pub org_uid: Option<String>,
    pub named: Named,
    /// JSON: a number or a text.
    pub resource_id: Option<String>,
}

/// Gives. A global permission or role may be given in any org.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the user, the org, the permission or role;
/// [`Error::PermissionOfOtherScope`], [`Error::RoleOfOtherScope`]; [`Error::NoMember`];
/// [`Error::AlreadyAssigned`].
pub async fn assign(usher: &Usher, actor: &Actor, assignment: Assignment) -> Result<(), Error> {
    actor.write_and_mail(usher, Change { actor: actor.clone(), assignment, deed: Deed::Assign, now: usher.now() }).await
}

/// Takes back.
///
/// # Errors
/// As [`assign`]; [`Error::NotAssigned`], [`Error::LastAdministrator`], [`Error::LastSuperuser`] last. An unknown
/// permission is merely not assigned.
pub async fn revoke(usher: &Usher, actor: &Actor, assignment: Assignment) -> Result<(), Error> {
    actor.write_and_mail(usher, Change { actor: actor.clone(), assignment, deed: Deed::Revoke, now: usher.now() }).await
}

/// Something that a user was granted everywhere, for somebody who may take it back.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`] of the user; [`Error::NotAssigned`].
pub async fn find_global(
    usher: &Usher,
    actor: &Actor,
    user_uid: &str,
    id: AssignmentId,
) -> Result<(Model, Global), Error> {
    takeable(usher.db.read(), actor, user_uid, id, usher.now()).await
}

/// Takes something back that a user was granted everywhere, as pages do it: nobody takes what they could not
/// give. The user's id.
///
/// # Errors
/// As [`find_global`]; [`Error::LastSuperuser`].
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
    let rights = rights::of_actor(connection, actor, now).await?;
    if !rights.hold(SystemPermission::RoleAssignmentWrite, None) {
        rights.need(SystemPermission::PermissionAssignmentWrite, None)?;
    }
    let user = store::users::by_uid(connection, user_uid).await?.ok_or(Error::NotFound(Thing::User))?;
    let held = store::assignments::one_global(connection, user.id, id).await?.ok_or(Error::NotAssigned)?;
    let grant = held.grant().ok_or(Error::NotAssigned)?;
    rights.need(right_for(grant.granted), None)?;
    check_ceiling(connection, &rights, None, std::slice::from_ref(&grant)).await?;
    Ok((user, held))
}

/// What somebody must hold to give or take such a thing.
pub fn right_for(granted: Granted) -> SystemPermission {
    match granted {
        Granted::Permission(_) => SystemPermission::PermissionAssignmentWrite,
        Granted::Role(_) => SystemPermission::RoleAssignmentWrite,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Assign,
    Revoke,
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    assignment: Assignment,
    deed: Deed,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let rights = rights::of_actor(txn, &self.actor, self.now).await?;
        let org = match &self.assignment.org_uid {
            Some(uid) => store::orgs::by_uid(txn, uid).await?,
            None => None,
        };
        let org_id = org.as_ref().map(|org| org.id);
        let right = match self.assignment.named {
            Named::Permission(_) => SystemPermission::PermissionAssignmentWrite,
            Named::Role(_) => SystemPermission::RoleAssignmentWrite,
        };
        rights.need(right, org_id)?;
        let user = store::users::by_uid(txn, &self.assignment.user_uid).await?;
        let user = user.ok_or(Error::NotFound(Thing::User))?;
        if self.assignment.org_uid.is_some() && org.is_none() {
            return Err(Error::NotFound(Thing::Org));
        }
        let granted = self.granted(txn, org_id).await?;
        if let Some(org) = &org
            && !store::members::is_member(txn, org.place_id, user.id, self.now).await?
        {
            return Err(Error::NoMember);
        }
        let grant = Grant { granted, resource_id: self.assignment.resource_id.clone() };
        match self.deed {
            Deed::Assign => self.give(txn, &rights, user.id, org_id, &grant).await?,
            Deed::Revoke => take(txn, user.id, org_id, &grant, self.now).await?,
        }
        let place = org.as_ref().map(Org::place);
        let place_id = place.as_ref().map(|place| place.id);
        told::tell(txn, &self.actor, told::Deed::Changed, user.id, place_id, self.now).await?;
        let things = audit::things(txn, std::slice::from_ref(&grant)).await?;
        let details = match self.deed {
            Deed::Assign => Details { gave: things, ..Details::default() },
            Deed::Revoke => Details { took: things, ..Details::default() },
        };
        let about = About::of(user.full_name).with(details);
        audit::record(txn, &self.actor, Action::RightsChanged, place.as_ref(), about, self.now).await
    }
}

impl Change {
    /// The permission or role, if it may be given in this scope.
    async fn granted(&self, txn: &impl ConnectionTrait, org_id: Option<OrgId>) -> Result<Granted, Error> {
        match &self.assignment.named {
            Named::Permission(uid) => {
                let found = store::permissions::by_uid(txn, uid).await?;
                match (found, self.deed) {
                    (Some(found), Deed::Assign) if found.org_id.is_some() && found.org_id != org_id => {
                        Err(Error::PermissionOfOtherScope(uid.clone()))
                    }
                    (Some(found), _) => Ok(Granted::Permission(found.id)),
                    (None, Deed::Assign) => Err(Error::NotFound(Thing::Permission)),
                    // No row has this id: it is not assigned.
                    (None, Deed::Revoke) => Ok(Granted::Permission(PermissionId(-1))),
                }
            }
            Named::Role(uid) => {
                let found = store::roles::by_uid(txn, uid).await?.ok_or(Error::NotFound(Thing::Role))?;
                if found.org_id.is_some() && found.org_id != org_id {
                    return Err(Error::RoleOfOtherScope(uid.clone()));
                }
                Ok(Granted::Role(found.id))
            }
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
            Err(Error::AlreadyAssigned)
        }
    }
}

/// Takes something back, in an org or globally: an org keeps an administrator, the installation a superuser.
///
/// # Errors
/// [`Error::NotAssigned`], [`Error::LastAdministrator`], [`Error::LastSuperuser`].
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
    if taken { Ok(()) } else { Err(Error::NotAssigned) }
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

    async fn run(&self, txn: &DatabaseTransaction) -> Result<UserId, Error> {
        let (user, held) = takeable(txn, &self.actor, &self.user_uid, self.id, self.now).await?;
        let grant = held.grant().ok_or(Error::NotAssigned)?;
        take(txn, user.id, None, &grant, self.now).await?;
        told::tell(txn, &self.actor, told::Deed::Changed, user.id, None, self.now).await?;
        let details = Details { took: audit::things(txn, &[grant]).await?, ..Details::default() };
        let about = About::of(user.full_name).with(details);
        audit::record(txn, &self.actor, Action::RightsChanged, audit::Where::NOWHERE, about, self.now).await?;
        Ok(user.id)
    }
}
