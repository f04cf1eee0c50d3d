//! Made-up mails of every kind, to look at in a debug build.

use super::render::{AccessChange, Grant, GrantKind, MailView};
use crate::clock::Timestamp;
use crate::entity::outbox::MailKind;
use crate::public_url::PublicUrl;

/// 22 November 2026, 22:13 UTC.
const WHEN: Timestamp = Timestamp(1_795_385_580_000);

/// What mails of a kind say, one for each way in which they differ; none for what is no mail.
pub fn of(kind: MailKind, base: &PublicUrl) -> Vec<MailView> {
    let link = |path: &str| base.join(path);
    match kind {
        MailKind::Invitation => vec![
            invitation(base, Place::Environment, Vec::new()),
            invitation(base, Place::Org, vec![role("editor"), permission("report.read", Some("spring"))]),
        ],
        MailKind::InvitationAccepted => vec![answered(base, true)],
        MailKind::InvitationDeclined => vec![answered(base, false)],
        MailKind::NewLinkWanted => vec![MailView::NewLinkWanted {
            who_address: "tomas@harbor.test".to_owned(),
            kind: Place::Environment.kind().to_owned(),
            target_name: Place::Environment.name().to_owned(),
            link: link("/environments/7/sharing"),
        }],
        MailKind::VerifyAddress => vec![verify_address(base, None), verify_address(base, Some("tomas@harbor.test"))],
        MailKind::ResetPassword => vec![MailView::ResetPassword {
            name: "Tomas Vale".to_owned(),
            link: link("/password/reset/0000sample0000sample0000sample00"),
            expires: WHEN.parts(),
        }],
        MailKind::PasswordChanged => vec![MailView::PasswordChanged {
            name: "Tomas Vale".to_owned(),
            when: WHEN.parts(),
            link: link("/password/forgot"),
        }],
        MailKind::MemberAdded => {
            vec![access_changed(base, AccessChange::Added, Some(Place::Org), vec![role("editor")])]
        }
        MailKind::RightsChanged => vec![
            access_changed(base, AccessChange::Changed, Some(Place::Environment), Vec::new()),
            access_changed(base, AccessChange::Changed, None, vec![permission("report.read", None)]),
            access_changed(base, AccessChange::Changed, None, Vec::new()),
        ],
        MailKind::MemberRemoved => {
            vec![access_changed(base, AccessChange::Removed, Some(Place::Environment), Vec::new())]
        }
        MailKind::PrimaryAddressChanged => vec![MailView::PrimaryAddressChanged {
            name: "Tomas Vale".to_owned(),
            address: "tomas@harbor.test".to_owned(),
            when: WHEN.parts(),
            link: link("/password/forgot"),
        }],
        MailKind::SlackSetUp | MailKind::SlackInvited | MailKind::SlackJoined | MailKind::SlackPromoted => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Place {
    Environment,
    Org,
}

impl Place {
    const fn kind(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Org => "org",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Environment => "Harbor staging",
            Self::Org => "Harbor Labs",
        }
    }
}

fn invitation(base: &PublicUrl, place: Place, grants: Vec<Grant>) -> MailView {
    MailView::Invitation {
        inviter_name: "Rosa Lindqvist".to_owned(),
        inviter_address: "rosa@harbor.test".to_owned(),
        kind: place.kind().to_owned(),
        target_name: place.name().to_owned(),
        right: "member".to_owned(),
        grants,
        expires: WHEN.parts(),
        link: base.join("/invitations/0000sample0000sample0000sample00"),
        code: match place {
            Place::Environment => Some("0f3a9c5e".to_owned()),
            Place::Org => None,
        },
        to_address: "tomas@harbor.test".to_owned(),
    }
}

fn answered(base: &PublicUrl, accepted: bool) -> MailView {
    MailView::InvitationAnswered {
        who_name: "Tomas Vale".to_owned(),
        who_address: "tomas@harbor.test".to_owned(),
        kind: Place::Environment.kind().to_owned(),
        target_name: Place::Environment.name().to_owned(),
        accepted,
        link: base.join("/environments/7/sharing"),
    }
}

fn verify_address(base: &PublicUrl, account: Option<&str>) -> MailView {
    MailView::VerifyAddress {
        address: if account.is_some() { "tomas@quay.test" } else { "tomas@harbor.test" }.to_owned(),
        link: base.join("/verify/0000sample0000sample0000sample00"),
        expires: WHEN.parts(),
        account: account.map(str::to_owned),
    }
}

fn access_changed(base: &PublicUrl, change: AccessChange, place: Option<Place>, grants: Vec<Grant>) -> MailView {
    MailView::AccessChanged {
        name: "Tomas Vale".to_owned(),
        who: "Rosa Lindqvist".to_owned(),
        change,
        kind: place.map(Place::kind),
        target_name: place.map(Place::name).unwrap_or_default().to_owned(),
        right: if place.is_some() { "administrator" } else { "" }.to_owned(),
        grants,
        link: base.join("/"),
    }
}

fn role(name: &str) -> Grant {
    Grant { kind: GrantKind::Role, name: name.to_owned(), resource: None }
}

fn permission(name: &str, resource: Option<&str>) -> Grant {
    Grant { kind: GrantKind::Permission, name: name.to_owned(), resource: resource.map(str::to_owned) }
}
