//! Members of an environment: promote, demote, remove, leave.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::{Failure, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::environments::look;
use crate::domain::environments::members::{self, Deed};
use crate::domain::policy;
use crate::error::{Error, Thing};
use crate::store::members::Membership;
use crate::usher::Usher;
use crate::web::path_id::PathId;

/// A membership that the user may change, of the environment that the path names.
async fn membership(usher: &Usher, user: &SignedIn, environment_id: PathId, id: PathId) -> Result<Membership, Error> {
    let (access, membership) = members::find(usher, &user.actor, id.0).await?;
    let is_there = access.environment_id == environment_id.0;
    if is_there { Ok(membership) } else { Err(Error::NotFound(Thing::Unnamed)) }
}

async fn change(
    usher: &Usher,
    user: &SignedIn,
    environment_id: PathId,
    membership_id: PathId,
    deed: Deed,
) -> Result<Go, Failure> {
    let membership = membership(usher, user, environment_id, membership_id).await?;
    members::change(usher, &user.actor, membership.id, deed).await?;
    let notice = match deed {
        Deed::Promote => Notice::Promoted,
        Deed::Demote => Notice::Demoted,
        Deed::Remove => Notice::Removed,
    };
    Ok(Go::to(format!("/environments/{}/sharing", environment_id.0)).saying(notice))
}

#[post("/environments/<id>/members/<member>/promote", data = "<_form>")]
async fn promote(
    usher: &State<Usher>,
    user: SignedIn,
    id: PathId,
    member: PathId,
    _form: Submitted,
) -> Result<Go, Failure> {
    change(usher, &user, id, member, Deed::Promote).await
}

#[post("/environments/<id>/members/<member>/demote", data = "<_form>")]
async fn demote(
    usher: &State<Usher>,
    user: SignedIn,
    id: PathId,
    member: PathId,
    _form: Submitted,
) -> Result<Go, Failure> {
    change(usher, &user, id, member, Deed::Demote).await
}

#[get("/environments/<id>/members/<member>/remove")]
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn, id: PathId, member: PathId) -> Shown {
    let access = look::access(usher, &user.actor, id.0).await?;
    let membership = membership(usher, &user, id, member).await?;
    let shown = json!({
        "environment": { "id": id.0, "name": access.name },
        "member": { "id": membership.id, "name": membership.name, "email": membership.address },
        "action": format!("/environments/{}/members/{}/remove", id.0, member.0),
    });
    Ok(Page::new("environments/remove", &user.visitor, shown))
}

#[post("/environments/<id>/members/<member>/remove", data = "<_form>")]
async fn remove(
    usher: &State<Usher>,
    user: SignedIn,
    id: PathId,
    member: PathId,
    _form: Submitted,
) -> Result<Go, Failure> {
    change(usher, &user, id, member, Deed::Remove).await
}

#[get("/environments/<id>/leave")]
async fn ask_to_leave(usher: &State<Usher>, user: SignedIn, id: PathId) -> Shown {
    let access = look::access(usher, &user.actor, id.0).await?;
    if policy::is_owner(&access) {
        return Err(Error::OwnerStays.into());
    }
    let shown = json!({
        "environment": { "id": id.0, "name": access.name },
        "action": format!("/environments/{}/leave", id.0),
    });
    Ok(Page::new("environments/leave", &user.visitor, shown))
}

#[post("/environments/<id>/leave", data = "<_form>")]
async fn leave(usher: &State<Usher>, user: SignedIn, id: PathId, _form: Submitted) -> Result<Go, Failure> {
    members::leave(usher, &user.actor, id.0).await?;
    Ok(Go::to("/environments").saying(Notice::Left))
}

pub fn routes() -> Vec<Route> {
    routes![promote, demote, ask_to_remove, remove, ask_to_leave, leave]
}
