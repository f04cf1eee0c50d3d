//! What a form offers for a role.

use super::Described;
use crate::domain::access::choices::{MAX_CHOICES, cut};
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{DefinitionId, OrgId};
use crate::store;
use crate::store::definitions::Definition;
use crate::usher::Usher;

/// What a form offers for a role.
#[derive(Clone, Debug, Default)]
pub struct Usable {
    /// The permissions that the actor may give it: the scope's own, global ones, and system permissions that the
    /// actor holds. What the role holds of these is among them.
    pub permissions: Vec<Definition>,
    /// What the role holds and the actor may not give: it stays.
    pub fixed: Vec<Definition>,
    /// Whether there are more than a form offers, besides what the role holds.
    pub more: bool,
}

/// What a form offers for a role of an org, or (`None`) a global one: a new one, or one that is there.
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
    let rights = rights::of_actor(db, actor, usher.now()).await?;
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
