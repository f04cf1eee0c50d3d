//! Who has seen which version of a secret.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::UserId;

/// How somebody came to know a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Way {
    #[sea_orm(string_value = "page")]
    Page,
    /// A program asked for the environment.
    #[sea_orm(string_value = "json")]
    Json,
    /// In the answer to accepting an invitation.
    #[sea_orm(string_value = "accept")]
    Accept,
    /// Among their stored keys.
    #[sea_orm(string_value = "keys")]
    Keys,
    /// Taken away in a format.
    #[sea_orm(string_value = "export")]
    Export,
    /// They entered it.
    #[sea_orm(string_value = "entered")]
    Entered,
    /// Known from an event of before versions were noted.
    #[sea_orm(string_value = "event")]
    Event,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sightings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    /// The account may have been deleted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    pub user_name: String,
    pub way: Way,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub times: i64,
    /// When the latest event was recorded.
    pub told_at: Timestamp,
    /// `times` when it was recorded.
    pub told_times: i64,
    pub is_certain: bool,
    /// When access to it ended in some place.
    pub lost_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
