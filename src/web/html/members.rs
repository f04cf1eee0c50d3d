//! Members of a place of any kind: promote, demote, remove, leave.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::places::PlaceView;
use super::{Failure, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::members;
use crate::domain::offer::{Kind, Level};
use crate::domain::places;
use crate::usher::Usher;
use crate::web::path_id::{MemberNumber, PlaceKey};

async fn set_level(
    usher: &Usher,
    user: &SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
    level: Level,
) -> Result<Go, Failure> {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    members::set_level(usher, &user.actor, &place, member.0, level).await?;
    let notice = if level.is_admin() { Notice::Promoted } else { Notice::Demoted };
    Ok(Go::to(place.members_path()).saying(notice))
}

#[post("/<kind>/<key>/members/<member>/promote", rank = 1, data = "<_form>")]
async fn promote(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
    _form: Submitted,
) -> Result<Go, Failure> {
    set_level(usher, &user, kind, key, member, Level::Administrator).await
}

#[post("/<kind>/<key>/members/<member>/demote", rank = 1, data = "<_form>")]
async fn demote(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
    _form: Submitted,
) -> Result<Go, Failure> {
    set_level(usher, &user, kind, key, member, Level::Member).await
}

/// Confirmation before a member is removed.
#[derive(Serialize)]
pub(super) struct RemoveMemberView {
    place: PlaceView,
    member: Named,
}

impl View for RemoveMemberView {
    const TEMPLATE: &'static str = "places/remove";
}

#[derive(Serialize)]
struct Named {
    /// The member's id in paths.
    id: i64,
    name: String,
    email: String,
}

#[get("/<kind>/<key>/members/<member>/remove", rank = 1)]
async fn ask_to_remove(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
) -> PageResult {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    let found = members::find(usher, &user.actor, &place, member.0).await?;
    let member = Named { id: member.0, name: found.called().to_owned(), email: found.address };
    Ok(Page::new(&user.visitor, &RemoveMemberView { place: PlaceView::of(&place), member }))
}

#[post("/<kind>/<key>/members/<member>/remove", rank = 1, data = "<_form>")]
async fn remove(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    members::remove(usher, &user.actor, &place, member.0).await?;
    Ok(Go::to(place.members_path()).saying(Notice::Removed))
}

/// Confirmation before the visitor leaves a place.
#[derive(Serialize)]
pub(super) struct LeaveView {
    place: PlaceView,
}

impl View for LeaveView {
    const TEMPLATE: &'static str = "places/leave";
}

#[get("/<kind>/<key>/leave", rank = 1)]
async fn ask_to_leave(usher: &State<Usher>, user: SignedIn, kind: Kind, key: PlaceKey<'_>) -> PageResult {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    members::check_may_leave(usher, &user.actor, &place).await?;
    Ok(Page::new(&user.visitor, &LeaveView { place: PlaceView::of(&place) }))
}

#[post("/<kind>/<key>/leave", rank = 1, data = "<_form>")]
async fn leave(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    _form: Submitted,
) -> Result<Go, Failure> {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    members::leave(usher, &user.actor, &place).await?;
    Ok(Go::to(kind.list_path()).saying(Notice::Left))
}

#[cfg(test)]
impl Sample for RemoveMemberView {
    fn samples() -> Vec<Self> {
        let member = || Named { id: 7, name: "Tomas Vale".to_owned(), email: "tomas@harbor.test".to_owned() };
        PlaceView::samples().into_iter().map(|place| Self { place, member: member() }).collect()
    }
}

#[cfg(test)]
impl Sample for LeaveView {
    fn samples() -> Vec<Self> {
        PlaceView::samples().into_iter().map(|place| Self { place }).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![promote, demote, ask_to_remove, remove, ask_to_leave, leave]
}
