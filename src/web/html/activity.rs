//! What happened, line by line, in the words of the pages.

use serde_json::{Value, json};

use super::times::Time;
use crate::clock::Timestamp;
use crate::entity::audit_event::Action;
use crate::store::audit::Told;

/// Events as the template `macros/activity.html` takes them.
pub(super) fn rows(events: &[Told], now: Timestamp) -> Vec<Value> {
    let row = |event: &Told| json!({ "when": Time::new(event.at, now), "who": event.actor_name, "what": told(event) });
    events.iter().map(row).collect()
}

fn told(event: &Told) -> String {
    let subject = event.subject.as_deref().unwrap_or("somebody");
    match event.action {
        Action::EnvironmentCreated => "made the environment".to_owned(),
        Action::EnvironmentChanged => "changed the environment".to_owned(),
        Action::CredentialsChanged => "changed the credentials".to_owned(),
        Action::CredentialsRevealed => "looked at the credentials".to_owned(),
        Action::EnvironmentHandedOver => format!("handed the environment over to {subject}"),
        Action::EnvironmentDeleted => "deleted the environment".to_owned(),
        Action::MemberPromoted => format!("made {subject} an administrator"),
        Action::MemberDemoted => format!("made {subject} a plain member"),
        Action::MemberRemoved => format!("removed {subject}"),
        Action::MemberLeft => "left".to_owned(),
        Action::InvitationSent => format!("invited {subject}"),
        Action::InvitationResent => format!("sent {subject} a new invitation mail"),
        Action::InvitationLinkCopied => format!("copied the link of {subject}'s invitation"),
        Action::InvitationRevoked => format!("took the invitation of {subject} back"),
        Action::InvitationAccepted => "accepted an invitation".to_owned(),
        Action::InvitationDeclined => "declined an invitation".to_owned(),
        Action::SlackSetUp => format!("set up notices to Slack in {subject}"),
        Action::SlackChanged => format!("changed the notices to Slack in {subject}"),
        Action::SlackRemoved => format!("removed the notices to Slack in {subject}"),
        Action::OrgCreated => "made the org".to_owned(),
        Action::OrgChanged => "changed the org".to_owned(),
        Action::OrgDeleted => format!("deleted the org {subject}"),
        Action::MemberAdded => format!("added {subject}"),
        Action::RightsChanged => format!("changed the rights of {subject}"),
        Action::RoleCreated => format!("made the role {subject}"),
        Action::RoleChanged => format!("changed the role {subject}"),
        Action::RoleDeleted => format!("deleted the role {subject}"),
        Action::PermissionCreated => format!("made the permission {subject}"),
        Action::PermissionChanged => format!("changed the permission {subject}"),
        Action::PermissionDeleted => format!("deleted the permission {subject}"),
        Action::InvitationChanged => format!("changed the invitation of {subject}"),
        Action::UserCreated => format!("made the account of {subject}"),
        Action::UserDeactivated => format!("deactivated the account of {subject}"),
        Action::UserActivated => format!("activated the account of {subject}"),
        Action::UserDeleted => format!("deleted the account of {subject}"),
        Action::TokenMade => format!("made the access token {subject}"),
        Action::TokenRevoked => format!("revoked the access token {subject}"),
        Action::UsernameChanged => format!("took the username {subject}"),
        Action::AddressAdded => format!("added the address {subject}"),
        Action::PrimaryAddressChanged => format!("made {subject} the primary address"),
        Action::AddressRemoved => format!("removed the address {subject}"),
    }
}
