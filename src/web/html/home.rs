//! The start page: what waits for me; signed out, what this is. And the search that it leads to.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::invitations::waiting;
use super::lists::{Parts, searched};
use super::places::joined_row;
use super::times::Time;
use super::{Page, Shown, SignedIn, Visitor};
use crate::clock::Timestamp;
use crate::domain::invitations;
use crate::domain::offer::Kind;
use crate::domain::places;
use crate::entity::outbox::MailState;
use crate::store::neglected::Neglected;
use crate::usher::Usher;

/// How many places of each kind the start page names.
const SOME: usize = 10;

#[get("/")]
async fn start(usher: &State<Usher>, visitor: Visitor) -> Shown {
    let Some(actor) = &visitor.actor else {
        return Ok(Page::new("welcome", &visitor, json!({})));
    };
    let now = usher.now();
    let mine = invitations::list::mine(usher, actor, i64::MAX).await?;
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let mine = places::mine(usher, actor, kind, "", 0).await?;
        lists.push(json!({
            "kind": kind.word(),
            "id": kind.facts().segment,
            "path": kind.list_path(),
            "places": mine.rows.iter().take(SOME).map(joined_row).collect::<Vec<_>>(),
            "may_create": kind.may_create(usher, actor).await?,
        }));
    }
    let neglected = invitations::list::neglected(usher, actor).await?;
    let (failed, ending): (Vec<_>, Vec<_>) =
        neglected.iter().partition(|invitation| invitation.mail_state == Some(MailState::Failed));
    let shown = json!({
        "invitations": mine.rows.iter().map(|found| waiting(found, now)).collect::<Vec<_>>(),
        "lists": lists,
        "failed_mails": failed.into_iter().map(|invitation| sent(invitation, now)).collect::<Vec<_>>(),
        "ending": ending.into_iter().map(|invitation| sent(invitation, now)).collect::<Vec<_>>(),
    });
    Ok(Page::new("home", &visitor, shown))
}

/// An invitation that the visitor sent.
fn sent(invitation: &Neglected, now: Timestamp) -> Value {
    let place = &invitation.place;
    json!({
        "id": invitation.invitation_id,
        "target": place.name,
        "address": invitation.invitee,
        "expires": Time::new(invitation.expires_at, now),
        "expired": invitation.link_asked_at.is_some(),
        "href": place.invitations_path(),
        "resend": format!("{}/invitations/{}/resend", place.path(), invitation.invitation_id),
    })
}

/// The places that the visitor is in, by name: a list for every kind.
#[get("/search?<search>")]
async fn search(usher: &State<Usher>, user: SignedIn, search: Option<&str>, parts: Parts) -> Shown {
    let search = search.unwrap_or_default().trim();
    let path = searched("/search", search);
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let found = places::mine(usher, &user.actor, kind, search, parts.after(kind)).await?;
        let (older, newest) = parts.links(&path, kind, found.next);
        lists.push(json!({
            "kind": kind.word(),
            "id": kind.facts().segment,
            "places": found.rows.iter().map(joined_row).collect::<Vec<_>>(),
            "older": older,
            "newest": newest,
        }));
    }
    Ok(Page::new("search", &user.visitor, json!({ "search": search, "lists": lists })))
}

pub fn routes() -> Vec<Route> {
    routes![start, search]
}
