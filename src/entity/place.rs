//! What people are invited to.

use sea_orm::entity::prelude::*;

use super::Kind;
use crate::clock::Timestamp;
use crate::ids::PlaceId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "places")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PlaceId,
    pub uid: String,
    pub kind: Kind,
    pub name: String,
    /// Its name in paths.
    pub key: String,
    pub sort_key: String,
    pub search_key: String,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
