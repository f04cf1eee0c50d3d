//! One open invitation to an org: change what it offers, resend, copy its link, revoke.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::super::sharing::{Way, link_page};
use super::super::times::Time;
use super::super::{Done, Failure, FormState, Go, Notice, Shown, SignedIn, Submitted};
use super::offering::Ticked;
use super::{org_page, path_of, plain};
use crate::domain::invitations::offer::Right;
use crate::domain::invitations::{change, list, resend, revoke};
use crate::domain::orgs::choices::choices;
use crate::domain::orgs::{self, Seen};
use crate::fields::{Fields, ResourceId};
use crate::usher::Usher;
use crate::web::path_id::PathId;

async fn change_page(
    usher: &Usher,
    user: &SignedIn,
    seen: &Seen,
    id: i64,
    again: Option<(Ticked, FormState)>,
) -> Shown {
    let (found, named) = list::one_of_org(usher, &user.actor, seen.org.id, id).await?;
    let choices = choices(usher, &user.actor, Some(seen.org.id)).await?;
    let (ticked, form) = again.unwrap_or_else(|| {
        let ticked = Ticked {
            roles: named.iter().filter_map(|named| named.role_uid.clone()).collect(),
            permissions: named.iter().filter_map(|named| named.permission_uid.clone()).collect(),
            administrator: found.is_admin,
        };
        // One form, one resource: what is offered for several is narrowed to the first of them.
        let resource = named.iter().find_map(|named| named.resource_id.as_deref()).unwrap_or_default();
        (ticked, FormState::of([("resourceId", plain(resource).as_str())]))
    });
    let shown = json!({
        "invitation": {
            "id": found.id,
            "address": found.address,
            "inviter": found.inviter_name,
            "expires": Time::new(found.expires_at, usher.now()),
        },
        "boxes": ticked.boxes(&choices),
    });
    Ok(org_page("orgs/invitation", user, seen, shown).with_form(form))
}

#[get("/orgs/<slug>/invitations/<id>")]
async fn ask_to_change(usher: &State<Usher>, user: SignedIn, slug: &str, id: PathId) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    change_page(usher, &user, &seen, id.0, None).await
}

#[post("/orgs/<slug>/invitations/<id>", data = "<form>")]
async fn change_offer(usher: &State<Usher>, user: SignedIn, slug: &str, id: PathId, form: Submitted) -> Done {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let ticked = Ticked::of(&form);
    let outcome = async {
        let mut fields = Fields::of(&form);
        let resource_id = fields.optional::<ResourceId>("resourceId");
        let grants = fields.finish(|| Some(ticked.grants(resource_id.as_ref().map(ResourceId::as_str))))?;
        let right = Right::from_is_admin(ticked.administrator);
        change::change(usher, &user.actor, seen.org.id, id.0, right, grants).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(back(&seen).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(change_page(usher, &user, &seen, id.0, Some((ticked, state))).await?))
        }
    }
}

fn back(seen: &Seen) -> Go {
    Go::to(format!("{}/invitations", path_of(seen)))
}

/// The org, when the invitation is one of its open ones and the visitor may see it.
async fn managed(usher: &Usher, user: &SignedIn, slug: &str, id: PathId) -> Result<Seen, Failure> {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    list::one_of_org(usher, &user.actor, seen.org.id, id.0).await?;
    Ok(seen)
}

#[post("/orgs/<slug>/invitations/<id>/resend", data = "<_form>")]
async fn send_again(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    id: PathId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let seen = managed(usher, &user, slug, id).await?;
    resend::resend(usher, &user.actor, id.0).await?;
    Ok(back(&seen).saying(Notice::Resent))
}

#[post("/orgs/<slug>/invitations/<id>/revoke", data = "<_form>")]
async fn take_back(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    id: PathId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let seen = managed(usher, &user, slug, id).await?;
    revoke::revoke(usher, &user.actor, id.0).await?;
    Ok(back(&seen).saying(Notice::Revoked))
}

#[post("/orgs/<slug>/invitations/<id>/link", data = "<_form>")]
async fn show_link(usher: &State<Usher>, user: SignedIn, slug: &str, id: PathId, _form: Submitted) -> Shown {
    let seen = managed(usher, &user, slug, id).await?;
    let (found, token) = resend::copy_link(usher, &user.actor, id.0).await?;
    let base = path_of(&seen);
    let way = Way { list: "/orgs", list_name: "Orgs", back: &format!("{base}/invitations"), base: &base };
    Ok(link_page(usher, &user, &found, &token, &way))
}

pub fn routes() -> Vec<Route> {
    routes![ask_to_change, change_offer, send_again, take_back, show_link]
}
