//! Places of every kind: how templates take them and their members, and what is done to one open invitation, whatever it
//! leads to. Routes that begin with a kind have a rank, so that others of their form (`/password/reset/<token>`) go first.

use rocket::request::FromParam;
use rocket::{Route, State, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::times::Time;
use super::{Failure, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::clock::Timestamp;
use crate::domain::invitations::{list, resend, revoke};
use crate::domain::offer::{Joined, Kind, Place};
use crate::domain::places;
use crate::domain::users::activation::is_deactivated;
use crate::ids::InvitationId;
use crate::store::members::{Admitted, LetInBy};
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;
use crate::words::Text;

impl<'r> FromParam<'r> for Kind {
    type Error = &'r str;

    fn from_param(text: &'r str) -> Result<Self, &'r str> {
        Self::all().find(|kind| kind.facts().segment == text).ok_or(text)
    }
}

/// A place as the templates take it.
pub(super) fn shown(place: &Place) -> Value {
    json!({
        "kind": place.kind.word(),
        "name": place.name,
        "key": place.key,
        "path": place.path(),
        "list": place.kind.list_path(),
        "members": place.members_path(),
        "invitations": place.invitations_path(),
    })
}

/// A place that the visitor is in, as the template `macros/ui.html` takes it.
pub(super) fn joined_row(joined: &Joined) -> Value {
    json!({ "name": joined.place.name, "path": joined.place.path(), "is_admin": joined.level.is_admin() })
}

/// One of the pages of a place.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Tab {
    id: &'static str,
    path: String,
    label: Text,
}

impl Tab {
    /// The page of a place itself.
    pub fn overview(place: &Place) -> Self {
        Self { id: "overview", path: place.path(), label: Text::of("places-overview") }
    }

    /// The page below a place's path that is called as the tab.
    pub fn of(place: &Place, id: &'static str, label: Text) -> Self {
        Self { id, path: format!("{}/{id}", place.path()), label }
    }

    /// The page of the members.
    pub fn members(place: &Place) -> Self {
        Self::of(place, place.kind.facts().members_page, Text::of("places-members").with("kind", place.kind.word()))
    }

    /// The page of the open invitations.
    pub fn invitations(place: &Place) -> Self {
        Self::of(
            place,
            place.kind.facts().invitations_page,
            Text::of("places-invitations").with("kind", place.kind.word()),
        )
    }

    /// What happened there.
    pub fn activity(place: &Place) -> Self {
        Self::of(place, "activity", Text::of("places-activity"))
    }
}

/// A page of a place, with the head that all of its pages have, and what is special.
pub(super) fn place_page(template: &'static str, user: &SignedIn, place: &Place, tabs: &[Tab], special: Value) -> Page {
    Page::new(template, &user.visitor, special).with("place", shown(place)).with("tabs", tabs)
}

/// A member as the template `macros/members.html` takes one, with the number that stands in the member's path. What the
/// member may do there, and what the visitor may do to them, is added by the page.
pub(super) fn member_row(admitted: &Admitted, number: i64, user: &SignedIn, now: Timestamp) -> Value {
    let member = &admitted.membership;
    json!({
        "id": number,
        "name": member.called(),
        "email": member.address,
        "me": member.user_id == user.actor.user_id,
        "deactivated": is_deactivated(member.deactivated_at, now),
        "unconfirmed": member.awaits_proof,
        "joined": Time::new(member.joined_at, now),
        "let_in": let_in(&admitted.by),
        "expires": member.expires_at.map(|at| Time::new(at, now)),
        "looked": admitted.looked_at.map(|at| Time::new(at, now)),
        "right": null,
        "rights": [],
        "may": {},
    })
}

/// Who let a member in, in words.
fn let_in(by: &LetInBy) -> Text {
    match (by.invitation_id, by.let_in_by.as_deref()) {
        (Some(_), Some(name)) => Text::of("let-in-invited").with("name", name),
        (Some(_), None) => Text::of("let-in-invited-by-gone"),
        (None, Some(name)) => Text::of("let-in-added").with("name", name),
        (None, None) => Text::of("let-in-from-the-start"),
    }
}

/// The place, when the invitation is one of its open ones and the visitor may see those.
async fn managed(
    usher: &Usher,
    user: &SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
) -> Result<Place, Failure> {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    list::one_of_place(usher, &user.actor, &place, id).await?;
    Ok(place)
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

#[post("/<kind>/<key>/invitations/<id>/link", rank = 1, data = "<_form>")]
async fn show_link(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
    _form: Submitted,
) -> Shown {
    let place = managed(usher, &user, kind, key, id).await?;
    let (found, token) = resend::copy_link(usher, &user.actor, id).await?;
    let shown = json!({
        "place": shown(&place),
        "link": usher.config.public_url.join(&format!("/invitations/{}", token.expose())),
        "address": found.invitee(),
        "known": found.invitee_id.is_some(),
        "expires": Time::new(found.expires_at, usher.now()),
    });
    Ok(Page::new("places/link", &user.visitor, shown))
}

pub fn routes() -> Vec<Route> {
    routes![send_again, take_back, show_link]
}
