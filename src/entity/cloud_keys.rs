//! Stored cloud keys.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{CloudKeysId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cloud_keys")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CloudKeysId,
    pub uid: String,
    pub user_id: UserId,
    pub name: String,
    pub name_key: String,
    pub access_key: Vec<u8>,
    pub secret_key: Vec<u8>,
    pub region: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// When the latest event was recorded of a look by their owner's programs.
    pub told_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
