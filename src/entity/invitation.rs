//! Offers from an inviter to an invitee.

use sea_orm::entity::prelude::*;

use super::Kind;
use super::member::Level;
use crate::clock::Timestamp;
use crate::ids::{InvitationId, PlaceId, UserId};

/// The stored state. "Expired" is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum InvitationState {
    /// Open, or expired.
    #[sea_orm(string_value = "pending")]
    Pending,
    #[sea_orm(string_value = "accepted")]
    Accepted,
    #[sea_orm(string_value = "declined")]
    Declined,
    /// By the inviting side, or because it lost the right.
    #[sea_orm(string_value = "revoked")]
    Revoked,
    /// Replaced by a newer invitation or mail.
    #[sea_orm(string_value = "superseded")]
    Superseded,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: InvitationId,
    pub uid: String,
    pub kind: Kind,
    /// `None`: deleted.
    pub place_id: Option<PlaceId>,
    pub level: Level,
    pub target_name: String,
    pub inviter_id: Option<UserId>,
    pub invitee_id: Option<UserId>,
    pub address: String,
    pub normal: String,
    /// How the inviting side named the invitee, if not by the address.
    pub named_as: Option<String>,
    /// The name that came with the address of somebody without an account.
    pub invitee_name: Option<String>,
    /// What the inviter wrote to the invitee.
    pub note: Option<String>,
    pub state: InvitationState,
    pub generation: i64,
    pub life: i64,
    pub created_at: Timestamp,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<UserId>,
    pub link_asked_at: Option<Timestamp>,
    /// When the mail with the present link failed for good.
    pub mail_failed_at: Option<Timestamp>,
    pub mailed_digest: String,
    pub copied_digest: String,
    /// Raised when more is offered, which invalidates links copied before.
    pub copied_edition: i64,
    pub code_digest: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::place::Entity", from = "Column::PlaceId", to = "super::place::Column::Id")]
    Place,
    #[sea_orm(belongs_to = "super::user::Entity", from = "Column::InviterId", to = "super::user::Column::Id")]
    Inviter,
}

impl ActiveModelBehavior for ActiveModel {}
