//! What permissions and roles allow, in words.

use crate::domain::access::rights::SystemPermission;
use crate::words::{Language, Text};

/// The description of a permission or role: the catalogue's for a system permission, else what somebody wrote. Roles may
/// be called like a permission: who knows what it is says so.
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
