//! The start page: what waits for me; signed out, what this is.

use rocket::{Route, State, get, routes};
use serde_json::json;

use super::invitations::waiting;
use super::{Page, Shown, Visitor};
use crate::domain::{environments, invitations, orgs};
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
    let environments = environments::page(usher, actor, 0).await?;
    let orgs = orgs::page(usher, actor, 0).await?;
    let undelivered = invitations::list::undelivered(usher, actor).await?;
    let shown = json!({
        "invitations": mine.rows.iter().map(|found| waiting(found, now)).collect::<Vec<_>>(),
        "environments": environments.rows.iter().take(SOME).map(|listed| json!({
            "id": listed.id,
            "name": listed.name,
            "is_admin": listed.is_admin || listed.owner_id == actor.user_id,
        })).collect::<Vec<_>>(),
        "orgs": orgs.rows.iter().take(SOME).map(|listed| json!({
            "slug": listed.slug,
            "name": listed.name,
        })).collect::<Vec<_>>(),
        "may_make_orgs": orgs::may_create(usher, actor).await?,
        "failed_mails": undelivered.iter().map(|mail| json!({
            "target": mail.target_name,
            "href": match (mail.environment_id, &mail.org_slug) {
                (Some(id), _) => format!("/environments/{id}/sharing"),
                (None, slug) => format!("/orgs/{}/invitations", slug.as_deref().unwrap_or_default()),
            },
            "address": mail.address,
        })).collect::<Vec<_>>(),
    });
    Ok(Page::new("home", &visitor, shown))
}

pub fn routes() -> Vec<Route> {
    routes![start]
}
