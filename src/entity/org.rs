//! Named groups with members.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{OrgId, PlaceId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "orgs")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OrgId,
    pub uid: String,
    pub place_id: PlaceId,
    pub slug: String,
    pub updated_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::place::Entity", from = "Column::PlaceId", to = "super::place::Column::Id")]
    Place,
}

impl ActiveModelBehavior for ActiveModel {}
