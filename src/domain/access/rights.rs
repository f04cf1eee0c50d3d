//! What a user may do in an org, and globally. Queried on every use and never cached, so changes apply to running
//! sessions at once.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{DefinitionKind, OrgId, UserId};
use crate::store;
use crate::store::definitions::Scopes;
use crate::store::rights::Held;
use crate::usher::Usher;

macro_rules! system_permissions {
    ($($name:ident = $text:literal,)*) => {
        /// The permissions that guard Usher's own operations.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum SystemPermission {
            $($name,)*
        }

        impl SystemPermission {
            pub const ALL: [Self; 12] = [$(Self::$name,)*];

            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($text => Some(Self::$name),)*
                    _ => None,
                }
            }

            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }
        }
    };
}

system_permissions! {
    OrgWrite = "yeep.org.write",
    OrgRead = "yeep.org.read",
    UserWrite = "yeep.user.write",
    UserRead = "yeep.user.read",
    PermissionWrite = "yeep.permission.write",
    PermissionRead = "yeep.permission.read",
    PermissionAssignmentWrite = "yeep.permission.assignment.write",
    PermissionAssignmentRead = "yeep.permission.assignment.read",
    RoleWrite = "yeep.role.write",
    RoleRead = "yeep.role.read",
    RoleAssignmentWrite = "yeep.role.assignment.write",
    RoleAssignmentRead = "yeep.role.assignment.read",
}

/// A set of system permissions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Set(u16);

impl Set {
    const FULL: Self = Self((1 << SystemPermission::ALL.len()) - 1);

    fn insert(&mut self, permission: SystemPermission) {
        self.0 |= 1 << permission as u16;
    }

    fn holds(self, permission: SystemPermission) -> bool {
        self.0 & (1 << permission as u16) != 0
    }
}

/// One user's system permissions by scope.
#[derive(Clone, Debug, Default)]
pub struct Rights {
    global: Set,
    by_org: BTreeMap<OrgId, Set>,
}

impl Rights {
    /// Queries a user's current rights in an org, or (`None`) nowhere but globally. Global ones hold in every org.
    pub(crate) async fn in_scope(
        connection: &impl ConnectionTrait,
        user_id: UserId,
        org_id: Option<OrgId>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        Ok(Self::of(store::rights::held_in(connection, user_id, org_id, now).await?))
    }

    fn of(held: Vec<Held>) -> Self {
        let mut rights = Self::default();
        for held in held {
            let Some(permission) = SystemPermission::from_name(&held.name) else { continue };
            match held.org_id {
                None => rights.global.insert(permission),
                Some(org_id) => rights.by_org.entry(org_id).or_default().insert(permission),
            }
        }
        rights
    }

    /// Whether a permission is held in the org or globally; without an org, globally.
    pub fn hold(&self, permission: SystemPermission, org_id: Option<OrgId>) -> bool {
        let in_org = org_id.and_then(|id| self.by_org.get(&id)).is_some_and(|set| set.holds(permission));
        in_org || self.global.holds(permission)
    }

    /// Whether the system permission of this name is held in this scope, and so may be granted there.
    pub fn may_give(&self, name: &str, org_id: Option<OrgId>) -> bool {
        SystemPermission::from_name(name).is_some_and(|permission| self.hold(permission, org_id))
    }

    /// Whether every system permission is held in this org, or globally.
    pub fn administer(&self, org_id: OrgId) -> bool {
        let in_org = self.by_org.get(&org_id).copied().unwrap_or_default();
        Set(in_org.0 | self.global.0) == Set::FULL
    }

    /// Whether every system permission is held globally.
    pub fn are_superusers(&self) -> bool {
        self.global == Set::FULL
    }

    /// Whether all these permissions are held together: globally, or in any one of these orgs.
    pub fn hold_together(&self, permissions: &[SystemPermission], org_ids: &[OrgId]) -> bool {
        let all_in = |set: &Set| permissions.iter().all(|permission| set.holds(*permission));
        all_in(&self.global) || org_ids.iter().filter_map(|id| self.by_org.get(id)).any(all_in)
    }

    /// Checks that a permission is held.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn need(&self, permission: SystemPermission, org_id: Option<OrgId>) -> Result<(), Error> {
        if self.hold(permission, org_id) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The scopes in which a permission is held.
    pub fn scopes_of(&self, permission: SystemPermission) -> Scopes {
        if self.global.holds(permission) {
            return Scopes::All;
        }
        Scopes::Orgs(self.by_org.iter().filter(|(_, set)| set.holds(permission)).map(|(id, _)| *id).collect())
    }
}

/// The right needed to assign or revoke permissions, or roles.
pub const fn right_for(kind: DefinitionKind) -> SystemPermission {
    match kind {
        DefinitionKind::Permission => SystemPermission::PermissionAssignmentWrite,
        DefinitionKind::Role => SystemPermission::RoleAssignmentWrite,
    }
}

/// The actor's rights in an org, or (`None`) globally, for a page.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(usher: &Usher, actor: &Actor, org_id: Option<OrgId>) -> Result<Rights, Error> {
    in_scope(usher.db.read(), actor, org_id, usher.now()).await
}

/// The actor's rights in an org, or (`None`) globally: all that is needed where the scope is known.
pub(crate) async fn in_scope(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    org_id: Option<OrgId>,
    now: Timestamp,
) -> Result<Rights, Error> {
    Rights::in_scope(connection, actor.user_id, org_id, now).await
}

/// The actor's rights in every org, and globally: as many as they are in orgs.
pub(crate) async fn everywhere(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    now: Timestamp,
) -> Result<Rights, Error> {
    Ok(Rights::of(store::rights::held(connection, actor.user_id, now).await?))
}
