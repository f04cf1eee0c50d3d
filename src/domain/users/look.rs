//! Reads one user.

use super::{Belonging, belonging};
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::actor::Actor;
use crate::error::{Error, Thing};
use crate::ids::OrgId;
use crate::store;
use crate::store::rights::{EffectivePermission, EffectiveRole};
use crate::usher::Usher;

/// What to include besides the profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct Include {
    pub permissions: bool,
    pub roles: bool,
}

impl Include {
    fn needed(self) -> Vec<SystemPermission> {
        let mut needed = vec![SystemPermission::UserRead];
        if self.permissions {
            needed.push(SystemPermission::PermissionAssignmentRead);
        }
        if self.roles {
            needed.push(SystemPermission::RoleAssignmentRead);
        }
        needed
    }
}

/// A user with what was included. Permissions and roles are those of all scopes.
#[derive(Clone, Debug)]
pub struct UserDetails {
    pub user: Belonging,
    pub permissions: Option<Vec<EffectivePermission>>,
    pub roles: Option<Vec<EffectiveRole>>,
}

/// A user, for themselves and for actors with the rights globally or in one of the user's orgs.
///
/// # Errors
/// In this order: [`Error::NotFound`], [`Error::Forbidden`].
pub async fn look(usher: &Usher, actor: &Actor, uid: &str, include: Include) -> Result<UserDetails, Error> {
    let (db, now) = (usher.db.read(), usher.now());
    let user = store::users::by_uid(db, uid).await?.ok_or(Error::NotFound(Thing::User))?;
    let user_id = user.id;
    let user = belonging(db, user, now).await?;
    if user_id != actor.user_id {
        let org_ids: Vec<OrgId> = user.orgs.iter().map(|org| org.org_id).collect();
        let rights = rights::everywhere(db, actor, now).await?;
        if !rights.hold_together(&include.needed(), &org_ids) {
            return Err(Error::Forbidden);
        }
    }
    let mut seen = UserDetails { user, permissions: None, roles: None };
    if include.permissions {
        seen.permissions = Some(store::rights::permissions_of(db, user_id, now).await?);
    }
    if include.roles {
        seen.roles = Some(store::rights::roles_of(db, user_id, now).await?);
    }
    Ok(seen)
}
