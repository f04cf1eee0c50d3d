//! Messages that could not be sent, for superusers.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::lists::PartLinks;
use super::times::Time;
use super::{Failure, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::clock::Timestamp;
use crate::domain::failed_messages;
use crate::entity::outbox::{Carrier, MessageKind};
use crate::ids::MessageId;
use crate::outbox::reason::Explanation;
use crate::store::failed_messages::Failed;
use crate::usher::Usher;
use crate::words::Text;

const PATH: &str = "/mails";

#[derive(Serialize)]
pub(super) struct FailedMessagesView {
    messages: Vec<FailedRow>,
    #[serde(flatten)]
    links: PartLinks,
}

impl View for FailedMessagesView {
    const TEMPLATE: &'static str = "failed_messages";
}

#[derive(Clone, Serialize)]
struct FailedRow {
    id: MessageId,
    kind: Text,
    /// `None`: a notice to Slack.
    address: Option<String>,
    place: Option<String>,
    failed: Time,
    reason: Option<Explanation>,
}

impl FailedRow {
    fn of(failed: &Failed, now: Timestamp) -> Self {
        Self {
            id: failed.id,
            kind: Text::of(kind(failed.kind)),
            address: (failed.carrier == Carrier::Mail).then(|| failed.address.clone()),
            place: failed.place_name.clone(),
            failed: Time::new(failed.failed_at, now),
            reason: failed.fault.as_deref().map(Explanation::of),
        }
    }
}

const fn kind(kind: MessageKind) -> &'static str {
    match kind {
        MessageKind::Invitation => "message-invitation",
        MessageKind::InvitationAccepted => "message-invitation-accepted",
        MessageKind::InvitationDeclined => "message-invitation-declined",
        MessageKind::NewLinkWanted => "message-new-link-wanted",
        MessageKind::VerifyAddress => "message-verify-address",
        MessageKind::ResetPassword => "message-reset-password",
        MessageKind::PasswordChanged => "message-password-changed",
        MessageKind::MemberAdded => "message-member-added",
        MessageKind::RightsChanged | MessageKind::GlobalRightsChanged => "message-rights-changed",
        MessageKind::MemberRemoved => "message-member-removed",
        MessageKind::PrimaryAddressChanged => "message-primary-address-changed",
        MessageKind::AddressAdded => "message-address-added",
        MessageKind::SlackSetUp | MessageKind::SlackInvited | MessageKind::SlackJoined | MessageKind::SlackPromoted => {
            "message-slack"
        }
    }
}

#[get("/mails?<before>")]
async fn list(usher: &State<Usher>, user: SignedIn, before: Option<i64>) -> PageResult {
    let page = failed_messages::page(usher, &user.actor, before.unwrap_or(i64::MAX)).await?;
    let now = usher.now();
    let view = FailedMessagesView {
        messages: page.rows.iter().map(|failed| FailedRow::of(failed, now)).collect(),
        links: PartLinks::new(PATH, "before", page.next, before.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/mails/<id>/resend", data = "<_form>")]
async fn resend(usher: &State<Usher>, user: SignedIn, id: MessageId, _form: Submitted) -> Result<Go, Failure> {
    failed_messages::send_again(usher, &user.actor, id).await?;
    Ok(Go::to(PATH).saying(Notice::SentAgain))
}

#[post("/mails/resend", data = "<_form>")]
async fn resend_all(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    failed_messages::send_all_again(usher, &user.actor).await?;
    Ok(Go::to(PATH).saying(Notice::SentAgain))
}

#[cfg(test)]
impl Sample for FailedMessagesView {
    fn samples() -> Vec<Self> {
        let mail = FailedRow {
            id: MessageId(7),
            kind: Text::of("message-invitation"),
            address: Some("tomas@harbor.test".to_owned()),
            place: Some("Harbor staging".to_owned()),
            failed: Time::sample(),
            reason: Some(Explanation::of(r#"{"why":"reason-recipient-refused","said":"550 nobody"}"#)),
        };
        let old = Some(Explanation::AsWritten("The server did not answer".to_owned()));
        let notice = FailedRow { kind: Text::of("message-slack"), address: None, reason: old, ..mail.clone() };
        let bare = FailedRow { place: None, reason: None, ..mail.clone() };
        vec![
            Self { messages: vec![mail, notice, bare], links: PartLinks::sample() },
            Self { messages: Vec::new(), links: PartLinks::sample() },
            Self { messages: Vec::new(), links: PartLinks::default() },
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, resend, resend_all]
}
