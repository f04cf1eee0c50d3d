//! The start page: what waits for me; signed out, what this is. And the search that it leads to.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::environments::part_links;
use super::invitations::waiting;
use super::orgs::members::searched;
use super::times::Time;
use super::{Page, Shown, SignedIn, Visitor};
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::{environments, invitations, orgs};
use crate::entity::outbox::MailState;
use crate::store;
use crate::store::neglected::Neglected;
use crate::usher::Usher;

/// Environments, and orgs, that the start page names.
const SOME: usize = 10;

#[get("/")]
async fn start(usher: &State<Usher>, visitor: Visitor) -> Shown {
    let Some(actor) = &visitor.actor else {
        return Ok(Page::new("welcome", &visitor, json!({})));
    };
    let now = usher.now();
    let mine = invitations::list::mine(usher, actor, i64::MAX).await?;
    let environments = environments::page(usher, actor, "", 0).await?;
    let orgs = orgs::page(usher, actor, "", 0).await?;
    let neglected = invitations::list::neglected(usher, actor).await?;
    let (failed, ending): (Vec<_>, Vec<_>) =
        neglected.iter().partition(|invitation| invitation.mail_state == Some(MailState::Failed));
    let shown = json!({
        "invitations": mine.rows.iter().map(|found| waiting(found, now)).collect::<Vec<_>>(),
        "environments": environments.rows.iter().take(SOME).map(|row| environment_row(row, actor)).collect::<Vec<_>>(),
        "orgs": orgs.rows.iter().take(SOME).map(org_row).collect::<Vec<_>>(),
        "may_make_orgs": orgs::may_create(usher, actor).await?,
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

/// Environments and orgs that the visitor is in, by name.
#[get("/search?<search>&<environments>&<orgs>")]
async fn search(
    usher: &State<Usher>,
    user: SignedIn,
    search: Option<&str>,
    environments: Option<i64>,
    orgs: Option<i64>,
) -> Shown {
    let search = search.unwrap_or_default().trim();
    let found_environments = environments::page(usher, &user.actor, search, environments.unwrap_or(0)).await?;
    let found_orgs = orgs::page(usher, &user.actor, search, orgs.unwrap_or(0)).await?;
    // Each list keeps its place while the other is paged.
    let (of_environments, of_orgs) =
        (beside("/search", search, "orgs", orgs), beside("/search", search, "environments", environments));
    let (environments_older, environments_newest) =
        part_links(&of_environments, "environments", found_environments.next, environments.is_none());
    let (orgs_older, orgs_newest) = part_links(&of_orgs, "orgs", found_orgs.next, orgs.is_none());
    let shown = json!({
        "search": search,
        "environments": found_environments.rows.iter().map(|row| environment_row(row, &user.actor)).collect::<Vec<_>>(),
        "environments_older": environments_older,
        "environments_newest": environments_newest,
        "orgs": found_orgs.rows.iter().map(org_row).collect::<Vec<_>>(),
        "orgs_older": orgs_older,
        "orgs_newest": orgs_newest,
    });
    Ok(Page::new("search", &user.visitor, shown))
}

/// The path of a search, at the place where the other list is.
fn beside(path: &str, search: &str, other: &str, place: Option<i64>) -> String {
    let path = searched(path, search);
    part_links(&path, other, place, true).0.unwrap_or(path)
}

fn environment_row(listed: &store::environments::Listed, actor: &Actor) -> Value {
    let is_admin = listed.level.is_admin() || listed.owner_id == actor.user_id;
    json!({ "id": listed.id, "name": listed.name, "is_admin": is_admin })
}

fn org_row(listed: &store::orgs::Listed) -> Value {
    json!({ "slug": listed.slug, "name": listed.name })
}

pub fn routes() -> Vec<Route> {
    routes![start, search]
}
