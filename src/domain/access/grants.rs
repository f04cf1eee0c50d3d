//! Which permissions and roles may be granted, and by whom.

use std::collections::{HashMap, HashSet};

use sea_orm::ConnectionTrait;

use crate::domain::access::rights::{Rights, SystemPermission, right_for};
use crate::error::{AccessError, Error};
use crate::ids::{DefinitionId, DefinitionKind, OrgId};
use crate::store;
use crate::store::assignments::Grant;

/// A permission or role by its uid, optionally for one resource only (JSON: a number or a string).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestedGrant {
    pub uid: String,
    pub resource_id: Option<String>,
}

/// Permissions and roles requested for somebody in an org.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestedGrants {
    pub permissions: Vec<RequestedGrant>,
    pub roles: Vec<RequestedGrant>,
}

impl RequestedGrants {
    /// Checks that the rights allow granting such things in an org.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn need_rights(&self, rights: &Rights, org_id: Option<OrgId>) -> Result<(), Error> {
        for kind in DefinitionKind::ALL {
            if !self.of(kind).is_empty() {
                rights.need(right_for(kind), org_id)?;
            }
        }
        Ok(())
    }

    fn of(&self, kind: DefinitionKind) -> &[RequestedGrant] {
        match kind {
            DefinitionKind::Permission => &self.permissions,
            DefinitionKind::Role => &self.roles,
        }
    }

    /// Looks up the grants; each must belong to this very org.
    ///
    /// # Errors
    /// In this order, permissions first: [`AccessError::Unknown`], [`AccessError::OfOtherScope`].
    pub(crate) async fn resolve(&self, connection: &impl ConnectionTrait, org_id: OrgId) -> Result<Vec<Grant>, Error> {
        let mut grants = Vec::with_capacity(self.permissions.len() + self.roles.len());
        for kind in DefinitionKind::ALL {
            let wanted = self.of(kind);
            let uids: Vec<String> = wanted.iter().map(|wanted| wanted.uid.clone()).collect();
            let found = store::definitions::by_uids(connection, kind, &uids).await?;
            let by_uid: HashMap<_, _> = found.iter().map(|found| (found.uid.as_str(), found)).collect();
            if let Some(unknown) = uids.iter().find(|uid| !by_uid.contains_key(uid.as_str())) {
                return Err(AccessError::Unknown(kind, unknown.clone()).into());
            }
            for wanted in wanted {
                let found = by_uid[wanted.uid.as_str()];
                if found.org_id != Some(org_id) {
                    return Err(AccessError::OfOtherScope(kind, wanted.uid.clone()).into());
                }
                grants.push(Grant { definition: found.id, resource_id: wanted.resource_id.clone() });
            }
        }
        Ok(grants)
    }
}

/// Checks the ceiling: nobody grants a system permission, directly or through a role, without holding it in that scope.
///
/// # Errors
/// [`Error::Forbidden`].
pub(crate) async fn check_ceiling(
    connection: &impl ConnectionTrait,
    rights: &Rights,
    org_id: Option<OrgId>,
    grants: &[Grant],
) -> Result<(), Error> {
    let system = SystemPermissions::inside(connection, grants.iter()).await?;
    if system.are_held(rights, org_id, grants) { Ok(()) } else { Err(Error::Forbidden) }
}

/// The system permissions that each grant contains.
#[derive(Clone, Debug, Default)]
pub(crate) struct SystemPermissions(HashMap<DefinitionId, Vec<SystemPermission>>);

impl SystemPermissions {
    /// Looks up those of the given grants.
    pub async fn inside<'a>(
        connection: &impl ConnectionTrait,
        grants: impl Iterator<Item = &'a Grant>,
    ) -> Result<Self, Error> {
        let ids: Vec<DefinitionId> = grants.map(|grant| grant.definition).collect::<HashSet<_>>().into_iter().collect();
        let mut inside: HashMap<DefinitionId, Vec<SystemPermission>> = HashMap::new();
        for found in store::definitions::by_ids(connection, &ids).await? {
            if found.is_system && found.id.kind() == DefinitionKind::Permission {
                inside.entry(found.id).or_default().push(system_permission(&found.name)?);
            }
        }
        for (role, held) in store::role_permissions::by_role(connection, ids.into_iter()).await? {
            for held in held.iter().filter(|held| held.is_system) {
                inside.entry(role).or_default().push(system_permission(&held.permission_name)?);
            }
        }
        Ok(Self(inside))
    }

    /// Whether the rights include every system permission in these grants.
    pub fn are_held(&self, rights: &Rights, org_id: Option<OrgId>, grants: &[Grant]) -> bool {
        let mut behind = grants.iter().filter_map(|grant| self.0.get(&grant.definition)).flatten();
        behind.all(|permission| rights.hold(*permission, org_id))
    }
}

fn system_permission(name: &str) -> Result<SystemPermission, Error> {
    SystemPermission::from_name(name).ok_or_else(|| Error::internal(format!("{name} is not a system permission")))
}
