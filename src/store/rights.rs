//! The rights of users: what follows from their assignments.

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{all, is_active, is_in_org};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::ids::{OrgId, UserId};

/// A system permission that a user has, and where.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Held {
    pub name: String,
    /// `None`: globally.
    pub org_id: Option<OrgId>,
}

/// The system permissions of a user, direct or by a role, not narrowed to a resource: global ones and those in orgs that
/// they are a member of. Deactivated users have none.
pub async fn held(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Held>, Error> {
    let sql = held_where(&format!("(a.org_id IS NULL OR {})", is_in_org("a.org_id", "a.user_id", "$2")));
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// [`held`] in one org, or (`None`) only globally.
pub async fn held_in(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    org_id: Option<OrgId>,
    now: Timestamp,
) -> Result<Vec<Held>, Error> {
    let globally = held_where("a.org_id IS NULL");
    // Ids are numbers of ours: they stand in the text as they are.
    let in_org = |id: OrgId| held_where(&format!("a.org_id = {id} AND {}", is_in_org("a.org_id", "a.user_id", "$2")));
    let sql = org_id.map_or_else(|| globally.clone(), |id| format!("{globally} UNION ALL {}", in_org(id)));
    all(connection, &sql, [user_id.into(), now.into()]).await
}

fn held_where(condition: &str) -> String {
    format!(
        "SELECT p.name, a.org_id
         FROM assignments a
         JOIN users u ON u.id = a.user_id AND {}
         LEFT JOIN role_permissions r ON r.role_id = a.role_id
         JOIN permissions p ON p.id = COALESCE(a.permission_id, r.permission_id) AND p.is_system
         WHERE a.user_id = $1 AND a.resource_id IS NULL AND {condition}",
        is_active("u", "$2"),
    )
}

/// A permission of a user, with where it comes from.
#[derive(Clone, Debug, FromQueryResult)]
pub struct EffectivePermission {
    pub uid: String,
    pub name: String,
    pub is_system: bool,
    pub org_uid: Option<String>,
    pub resource_id: Option<String>,
    pub role_uid: Option<String>,
}

/// All permissions of a user, in every context.
pub async fn permissions_of(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<EffectivePermission>, Error> {
    let sql = format!(
        "SELECT p.uid, p.name, p.is_system, o.uid AS org_uid, a.resource_id, ro.uid AS role_uid
               FROM assignments a
               LEFT JOIN roles ro ON ro.id = a.role_id
               LEFT JOIN role_permissions r ON r.role_id = a.role_id
               JOIN permissions p ON p.id = COALESCE(a.permission_id, r.permission_id)
               LEFT JOIN orgs o ON o.id = a.org_id
               WHERE a.user_id = $1 AND (a.org_id IS NULL OR {})
               ORDER BY a.id",
        is_in_org("a.org_id", "a.user_id", "$2")
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// A role of a user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct EffectiveRole {
    pub uid: String,
    pub name: String,
    pub is_system: bool,
    pub org_uid: Option<String>,
    pub resource_id: Option<String>,
}

/// All roles of a user, in every context.
pub async fn roles_of(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<EffectiveRole>, Error> {
    let sql = format!(
        "SELECT r.uid, r.name, r.is_system, o.uid AS org_uid, a.resource_id
               FROM assignments a JOIN roles r ON r.id = a.role_id LEFT JOIN orgs o ON o.id = a.org_id
               WHERE a.user_id = $1 AND (a.org_id IS NULL OR {})
               ORDER BY a.id",
        is_in_org("a.org_id", "a.user_id", "$2")
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}
