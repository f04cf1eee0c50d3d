//! Permissions: made, changed and deleted within an org or globally.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::ids::{OrgId, PermissionId, new_uid};
use crate::store;
use crate::store::permissions::{Found, Listed, NewPermission, Scopes};
use crate::usher::Usher;

/// Names that begin so are the system's.
const RESERVED: &str = "yeep.";

/// What a permission is made of.
#[derive(Clone, Debug)]
pub struct New {
    pub name: String,
    pub description: Option<String>,
    /// The org's uid; `None`: global.
    pub scope: Option<String>,
}

/// Makes a permission.
///
/// # Errors
/// [`Error::NotFound`] of the org to who may write everywhere; [`Error::Forbidden`];
/// [`Error::PermissionNameReserved`]; [`Error::PermissionNameTaken`].
pub async fn create(usher: &Usher, actor: &Actor, new: New) -> Result<Found, Error> {
    let now = usher.now();
    actor.write(usher, Create { actor: actor.clone(), new, uid: new_uid(now), now }).await
}

/// A permission that the actor may read.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn info(usher: &Usher, actor: &Actor, uid: &str) -> Result<Found, Error> {
    let db = usher.db.read();
    let found = find(db, uid).await?;
    rights::of_actor(db, actor, usher.now()).await?.need(SystemPermission::PermissionRead, found.org_id)?;
    Ok(found)
}

/// What is changed; `None` stays, and an empty description is none.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<String>,
    pub description: Option<String>,
}

/// Whether the actor may change a permission.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn check_writable(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    writable(usher.db.read(), actor, uid, usher.now()).await.map(drop)
}

/// Changes a permission.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::SystemObject`], [`Error::PermissionNameReserved`],
/// [`Error::PermissionNameTaken`].
pub async fn update(usher: &Usher, actor: &Actor, uid: &str, change: Change) -> Result<Found, Error> {
    actor.write(usher, Update { actor: actor.clone(), uid: uid.to_owned(), change, now: usher.now() }).await
}

/// Deletes a permission: it leaves all roles, assignments and open invitations.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::SystemObject`].
pub async fn delete(usher: &Usher, actor: &Actor, uid: &str) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

/// Which part of a list is wanted.
#[derive(Clone, Debug)]
pub struct Part {
    /// What names begin with; empty: all.
    pub prefix: String,
    /// The uid after which the part begins; empty: from the start.
    pub after: String,
    pub limit: i64,
}

/// The permissions that the actor may read.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor, part: &Part) -> Result<Vec<Listed>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let scopes = rights::of_actor(db, actor, now).await?.scopes_of(SystemPermission::PermissionRead);
    store::permissions::list(db, &scopes, &part.prefix, &part.after, part.limit, now).await
}

/// The permissions of one org.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn of_org(usher: &Usher, actor: &Actor, org_id: OrgId, part: &Part) -> Result<Vec<Listed>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    rights::of_actor(db, actor, now).await?.need(SystemPermission::PermissionRead, Some(org_id))?;
    store::permissions::list(db, &Scopes::Orgs(vec![org_id]), &part.prefix, &part.after, part.limit, now).await
}

async fn find(connection: &impl ConnectionTrait, uid: &str) -> Result<Found, Error> {
    store::permissions::by_uid(connection, uid).await?.ok_or(Error::NotFound(Thing::Permission))
}

async fn writable(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    uid: &str,
    now: Timestamp,
) -> Result<(Found, Rights), Error> {
    let found = find(connection, uid).await?;
    let rights = rights::of_actor(connection, actor, now).await?;
    rights.need(SystemPermission::PermissionWrite, found.org_id)?;
    Ok((found, rights))
}

async fn check_name(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    name: &str,
    but: Option<PermissionId>,
) -> Result<(), Error> {
    if name.starts_with(RESERVED) {
        return Err(Error::PermissionNameReserved);
    }
    if store::permissions::name_taken(connection, org_id, name, but).await? {
        return Err(Error::PermissionNameTaken(name.to_owned()));
    }
    Ok(())
}

/// The org of a scope, and the right to write there.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] of the org.
pub(super) async fn scope_for_writing(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    permission: SystemPermission,
    scope: Option<&str>,
) -> Result<Option<OrgId>, Error> {
    let Some(uid) = scope else {
        rights.need(permission, None)?;
        return Ok(None);
    };
    let org = store::orgs::by_uid(connection, uid).await?;
    rights.need(permission, org.as_ref().map(|org| org.id))?;
    Ok(Some(org.ok_or(Error::NotFound(Thing::Org))?.id))
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    new: New,
    uid: String,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Found;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Found, Error> {
        let rights = rights::of_actor(txn, &self.actor, self.now).await?;
        let scope = self.new.scope.as_deref();
        let org_id = scope_for_writing(txn, &rights, SystemPermission::PermissionWrite, scope).await?;
        check_name(txn, org_id, &self.new.name, None).await?;
        let new = NewPermission {
            uid: self.uid.clone(),
            org_id,
            name: self.new.name.clone(),
            description: self.new.description.clone(),
            now: self.now,
        };
        store::permissions::insert(txn, new).await?;
        let subject = Some(self.new.name.clone());
        audit::record(
            txn,
            &self.actor,
            Action::PermissionCreated,
            audit::in_org(txn, org_id).await?,
            subject,
            self.now,
        )
        .await?;
        find(txn, &self.uid).await
    }
}

#[derive(Clone, Debug)]
struct Update {
    actor: Actor,
    uid: String,
    change: Change,
    now: Timestamp,
}

impl Operation for Update {
    type Output = Found;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Found, Error> {
        let (found, _) = writable(txn, &self.actor, &self.uid, self.now).await?;
        if found.is_system {
            return Err(Error::SystemObject);
        }
        let name = self.change.name.as_deref().unwrap_or(&found.name);
        if self.change.name.is_some() {
            check_name(txn, found.org_id, name, Some(found.id)).await?;
        }
        let description = self.change.description.as_deref().or(found.description.as_deref());
        let description = description.filter(|text| !text.is_empty());
        store::permissions::change(txn, found.id, name, description, self.now).await?;
        let about = About::of(name).formerly(&found.name);
        audit::record(
            txn,
            &self.actor,
            Action::PermissionChanged,
            audit::in_org(txn, found.org_id).await?,
            about,
            self.now,
        )
        .await?;
        find(txn, &self.uid).await
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
        store::permissions::delete(txn, found.id).await?;
        let (org_id, subject) = (found.org_id, Some(found.name));
        audit::record(txn, &self.actor, Action::PermissionDeleted, audit::in_org(txn, org_id).await?, subject, self.now)
            .await
    }
}
