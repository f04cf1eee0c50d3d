//! The present version of each secret of an environment.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::PlaceId;

/// The secret fields of an environment.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Field {
    #[sea_orm(string_value = "access_key")]
    AccessKey,
    #[sea_orm(string_value = "secret_key")]
    SecretKey,
    #[sea_orm(string_value = "db_user")]
    DbUser,
    #[sea_orm(string_value = "db_pass")]
    DbPass,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "environment_secrets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: PlaceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub field: Field,
    pub version: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
