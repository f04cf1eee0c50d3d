//! Users.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{OrgId, UserId};
use crate::words::Language;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: UserId,
    pub uid: String,
    pub username: Option<String>,
    pub full_name: String,
    pub password_hash: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub deactivated_at: Option<Timestamp>,
    pub birth_org_id: Option<OrgId>,
    pub picture: Option<String>,
    pub seen_at: Option<Timestamp>,
    /// For sorting and searching; `store::users::set_keys` maintains them.
    pub sort_key: String,
    pub search_key: String,
    /// Of pages and mails; `None`: pages follow the browser.
    pub language: Option<Language>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
