//! Permissions and roles that an invitation to an org offers.

use sea_orm::entity::prelude::*;

use crate::ids::InvitationId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation_grants")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub invitation_id: InvitationId,
    pub permission_id: Option<i64>,
    pub role_id: Option<i64>,
    pub resource_id: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
