//! Password resets.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{AddressId, ResetId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "password_resets")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ResetId,
    pub uid: String,
    pub user_id: UserId,
    /// The address that the link was sent to, if known.
    pub address_id: Option<AddressId>,
    pub digest: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
