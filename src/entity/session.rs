//! Browser sessions and bearer tokens. One with a name is an access token.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{SessionId, UserId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum SessionKind {
    /// A cookie.
    #[sea_orm(string_value = "browser")]
    Browser,
    /// A token in the `Authorization` header.
    #[sea_orm(string_value = "bearer")]
    Bearer,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: SessionId,
    pub uid: String,
    pub user_id: UserId,
    pub kind: SessionKind,
    pub digest: String,
    pub agent: Option<String>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    pub name: Option<String>,
    pub ip: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl ActiveModelBehavior for ActiveModel {}
