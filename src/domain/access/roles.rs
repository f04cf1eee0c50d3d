//! Roles: named sets of permissions, made, changed and deleted within an org or globally.

pub mod usable;

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::permissions::{Part, scope_for_writing};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::check_ceiling;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::access::safeguards::keeping_a_superuser;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing as Missing};
use crate::ids::{OrgId, PermissionId, RoleId, new_uid};
use crate::store;
use crate::store::assignments::{Grant, Granted};
use crate::store::audit::{Details, Thing};
use crate::store::roles::{Found, Holding, Listed, NewRole};
use crate::usher::Usher;

/// A role with what it holds, in the order of the permissions' uids.
#[derive(Clone, Debug)]
pub struct Role {
    pub role: Found,
    pub permissions: Vec<Holding>,
}

/// What a role is made of.
#[derive(Clone, Debug)]
pub struct New {
    pub name: String,
    pub description: Option<String>,
    /// The permissions' uids.
    pub permissions: Vec<String>,
    /// The org's uid; `None`: global.
    pub scope: Option<String>,
}

/// Makes a role.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] of the org, [`Error::RoleNameTaken`],
/// [`Error::PermissionUnknown`].
pub async fn create(usher: &Usher, actor: &Actor, new: New) -> Result<Role, Error> {
    let now = usher.now();
    actor.write(usher, Create { actor: actor.clone(), new, uid: new_uid(now), now }).await
}

/// A role that the actor may read.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn info(usher: &Usher, actor: &Actor, uid: &str) -> Result<Role, Error> {
    let db = usher.db.read();
    let found = find(db, uid).await?;
    rights::of_actor(db, actor, usher.now()).await?.need(SystemPermission::RoleRead, found.role.org_id)?;
    Ok(found)
}

/// What is changed; `None` stays, and an empty description is none.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<String>,
    pub description: Option<String>,
    pub permissions: Option<Vec<String>>,
}

/// Whether the actor may change a role.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn check_writable(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    writable(usher.db.read(), actor, uid, usher.now()).await.map(drop)
}

/// Changes a role. A superuser stays.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::SystemObject`], [`Error::RoleNameTaken`],
/// [`Error::PermissionUnknown`], [`Error::LastSuperuser`].
pub async fn update(usher: &Usher, actor: &Actor, uid: &str, change: Change) -> Result<Role, Error> {
    let (uid, now) = (uid.to_owned(), usher.now());
    actor.write(usher, Update { actor: actor.clone(), uid, change, unseen: Unseen::Goes, now }).await
}

/// [`update`] as pages do it: what the role holds and the actor may not give stays, though no form offers it.
///
/// # Errors
/// As [`update`].
pub async fn edit(usher: &Usher, actor: &Actor, uid: &str, change: Change) -> Result<Role, Error> {
    let (uid, now) = (uid.to_owned(), usher.now());
    actor.write(usher, Update { actor: actor.clone(), uid, change, unseen: Unseen::Stays, now }).await
}

/// Deletes a role: it leaves all assignments and open invitations. A superuser stays.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::SystemObject`], [`Error::LastSuperuser`].
pub async fn delete(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

/// The roles that the actor may read, with what they hold.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor, part: &Part) -> Result<Vec<(Listed, Vec<Holding>)>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let scopes = rights::of_actor(db, actor, now).await?.scopes_of(SystemPermission::RoleRead);
    let roles = store::roles::list(db, &scopes, &part.prefix, &part.after, part.limit, now).await?;
    with_holdings(db, roles).await
}

/// The roles of one org, or (`None`) the global ones, after a uid, with what they hold; and the actor's rights.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn of_scope(
    usher: &Usher,
    actor: &Actor,
    org_id: Option<OrgId>,
    after: &str,
    limit: i64,
) -> Result<(Vec<(Listed, Vec<Holding>)>, Rights), Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let rights = rights::of_actor(db, actor, now).await?;
    rights.need(SystemPermission::RoleRead, org_id)?;
    let roles = store::roles::of_scope(db, org_id, after, limit, now).await?;
    Ok((with_holdings(db, roles).await?, rights))
}

async fn with_holdings(
    connection: &impl ConnectionTrait,
    roles: Vec<Listed>,
) -> Result<Vec<(Listed, Vec<Holding>)>, Error> {
    let ids: Vec<RoleId> = roles.iter().map(|role| role.id).collect();
    let mut held: HashMap<RoleId, Vec<Holding>> = HashMap::new();
    for holding in store::roles::holdings(connection, &ids).await? {
        held.entry(holding.role_id).or_default().push(holding);
    }
    Ok(roles
        .into_iter()
        .map(|role| {
            let held = held.remove(&role.id).unwrap_or_default();
            (role, held)
        })
        .collect())
}

async fn find(connection: &impl ConnectionTrait, uid: &str) -> Result<Role, Error> {
    let role = store::roles::by_uid(connection, uid).await?.ok_or(Error::NotFound(Missing::Role))?;
    let permissions = store::roles::holdings(connection, &[role.id]).await?;
    Ok(Role { role, permissions })
}

async fn writable(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    uid: &str,
    now: Timestamp,
) -> Result<(Found, Rights), Error> {
    let found = store::roles::by_uid(connection, uid).await?.ok_or(Error::NotFound(Missing::Role))?;
    let rights = rights::of_actor(connection, actor, now).await?;
    rights.need(SystemPermission::RoleWrite, found.org_id)?;
    Ok((found, rights))
}

/// A role of an org makes nobody a superuser.
async fn keeping_superusers<T>(
    txn: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match org_id {
        Some(_) => change.await,
        None => keeping_a_superuser(txn, now, change).await,
    }
}

async fn check_name(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    name: &str,
    but: Option<RoleId>,
) -> Result<(), Error> {
    if store::roles::name_taken(connection, org_id, name, but).await? {
        return Err(Error::RoleNameTaken(name.to_owned()));
    }
    Ok(())
}

/// The permissions that a role of this scope is to hold: global ones or the scope's own, and no system
/// permission that the actor does not hold.
async fn permissions_for(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: Option<OrgId>,
    uids: &[String],
) -> Result<Vec<PermissionId>, Error> {
    let found = store::permissions::by_uids(connection, uids).await?;
    let mut ids = Vec::with_capacity(uids.len());
    for uid in uids {
        let fits = |permission: &&crate::entity::permission::Model| {
            permission.uid == *uid && (permission.org_id.is_none() || permission.org_id == org_id)
        };
        let permission = found.iter().find(fits).ok_or_else(|| Error::PermissionUnknown(uid.clone()))?;
        ids.push(permission.id);
    }
    let grants: Vec<Grant> =
        ids.iter().map(|id| Grant { granted: Granted::Permission(*id), resource_id: None }).collect();
    check_ceiling(connection, rights, org_id, &grants).await?;
    Ok(ids)
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    new: New,
    uid: String,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Role;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Role, Error> {
        let rights = rights::of_actor(txn, &self.actor, self.now).await?;
        let scope = self.new.scope.as_deref();
        let org_id = scope_for_writing(txn, &rights, SystemPermission::RoleWrite, scope).await?;
        check_name(txn, org_id, &self.new.name, None).await?;
        let permissions = permissions_for(txn, &rights, org_id, &self.new.permissions).await?;
        let new = NewRole {
            uid: self.uid.clone(),
            org_id,
            name: self.new.name.clone(),
            description: self.new.description.clone(),
            now: self.now,
        };
        let id = store::roles::insert(txn, new).await?;
        store::roles::set_permissions(txn, id, &permissions).await?;
        let made = find(txn, &self.uid).await?;
        let gave = made.permissions.iter().map(as_thing).collect();
        let about = About::of(self.new.name.as_str()).with(Details { gave, ..Details::default() });
        audit::record(txn, &self.actor, Action::RoleCreated, audit::in_org(txn, org_id).await?, about, self.now)
            .await?;
        Ok(made)
    }
}

fn as_thing(held: &Holding) -> Thing {
    Thing::Permission { name: held.permission_name.clone(), resource_id: None }
}

/// What a role has got and lost.
fn difference(before: &[Holding], after: &[Holding]) -> Details {
    let but = |these: &[Holding], those: &[Holding]| -> Vec<Thing> {
        let holds = |this: &&Holding| those.iter().any(|that| that.permission_id == this.permission_id);
        these.iter().filter(|this| !holds(this)).map(as_thing).collect()
    };
    Details { gave: but(after, before), took: but(before, after), ..Details::default() }
}

/// What becomes of permissions that a role holds and whoever changes it may not give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unseen {
    Goes,
    Stays,
}

#[derive(Clone, Debug)]
struct Update {
    actor: Actor,
    uid: String,
    change: Change,
    unseen: Unseen,
    now: Timestamp,
}

impl Operation for Update {
    type Output = Role;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Role, Error> {
        let (found, rights) = writable(txn, &self.actor, &self.uid, self.now).await?;
        if found.is_system {
            return Err(Error::SystemObject);
        }
        let name = self.change.name.as_deref().unwrap_or(&found.name);
        if self.change.name.is_some() {
            check_name(txn, found.org_id, name, Some(found.id)).await?;
        }
        let description = self.change.description.as_deref().or(found.description.as_deref());
        let description = description.filter(|text| !text.is_empty());
        let before = store::roles::holdings(txn, &[found.id]).await?;
        store::roles::change(txn, found.id, name, description, self.now).await?;
        if let Some(uids) = &self.change.permissions {
            let mut permissions = permissions_for(txn, &rights, found.org_id, uids).await?;
            if self.unseen == Unseen::Stays {
                let unseen = before
                    .iter()
                    .filter(|held| held.is_system && !rights.may_give(&held.permission_name, found.org_id));
                permissions.extend(unseen.map(|held| held.permission_id));
            }
            let change = store::roles::set_permissions(txn, found.id, &permissions);
            keeping_superusers(txn, found.org_id, self.now, change).await?;
        }
        let changed = find(txn, &self.uid).await?;
        let about = About::of(name).with(difference(&before, &changed.permissions)).formerly(&found.name);
        audit::record(txn, &self.actor, Action::RoleChanged, audit::in_org(txn, found.org_id).await?, about, self.now)
            .await?;
        Ok(changed)
    }
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    uid: String,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (found, _) = writable(txn, &self.actor, &self.uid, self.now).await?;
        if found.is_system {
            return Err(Error::SystemObject);
        }
        keeping_superusers(txn, found.org_id, self.now, store::roles::delete(txn, found.id)).await?;
        let (org_id, subject) = (found.org_id, Some(found.name));
        audit::record(txn, &self.actor, Action::RoleDeleted, audit::in_org(txn, org_id).await?, subject, self.now).await
    }
}
