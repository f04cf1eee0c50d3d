//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::PartLinks;
use super::super::times::Time;
use super::super::{FormState, View};
use crate::clock::Timestamp;
#[cfg(test)]
use crate::domain::offer::Kind;
use crate::ids::InvitationId;
use crate::store::invitations::Found;

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
