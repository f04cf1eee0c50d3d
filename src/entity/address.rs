//! The e-mail addresses of users.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{AddressId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "addresses")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: AddressId,
    pub uid: String,
    pub user_id: UserId,
    pub address: String,
    pub normal: String,
    pub is_primary: bool,
    pub counts: bool,
    pub verified_at: Option<Timestamp>,
    pub generation: i64,
    pub verify_digest: Option<String>,
    pub verify_expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl ActiveModelBehavior for ActiveModel {}
