//! Former values of secrets, where an environment keeps them.

use sea_orm::entity::prelude::*;

use super::environment_secret::Field;
use crate::clock::Timestamp;
use crate::ids::{FormerSecretId, PlaceId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "former_secrets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: FormerSecretId,
    pub uid: String,
    pub place_id: PlaceId,
    pub field: Field,
    /// Sealed.
    pub value: Vec<u8>,
    pub replaced_at: Timestamp,
    pub replaced_by: String,
    /// It may be present in other environments, or gone. `None`: an earlier program kept the value.
    pub version: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
