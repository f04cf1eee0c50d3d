//! Permissions and roles that an invitation to an org offers.

use sea_orm::entity::prelude::*;

use crate::ids::{InvitationId, OfferedGrantId, PermissionId, RoleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation_grants")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OfferedGrantId,
    pub invitation_id: InvitationId,
    pub permission_id: Option<PermissionId>,
    pub role_id: Option<RoleId>,
    pub resource_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
