//! Places of every kind: their views, and the actions on one open invitation. Routes that begin with a kind have a
//! lower rank, so that others of the same shape (`/password/reset/<token>`) match first.

mod views;

use rocket::request::FromParam;
use rocket::{Route, State, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::times::Time;
use super::{Failure, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
pub(super) use views::{JoinedRow, MayDo, MemberRights, MemberRow, PlaceHead, PlaceView, Tab};

use crate::domain::invitations::{list, resend, revoke};
use crate::domain::offer::{Kind, Place};
use crate::domain::places;
use crate::ids::InvitationId;
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;

impl<'r> FromParam<'r> for Kind {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        Self::all().find(|kind| kind.facts().segment == text).ok_or(text)
    }
}

/// The place, if the invitation is open there and the visitor may see it.
async fn managed(
    usher: &Usher,
    user: &SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
) -> Result<Place, Failure> {
    let access = places::access(usher, &user.actor, kind, key.0).await?;
    list::one_of_place(usher, &access, id).await?;
    Ok(access.place())
}

#[post("/<kind>/<key>/invitations/<id>/resend", rank = 1, data = "<_form>")]
async fn send_again(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = managed(usher, &user, kind, key, id).await?;
    resend::resend(usher, &user.actor, id).await?;
    Ok(Go::to(place.invitations_path()).saying(Notice::Resent))
}

#[post("/<kind>/<key>/invitations/<id>/revoke", rank = 1, data = "<_form>")]
async fn take_back(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = managed(usher, &user, kind, key, id).await?;
    revoke::revoke(usher, &user.actor, id).await?;
    Ok(Go::to(place.invitations_path()).saying(Notice::Revoked))
}

/// An invitation's link to copy. No `Debug`: it is secret.
#[derive(Serialize)]
pub(super) struct LinkView {
    place: PlaceView,
    link: String,
    address: String,
    /// Whether the invitee has an account.
    known: bool,
    expires: Time,
}

impl View for LinkView {
    const TEMPLATE: &'static str = "places/link";
}

#[cfg(test)]
impl Sample for LinkView {
    fn samples() -> Vec<Self> {
        let view = |known| Self {
            place: PlaceView::sample(),
            link: "http://127.0.0.1:8000/invitations/0000sample".to_owned(),
            address: "tomas@harbor.test".to_owned(),
            known,
            expires: Time::sample(),
        };
        vec![view(true), view(false)]
    }
}

#[post("/<kind>/<key>/invitations/<id>/link", rank = 1, data = "<_form>")]
async fn show_link(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
    _form: Submitted,
) -> PageResult {
    let place = managed(usher, &user, kind, key, id).await?;
    let (found, token) = resend::copy_link(usher, &user.actor, id).await?;
    let view = LinkView {
        place: PlaceView::of(&place),
        link: usher.config.public_url.join(&format!("/invitations/{}", token.expose())),
        address: found.invitee().to_owned(),
        known: found.invitee_id.is_some(),
        expires: Time::new(found.expires_at, usher.now()),
    };
    Ok(Page::new(&user.visitor, &view))
}

pub fn routes() -> Vec<Route> {
    routes![send_again, take_back, show_link]
}
