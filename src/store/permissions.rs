//! Rights, by name, within an org or globally.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{all, execute, is_in_org, like_literal, one, one_row};
use crate::clock::Timestamp;
use crate::entity::permission::{ActiveModel, Column, Entity, Model};
use crate::error::{Error, unique_or};
use crate::ids::{OrgId, PermissionId, UserId};

/// Grants every system permission to a user in global scope.
pub async fn grant_all_system(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO assignments (user_id, org_id, permission_id, role_id, resource_id, created_at)
               SELECT CAST($1 AS BIGINT), NULL, id, NULL, NULL, CAST($2 AS BIGINT) FROM permissions WHERE is_system";
    execute(connection, sql, [user_id.into(), now.into()]).await.map(drop)
}

/// A permission to be.
#[derive(Clone, Debug)]
pub struct NewPermission {
    pub uid: String,
    pub org_id: Option<OrgId>,
    pub name: String,
    pub description: Option<String>,
    pub now: Timestamp,
}

/// Adds a permission.
///
/// # Errors
/// [`Error::PermissionNameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, new: NewPermission) -> Result<PermissionId, Error> {
    let taken = Error::PermissionNameTaken(new.name.clone());
    let row = ActiveModel {
        uid: Set(new.uid),
        org_id: Set(new.org_id),
        name: Set(new.name),
        description: Set(new.description),
        is_system: Set(false),
        created_at: Set(new.now),
        updated_at: Set(new.now),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, taken)?.last_insert_id)
}

/// A permission with its scope as programs know it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: PermissionId,
    pub uid: String,
    pub org_id: Option<OrgId>,
    pub org_uid: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

const FOUND: &str = "SELECT p.id, p.uid, p.org_id, o.uid AS org_uid, p.name, p.description, p.is_system,
                            p.created_at, p.updated_at
                     FROM permissions p LEFT JOIN orgs o ON o.id = p.org_id";

/// The permission of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE p.uid = $1"), [uid.into()]).await
}

/// The permission of an id.
pub async fn find(connection: &impl ConnectionTrait, id: PermissionId) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE p.id = $1"), [id.into()]).await
}

/// The permissions of these uids, in no order.
pub async fn by_uids(connection: &impl ConnectionTrait, uids: &[String]) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::Uid.is_in(uids)).all(connection).await?)
}

/// The permissions of these ids, in no order.
pub async fn by_ids(connection: &impl ConnectionTrait, ids: &[PermissionId]) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(connection).await?)
}

/// Whether another permission of the scope, or a system permission, has that name.
pub async fn name_taken(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    name: &str,
    but: Option<PermissionId>,
) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM permissions WHERE name = $1 AND id <> $2 AND (is_system OR COALESCE(org_id, 0) = $3)";
    Ok(one_row(connection, sql, [name.into(), but.map_or(0, |id| id.0).into(), org_id.map_or(0, |id| id.0).into()])
        .await?
        .is_some())
}

/// Changes name and description.
///
/// # Errors
/// [`Error::PermissionNameTaken`].
pub async fn change(
    connection: &impl ConnectionTrait,
    id: PermissionId,
    name: &str,
    description: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        description: Set(description.map(str::to_owned)),
        updated_at: Set(now),
        ..Default::default()
    };
    let changed = Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await;
    unique_or(changed, Error::PermissionNameTaken(name.to_owned()))?;
    Ok(())
}

/// Removes a permission from everywhere.
pub async fn delete(connection: &impl ConnectionTrait, id: PermissionId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}

/// Which permissions or roles a list holds.
#[derive(Clone, Debug)]
pub enum Scopes {
    /// Everything.
    All,
    /// Those of these orgs.
    Orgs(Vec<OrgId>),
}

impl Scopes {
    /// A condition on `column`. Ids are numbers of ours: they stand in the text as they are.
    pub(super) fn condition(&self, column: &str) -> String {
        match self {
            Self::All => "1 = 1".to_owned(),
            Self::Orgs(ids) if ids.is_empty() => "1 = 0".to_owned(),
            Self::Orgs(ids) => {
                let ids: Vec<String> = ids.iter().map(OrgId::to_string).collect();
                format!("{column} IN ({})", ids.join(", "))
            }
        }
    }
}

/// A permission in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: PermissionId,
    pub uid: String,
    pub org_uid: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub users_count: i64,
    pub roles_count: i64,
}

/// Permissions whose name begins with `prefix`, after a uid, in the order of their uids. Who has one by a
/// membership that has ended is not counted.
pub async fn list(
    connection: &impl ConnectionTrait,
    scopes: &Scopes,
    prefix: &str,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    listed(connection, &scopes.condition("p.org_id"), prefix, after, limit, now).await
}

/// Permissions of one org, or (`None`) global ones, after a uid, in the order of their uids.
pub async fn of_scope(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let condition = match org_id {
        Some(id) => format!("p.org_id = {id}"),
        None => "p.org_id IS NULL".to_owned(),
    };
    listed(connection, &condition, "", after, limit, now).await
}

async fn listed(
    connection: &impl ConnectionTrait,
    condition: &str,
    prefix: &str,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let sql = format!(
        "SELECT p.id, p.uid, o.uid AS org_uid, p.name, p.description, p.is_system, p.created_at, p.updated_at,
                (SELECT COUNT(DISTINCT a.user_id) FROM assignments a WHERE a.permission_id = p.id
                 AND (a.org_id IS NULL OR {})) AS users_count,
                (SELECT COUNT(*) FROM role_permissions r WHERE r.permission_id = p.id) AS roles_count
         FROM permissions p LEFT JOIN orgs o ON o.id = p.org_id
         WHERE {condition} AND p.uid > $1 AND p.name LIKE $2 ESCAPE '!' ORDER BY p.uid LIMIT $3",
        is_in_org("a.org_id", "a.user_id", "$4")
    );
    let pattern = format!("{}%", like_literal(&prefix.to_lowercase()));
    all(connection, &sql, [after.into(), pattern.into(), limit.into(), now.into()]).await
}

/// The permissions that a role of an org may hold: the org's own and the global ones, in the order of their
/// names. A global role (`None`) holds global ones.
pub async fn usable_in(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    limit: u64,
) -> Result<Vec<Model>, Error> {
    use sea_orm::{Condition, QueryOrder as _, QuerySelect as _};

    Ok(Entity::find()
        .filter(Condition::any().add(Column::OrgId.is_null()).add_option(org_id.map(|id| Column::OrgId.eq(id))))
        .order_by_asc(Column::IsSystem)
        .order_by_asc(Column::Name)
        .limit(limit)
        .all(connection)
        .await?)
}
