//! Views of places and their members.

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::SignedIn;
use super::super::narrowed::NarrowedRight;
use super::super::times::Time;
use crate::clock::Timestamp;
use crate::domain::offer::{Joined, Place};
use crate::domain::users::activation::is_deactivated;
use crate::store::members::{Admitted, LetInBy};
use crate::words::Text;

#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct PlaceView {
    kind: &'static str,
    name: String,
    key: String,
    path: String,
    list: String,
    members: String,
    invitations: String,
}

impl PlaceView {
    pub fn of(place: &Place) -> Self {
        Self {
            kind: place.kind.word(),
            name: place.name.clone(),
            key: place.key.clone(),
            path: place.path(),
            list: place.kind.list_path(),
            members: place.members_path(),
            invitations: place.invitations_path(),
        }
    }
}

/// The head of a place's pages, with tabs.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct PlaceHead {
    place: PlaceView,
    tabs: Vec<Tab>,
}

impl PlaceHead {
    pub fn new(place: &Place, tabs: Vec<Tab>) -> Self {
        Self { place: PlaceView::of(place), tabs }
    }
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct Tab {
    id: &'static str,
    path: String,
    label: Text,
}

impl Tab {
    /// The tab of a place's main page.
    pub fn overview(place: &Place) -> Self {
        Self { id: "overview", path: place.path(), label: Text::of("places-overview") }
    }

    /// The tab of the subpage with the same name.
    pub fn of(place: &Place, id: &'static str, label: Text) -> Self {
        Self { id, path: format!("{}/{id}", place.path()), label }
    }

    /// The tab of members.
    pub fn members(place: &Place) -> Self {
        Self::of(place, place.kind.facts().members_page, Text::of("places-members").with("kind", place.kind.word()))
    }

    /// The tab of open invitations.
    pub fn invitations(place: &Place) -> Self {
        Self::of(
            place,
            place.kind.facts().invitations_page,
            Text::of("places-invitations").with("kind", place.kind.word()),
        )
    }

    /// The tab of the activity.
    pub fn activity(place: &Place) -> Self {
        Self::of(place, "activity", Text::of("places-activity"))
    }
}

/// One of the visitor's places, for `macros/ui.html`.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct JoinedRow {
    name: String,
    path: String,
    is_admin: bool,
}

impl JoinedRow {
    pub fn of(joined: &Joined) -> Self {
        let place = &joined.place;
        Self { name: place.name.clone(), path: place.path(), is_admin: joined.level.is_admin() }
    }
}

/// A member, for `macros/members.html`.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct MemberRow {
    /// The member's id in paths.
    id: i64,
    name: String,
    email: String,
    me: bool,
    deactivated: bool,
    unconfirmed: bool,
    joined: Time,
    let_in: Text,
    expires: Option<Time>,
    looked: Option<Time>,
    /// Which credentials they have seen.
    seen: Text,
    #[serde(flatten)]
    rights: MemberRights,
}

/// A member's rights in a place, and what the visitor may do to them.
#[derive(Clone, Debug, Default, Serialize)]
pub(in crate::web::html) struct MemberRights {
    pub right: Option<&'static str>,
    pub rights: Vec<NarrowedRight>,
    pub may: MayDo,
}

/// What the visitor may do to a member.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(in crate::web::html) struct MayDo {
    pub demote: bool,
    pub promote: bool,
    pub change: bool,
    pub remove: bool,
}

impl MemberRow {
    pub fn new(admitted: &Admitted, id: i64, user: &SignedIn, now: Timestamp, rights: MemberRights) -> Self {
        let member = &admitted.membership;
        Self {
            id,
            name: member.called().to_owned(),
            email: member.address.clone(),
            me: member.user_id == user.actor.user_id,
            deactivated: is_deactivated(member.deactivated_at, now),
            unconfirmed: member.awaits_proof,
            joined: Time::new(member.joined_at, now),
            let_in: let_in(&admitted.by),
            expires: member.expires_at.map(|at| Time::new(at, now)),
            looked: admitted.looked_at.map(|at| Time::new(at, now)),
            seen: seen(admitted),
            rights,
        }
    }
}

/// Which credentials a member has seen, in words.
fn seen(admitted: &Admitted) -> Text {
    Text::of(if admitted.knows_present {
        "sharing-seen-present"
    } else if admitted.knew_former || admitted.looked_at.is_some() {
        "sharing-seen-before"
    } else {
        "sharing-never-looked"
    })
}

/// Who admitted a member, in words.
fn let_in(by: &LetInBy) -> Text {
    match (by.invitation_id, by.let_in_by.as_deref()) {
        (Some(_), Some(name)) => Text::of("let-in-invited").with("name", name),
        (Some(_), None) => Text::of("let-in-invited-by-gone"),
        (None, Some(name)) => Text::of("let-in-added").with("name", name),
        (None, None) => Text::of("let-in-from-the-start"),
    }
}

#[cfg(test)]
impl Sample for PlaceView {
    fn samples() -> Vec<Self> {
        use crate::domain::offer::Kind;
        use crate::ids::PlaceId;

        let of_kind = |kind| Place { id: PlaceId(7), kind, name: "Harbor Labs".to_owned(), key: "7".to_owned() };
        Kind::all().map(|kind| Self::of(&of_kind(kind))).collect()
    }
}

#[cfg(test)]
impl Sample for PlaceHead {
    fn samples() -> Vec<Self> {
        let tab = |id, label| Tab { id, path: format!("/environments/7/{id}"), label: Text::of(label) };
        let tabs = vec![tab("overview", "places-overview"), tab("activity", "places-activity")];
        PlaceView::samples().into_iter().map(|place| Self { place, tabs: tabs.clone() }).collect()
    }
}

#[cfg(test)]
impl Sample for JoinedRow {
    fn samples() -> Vec<Self> {
        let row = |is_admin| Self { name: "Harbor Labs".to_owned(), path: "/orgs/harbor-labs".to_owned(), is_admin };
        vec![row(true), row(false)]
    }
}

#[cfg(test)]
impl Sample for MemberRow {
    fn samples() -> Vec<Self> {
        let may = MayDo { demote: true, promote: false, change: true, remove: true };
        let rights = MemberRights { right: Some("administrator"), rights: NarrowedRight::samples(), may };
        let full = Self {
            id: 7,
            name: "Tomas Vale".to_owned(),
            email: "tomas@harbor.test".to_owned(),
            me: true,
            deactivated: true,
            unconfirmed: true,
            joined: Time::sample(),
            let_in: Text::of("let-in-invited").with("name", "Rosa Marlow"),
            expires: Some(Time::sample()),
            looked: Some(Time::sample()),
            seen: Text::of("sharing-seen-present"),
            rights,
        };
        let plain = Self {
            me: false,
            deactivated: false,
            unconfirmed: false,
            let_in: Text::of("let-in-from-the-start"),
            expires: None,
            looked: None,
            seen: Text::of("sharing-never-looked"),
            rights: MemberRights { may: MayDo { promote: true, ..MayDo::default() }, ..MemberRights::default() },
            ..full.clone()
        };
        let off = Self { deactivated: true, ..plain.clone() };
        vec![full, plain, off]
    }
}
