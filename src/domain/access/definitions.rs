//! Permissions and roles (named sets of permissions): created, changed and deleted within an org or globally.

mod change;
mod create;
mod delete;
pub mod usable;

use sea_orm::ConnectionTrait;

pub use change::{Change, edit, update};
pub use create::{New, create};
pub use delete::delete;

use crate::clock::Timestamp;
use crate::domain::access::grants::check_ceiling;
use crate::domain::access::rights::{self, Rights, SystemPermission};
use crate::domain::access::safeguards::keeping_a_superuser;
use crate::domain::actor::Actor;
use crate::entity::audit_event::Action;
use crate::error::{AccessError, Error, Thing as Missing};
use crate::fields::{PermissionName, RoleName};
use crate::ids::{DefinitionId, DefinitionKind, OrgId, PermissionId};
use crate::store;
use crate::store::assignments::Grant;
use crate::store::audit::Thing;
use crate::store::definitions::{Definition, Listed, Part};
use crate::store::locks::{Lock, Locks};
use crate::store::role_permissions::Holding;
use crate::usher::Usher;

/// Prefix of the system permissions' names.
const RESERVED: &str = "yeep.";

/// A permission, or a role with its permissions.
#[derive(Clone, Debug)]
pub struct Described {
    pub definition: Definition,
    /// Ordered by uid; empty for a permission.
    pub permissions: Vec<Holding>,
}

/// The name of a permission or role.
#[derive(Clone, Debug)]
pub enum Name {
    Permission(PermissionName),
    Role(RoleName),
}

impl Name {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Permission(name) => name.as_str(),
            Self::Role(name) => name.as_str(),
        }
    }

    pub const fn kind(&self) -> DefinitionKind {
        match self {
            Self::Permission(_) => DefinitionKind::Permission,
            Self::Role(_) => DefinitionKind::Role,
        }
    }

    /// Checks that it is neither reserved nor taken.
    ///
    /// # Errors
    /// [`AccessError::NameReserved`], [`AccessError::NameTaken`].
    async fn check(
        &self,
        connection: &impl ConnectionTrait,
        org_id: Option<OrgId>,
        but: Option<DefinitionId>,
    ) -> Result<(), Error> {
        if self.kind() == DefinitionKind::Permission && self.as_str().starts_with(RESERVED) {
            return Err(AccessError::NameReserved.into());
        }
        if store::definitions::name_taken(connection, self.kind(), org_id, self.as_str(), but).await? {
            return Err(AccessError::NameTaken(self.kind(), self.as_str().to_owned()).into());
        }
        Ok(())
    }
}

/// The rights and events of each kind.
struct Facts {
    read: SystemPermission,
    write: SystemPermission,
    created: Action,
    changed: Action,
    deleted: Action,
}

const fn facts(kind: DefinitionKind) -> Facts {
    match kind {
        DefinitionKind::Permission => Facts {
            read: SystemPermission::PermissionRead,
            write: SystemPermission::PermissionWrite,
            created: Action::PermissionCreated,
            changed: Action::PermissionChanged,
            deleted: Action::PermissionDeleted,
        },
        DefinitionKind::Role => Facts {
            read: SystemPermission::RoleRead,
            write: SystemPermission::RoleWrite,
            created: Action::RoleCreated,
            changed: Action::RoleChanged,
            deleted: Action::RoleDeleted,
        },
    }
}

/// A permission or role that the actor may read.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn info(usher: &Usher, actor: &Actor, kind: DefinitionKind, uid: &str) -> Result<Described, Error> {
    let db = usher.db.read();
    let found = describe(db, find(db, kind, uid).await?).await?;
    let org_id = found.definition.org_id;
    rights::in_scope(db, actor, org_id, usher.now()).await?.need(facts(kind).read, org_id)?;
    Ok(found)
}

/// Whether the actor may make permissions or roles in an org, or (`None`) global ones.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn check_may_create(
    usher: &Usher,
    actor: &Actor,
    kind: DefinitionKind,
    org_id: Option<OrgId>,
) -> Result<(), Error> {
    rights::in_scope(usher.db.read(), actor, org_id, usher.now()).await?.need(facts(kind).write, org_id)
}

/// Whether the actor may change a permission or role.
///
/// # Errors
/// [`Error::NotFound`], then [`Error::Forbidden`].
pub async fn check_writable(usher: &Usher, actor: &Actor, kind: DefinitionKind, uid: &str) -> Result<(), Error> {
    writable(usher.db.read(), actor, kind, uid, usher.now()).await.map(drop)
}

/// The permissions or roles that the actor may read, with their contents.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    usher: &Usher,
    actor: &Actor,
    kind: DefinitionKind,
    part: &Part,
) -> Result<Vec<(Listed, Vec<Holding>)>, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let scopes = rights::everywhere(db, actor, now).await?.scopes_of(facts(kind).read);
    let listed = store::definitions::list(usher.db.search(), kind, &scopes, part, now).await?;
    with_holdings(db, listed).await
}

/// The permissions or roles of one org, or (`None`) the global ones, with their contents, for an actor with these rights.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn of_scope(
    usher: &Usher,
    rights: &Rights,
    kind: DefinitionKind,
    org_id: Option<OrgId>,
    part: &Part,
) -> Result<Vec<(Listed, Vec<Holding>)>, Error> {
    rights.need(facts(kind).read, org_id)?;
    let db = usher.db.read();
    let listed = store::definitions::of_scope(db, kind, org_id, part, usher.now()).await?;
    with_holdings(db, listed).await
}

async fn with_holdings(
    connection: &impl ConnectionTrait,
    listed: Vec<Listed>,
) -> Result<Vec<(Listed, Vec<Holding>)>, Error> {
    let ids = listed.iter().map(|listed| listed.definition.id);
    let mut held = store::role_permissions::by_role(connection, ids).await?;
    let with = |listed: Listed| {
        let held = held.remove(&listed.definition.id).unwrap_or_default();
        (listed, held)
    };
    Ok(listed.into_iter().map(with).collect())
}

async fn find(connection: &impl ConnectionTrait, kind: DefinitionKind, uid: &str) -> Result<Definition, Error> {
    let found = store::definitions::by_uid(connection, kind, uid).await?;
    found.ok_or(Error::NotFound(Missing::Definition(kind)))
}

async fn describe(connection: &impl ConnectionTrait, definition: Definition) -> Result<Described, Error> {
    let mut held = store::role_permissions::by_role(connection, std::iter::once(definition.id)).await?;
    Ok(Described { permissions: held.remove(&definition.id).unwrap_or_default(), definition })
}

async fn writable(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    kind: DefinitionKind,
    uid: &str,
    now: Timestamp,
) -> Result<(Definition, Rights), Error> {
    let found = find(connection, kind, uid).await?;
    let rights = rights::in_scope(connection, actor, found.org_id, now).await?;
    rights.need(facts(kind).write, found.org_id)?;
    Ok((found, rights))
}

/// What the actor may change: writable, and not the system's own.
///
/// # Errors
/// As [`writable`]; [`AccessError::System`].
async fn changeable(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    kind: DefinitionKind,
    uid: &str,
    now: Timestamp,
) -> Result<(Definition, Rights), Error> {
    let (found, rights) = writable(connection, actor, kind, uid, now).await?;
    if found.is_system {
        return Err(AccessError::System(kind, found.uid).into());
    }
    Ok((found, rights))
}

/// The locks of a change to what a permission or role is: of whatever relies on the rights that it gives.
async fn changing(connection: &impl ConnectionTrait, kind: DefinitionKind, uid: &str) -> Result<Locks, Error> {
    let found = store::definitions::by_uid(connection, kind, uid).await?;
    let org = match found.and_then(|found| found.org_id) {
        Some(id) => store::orgs::find(connection, id).await?,
        None => None,
    };
    Ok(org.map_or_else(|| Locks::default().hold(Lock::Global), |org| org.place().held_lock()))
}

/// Makes a change unless it removes the last superuser. Only a change to a global role can.
async fn keeping_superusers<T>(
    txn: &impl ConnectionTrait,
    definition: &Definition,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    match (definition.id, definition.org_id) {
        (DefinitionId::Role(_), None) => keeping_a_superuser(txn, now, change).await,
        (DefinitionId::Permission(_), _) | (_, Some(_)) => change.await,
    }
}

/// The permissions for a role of this scope: global or the scope's own, and no system permission that the actor does
/// not hold.
///
/// # Errors
/// [`AccessError::Unknown`], [`Error::Forbidden`].
async fn permissions_for(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: Option<OrgId>,
    uids: &[String],
) -> Result<Vec<PermissionId>, Error> {
    let found = store::definitions::by_uids(connection, DefinitionKind::Permission, uids).await?;
    let mut grants = Vec::with_capacity(uids.len());
    for uid in uids {
        let fits = |found: &&Definition| found.uid == *uid && (found.org_id.is_none() || found.org_id == org_id);
        let unknown = || AccessError::Unknown(DefinitionKind::Permission, uid.clone());
        grants.push(Grant::of(found.iter().find(fits).ok_or_else(unknown)?.id));
    }
    check_ceiling(connection, rights, org_id, &grants).await?;
    Ok(grants.iter().filter_map(|grant| grant.definition.permission_id()).collect())
}

fn as_thing(held: &Holding) -> Thing {
    Thing::Permission { name: held.permission_name.clone(), resource_id: None }
}
