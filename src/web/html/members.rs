//! Members of a place of any kind: promote, demote, remove, leave.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::places::PlaceView;
use super::secrets::{KnownView, Whose};
use super::{Failure, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::offer::{Kind, Level, Place};
use crate::domain::{exposure, members, places};
use crate::ids::UserId;
use crate::store::members::Membership;
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

/// What somebody knows of a place that has secrets.
async fn known(usher: &Usher, place: &Place, user_id: UserId, whose: Whose<'_>) -> Result<Option<KnownView>, Failure> {
    let known = exposure::in_place(usher, place, user_id).await?;
    Ok(known.map(|known| KnownView::of(&known, whose, usher.now())))
}

/// Confirmation before an administrator becomes a plain member.
#[derive(Serialize)]
pub(super) struct DemoteMemberView {
    place: PlaceView,
    member: Named,
    known: Option<KnownView>,
}

impl View for DemoteMemberView {
    const TEMPLATE: &'static str = "places/demote";
}

#[get("/<kind>/<key>/members/<member>/demote", rank = 1)]
async fn ask_to_demote(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    member: MemberNumber,
) -> PageResult {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    let found = members::find(usher, &user.actor, &place, member.0).await?;
    let known = known(usher, &place, found.user_id, Whose::Of(found.called())).await?;
    let view = DemoteMemberView { place: PlaceView::of(&place), member: Named::of(&found, member), known };
    Ok(Page::new(&user.visitor, &view))
}

/// Confirmation before a member is removed.
#[derive(Serialize)]
pub(super) struct RemoveMemberView {
    place: PlaceView,
    member: Named,
    known: Option<KnownView>,
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

impl Named {
    fn of(member: &Membership, number: MemberNumber) -> Self {
        Self { id: number.0, name: member.called().to_owned(), email: member.address.clone() }
    }
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
    let known = known(usher, &place, found.user_id, Whose::Of(found.called())).await?;
    let view = RemoveMemberView { place: PlaceView::of(&place), member: Named::of(&found, member), known };
    Ok(Page::new(&user.visitor, &view))
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
    known: Option<KnownView>,
}

impl View for LeaveView {
    const TEMPLATE: &'static str = "places/leave";
}

#[get("/<kind>/<key>/leave", rank = 1)]
async fn ask_to_leave(usher: &State<Usher>, user: SignedIn, kind: Kind, key: PlaceKey<'_>) -> PageResult {
    let place = places::look(usher, &user.actor, kind, key.0).await?;
    members::check_may_leave(usher, &user.actor, &place).await?;
    let known = known(usher, &place, user.actor.user_id, Whose::Yours).await?;
    Ok(Page::new(&user.visitor, &LeaveView { place: PlaceView::of(&place), known }))
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

/// A place of each kind, with what somebody knows of it or nothing, and a place that has no secrets.
#[cfg(test)]
fn known_samples() -> Vec<(PlaceView, Option<KnownView>)> {
    let known = KnownView::samples().into_iter().map(Some).chain([None]);
    known.flat_map(|known| PlaceView::samples().into_iter().map(move |place| (place, known.clone()))).collect()
}

#[cfg(test)]
impl Sample for Named {
    fn samples() -> Vec<Self> {
        vec![Self { id: 7, name: "Tomas Vale".to_owned(), email: "tomas@harbor.test".to_owned() }]
    }
}

#[cfg(test)]
impl Sample for DemoteMemberView {
    fn samples() -> Vec<Self> {
        known_samples().into_iter().map(|(place, known)| Self { place, member: Named::sample(), known }).collect()
    }
}

#[cfg(test)]
impl Sample for RemoveMemberView {
    fn samples() -> Vec<Self> {
        known_samples().into_iter().map(|(place, known)| Self { place, member: Named::sample(), known }).collect()
    }
}

#[cfg(test)]
impl Sample for LeaveView {
    fn samples() -> Vec<Self> {
        known_samples().into_iter().map(|(place, known)| Self { place, known }).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![promote, ask_to_demote, demote, ask_to_remove, remove, ask_to_leave, leave]
}
