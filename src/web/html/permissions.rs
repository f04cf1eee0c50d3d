//! Descriptions of permissions and roles.

use crate::domain::access::rights::SystemPermission;
use crate::words::{Language, Text};

/// A system permission's description from the catalogue, any other as its author wrote it. A role may have a
/// permission's name, so the caller says which of the two it is.
pub(super) fn described(language: Language, system: Option<SystemPermission>, written: Option<&str>) -> Option<String> {
    match system {
        Some(permission) => Some(Text::of(words(permission)).in_language(language)),
        None => written.map(str::to_owned),
    }
}

const fn words(permission: SystemPermission) -> &'static str {
    match permission {
        SystemPermission::OrgWrite => "allows-org-write",
        SystemPermission::OrgRead => "allows-org-read",
        SystemPermission::UserWrite => "allows-user-write",
        SystemPermission::UserRead => "allows-user-read",
        SystemPermission::PermissionWrite => "allows-permission-write",
        SystemPermission::PermissionRead => "allows-permission-read",
        SystemPermission::PermissionAssignmentWrite => "allows-permission-assignment-write",
        SystemPermission::PermissionAssignmentRead => "allows-permission-assignment-read",
        SystemPermission::RoleWrite => "allows-role-write",
        SystemPermission::RoleRead => "allows-role-read",
        SystemPermission::RoleAssignmentWrite => "allows-role-assignment-write",
        SystemPermission::RoleAssignmentRead => "allows-role-assignment-read",
    }
}
