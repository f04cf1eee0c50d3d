use sea_orm::{DbErr, FromQueryResult, QueryResult};

use super::{PermissionId, RoleId};

/// Permissions and roles: both are defined in an org or globally, and assigned to users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DefinitionKind {
    Permission,
    Role,
}

impl DefinitionKind {
    /// In the order in which faults are reported.
    pub const ALL: [Self; 2] = [Self::Permission, Self::Role];

    /// `permission` or `role`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Permission => "permission",
            Self::Role => "role",
        }
    }

    /// `permissions` or `roles`.
    pub const fn plural(self) -> &'static str {
        match self {
            Self::Permission => "permissions",
            Self::Role => "roles",
        }
    }

    pub const fn id(self, number: i64) -> DefinitionId {
        match self {
            Self::Permission => DefinitionId::Permission(PermissionId(number)),
            Self::Role => DefinitionId::Role(RoleId(number)),
        }
    }
}

/// The id of a permission or role: a row's `permission_id` or `role_id`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DefinitionId {
    Permission(PermissionId),
    Role(RoleId),
}

impl DefinitionId {
    pub const fn kind(self) -> DefinitionKind {
        match self {
            Self::Permission(_) => DefinitionKind::Permission,
            Self::Role(_) => DefinitionKind::Role,
        }
    }

    pub const fn number(self) -> i64 {
        match self {
            Self::Permission(PermissionId(number)) | Self::Role(RoleId(number)) => number,
        }
    }

    /// From a row's two columns.
    pub fn of_row(permission_id: Option<PermissionId>, role_id: Option<RoleId>) -> Option<Self> {
        permission_id.map(Self::Permission).or(role_id.map(Self::Role))
    }

    pub fn permission_id(self) -> Option<PermissionId> {
        match self {
            Self::Permission(id) => Some(id),
            Self::Role(_) => None,
        }
    }

    pub fn role_id(self) -> Option<RoleId> {
        match self {
            Self::Permission(_) => None,
            Self::Role(id) => Some(id),
        }
    }
}

impl FromQueryResult for DefinitionId {
    fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
        let found = Self::of_row(row.try_get(prefix, "permission_id")?, row.try_get(prefix, "role_id")?);
        found.ok_or_else(|| DbErr::Type("a row names neither a permission nor a role".to_owned()))
    }
}
