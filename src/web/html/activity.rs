//! What happened, line by line, in the words of the pages.

use serde_json::{Value, json};

use super::times::Time;
use crate::clock::Timestamp;
use crate::entity::audit_event::Action;
use crate::store::audit::Told;
use crate::words::Text;

/// Events as the template `macros/activity.html` takes them.
pub(super) fn rows(events: &[Told], now: Timestamp) -> Vec<Value> {
    let row = |event: &Told| json!({ "when": Time::new(event.at, now), "who": event.actor_name, "what": told(event) });
    events.iter().map(row).collect()
}

fn told(event: &Told) -> Text {
    let key = match event.action {
        Action::EnvironmentCreated => "did-environment-created",
        Action::EnvironmentChanged => "did-environment-changed",
        Action::CredentialsChanged => "did-credentials-changed",
        Action::CredentialsRevealed => "did-credentials-revealed",
        Action::EnvironmentHandedOver => "did-environment-handed-over",
        Action::EnvironmentDeleted => "did-environment-deleted",
        Action::MemberPromoted => "did-member-promoted",
        Action::MemberDemoted => "did-member-demoted",
        Action::MemberRemoved => "did-member-removed",
        Action::MemberLeft => "did-member-left",
        Action::InvitationSent => "did-invitation-sent",
        Action::InvitationResent => "did-invitation-resent",
        Action::InvitationLinkCopied => "did-invitation-link-copied",
        Action::InvitationRevoked => "did-invitation-revoked",
        Action::InvitationAccepted => "did-invitation-accepted",
        Action::InvitationDeclined => "did-invitation-declined",
        Action::SlackSetUp => "did-slack-set-up",
        Action::SlackChanged => "did-slack-changed",
        Action::SlackRemoved => "did-slack-removed",
        Action::OrgCreated => "did-org-created",
        Action::OrgChanged => "did-org-changed",
        Action::OrgDeleted => "did-org-deleted",
        Action::MemberAdded => "did-member-added",
        Action::RightsChanged => "did-rights-changed",
        Action::RoleCreated => "did-role-created",
        Action::RoleChanged => "did-role-changed",
        Action::RoleDeleted => "did-role-deleted",
        Action::PermissionCreated => "did-permission-created",
        Action::PermissionChanged => "did-permission-changed",
        Action::PermissionDeleted => "did-permission-deleted",
        Action::InvitationChanged => "did-invitation-changed",
        Action::UserCreated => "did-user-created",
        Action::UserDeactivated => "did-user-deactivated",
        Action::UserActivated => "did-user-activated",
        Action::UserDeleted => "did-user-deleted",
        Action::TokenMade => "did-token-made",
        Action::TokenRevoked => "did-token-revoked",
        Action::UsernameChanged => "did-username-changed",
        Action::AddressAdded => "did-address-added",
        Action::PrimaryAddressChanged => "did-primary-address-changed",
        Action::AddressRemoved => "did-address-removed",
    };
    match &event.subject {
        Some(subject) => Text::of(key).with("subject", subject.as_str()),
        None => Text::of(key).with("subject", ""),
    }
}
