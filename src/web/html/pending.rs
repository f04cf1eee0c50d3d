//! Invitations as the inviting side sees them, for `macros/pending.html`.

use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::narrowed::NarrowedRight;
use super::times::Time;
use crate::clock::Timestamp;
use crate::domain::invitations::standing::is_expired;
use crate::domain::users::activation::is_deactivated;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MessageState;
use crate::ids::InvitationId;
use crate::outbox::reason::Explanation;
use crate::store::invitation_lists::Open;

#[derive(Clone, Debug, Serialize)]
pub(super) struct PendingRow {
    id: InvitationId,
    state: &'static str,
    address: String,
    right: &'static str,
    inviter: Option<String>,
    /// The inviter is deleted or deactivated, so the invitation cannot be accepted.
    void: bool,
    sent: Time,
    expires: Time,
    expired: bool,
    mail: Mail,
    wants_new_link: bool,
    /// The roles and permissions that it grants.
    pub offers: Vec<NarrowedRight>,
    pub changeable: bool,
    /// Whether the visitor may resend it.
    pub offerable: bool,
}

/// The delivery state of its mail.
#[derive(Clone, Debug, Serialize)]
struct Mail {
    state: &'static str,
    reason: Option<Explanation>,
}

impl PendingRow {
    /// An invitation without grants.
    pub fn of(open: &Open, now: Timestamp) -> Self {
        let reason = open.mail_fault.as_deref().and_then(|stored| {
            if open.is_address_hidden { Explanation::without_recipient(stored) } else { Some(Explanation::of(stored)) }
        });
        Self {
            id: open.id,
            state: state(open.state),
            address: open.invitee.clone(),
            right: open.level.word(),
            inviter: open.inviter_name.clone(),
            void: open.inviter_name.is_none() || is_deactivated(open.inviter_deactivated_at, now),
            sent: Time::new(open.sent_at, now),
            expires: Time::new(open.expires_at, now),
            expired: is_expired(open.expires_at, now),
            mail: Mail { state: mail_state(open), reason },
            wants_new_link: open.link_asked_at.is_some(),
            offers: Vec::new(),
            changeable: false,
            offerable: true,
        }
    }
}

const fn state(state: InvitationState) -> &'static str {
    match state {
        InvitationState::Pending => "pending",
        InvitationState::Accepted => "accepted",
        InvitationState::Declined => "declined",
        InvitationState::Revoked => "revoked",
        InvitationState::Superseded => "superseded",
    }
}

const fn mail_state(open: &Open) -> &'static str {
    match open.mail_state {
        // It waits once it was put off.
        Some(MessageState::Queued) if open.mail_fault.is_none() => "sending",
        Some(MessageState::Queued) => "queued",
        Some(MessageState::Failed) => "failed",
        Some(MessageState::Sent | MessageState::Dropped) | None => "sent",
    }
}

#[cfg(test)]
impl Sample for PendingRow {
    /// Open ones in every delivery state, expired ones, one that cannot be accepted, and answered ones.
    fn samples() -> Vec<Self> {
        let row = |state, mail: &'static str, reason: Option<Explanation>| Self {
            id: InvitationId(7),
            state,
            address: "tomas@harbor.test".to_owned(),
            right: "member",
            inviter: Some("Rosa Marlow".to_owned()),
            void: false,
            sent: Time::sample(),
            expires: Time::sample(),
            expired: false,
            mail: Mail { state: mail, reason },
            wants_new_link: true,
            offers: NarrowedRight::samples(),
            changeable: true,
            offerable: true,
        };
        let refused = || Some(Explanation::of(r#"{"why":"reason-recipient-refused","said":"550 nobody"}"#));
        let failed = row("pending", "failed", refused());
        let old = row("pending", "failed", Some(Explanation::AsWritten("The server did not answer".to_owned())));
        let expired = Self { expired: true, ..failed.clone() };
        let void = Self { void: true, inviter: None, offers: Vec::new(), ..failed.clone() };
        let open = ["sending", "queued", "sent"].map(|mail| row("pending", mail, None));
        let answered = ["accepted", "declined", "revoked", "superseded"].map(|state| row(state, "sent", None));
        [failed, old, expired, void].into_iter().chain(open).chain(answered).collect()
    }
}
