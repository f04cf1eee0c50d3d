//! Rights and their grants.

use sea_orm::ConnectionTrait;

use super::execute;
use crate::clock::Timestamp;
use crate::error::Error;

/// Grants every system permission to a user in global scope.
pub async fn grant_all_system(connection: &impl ConnectionTrait, user_id: i64, now: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO assignments (user_id, org_id, permission_id, role_id, resource_id, created_at)
               SELECT CAST($1 AS BIGINT), NULL, id, NULL, NULL, CAST($2 AS BIGINT) FROM permissions WHERE is_system";
    execute(connection, sql, [user_id.into(), now.into()]).await.map(drop)
}
