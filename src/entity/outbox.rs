//! Messages owed by committed changes.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{InvitationId, MessageId, PlaceId, UserId};

/// What sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Carrier {
    /// The mail server, or the folder.
    #[sea_orm(string_value = "mail")]
    Mail,
    /// Slack's API.
    #[sea_orm(string_value = "slack")]
    Slack,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MessageKind {
    /// With its link.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// To the inviter.
    #[sea_orm(string_value = "invitation_accepted")]
    InvitationAccepted,
    /// To the inviter.
    #[sea_orm(string_value = "invitation_declined")]
    InvitationDeclined,
    /// To the inviter, about an expired invitation.
    #[sea_orm(string_value = "new_link_wanted")]
    NewLinkWanted,
    /// With a link that proves the mailbox.
    #[sea_orm(string_value = "verify_address")]
    VerifyAddress,
    /// With a link to a new password.
    #[sea_orm(string_value = "reset_password")]
    ResetPassword,
    /// To the user, as a warning.
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// To a member added without an invitation.
    #[sea_orm(string_value = "member_added")]
    MemberAdded,
    /// To a user, about a place.
    #[sea_orm(string_value = "rights_changed")]
    RightsChanged,
    /// To a user.
    #[sea_orm(string_value = "global_rights_changed")]
    GlobalRightsChanged,
    /// To a former member.
    #[sea_orm(string_value = "member_removed")]
    MemberRemoved,
    /// To a channel: notices are set up.
    #[sea_orm(string_value = "slack_set_up")]
    SlackSetUp,
    /// To a channel: somebody was invited.
    #[sea_orm(string_value = "slack_invited")]
    SlackInvited,
    /// To a channel: somebody joined.
    #[sea_orm(string_value = "slack_joined")]
    SlackJoined,
    /// To a channel: a member was promoted to administrator.
    #[sea_orm(string_value = "slack_promoted")]
    SlackPromoted,
    /// To the former address, as a warning.
    #[sea_orm(string_value = "primary_address_changed")]
    PrimaryAddressChanged,
    /// To the primary address and the new one: an invitation's link was enough to add it.
    #[sea_orm(string_value = "address_added")]
    AddressAdded,
}

impl MessageKind {
    /// Whether somebody sits and waits for it.
    pub const fn is_awaited(self) -> bool {
        matches!(self, Self::ResetPassword | Self::VerifyAddress)
    }
}

/// The state of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MessageState {
    /// To be sent or retried.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// The other side accepted it.
    #[sea_orm(string_value = "sent")]
    Sent,
    #[sea_orm(string_value = "failed")]
    Failed,
    /// Obsolete before it was sent.
    #[sea_orm(string_value = "dropped")]
    Dropped,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: MessageId,
    pub uid: String,
    pub carrier: Carrier,
    pub kind: MessageKind,
    pub address: String,
    pub user_id: Option<UserId>,
    pub invitation_id: Option<InvitationId>,
    pub generation: Option<i64>,
    pub subject_uid: Option<String>,
    pub place_id: Option<PlaceId>,
    pub actor_id: Option<UserId>,
    pub state: MessageState,
    pub attempts: i64,
    pub next_at: Timestamp,
    pub lease: Option<String>,
    pub lease_until: Option<Timestamp>,
    pub fault: Option<String>,
    pub created_at: Timestamp,
    pub done_at: Option<Timestamp>,
    /// From when on another message that goes through makes this one due.
    pub held_at: Option<Timestamp>,
    /// How often another message has made it due.
    pub freed: i64,
    /// When somebody had it sent again after it had failed.
    pub resent_at: Option<Timestamp>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::invitation::Entity",
        from = "Column::InvitationId",
        to = "super::invitation::Column::Id"
    )]
    Invitation,
}

impl ActiveModelBehavior for ActiveModel {}
