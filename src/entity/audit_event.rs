//! Who did what to what, when, from where.

use sea_orm::entity::prelude::*;

use super::Kind;
use crate::clock::Timestamp;
use crate::ids::{EventId, PlaceId, UserId};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Action {
    /// A new place.
    #[sea_orm(string_value = "place_created")]
    PlaceCreated,
    /// Name or details.
    #[sea_orm(string_value = "place_changed")]
    PlaceChanged,
    /// Keys, database user or password.
    #[sea_orm(string_value = "credentials_changed")]
    CredentialsChanged,
    /// Somebody looked at them.
    #[sea_orm(string_value = "credentials_revealed")]
    CredentialsRevealed,
    /// A new owner.
    #[sea_orm(string_value = "place_handed_over")]
    PlaceHandedOver,
    /// Gone.
    #[sea_orm(string_value = "place_deleted")]
    PlaceDeleted,
    /// Became administrator.
    #[sea_orm(string_value = "member_promoted")]
    MemberPromoted,
    /// Is no administrator any more.
    #[sea_orm(string_value = "member_demoted")]
    MemberDemoted,
    /// Put out.
    #[sea_orm(string_value = "member_removed")]
    MemberRemoved,
    /// Went.
    #[sea_orm(string_value = "member_left")]
    MemberLeft,
    /// Somebody was invited.
    #[sea_orm(string_value = "invitation_sent")]
    InvitationSent,
    /// A new link was sent.
    #[sea_orm(string_value = "invitation_resent")]
    InvitationResent,
    /// The link was shown to an administrator.
    #[sea_orm(string_value = "invitation_link_copied")]
    InvitationLinkCopied,
    /// Taken back.
    #[sea_orm(string_value = "invitation_revoked")]
    InvitationRevoked,
    /// Somebody joined.
    #[sea_orm(string_value = "invitation_accepted")]
    InvitationAccepted,
    /// Somebody said no.
    #[sea_orm(string_value = "invitation_declined")]
    InvitationDeclined,
    /// Notices to a channel.
    #[sea_orm(string_value = "slack_set_up")]
    SlackSetUp,
    /// Another channel or token, on or off.
    #[sea_orm(string_value = "slack_changed")]
    SlackChanged,
    /// No notices any more.
    #[sea_orm(string_value = "slack_removed")]
    SlackRemoved,
    /// Put in without an invitation.
    #[sea_orm(string_value = "member_added")]
    MemberAdded,
    /// Roles or permissions of a member.
    #[sea_orm(string_value = "rights_changed")]
    RightsChanged,
    /// A new role.
    #[sea_orm(string_value = "role_created")]
    RoleCreated,
    /// A role's name or permissions.
    #[sea_orm(string_value = "role_changed")]
    RoleChanged,
    /// Gone.
    #[sea_orm(string_value = "role_deleted")]
    RoleDeleted,
    /// A new permission.
    #[sea_orm(string_value = "permission_created")]
    PermissionCreated,
    /// Another name.
    #[sea_orm(string_value = "permission_changed")]
    PermissionChanged,
    /// Gone.
    #[sea_orm(string_value = "permission_deleted")]
    PermissionDeleted,
    /// What is offered.
    #[sea_orm(string_value = "invitation_changed")]
    InvitationChanged,
    /// A new account, made by somebody else.
    #[sea_orm(string_value = "user_created")]
    UserCreated,
    /// May not sign in any more, from then on.
    #[sea_orm(string_value = "user_deactivated")]
    UserDeactivated,
    /// May sign in again.
    #[sea_orm(string_value = "user_activated")]
    UserActivated,
    /// An account ended.
    #[sea_orm(string_value = "user_deleted")]
    UserDeleted,
    /// A new access token.
    #[sea_orm(string_value = "token_made")]
    TokenMade,
    /// An access token that no longer works.
    #[sea_orm(string_value = "token_revoked")]
    TokenRevoked,
    /// Another username.
    #[sea_orm(string_value = "username_changed")]
    UsernameChanged,
    /// An address that is yet to be confirmed.
    #[sea_orm(string_value = "address_added")]
    AddressAdded,
    /// Another primary address.
    #[sea_orm(string_value = "primary_address_changed")]
    PrimaryAddressChanged,
    /// Gone.
    #[sea_orm(string_value = "address_removed")]
    AddressRemoved,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: EventId,
    pub uid: String,
    pub at: Timestamp,
    pub actor_id: Option<UserId>,
    pub actor_name: String,
    pub action: Action,
    /// Where; it may be gone.
    pub place_id: Option<PlaceId>,
    pub place_kind: Option<Kind>,
    pub subject: Option<String>,
    /// JSON.
    pub details: Option<String>,
    pub ip: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
