//! Memberships. The id is the accepted invitation's, or the next of the same sequence.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::ids::{MembershipId, PlaceId, UserId};

/// The level of a member, lowest first. In an org their roles say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Level {
    /// May see everything that members may.
    #[sea_orm(string_value = "member")]
    Member,
    /// May do everything.
    #[sea_orm(string_value = "administrator")]
    Administrator,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MembershipId,
    pub place_id: PlaceId,
    pub user_id: UserId,
    /// The user's, for the order of lists.
    pub user_uid: String,
    /// The place's.
    pub kind: Kind,
    pub level: Level,
    pub joined_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub let_in_by: Option<String>,
    /// Sees no credentials until the mailbox is proved.
    pub awaits_proof: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::place::Entity", from = "Column::PlaceId", to = "super::place::Column::Id")]
    Place,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::UserId", to = "super::user::Column::Id")]
    User,
}

impl ActiveModelBehavior for ActiveModel {}
