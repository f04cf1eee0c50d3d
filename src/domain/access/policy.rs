//! Who may do what: pure functions, one place.

use crate::domain::access::rights::{Rights, SystemPermission, right_for};
use crate::domain::offer::Level;
use crate::error::{Error, Thing};
use crate::ids::{DefinitionKind, EnvironmentId, OrgId};
use crate::store::assignments::Grant;
use crate::store::environments::Access;
use crate::store::members::Membership;

/// Owner and administrators may change an environment, invite to it and delete it; not before they may see its
/// credentials, which they could otherwise give to an account of their own.
pub fn may_administer(access: &Access) -> bool {
    let level = access.level.map(|level| level_in_force(level, access.awaits_proof == Some(true)));
    is_owner(access) || level.is_some_and(Level::is_admin)
}

/// What somebody is in an environment until they have proved their mailbox.
pub fn level_in_force(level: Level, awaits_proof: bool) -> Level {
    if awaits_proof { Level::Member } else { level }
}

/// Members may look.
pub fn may_see(access: &Access) -> bool {
    is_owner(access) || access.membership_id.is_some()
}

/// Members may see the credentials, unless a copied link made their account and they have not proved their mailbox yet.
pub fn may_see_credentials(access: &Access) -> bool {
    may_see(access) && access.awaits_proof != Some(true)
}

/// The owner alone may hand over.
pub fn is_owner(access: &Access) -> bool {
    access.owner_id == access.user_id
}

/// The owner neither leaves nor is removed nor loses the right: whether a membership is the owner's of what `access` is to.
pub fn is_owners(access: &Access, membership: &Membership) -> bool {
    access.owner_id == membership.user_id
}

/// The access of somebody who may look.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub fn seeing(access: Option<Access>, environment_id: EnvironmentId) -> Result<Access, Error> {
    let access = access.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    if may_see(&access) { Ok(access) } else { Err(Error::NotAllowed) }
}

/// The access of somebody who may change.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub fn administering(access: Option<Access>, environment_id: EnvironmentId) -> Result<Access, Error> {
    let access = access.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    if may_administer(&access) { Ok(access) } else { Err(Error::NotAllowed) }
}

/// Whoever writes users may invite to an org; offering permissions or roles needs the right to assign them,
/// offering "administrator" being one.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn may_offer_in_org(rights: &Rights, org_id: OrgId, level: Level, grants: &[Grant]) -> Result<(), Error> {
    let org = Some(org_id);
    rights.need(SystemPermission::UserWrite, org)?;
    for kind in DefinitionKind::ALL {
        if grants.iter().any(|grant| grant.definition.kind() == kind) {
            rights.need(right_for(kind), org)?;
        }
    }
    if level.is_admin() && !rights.administer(org_id) {
        return Err(Error::Forbidden);
    }
    Ok(())
}
