//! Views of [`super`].

use rocket::http::Status;
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::PartLinks;
use super::super::narrowed::NarrowedRight;
use super::super::times::Time;
use super::super::{FormState, View, fields};
use crate::clock::Timestamp;
use crate::domain::invitations::preview::Preview;
use crate::domain::invitations::standing::Standing;
#[cfg(test)]
use crate::domain::offer::Kind;
use crate::email_address::mailto;
use crate::ids::InvitationId;
use crate::initials::initials;
use crate::store::invitations::Found;

#[derive(Serialize)]
pub(in crate::web::html) struct InvitationView {
    state: &'static str,
    #[serde(skip)]
    status: Status,
    /// `None`: no invitation has this link.
    #[serde(flatten)]
    known: Option<Known>,
}

impl View for InvitationView {
    const TEMPLATE: &'static str = "invitations/show";

    fn forms(&self) -> Vec<&FormState> {
        self.known.iter().map(|known| &known.form).collect()
    }

    fn status(&self) -> Status {
        self.status
    }
}

/// The invitation on the accept page.
#[derive(Serialize)]
pub(super) struct Known {
    pub invitation: OfferView,
    pub action: String,
    pub decline_action: String,
    pub ask_action: String,
    /// A new link was requested.
    pub asked: bool,
    /// `None`: the place is gone.
    pub target_url: Option<String>,
    /// The path to return to after signing in or out.
    pub next: String,
    pub usernames: bool,
    pub form: FormState,
}

#[derive(Serialize)]
pub(super) struct OfferView {
    kind: &'static str,
    target: String,
    inviter: Option<String>,
    inviter_initials: Option<String>,
    inviter_email: Option<String>,
    inviter_mailto: Option<String>,
    right: &'static str,
    expires: Time,
    address: String,
    /// What the inviter wrote, in lines.
    note: Option<String>,
    /// The fields that a member sees, as message keys.
    fields: &'static [&'static str],
    roles: Vec<NarrowedRight>,
    permissions: Vec<NarrowedRight>,
}

impl OfferView {
    pub fn of(seen: &Preview, now: Timestamp) -> Self {
        let found = &seen.invitation;
        Self {
            kind: found.kind.word(),
            target: found.target_name.clone(),
            inviter: found.inviter_name.clone(),
            inviter_initials: found.inviter_name.as_deref().map(initials),
            inviter_email: found.inviter_address.clone(),
            inviter_mailto: found.inviter_address.as_deref().map(mailto),
            right: found.level.word(),
            expires: Time::new(found.expires_at, now),
            address: seen.invitee().to_owned(),
            note: found.note.clone().filter(|_| found.proved_inviter_address().is_some()),
            fields: fields(found.kind),
            roles: seen.roles.iter().map(NarrowedRight::from).collect(),
            permissions: seen.permissions.iter().map(NarrowedRight::from).collect(),
        }
    }
}

impl InvitationView {
    pub(super) fn unknown() -> Self {
        Self { state: "unknown", status: Status::NotFound, known: None }
    }

    pub(super) fn of(standing: Standing, known: Known) -> Self {
        let (state, status) = state_and_status(standing);
        Self { state, status, known: Some(known) }
    }
}

const fn state_and_status(standing: Standing) -> (&'static str, Status) {
    match standing {
        Standing::Newcomer => ("newcomer", Status::Ok),
        Standing::SignIn => ("sign_in", Status::Ok),
        Standing::Ready => ("ready", Status::Ok),
        Standing::Other => ("other", Status::Ok),
        Standing::AcceptedByMe => ("accepted_by_me", Status::Ok),
        Standing::Member => ("member", Status::Ok),
        Standing::Accepted => ("accepted", Status::Gone),
        Standing::Expired => ("expired", Status::Gone),
        Standing::Revoked => ("revoked", Status::Gone),
        Standing::Superseded => ("superseded", Status::Gone),
        Standing::Declined => ("declined", Status::Gone),
        Standing::Gone => ("gone", Status::Gone),
    }
}

/// The visitor's open invitations, and a form for a code.
#[derive(Serialize)]
pub(in crate::web::html) struct InvitationsView {
    pub invitations: Vec<Waiting>,
    pub unverified: bool,
    #[serde(flatten)]
    pub links: PartLinks,
    pub form: FormState,
}

impl View for InvitationsView {
    const TEMPLATE: &'static str = "invitations/list";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// A row of that list.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct Waiting {
    id: InvitationId,
    kind: &'static str,
    target: String,
    inviter: Option<String>,
    inviter_email: Option<String>,
    right: &'static str,
    expires: Time,
}

impl Waiting {
    pub fn of(found: &Found, now: Timestamp) -> Self {
        Self {
            id: found.id,
            kind: found.kind.word(),
            target: found.target_name.clone(),
            inviter: found.inviter_name.clone(),
            inviter_email: found.inviter_address.clone(),
            right: found.level.word(),
            expires: Time::new(found.expires_at, now),
        }
    }
}

#[cfg(test)]
impl Sample for Waiting {
    fn samples() -> Vec<Self> {
        let waiting = |kind: Kind| Self {
            id: InvitationId(7),
            kind: kind.word(),
            target: "Harbor Labs".to_owned(),
            inviter: Some("Rosa Marlow".to_owned()),
            inviter_email: Some("rosa@harbor.test".to_owned()),
            right: "member",
            expires: Time::sample(),
        };
        Kind::all().map(waiting).collect()
    }
}

#[cfg(test)]
impl Sample for InvitationsView {
    fn samples() -> Vec<Self> {
        let view = |invitations, unverified, links| {
            let form = FormState::sample();
            Self { invitations, unverified, links, form }
        };
        vec![view(Waiting::samples(), true, PartLinks::sample()), view(Vec::new(), false, PartLinks::default())]
    }
}

#[cfg(test)]
impl Sample for OfferView {
    /// From an existing inviter, and from a deleted one.
    fn samples() -> Vec<Self> {
        let offer = |kind: Kind, right, inviter: Option<&str>| Self {
            kind: kind.word(),
            target: "Harbor Labs".to_owned(),
            inviter: inviter.map(str::to_owned),
            inviter_initials: inviter.map(initials),
            inviter_email: inviter.map(|_| "rosa@harbor.test".to_owned()),
            inviter_mailto: inviter.map(|_| "mailto:rosa@harbor.test".to_owned()),
            right,
            expires: Time::sample(),
            address: "tomas@harbor.test".to_owned(),
            note: inviter.map(|_| "Hi Tomas,\nwelcome aboard.".to_owned()),
            fields: fields(kind),
            roles: NarrowedRight::samples(),
            permissions: NarrowedRight::samples(),
        };
        let of_kind = |kind| [offer(kind, "administrator", Some("Rosa Marlow")), offer(kind, "member", None)];
        Kind::all().flat_map(of_kind).collect()
    }
}

#[cfg(test)]
impl Sample for InvitationView {
    /// Every state of every offer.
    fn samples() -> Vec<Self> {
        use Standing as S;

        let known = |asked, invitation| Known {
            invitation,
            action: "/invitations/0000sample/accept".to_owned(),
            decline_action: "/invitations/0000sample/decline".to_owned(),
            ask_action: "/invitations/0000sample/ask".to_owned(),
            asked,
            target_url: Some("/orgs/harbor-labs".to_owned()),
            next: "/invitations/0000sample".to_owned(),
            usernames: true,
            form: FormState::sample(),
        };
        let open = [S::Newcomer, S::SignIn, S::Ready, S::Other, S::AcceptedByMe, S::Member];
        let closed = [S::Accepted, S::Expired, S::Revoked, S::Superseded, S::Declined, S::Gone];
        let views = open.into_iter().chain(closed).flat_map(|standing| {
            let offers = OfferView::samples().into_iter().enumerate();
            offers.map(move |(number, offer)| Self::of(standing, known(number % 2 == 0, offer)))
        });
        views.chain([Self::unknown()]).collect()
    }
}
