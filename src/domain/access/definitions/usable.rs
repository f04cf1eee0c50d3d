//! The permissions that a role's form offers.

use super::Described;
use crate::domain::access::choices::{MAX_CHOICES, cut};
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{DefinitionId, OrgId};
use crate::store;
use crate::store::definitions::Definition;
use crate::usher::Usher;

/// The permissions that a role's form offers.
#[derive(Clone, Debug, Default)]
pub struct Usable {
    /// Those that the actor may add: the scope's own, global ones, and system permissions that the actor holds.
    /// Includes the role's own among these.
    pub permissions: Vec<Definition>,
    /// The role's permissions that the actor may not grant: they stay.
    pub fixed: Vec<Definition>,
    /// Whether there are more than a form offers, besides the role's own.
    pub more: bool,
}

/// The permissions offered for a role of an org, or (`None`) a global one; the role may be new or existing.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn usable(
    usher: &Usher,
    actor: &Actor,
    org_id: Option<OrgId>,
    role: Option<&Described>,
) -> Result<Usable, Error> {
    let db = usher.db.read();
    let rights = rights::in_scope(db, actor, org_id, usher.now()).await?;
    rights.need(SystemPermission::RoleWrite, org_id)?;
    let mut permissions = store::definitions::usable_by_role(db, org_id, MAX_CHOICES + 1).await?;
    let more = cut(&mut permissions);
    let held = role.map_or(&[][..], |role| role.permissions.as_slice());
    let held: Vec<DefinitionId> = held.iter().map(|held| DefinitionId::Permission(held.permission_id)).collect();
    let is_beyond = |id: &DefinitionId| !permissions.iter().any(|found| found.id == *id);
    let beyond: Vec<DefinitionId> = held.iter().copied().filter(is_beyond).collect();
    permissions.extend(store::definitions::by_ids(db, &beyond).await?);
    let (permissions, others): (Vec<_>, Vec<_>) =
        permissions.into_iter().partition(|found| !found.is_system || rights.may_give(&found.name, org_id));
    Ok(Usable { permissions, fixed: others.into_iter().filter(|found| held.contains(&found.id)).collect(), more })
}
