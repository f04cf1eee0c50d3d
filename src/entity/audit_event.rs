//! The audit log: who did what to what, when, from where.

use sea_orm::entity::prelude::*;

use super::Kind;
use crate::clock::Timestamp;
use crate::ids::{EventId, PlaceId, UserId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Action {
    #[sea_orm(string_value = "place_created")]
    PlaceCreated,
    /// Name or details.
    #[sea_orm(string_value = "place_changed")]
    PlaceChanged,
    /// Keys, database user or password.
    #[sea_orm(string_value = "credentials_changed")]
    CredentialsChanged,
    /// They were viewed.
    #[sea_orm(string_value = "credentials_revealed")]
    CredentialsRevealed,
    /// Ownership was transferred.
    #[sea_orm(string_value = "place_handed_over")]
    PlaceHandedOver,
    #[sea_orm(string_value = "place_deleted")]
    PlaceDeleted,
    /// To administrator.
    #[sea_orm(string_value = "member_promoted")]
    MemberPromoted,
    /// From administrator.
    #[sea_orm(string_value = "member_demoted")]
    MemberDemoted,
    #[sea_orm(string_value = "member_removed")]
    MemberRemoved,
    #[sea_orm(string_value = "member_left")]
    MemberLeft,
    #[sea_orm(string_value = "invitation_sent")]
    InvitationSent,
    /// A new link was sent.
    #[sea_orm(string_value = "invitation_resent")]
    InvitationResent,
    /// The link was shown to an administrator.
    #[sea_orm(string_value = "invitation_link_copied")]
    InvitationLinkCopied,
    #[sea_orm(string_value = "invitation_revoked")]
    InvitationRevoked,
    #[sea_orm(string_value = "invitation_accepted")]
    InvitationAccepted,
    #[sea_orm(string_value = "invitation_declined")]
    InvitationDeclined,
    /// Notices to a channel.
    #[sea_orm(string_value = "slack_set_up")]
    SlackSetUp,
    /// Another channel or token, on or off.
    #[sea_orm(string_value = "slack_changed")]
    SlackChanged,
    #[sea_orm(string_value = "slack_removed")]
    SlackRemoved,
    /// An administrator's program got it.
    #[sea_orm(string_value = "slack_token_revealed")]
    SlackTokenRevealed,
    /// Without an invitation.
    #[sea_orm(string_value = "member_added")]
    MemberAdded,
    /// Roles or permissions of a member.
    #[sea_orm(string_value = "rights_changed")]
    RightsChanged,
    #[sea_orm(string_value = "role_created")]
    RoleCreated,
    /// A role's name or permissions.
    #[sea_orm(string_value = "role_changed")]
    RoleChanged,
    #[sea_orm(string_value = "role_deleted")]
    RoleDeleted,
    #[sea_orm(string_value = "permission_created")]
    PermissionCreated,
    #[sea_orm(string_value = "permission_changed")]
    PermissionChanged,
    #[sea_orm(string_value = "permission_deleted")]
    PermissionDeleted,
    /// Its offer.
    #[sea_orm(string_value = "invitation_changed")]
    InvitationChanged,
    /// By somebody else.
    #[sea_orm(string_value = "user_created")]
    UserCreated,
    /// Effective then or later.
    #[sea_orm(string_value = "user_deactivated")]
    UserDeactivated,
    #[sea_orm(string_value = "user_activated")]
    UserActivated,
    #[sea_orm(string_value = "user_deleted")]
    UserDeleted,
    #[sea_orm(string_value = "token_made")]
    TokenMade,
    #[sea_orm(string_value = "token_revoked")]
    TokenRevoked,
    #[sea_orm(string_value = "username_changed")]
    UsernameChanged,
    /// Not confirmed yet.
    #[sea_orm(string_value = "address_added")]
    AddressAdded,
    #[sea_orm(string_value = "primary_address_changed")]
    PrimaryAddressChanged,
    #[sea_orm(string_value = "address_removed")]
    AddressRemoved,
    /// It does not matter that somebody without access knows a secret.
    #[sea_orm(string_value = "exposure_dismissed")]
    ExposureDismissed,
    /// An administrator looked at a former value.
    #[sea_orm(string_value = "former_secret_revealed")]
    FormerSecretRevealed,
    #[sea_orm(string_value = "signed_in")]
    SignedIn,
    /// To a known account.
    #[sea_orm(string_value = "sign_in_refused")]
    SignInRefused,
    #[sea_orm(string_value = "signed_out")]
    SignedOut,
    /// One's own, from the list of sign-ins.
    #[sea_orm(string_value = "session_ended")]
    SessionEnded,
    /// All of one's own but this one.
    #[sea_orm(string_value = "sessions_ended")]
    SessionsEnded,
    /// By its owner: signed up, joined, or by the set-up link.
    #[sea_orm(string_value = "account_made")]
    AccountMade,
    #[sea_orm(string_value = "address_confirmed")]
    AddressConfirmed,
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// A link to a new password was sent.
    #[sea_orm(string_value = "reset_requested")]
    ResetRequested,
    /// By such a link.
    #[sea_orm(string_value = "password_reset")]
    PasswordReset,
    #[sea_orm(string_value = "superuser_made")]
    SuperuserMade,
    #[sea_orm(string_value = "superuser_unmade")]
    SuperuserUnmade,
    /// Failed messages are sent again.
    #[sea_orm(string_value = "messages_resent")]
    MessagesResent,
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
    /// May have been deleted.
    pub place_id: Option<PlaceId>,
    pub place_kind: Option<Kind>,
    /// As it was called then.
    pub place_name: Option<String>,
    pub subject: Option<String>,
    /// JSON.
    pub details: Option<String>,
    pub ip: Option<String>,
    /// The user whom it was done to.
    pub subject_id: Option<UserId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
