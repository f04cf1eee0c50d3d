//! Views of [`super`].

use rocket::http::Status;
use serde::Serialize;

#[cfg(test)]
use super::super::super::Sample;
use super::super::super::narrowed::NarrowedRight;
use super::super::super::times::Time;
use super::super::super::{FormState, View};
use crate::clock::Timestamp;
use crate::domain::invitations::preview::Preview;
use crate::domain::invitations::standing::Standing;
use crate::domain::offer::Field;
#[cfg(test)]
use crate::domain::offer::Kind;
use crate::email_address::mailto;

#[derive(Serialize)]
pub(in crate::web::html) struct InvitationView {
    state: &'static str,
    #[serde(skip)]
    status: Status,
    /// The name of this server, as in its mails.
    server: String,
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

/// The invitation on the ticket.
#[derive(Serialize)]
pub struct Known {
    pub invitation: OfferView,
    pub action: String,
    pub decline_action: String,
    pub ask_action: String,
    /// `None`: the visitor cannot say that the address is theirs too.
    pub mine_action: Option<String>,
    /// A new link was requested.
    pub asked: bool,
    /// It was declined; in an open state it can be taken up again.
    pub declined: bool,
    /// `None`: the place is gone.
    pub target_url: Option<String>,
    /// The path to return to after signing in or out.
    pub next: String,
    pub form: FormState,
}

#[derive(Serialize)]
pub struct OfferView {
    kind: &'static str,
    target: String,
    inviter: Option<String>,
    inviter_email: Option<String>,
    inviter_mailto: Option<String>,
    right: &'static str,
    expires: Time,
    address: String,
    /// What the inviter wrote, in lines.
    note: Option<String>,
    /// What a member sees, as message keys.
    fields: Vec<&'static str>,
    roles: Vec<NarrowedRight>,
    permissions: Vec<NarrowedRight>,
}

impl OfferView {
    pub fn of(seen: &Preview, filled: &[Field], now: Timestamp) -> Self {
        let found = &seen.invitation;
        Self {
            kind: found.kind.word(),
            target: found.target_name.clone(),
            inviter: found.inviter_name.clone(),
            inviter_email: found.inviter_address.clone(),
            inviter_mailto: found.inviter_address.as_deref().map(mailto),
            right: found.level.word(),
            expires: Time::new(found.expires_at, now),
            address: seen.invitee().to_owned(),
            note: found.note.clone().filter(|_| found.proved_inviter_address().is_some()),
            fields: filled.iter().copied().map(field_key).collect(),
            roles: seen.roles.iter().map(NarrowedRight::from).collect(),
            permissions: seen.permissions.iter().map(NarrowedRight::from).collect(),
        }
    }
}

impl InvitationView {
    pub fn unknown(server: String) -> Self {
        Self { state: "unknown", status: Status::NotFound, server, known: None }
    }

    pub fn of(standing: Standing, server: String, known: Known) -> Self {
        let (state, status) = state_and_status(standing);
        // Answered, though it can be taken up again.
        let status = if known.declined { Status::Gone } else { status };
        Self { state, status, server, known: Some(known) }
    }
}

const fn field_key(field: Field) -> &'static str {
    match field {
        Field::AccessKey => "invitations-field-access-key",
        Field::SecretKey => "invitations-field-secret-key",
        Field::Region => "invitations-field-region",
        Field::Bucket => "invitations-field-bucket",
        Field::Prefix => "invitations-field-prefix",
        Field::DbName => "invitations-field-db-name",
        Field::DbHost => "invitations-field-db-host",
        Field::DbUser => "invitations-field-db-user",
        Field::DbPass => "invitations-field-db-pass",
        Field::Instance => "invitations-field-instance",
        Field::ParameterGroup => "invitations-field-parameter-group",
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

#[cfg(test)]
impl Sample for OfferView {
    /// From an existing inviter, and from a deleted one.
    fn samples() -> Vec<Self> {
        use sea_orm::Iterable as _;

        let offer = |kind: Kind, right, inviter: Option<&str>| Self {
            kind: kind.word(),
            target: "Harbor Labs".to_owned(),
            inviter: inviter.map(str::to_owned),
            inviter_email: inviter.map(|_| "rosa@harbor.test".to_owned()),
            inviter_mailto: inviter.map(|_| "mailto:rosa@harbor.test".to_owned()),
            right,
            expires: Time::sample(),
            address: "tomas@harbor.test".to_owned(),
            note: inviter.map(|_| "Hi Tomas,\nwelcome aboard.".to_owned()),
            fields: if kind == Kind::Environment { Field::iter().map(field_key).collect() } else { Vec::new() },
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

        let server = || "usher.harbor.test".to_owned();
        let known = |asked: bool, invitation| Known {
            invitation,
            action: "/invitations/0000sample/accept".to_owned(),
            decline_action: "/invitations/0000sample/decline".to_owned(),
            ask_action: "/invitations/0000sample/ask".to_owned(),
            mine_action: asked.then(|| "/invitations/0000sample/mine".to_owned()),
            asked,
            declined: asked,
            target_url: Some("/orgs/harbor-labs".to_owned()),
            next: "/invitations/0000sample".to_owned(),
            form: if asked { FormState::sample() } else { FormState::of([("username", "tomas")]) },
        };
        let open = [S::Newcomer, S::SignIn, S::Ready, S::Other, S::AcceptedByMe, S::Member];
        let closed = [S::Accepted, S::Expired, S::Revoked, S::Superseded, S::Declined, S::Gone];
        let views = open.into_iter().chain(closed).flat_map(|standing| {
            let offers = OfferView::samples().into_iter().enumerate();
            offers.map(move |(number, offer)| Self::of(standing, server(), known(number % 2 == 0, offer)))
        });
        views.chain([Self::unknown(server())]).collect()
    }
}
