//! Values that secrets have. The values themselves are with the environments and their keys.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::UserId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "secret_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub uid: String,
    pub made_at: Timestamp,
    /// `None`: unknown. The account may have been deleted.
    pub made_by: Option<UserId>,
    pub made_by_name: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
