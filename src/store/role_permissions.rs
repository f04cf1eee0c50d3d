//! Which permissions roles hold.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait,
};

use crate::entity::permission;
use crate::entity::role_permission::{ActiveModel, Column, Entity, Relation};
use crate::error::Error;
use crate::ids::{DefinitionId, PermissionId, RoleId};

/// Replaces the permissions of a role.
pub async fn replace(
    connection: &impl ConnectionTrait,
    role_id: RoleId,
    permissions: &[PermissionId],
) -> Result<(), Error> {
    Entity::delete_many().filter(Column::RoleId.eq(role_id)).exec(connection).await?;
    let rows = permissions
        .iter()
        .map(|permission_id| ActiveModel { role_id: Set(role_id), permission_id: Set(*permission_id) });
    Entity::insert_many(rows).exec_without_returning(connection).await?;
    Ok(())
}

/// A permission that a role holds.
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Holding {
    pub role_id: RoleId,
    pub permission_id: PermissionId,
    #[sea_orm(from_expr = "permission::Column::Uid")]
    pub permission_uid: String,
    #[sea_orm(from_expr = "permission::Column::Name")]
    pub permission_name: String,
    #[sea_orm(from_expr = "permission::Column::IsSystem")]
    pub is_system: bool,
}

/// The permissions of roles, by uid.
pub async fn of_roles(connection: &impl ConnectionTrait, role_ids: &[RoleId]) -> Result<Vec<Holding>, Error> {
    if role_ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Entity::find()
        .join(JoinType::InnerJoin, Relation::Permission.def())
        .filter(Column::RoleId.is_in(role_ids.iter().copied()))
        .order_by_asc(permission::Column::Uid)
        .into_partial_model()
        .all(connection)
        .await?)
}

/// [`of_roles`] by role; ids of permissions are left out.
pub async fn by_role(
    connection: &impl ConnectionTrait,
    ids: impl Iterator<Item = DefinitionId>,
) -> Result<HashMap<DefinitionId, Vec<Holding>>, Error> {
    let role_ids: Vec<RoleId> = ids.filter_map(DefinitionId::role_id).collect();
    let mut held: HashMap<_, Vec<Holding>> = HashMap::new();
    for holding in of_roles(connection, &role_ids).await? {
        held.entry(DefinitionId::Role(holding.role_id)).or_default().push(holding);
    }
    Ok(held)
}
