//! The sentence of an event, as it follows the actor's name.

use serde_json::Value;

use super::super::apart::apart;
use super::super::secrets::secrets;
use crate::domain::offer::Kind;
use crate::email_address::shown;
use crate::entity::audit_event::Action;
use crate::fields::ResourceId;
use crate::store::activity::Told;
use crate::store::audit::{Details, Refusal, Standing, Thing};
use crate::words::Text;

/// The sentence of an event.
pub(super) fn sentence(event: &Told) -> Text {
    let text = words(event.action, event.subject.as_deref(), &event.details());
    text.with("kind", event.place_kind.map(Kind::word).unwrap_or_default())
}

fn words(action: Action, subject: Option<&str>, details: &Details) -> Text {
    let text = of_secrets(action, details)
        .or_else(|| subject.and_then(|_| in_detail(action, details)))
        .or_else(|| counted(action, details))
        .unwrap_or_else(|| in_short(action, subject));
    text.with("subject", subject.map(|subject| apart(&shown(subject))).unwrap_or_default())
}

/// A sentence that names secrets.
fn of_secrets(action: Action, details: &Details) -> Option<Text> {
    let named = || secrets(details.secrets.iter().copied());
    match action {
        _ if details.secrets.is_empty() => None,
        Action::CredentialsChanged => Some(Text::of("did-credentials-changed-which").with("secrets", named())),
        Action::CredentialsRevealed => {
            let Some(format) = details.format.as_deref() else {
                return Some(Text::of("did-credentials-revealed-which").with("secrets", named()));
            };
            let text = match &details.reason {
                Some(reason) => Text::of("did-credentials-taken-why").with("reason", apart(reason)),
                None => Text::of("did-credentials-taken"),
            };
            Some(text.with("secrets", named()).with("format", format))
        }
        Action::FormerSecretRevealed => Some(Text::of("did-former-secret-revealed-which").with("secrets", named())),
        Action::ExposureDismissed => {
            let reason = apart(details.reason.as_deref().unwrap_or_default());
            Some(Text::of("did-exposure-dismissed-why").with("secrets", named()).with("reason", reason))
        }
        _ => None,
    }
}

/// A sentence with recorded details; older events have none.
fn in_detail(action: Action, details: &Details) -> Option<Text> {
    let (gave, took) = (&details.gave, &details.took);
    match action {
        Action::PlaceChanged => Some(Text::of("did-place-renamed").with("was", apart(details.was.as_deref()?))),
        Action::PermissionChanged => {
            Some(Text::of("did-permission-renamed").with("was", apart(details.was.as_deref()?)))
        }
        Action::InvitationSent => Some(Text::of("did-invitation-sent-how").with("how", how(details)?)),
        Action::InvitationChanged => Some(Text::of("did-invitation-changed-how").with("how", how(details)?)),
        Action::InvitationAccepted => Some(Text::of("did-invitation-accepted-how").with("how", how(details)?)),
        Action::MemberAdded if !gave.is_empty() => Some(Text::of("did-member-added-with").with("gave", things(gave))),
        Action::RightsChanged => match (gave.is_empty(), took.is_empty()) {
            (false, true) => Some(Text::of("did-rights-given").with("gave", things(gave))),
            (true, false) => Some(Text::of("did-rights-taken").with("took", things(took))),
            (false, false) => {
                let text = Text::of("did-rights-given-and-taken");
                Some(text.with("gave", things(gave)).with("took", things(took)))
            }
            (true, true) => None,
        },
        Action::RoleCreated if !gave.is_empty() => Some(Text::of("did-role-created-with").with("gave", names(gave))),
        Action::RoleChanged => {
            let changes = changes_of_role(details);
            (!changes.is_empty()).then(|| Text::of("did-role-changed-so").with("changes", changes))
        }
        Action::SignInRefused => Some(Text::of(match details.why? {
            Refusal::WrongPassword => "did-sign-in-refused-password",
            Refusal::Deactivated => "did-sign-in-refused-deactivated",
            Refusal::TooMany => "did-sign-in-refused-many",
        })),
        _ => None,
    }
}

fn counted(action: Action, details: &Details) -> Option<Text> {
    let count = details.count.filter(|_| action == Action::MessagesResent)?;
    Some(Text::of("did-messages-resent-count").with("count", count))
}

fn in_short(action: Action, subject: Option<&str>) -> Text {
    let named = subject.is_some();
    Text::of(match action {
        Action::PlaceCreated if named => "did-place-created-named",
        Action::PlaceCreated => "did-place-created",
        Action::PlaceChanged => "did-place-changed",
        Action::CredentialsChanged => "did-credentials-changed",
        Action::CredentialsRevealed => "did-credentials-revealed",
        Action::PlaceHandedOver => "did-place-handed-over",
        Action::PlaceDeleted => "did-place-deleted",
        Action::MemberPromoted => "did-member-promoted",
        Action::MemberDemoted => "did-member-demoted",
        Action::MemberRemoved => "did-member-removed",
        Action::MemberLeft => "did-member-left",
        Action::InvitationSent => "did-invitation-sent",
        Action::InvitationResent => "did-invitation-resent",
        Action::InvitationLinkCopied => "did-invitation-link-copied",
        Action::InvitationRevoked => "did-invitation-revoked",
        Action::InvitationAccepted if named => "did-invitation-accepted-of",
        Action::InvitationAccepted => "did-invitation-accepted",
        Action::InvitationDeclined if named => "did-invitation-declined-of",
        Action::InvitationDeclined => "did-invitation-declined",
        Action::SlackSetUp => "did-slack-set-up",
        Action::SlackChanged => "did-slack-changed",
        Action::SlackRemoved => "did-slack-removed",
        Action::SlackTokenRevealed => "did-slack-token-revealed",
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
        Action::ExposureDismissed => "did-exposure-dismissed",
        Action::FormerSecretRevealed => "did-former-secret-revealed",
        Action::SignedIn => "did-signed-in",
        Action::SignInRefused => "did-sign-in-refused",
        Action::SignedOut => "did-signed-out",
        Action::SessionEnded => "did-session-ended",
        Action::SessionsEnded => "did-sessions-ended",
        Action::AccountMade => "did-account-made",
        Action::AddressConfirmed => "did-address-confirmed",
        Action::PasswordChanged => "did-password-changed",
        Action::ResetRequested => "did-reset-requested",
        Action::PasswordReset => "did-password-reset",
        Action::SuperuserMade => "did-superuser-made",
        Action::SuperuserUnmade => "did-superuser-unmade",
        Action::MessagesResent => "did-messages-resent",
    })
}

/// Whoever did it, if there is no name: somebody of whom only an address is known, or who has the command line.
pub(super) const fn nobody(action: Action) -> &'static str {
    match action {
        Action::UserCreated | Action::SuperuserMade => "activity-operator",
        _ => "activity-somebody",
    }
}

/// The level that an invitation or membership gives, and the grants with it.
fn how(details: &Details) -> Option<Text> {
    let gave = (!details.gave.is_empty()).then(|| things(&details.gave));
    Some(match (details.standing?, gave) {
        (Standing::Member, None) => Text::of("how-member"),
        (Standing::Member, Some(gave)) => Text::of("how-with").with("gave", gave),
        (Standing::Administrator, None) => Text::of("how-administrator"),
        (Standing::Administrator, Some(gave)) => Text::of("how-administrator-with").with("gave", gave),
    })
}

fn changes_of_role(details: &Details) -> Vec<Text> {
    let was = details.was.as_deref().map(|was| Text::of("role-was").with("was", apart(was)));
    let gave = (!details.gave.is_empty()).then(|| Text::of("role-allows-more").with("gave", names(&details.gave)));
    let took = (!details.took.is_empty()).then(|| Text::of("role-allows-less").with("took", names(&details.took)));
    [was, gave, took].into_iter().flatten().collect()
}

/// Roles and permissions, each labelled as such.
fn things(things: &[Thing]) -> Value {
    let thing = |thing: &Thing| match thing {
        Thing::Administration => Text::of("thing-administration"),
        Thing::Role { name, resource_id: None } => Text::of("thing-role").with("name", apart(name)),
        Thing::Permission { name, resource_id: None } => Text::of("thing-permission").with("name", apart(name)),
        Thing::Role { name, resource_id: Some(id) } => narrowed("thing-role-for", name, id),
        Thing::Permission { name, resource_id: Some(id) } => narrowed("thing-permission-for", name, id),
    };
    things.iter().map(thing).collect::<Vec<_>>().into()
}

fn narrowed(key: &'static str, name: &str, resource_id: &str) -> Text {
    Text::of(key).with("name", apart(name)).with("resource", apart(&ResourceId::as_typed(resource_id)))
}

/// A role's permissions, by name alone.
fn names(things: &[Thing]) -> Value {
    let name = |thing: &Thing| match thing {
        Thing::Administration => Text::of("thing-administration"),
        Thing::Role { name, .. } | Thing::Permission { name, .. } => Text::of("thing-name").with("name", apart(name)),
    };
    things.iter().map(name).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::{Action, Details, Standing, Thing, words};
    use crate::words::Language;

    fn said(action: Action, subject: Option<&str>, details: &Details) -> String {
        let said = words(action, subject, details).in_language(Language::English);
        said.replace(['\u{2068}', '\u{2069}'], "")
    }

    #[test]
    fn what_was_recorded_before_there_were_details_reads_well_too() {
        let details = Details::default();
        for action in Action::iter() {
            for language in Language::ALL {
                for subject in [None, Some("Tomas Vale")] {
                    let said = words(action, subject, &details).in_language(language);
                    assert!(said.contains(' ') || said == "left", "{action:?}: {said}");
                    assert!(!said.contains("did-") && !said.contains('{'), "{action:?}: {said}");
                }
            }
        }
        assert_eq!(said(Action::InvitationAccepted, None, &details), "accepted an invitation");
        assert_eq!(said(Action::InvitationSent, Some("tomas@harbor.test"), &details), "invited tomas@harbor.test");
        assert_eq!(said(Action::RightsChanged, Some("Tomas Vale"), &details), "changed the rights of Tomas Vale");
    }

    #[test]
    fn several_things_are_joined() {
        let role = Thing::Role { name: "runner".to_owned(), resource_id: Some("\"berth-7\"".to_owned()) };
        let permission = Thing::Permission { name: "berth.open".to_owned(), resource_id: None };
        let gave = vec![Thing::Administration, role, permission];
        let details = Details { standing: Some(Standing::Administrator), gave, ..Details::default() };
        assert_eq!(
            said(Action::InvitationSent, Some("tomas@harbor.test"), &details),
            "invited tomas@harbor.test as an administrator, with the rights of an administrator, the role ‘runner’ for \
             berth-7 only and the permission ‘berth.open’"
        );
    }
}
