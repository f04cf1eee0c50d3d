//! Who may do what in environments and when inviting to orgs: pure functions.

use crate::domain::access::rights::{Rights, SystemPermission, right_for};
use crate::domain::offer::Level;
use crate::error::{Error, Thing};
use crate::ids::{DefinitionKind, EnvironmentId, OrgId};
use crate::store::assignments::Grant;
use crate::store::environments::Access;
use crate::store::members::Membership;

/// The owner and administrators may change, delete and invite, but not before they may see the credentials: they could
/// give those to an account of their own.
pub fn may_administer(access: &Access) -> bool {
    let level = access.level.map(|level| level_in_force(level, access.awaits_proof == Some(true)));
    is_owner(access) || level.is_some_and(Level::is_admin)
}

/// A member's effective level: plain member until they have proved their mailbox.
pub fn level_in_force(level: Level, awaits_proof: bool) -> Level {
    if awaits_proof { Level::Member } else { level }
}

pub fn may_see(access: &Access) -> bool {
    is_owner(access) || access.membership_id.is_some()
}

/// Members may see the credentials, unless a copied link made their account and their mailbox is not proved yet.
pub fn may_see_credentials(access: &Access) -> bool {
    may_see(access) && access.awaits_proof != Some(true)
}

/// Only the owner may transfer ownership.
pub fn is_owner(access: &Access) -> bool {
    access.owner_id == access.user_id
}

/// Whether this is the owner's membership: the owner cannot leave, be removed or be demoted.
pub fn is_owners(access: &Access, membership: &Membership) -> bool {
    access.owner_id == membership.user_id
}

/// The access of an actor who may see the environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub fn seeing(access: Option<Access>, environment_id: EnvironmentId) -> Result<Access, Error> {
    let access = access.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    if may_see(&access) { Ok(access) } else { Err(Error::NotAllowed) }
}

/// The access of an actor who may administer the environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub fn administering(access: Option<Access>, environment_id: EnvironmentId) -> Result<Access, Error> {
    let access = access.ok_or(Error::NotFound(Thing::Environment(environment_id)))?;
    if may_administer(&access) { Ok(access) } else { Err(Error::NotAllowed) }
}

/// Inviting to an org needs the right to write users; offering permissions or roles also needs the right to assign
/// them, and "administrator" is a role.
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
