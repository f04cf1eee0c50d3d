//! Grants of one permission or one role to a user, in an org or globally.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{AssignmentId, OrgId, PermissionId, RoleId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "assignments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: AssignmentId,
    pub user_id: UserId,
    pub org_id: Option<OrgId>,
    pub permission_id: Option<PermissionId>,
    pub role_id: Option<RoleId>,
    pub resource_id: Option<String>,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::permission::Entity",
        from = "Column::PermissionId",
        to = "super::permission::Column::Id"
    )]
    Permission,
}

impl ActiveModelBehavior for ActiveModel {}
