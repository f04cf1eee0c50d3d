//! Users with every system permission in global scope.

use sea_orm::ConnectionTrait;

use super::assignments::Holders;
use super::{is_active, one, one_row};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::ids::UserId;

pub(super) const HELD_SYSTEM_PERMISSIONS: &str = "NOT EXISTS (
    SELECT 1 FROM permissions p WHERE p.is_system AND NOT EXISTS (
        SELECT 1 FROM assignments a LEFT JOIN role_permissions r ON r.role_id = a.role_id
        WHERE a.user_id = u.id AND a.org_id IS NULL AND a.resource_id IS NULL
          AND (a.permission_id = p.id OR r.permission_id = p.id)))";

/// Whether a user has every system permission in global scope.
pub async fn is_superuser(connection: &impl ConnectionTrait, id: UserId) -> Result<bool, Error> {
    let sql = format!("SELECT u.id FROM users u WHERE u.id = $1 AND {HELD_SYSTEM_PERMISSIONS}");
    Ok(one_row(connection, &sql, [id.into()]).await?.is_some())
}

/// Whether there is a superuser.
pub async fn any(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    let sql = format!(
        "SELECT u.id FROM users u WHERE u.id IN (SELECT user_id FROM assignments WHERE org_id IS NULL)
         AND {HELD_SYSTEM_PERMISSIONS} LIMIT 1"
    );
    Ok(one_row(connection, &sql, []).await?.is_some())
}

/// Whether there are superusers who are active, and who will stay so.
pub async fn holders(connection: &impl ConnectionTrait, now: Timestamp) -> Result<Holders, Error> {
    let any = |condition: &str| {
        format!(
            "EXISTS (SELECT 1 FROM users u WHERE u.id IN (SELECT user_id FROM assignments WHERE org_id IS NULL)
                     AND {condition} AND {HELD_SYSTEM_PERMISSIONS})"
        )
    };
    let (active, lasting) = (any(&is_active("u", "$1")), any("u.deactivated_at IS NULL"));
    let sql = format!("SELECT {active} AS any_active, {lasting} AS any_lasting");
    let found = one(connection, &sql, [now.into()]).await?;
    found.ok_or_else(|| Error::internal("a question without a table has no answer"))
}
