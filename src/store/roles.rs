//! Named sets of permissions, within an org or globally.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder};

use super::permissions::Scopes;
use super::{all, is_in_org, like_literal, one, one_row};
use crate::clock::Timestamp;
use crate::entity::role::{ActiveModel, Column, Entity, Model};
use crate::entity::{permission, role_permission};
use crate::error::{Error, unique_or};
use crate::ids::{OrgId, PermissionId, RoleId};

/// A role to be.
#[derive(Clone, Debug)]
pub struct NewRole {
    pub uid: String,
    pub org_id: Option<OrgId>,
    pub name: String,
    pub description: Option<String>,
    pub now: Timestamp,
}

/// Adds a role, without permissions.
///
/// # Errors
/// [`Error::RoleNameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, new: NewRole) -> Result<RoleId, Error> {
    let taken = Error::RoleNameTaken(new.name.clone());
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

/// Puts other permissions in the place of a role's.
pub async fn set_permissions(
    connection: &impl ConnectionTrait,
    id: RoleId,
    permissions: &[PermissionId],
) -> Result<(), Error> {
    role_permission::Entity::delete_many().filter(role_permission::Column::RoleId.eq(id)).exec(connection).await?;
    let rows = permissions
        .iter()
        .map(|permission_id| role_permission::ActiveModel { role_id: Set(id), permission_id: Set(*permission_id) });
    role_permission::Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}

/// A role with its scope as programs know it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: RoleId,
    pub uid: String,
    pub org_id: Option<OrgId>,
    pub org_uid: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

const FOUND: &str = "SELECT r.id, r.uid, r.org_id, o.uid AS org_uid, r.name, r.description, r.is_system,
                            r.created_at, r.updated_at
                     FROM roles r LEFT JOIN orgs o ON o.id = r.org_id";

/// The role of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE r.uid = $1"), [uid.into()]).await
}

/// The role of an id.
pub async fn find(connection: &impl ConnectionTrait, id: RoleId) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE r.id = $1"), [id.into()]).await
}

/// The roles of these uids, in no order.
pub async fn by_uids(connection: &impl ConnectionTrait, uids: &[String]) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::Uid.is_in(uids)).all(connection).await?)
}

/// The roles of these ids, in no order.
pub async fn by_ids(connection: &impl ConnectionTrait, ids: &[RoleId]) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::Id.is_in(ids.iter().copied())).all(connection).await?)
}

/// The system role.
pub async fn system(connection: &impl ConnectionTrait) -> Result<Model, Error> {
    let role = Entity::find().filter(Column::IsSystem.eq(true)).one(connection).await?;
    role.ok_or_else(|| Error::internal("the system role is missing"))
}

/// Which permission a role holds.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Holding {
    pub role_id: RoleId,
    pub permission_id: PermissionId,
    pub permission_uid: String,
    pub permission_name: String,
    pub is_system: bool,
}

/// What roles hold, in the order of the permissions' uids.
pub async fn holdings(connection: &impl ConnectionTrait, role_ids: &[RoleId]) -> Result<Vec<Holding>, Error> {
    use sea_orm::{JoinType, QuerySelect as _, RelationTrait as _};

    if role_ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(role_permission::Entity::find()
        .select_only()
        .column(role_permission::Column::RoleId)
        .column(role_permission::Column::PermissionId)
        .column_as(permission::Column::Uid, "permission_uid")
        .column_as(permission::Column::Name, "permission_name")
        .column(permission::Column::IsSystem)
        .join(JoinType::InnerJoin, role_permission::Relation::Permission.def())
        .filter(role_permission::Column::RoleId.is_in(role_ids.iter().copied()))
        .order_by_asc(permission::Column::Uid)
        .into_model()
        .all(connection)
        .await?)
}

/// Whether another role of the scope, or the system role, has that name.
pub async fn name_taken(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    name: &str,
    but: Option<RoleId>,
) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM roles WHERE name = $1 AND id <> $2 AND (is_system OR COALESCE(org_id, 0) = $3)";
    Ok(one_row(connection, sql, [name.into(), but.map_or(0, |id| id.0).into(), org_id.map_or(0, |id| id.0).into()])
        .await?
        .is_some())
}

/// Changes name and description.
///
/// # Errors
/// [`Error::RoleNameTaken`].
pub async fn change(
    connection: &impl ConnectionTrait,
    id: RoleId,
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
    unique_or(changed, Error::RoleNameTaken(name.to_owned()))?;
    Ok(())
}

/// Removes a role from everywhere.
pub async fn delete(connection: &impl ConnectionTrait, id: RoleId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}

/// A role in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: RoleId,
    pub uid: String,
    pub org_uid: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub is_system: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub users_count: i64,
}

/// Roles whose name begins with `prefix`, after a uid, in the order of their uids. Who has one by a
/// membership that has ended is not counted.
pub async fn list(
    connection: &impl ConnectionTrait,
    scopes: &Scopes,
    prefix: &str,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    listed(connection, &scopes.condition("r.org_id"), prefix, after, limit, now).await
}

/// Roles of one org, or (`None`) global ones, after a uid, in the order of their uids.
pub async fn of_scope(
    connection: &impl ConnectionTrait,
    org_id: Option<OrgId>,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Listed>, Error> {
    let condition = match org_id {
        Some(id) => format!("r.org_id = {id}"),
        None => "r.org_id IS NULL".to_owned(),
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
        "SELECT r.id, r.uid, o.uid AS org_uid, r.name, r.description, r.is_system, r.created_at, r.updated_at,
                (SELECT COUNT(DISTINCT a.user_id) FROM assignments a WHERE a.role_id = r.id
                 AND (a.org_id IS NULL OR {})) AS users_count
         FROM roles r LEFT JOIN orgs o ON o.id = r.org_id
         WHERE {condition} AND r.uid > $1 AND r.name LIKE $2 ESCAPE '!' ORDER BY r.uid LIMIT $3",
        is_in_org("a.org_id", "a.user_id", "$4")
    );
    let pattern = format!("{}%", like_literal(&prefix.to_lowercase()));
    all(connection, &sql, [after.into(), pattern.into(), limit.into(), now.into()]).await
}
