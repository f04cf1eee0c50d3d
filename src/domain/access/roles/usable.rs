//! What a form offers for a role.

use super::Role;
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::entity::permission;
use crate::error::Error;
use crate::ids::{OrgId, PermissionId};
use crate::store;
use crate::usher::Usher;

/// How many permissions are offered for a role at most, besides those that it holds.
const MOST_PERMISSIONS: usize = 500;

/// What a form offers for a role.
#[derive(Clone, Debug, Default)]
pub struct Usable {
    /// The permissions that the actor may give it: the scope's own, global ones, and system permissions that the
    /// actor holds. What the role holds of these is among them.
    pub permissions: Vec<permission::Model>,
    /// What the role holds and the actor may not give: it stays.
    pub fixed: Vec<permission::Model>,
    /// Whether there are more than a form offers.
    pub more: bool,
}

/// What a form offers for a role of an org, or (`None`) a global one: a new one, or one that is there.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn usable(usher: &Usher, actor: &Actor, org_id: Option<OrgId>, role: Option<&Role>) -> Result<Usable, Error> {
    let db = usher.db.read();
    let rights = rights::of_actor(db, actor, usher.now()).await?;
    rights.need(SystemPermission::RoleWrite, org_id)?;
    let mut permissions = store::permissions::usable_in(db, org_id, MOST_PERMISSIONS as u64 + 1).await?;
    let more = permissions.len() > MOST_PERMISSIONS;
    permissions.truncate(MOST_PERMISSIONS);
    let held = role.map_or(&[][..], |role| role.permissions.as_slice()).iter().map(|held| held.permission_id);
    let beyond: Vec<PermissionId> = held.filter(|id| !permissions.iter().any(|found| found.id == *id)).collect();
    if !beyond.is_empty() {
        permissions.extend(store::permissions::by_ids(db, &beyond).await?);
    }
    let holds = |found: &permission::Model| {
        role.is_some_and(|role| role.permissions.iter().any(|held| held.permission_id == found.id))
    };
    let (permissions, others): (Vec<_>, Vec<_>) =
        permissions.into_iter().partition(|found| !found.is_system || rights.may_give(&found.name, org_id));
    Ok(Usable { permissions, fixed: others.into_iter().filter(holds).collect(), more })
}
