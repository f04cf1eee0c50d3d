//! Permissions and roles that are handed out: which ones may be, and by whom.

use std::collections::{BTreeSet, HashMap};

use sea_orm::ConnectionTrait;

use crate::domain::access::rights::{Rights, SystemPermission};
use crate::error::Error;
use crate::ids::OrgId;
use crate::store;
use crate::store::assignments::{Grant, Granted};

/// A permission or role that is asked for by its uid, perhaps narrowed to one resource (JSON: a number or a
/// text).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub uid: String,
    pub resource_id: Option<String>,
}

/// What somebody is to be given in an org.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedGrants {
    pub permissions: Vec<Wanted>,
    pub roles: Vec<Wanted>,
}

impl WantedGrants {
    /// Insists on the rights to hand such things out in an org.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn need_rights(&self, rights: &Rights, org_id: Option<OrgId>) -> Result<(), Error> {
        if !self.permissions.is_empty() {
            rights.need(SystemPermission::PermissionAssignmentWrite, org_id)?;
        }
        if !self.roles.is_empty() {
            rights.need(SystemPermission::RoleAssignmentWrite, org_id)?;
        }
        Ok(())
    }

    /// The grants, all of them scoped to exactly this org.
    ///
    /// # Errors
    /// In this order: [`Error::PermissionUnknown`], [`Error::PermissionOfOtherScope`],
    /// [`Error::RoleUnknown`], [`Error::RoleOfOtherScope`].
    pub(crate) async fn resolve(&self, connection: &impl ConnectionTrait, org_id: OrgId) -> Result<Vec<Grant>, Error> {
        let mut grants = Vec::with_capacity(self.permissions.len() + self.roles.len());
        if !self.permissions.is_empty() {
            let uids: Vec<String> = self.permissions.iter().map(|wanted| wanted.uid.clone()).collect();
            let found = store::permissions::by_uids(connection, &uids).await?;
            let by_uid: HashMap<_, _> = found.iter().map(|found| (found.uid.as_str(), found)).collect();
            for wanted in &self.permissions {
                if !by_uid.contains_key(wanted.uid.as_str()) {
                    return Err(Error::PermissionUnknown(wanted.uid.clone()));
                }
            }
            for wanted in &self.permissions {
                let found = by_uid[wanted.uid.as_str()];
                if found.org_id != Some(org_id) {
                    return Err(Error::PermissionOfOtherScope(wanted.uid.clone()));
                }
                let granted = Granted::Permission(found.id);
                grants.push(Grant { granted, resource_id: wanted.resource_id.clone() });
            }
        }
        if !self.roles.is_empty() {
            let uids: Vec<String> = self.roles.iter().map(|wanted| wanted.uid.clone()).collect();
            let found = store::roles::by_uids(connection, &uids).await?;
            let by_uid: HashMap<_, _> = found.iter().map(|found| (found.uid.as_str(), found)).collect();
            for wanted in &self.roles {
                if !by_uid.contains_key(wanted.uid.as_str()) {
                    return Err(Error::RoleUnknown(wanted.uid.clone()));
                }
            }
            for wanted in &self.roles {
                let found = by_uid[wanted.uid.as_str()];
                if found.org_id != Some(org_id) {
                    return Err(Error::RoleOfOtherScope(wanted.uid.clone()));
                }
                grants.push(Grant { granted: Granted::Role(found.id), resource_id: wanted.resource_id.clone() });
            }
        }
        Ok(grants)
    }
}

/// Nobody hands out a system permission, on its own or inside a role, without holding it in that scope.
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

/// Which system permissions stand behind grants.
#[derive(Clone, Debug, Default)]
pub(crate) struct SystemPermissions(HashMap<Granted, Vec<SystemPermission>>);

impl SystemPermissions {
    /// Those inside any of these grants.
    pub async fn inside<'a>(
        connection: &impl ConnectionTrait,
        grants: impl Iterator<Item = &'a Grant> + Clone,
    ) -> Result<Self, Error> {
        let permission_ids: BTreeSet<_> = grants.clone().filter_map(|grant| grant.granted.permission_id()).collect();
        let role_ids: BTreeSet<_> = grants.filter_map(|grant| grant.granted.role_id()).collect();
        let (permission_ids, role_ids) = (Vec::from_iter(permission_ids), Vec::from_iter(role_ids));
        let mut inside: HashMap<Granted, Vec<SystemPermission>> = HashMap::new();
        if !permission_ids.is_empty() {
            for found in store::permissions::by_ids(connection, &permission_ids).await? {
                if found.is_system {
                    inside.entry(Granted::Permission(found.id)).or_default().push(system_permission(&found.name)?);
                }
            }
        }
        for held in store::roles::holdings(connection, &role_ids).await? {
            if held.is_system {
                let permission = system_permission(&held.permission_name)?;
                inside.entry(Granted::Role(held.role_id)).or_default().push(permission);
            }
        }
        Ok(Self(inside))
    }

    /// Whether whoever has these rights holds all that stand behind some grants.
    pub fn are_held(&self, rights: &Rights, org_id: Option<OrgId>, grants: &[Grant]) -> bool {
        let mut behind = grants.iter().filter_map(|grant| self.0.get(&grant.granted)).flatten();
        behind.all(|permission| rights.hold(*permission, org_id))
    }
}

fn system_permission(name: &str) -> Result<SystemPermission, Error> {
    SystemPermission::from_name(name).ok_or_else(|| Error::internal(format!("{name} is no system permission")))
}
