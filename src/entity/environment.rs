//! Named records of a cloud set-up.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{CloudKeysId, EnvironmentId, PlaceId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "environments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: EnvironmentId,
    pub uid: String,
    pub place_id: PlaceId,
    pub owner_id: UserId,
    pub cloud_keys_id: CloudKeysId,
    pub name_key: String,
    pub bucket: String,
    pub prefix: Option<String>,
    pub db_name: String,
    pub host: String,
    pub db_user: Vec<u8>,
    pub db_pass: Vec<u8>,
    pub instance: String,
    pub parameter_group: Option<String>,
    pub updated_at: Timestamp,
    /// How many former values of each secret are kept.
    pub former_kept: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::place::Entity", from = "Column::PlaceId", to = "super::place::Column::Id")]
    Place,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::OwnerId", to = "super::user::Column::Id")]
    Owner,
    #[sea_orm(
        belongs_to = "super::cloud_keys::Entity",
        from = "Column::CloudKeysId",
        to = "super::cloud_keys::Column::Id"
    )]
    CloudKeys,
}

impl ActiveModelBehavior for ActiveModel {}
