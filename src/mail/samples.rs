//! Sample mails of every kind, for a debug build.

use super::render::{AccessChange, Grant, GrantKind, MailView};
use crate::clock::Timestamp;
use crate::domain::offer::Kind;
use crate::entity::outbox::MessageKind;
use crate::public_url::PublicUrl;

/// 22 November 2026, 22:13 UTC.
const WHEN: Timestamp = Timestamp(1_795_385_580_000);

/// The samples of a kind, one per variant; none for kinds that are not mails.
pub fn of(kind: MessageKind, base: &PublicUrl) -> Vec<MailView> {
    let link = |path: &str| base.join(path);
    match kind {
        MessageKind::Invitation => vec![
            invitation(base, Kind::Environment, "Rosa Marlow", Some(NOTE)),
            invitation(base, Kind::Environment, "Rosa Marlow", None),
            invitation(base, Kind::Org, "Rosa Marlow", None),
            invitation(base, Kind::Environment, HOSTILE, None),
        ],
        MessageKind::InvitationAccepted => vec![answered(base, true)],
        MessageKind::InvitationDeclined => vec![answered(base, false)],
        MessageKind::NewLinkWanted => vec![MailView::NewLinkWanted {
            who_address: "tomas@harbor.test".to_owned(),
            kind: Kind::Environment.word().to_owned(),
            target_name: NAME.to_owned(),
            link: link("/environments/7/sharing"),
        }],
        MessageKind::VerifyAddress => vec![verify_address(base, None), verify_address(base, Some("tomas@harbor.test"))],
        MessageKind::ResetPassword => vec![MailView::ResetPassword {
            name: "Tomas Vale".to_owned(),
            link: link("/password/reset/0000sample0000sample0000sample00"),
            expires: WHEN.parts_at(WHEN),
        }],
        MessageKind::PasswordChanged => vec![MailView::PasswordChanged {
            name: "Tomas Vale".to_owned(),
            when: WHEN.parts_at(WHEN),
            link: link("/password/forgot"),
        }],
        MessageKind::MemberAdded => {
            vec![access_changed(base, AccessChange::Added, Some(Kind::Org), vec![role("editor")])]
        }
        MessageKind::RightsChanged => {
            vec![access_changed(base, AccessChange::Changed, Some(Kind::Environment), Vec::new())]
        }
        MessageKind::GlobalRightsChanged => vec![
            access_changed(base, AccessChange::Changed, None, vec![permission("report.read", None)]),
            access_changed(base, AccessChange::Changed, None, Vec::new()),
        ],
        MessageKind::MemberRemoved => {
            vec![access_changed(base, AccessChange::Removed, Some(Kind::Environment), Vec::new())]
        }
        MessageKind::PrimaryAddressChanged => vec![MailView::PrimaryAddressChanged {
            name: "Tomas Vale".to_owned(),
            address: "tomas@harbor.test".to_owned(),
            when: WHEN.parts_at(WHEN),
            link: link("/password/forgot"),
        }],
        MessageKind::AddressAdded => vec![MailView::AddressAdded {
            name: "Tomas Vale".to_owned(),
            address: "tomas@quay.test".to_owned(),
            when: WHEN.parts_at(WHEN),
            link: link("/password/forgot"),
        }],
        MessageKind::SlackSetUp | MessageKind::SlackInvited | MessageKind::SlackJoined | MessageKind::SlackPromoted => {
            Vec::new()
        }
    }
}

/// The name of sample places.
const NAME: &str = "Harbor Labs";

const NOTE: &str = "Hi Tomas,\nhere are the keys for the Tuesday migration. – R.";

/// A name that would like to be more than that.
const HOSTILE: &str = "</b>\u{202e}\"Support\" <help@evil.test>, claim at https://www.evil.test/claim";

fn invitation(base: &PublicUrl, kind: Kind, inviter: &str, note: Option<&str>) -> MailView {
    let grants = vec![role("editor"), permission("report.read", Some("spring"))];
    MailView::Invitation {
        name: if kind == Kind::Org { "Tomas Vale" } else { "" }.to_owned(),
        inviter_name: inviter.to_owned(),
        inviter_address: (inviter != HOSTILE).then(|| "rosa@harbor.test".to_owned()),
        kind: kind.word().to_owned(),
        target_name: NAME.to_owned(),
        right: "member".to_owned(),
        note: note.map(str::to_owned),
        grants: if kind.facts().has_grants { grants } else { Vec::new() },
        expires: WHEN.parts_at(WHEN),
        link: base.join("/invitations/0000sample0000sample0000sample00"),
        code: kind.facts().has_code.then(|| "0f3a9c5e".to_owned()),
        to_address: "tomas@harbor.test".to_owned(),
    }
}

fn answered(base: &PublicUrl, accepted: bool) -> MailView {
    MailView::InvitationAnswered {
        who_name: "Tomas Vale".to_owned(),
        who_address: "tomas@harbor.test".to_owned(),
        kind: Kind::Environment.word().to_owned(),
        target_name: NAME.to_owned(),
        accepted,
        link: base.join("/environments/7/sharing"),
    }
}

fn verify_address(base: &PublicUrl, account: Option<&str>) -> MailView {
    MailView::VerifyAddress {
        address: if account.is_some() { "tomas@quay.test" } else { "tomas@harbor.test" }.to_owned(),
        link: base.join("/verify/0000sample0000sample0000sample00"),
        expires: WHEN.parts_at(WHEN),
        account: account.map(str::to_owned),
    }
}

fn access_changed(base: &PublicUrl, change: AccessChange, kind: Option<Kind>, grants: Vec<Grant>) -> MailView {
    MailView::AccessChanged {
        name: "Tomas Vale".to_owned(),
        who: "Rosa Marlow".to_owned(),
        change,
        kind: kind.map(Kind::word),
        target_name: kind.map(|_| NAME).unwrap_or_default().to_owned(),
        right: if kind.is_some() { "administrator" } else { "" }.to_owned(),
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
