//! Who did what to what, when, from where.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Action {
    /// A new environment.
    #[sea_orm(string_value = "environment_created")]
    EnvironmentCreated,
    /// Name or details.
    #[sea_orm(string_value = "environment_changed")]
    EnvironmentChanged,
    /// Keys, database user or password.
    #[sea_orm(string_value = "credentials_changed")]
    CredentialsChanged,
    /// Somebody looked at them.
    #[sea_orm(string_value = "credentials_revealed")]
    CredentialsRevealed,
    /// A new owner.
    #[sea_orm(string_value = "environment_handed_over")]
    EnvironmentHandedOver,
    /// Gone.
    #[sea_orm(string_value = "environment_deleted")]
    EnvironmentDeleted,
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
    /// A new org.
    #[sea_orm(string_value = "org_created")]
    OrgCreated,
    /// Another name.
    #[sea_orm(string_value = "org_changed")]
    OrgChanged,
    /// Gone.
    #[sea_orm(string_value = "org_deleted")]
    OrgDeleted,
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
    pub id: i64,
    pub uid: String,
    pub at: Timestamp,
    pub actor_id: Option<i64>,
    pub actor_name: String,
    pub action: Action,
    pub environment_id: Option<i64>,
    pub org_id: Option<i64>,
    pub subject: Option<String>,
    /// JSON.
    pub details: Option<String>,
    pub ip: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
