//! What is done to one open invitation, whatever it leads to: resend, revoke, show its link.

use rocket::request::FromParam;
use rocket::{Route, State, post, routes};
use serde_json::json;

use super::times::Time;
use super::{Failure, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::invitations::{list, resend, revoke};
use crate::domain::places::{self, Kind, Place};
use crate::ids::InvitationId;
use crate::usher::Usher;

impl<'r> FromParam<'r> for Kind {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        Self::ALL.into_iter().find(|kind| kind.segment() == text).ok_or(text)
    }
}

/// The place, when the invitation is one of its open ones and the visitor may see those.
async fn managed(usher: &Usher, user: &SignedIn, kind: Kind, key: &str, id: InvitationId) -> Result<Place, Failure> {
    let place = places::look(usher, &user.actor, kind, key).await?;
    list::one_of_place(usher, &user.actor, &place, id).await?;
    Ok(place)
}

#[post("/<kind>/<key>/invitations/<id>/resend", data = "<_form>")]
async fn send_again(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: &str,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = managed(usher, &user, kind, key, id).await?;
    resend::resend(usher, &user.actor, id).await?;
    Ok(Go::to(place.invitations_path()).saying(Notice::Resent))
}

#[post("/<kind>/<key>/invitations/<id>/revoke", data = "<_form>")]
async fn take_back(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: &str,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = managed(usher, &user, kind, key, id).await?;
    revoke::revoke(usher, &user.actor, id).await?;
    Ok(Go::to(place.invitations_path()).saying(Notice::Revoked))
}

#[post("/<kind>/<key>/invitations/<id>/link", data = "<_form>")]
async fn show_link(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: &str,
    id: InvitationId,
    _form: Submitted,
) -> Shown {
    let place = managed(usher, &user, kind, key, id).await?;
    let (found, token) = resend::copy_link(usher, &user.actor, id).await?;
    let segment = kind.segment();
    let shown = json!({
        "way": {
            "list": format!("/{segment}"),
            "list_name": format!("nav-{segment}"),
            "base": place.path(),
            "back": place.invitations_path(),
        },
        "target": place.name,
        "link": usher.config.public_url.join(&format!("/invitations/{}", token.expose())),
        "address": found.invitee(),
        "known": found.invitee_id.is_some(),
        "kind": kind.word(),
        "expires": Time::new(found.expires_at, usher.now()),
    });
    Ok(Page::new("invitations/link", &user.visitor, shown))
}

pub fn routes() -> Vec<Route> {
    routes![send_again, take_back, show_link]
}
