//! User administration: search, show, deactivate, delete, assign rights.

pub(super) mod end;
mod known;
pub(super) mod rights;
pub(super) mod views;

use rocket::{Route, State, get, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::lists::{PartLinks, Parts, Search, SearchLinks, with};
use super::narrowed::NarrowedRight;
use super::times::Time;
use super::{FormState, Page, PageResult, SignedIn, View};
use crate::domain::offer::Kind;
use crate::domain::users::people::{self, Overview, UserPlace};
use crate::store::addresses::OfUser;
use crate::store::people::{Listed, Wanted};
use crate::usher::Usher;
use crate::web::path_id::Uid;
use crate::words::Text;
use known::{KnownParts, UserKnown};
use rights::{HeldRow, OfferedRights};
use views::{May, Person, UserRow, UsersView, numbers};

#[derive(Serialize)]
pub(super) struct UserView {
    person: Person,
    is_superuser: bool,
    me_too: bool,
    last_seen: Option<Time>,
    addresses: Vec<AddressRow>,
    lists: Vec<PlacesOfKind>,
    /// For superusers.
    known: Option<UserKnown>,
    held: Vec<HeldRow>,
    held_pages: PartLinks,
    may: May,
    choices: OfferedRights,
    form: FormState,
}

impl View for UserView {
    const TEMPLATE: &'static str = "users/show";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Clone, Debug, Serialize)]
struct AddressRow {
    address: String,
    primary: bool,
    confirmed: bool,
}

impl AddressRow {
    fn of(address: &OfUser) -> Self {
        Self { address: address.address.clone(), primary: address.is_primary, confirmed: address.verified_at.is_some() }
    }
}

/// One page of a user's places of a kind.
#[derive(Serialize)]
struct PlacesOfKind {
    kind: &'static str,
    /// The element id of the list.
    id: &'static str,
    places: Vec<PlaceRow>,
    #[serde(flatten)]
    links: PartLinks,
}

#[derive(Clone, Debug, Serialize)]
struct PlaceRow {
    name: String,
    /// `None`: the visitor may not open it.
    path: Option<String>,
    right: Option<&'static str>,
    rights: Vec<NarrowedRight>,
}

impl PlaceRow {
    fn of(found: &UserPlace, seen: &Overview) -> Self {
        Self {
            name: found.place.name.clone(),
            path: found.place.kind.is_open_to(&seen.rights).then(|| found.place.path()),
            right: found.right,
            rights: found.grants.iter().map(NarrowedRight::from).collect(),
        }
    }
}

fn path_of(uid: &str) -> String {
    format!("/users/{uid}")
}

#[get("/users?<search>&<state>&<after>")]
async fn list(
    usher: &State<Usher>,
    user: SignedIn,
    search: Search,
    state: Option<&str>,
    after: Option<i64>,
) -> PageResult {
    let (wanted, state) = match state {
        Some("active") => (Wanted::Active, "active"),
        Some("deactivated") => (Wanted::Deactivated, "deactivated"),
        _ => (Wanted::Everybody, ""),
    };
    let users = people::page(usher, &user.actor, wanted, &search, after.unwrap_or(0)).await?;
    let now = usher.now();
    let row = |listed: &Listed| UserRow {
        person: Person::of(listed, now),
        confirmed: listed.verified_at.is_some(),
        me: listed.id == user.actor.user_id,
        places: Text::of("users-memberships").with("places", numbers(&users.numbers, listed.id)),
    };
    let given = [("search", &*search), ("state", state)].into_iter().filter(|(_, value)| !value.is_empty());
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    let path = if query.is_empty() { "/users".to_owned() } else { format!("/users?{query}") };
    let view = UsersView {
        users: users.page.rows.iter().map(row).collect(),
        search: search.to_string(),
        state,
        may: May::of(&users.rights),
        links: SearchLinks::new(&path, "after", &users.page, after.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/users/<uid>?<rights>&<out>&<inside>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    uid: Uid<'_>,
    rights: Option<i64>,
    out: Option<i64>,
    inside: Option<i64>,
    parts: Parts,
) -> PageResult {
    let parts = UserParts { places: parts, rights, known: KnownParts { out, inside } };
    overview(usher, &user, uid.0, parts, FormState::empty()).await
}

/// The pages of the lists.
struct UserParts {
    places: Parts,
    rights: Option<i64>,
    known: KnownParts,
}

impl UserParts {
    fn first() -> Self {
        Self { places: Parts::first(), rights: None, known: KnownParts::default() }
    }
}

async fn overview(usher: &Usher, user: &SignedIn, uid: &str, parts: UserParts, form: FormState) -> PageResult {
    let UserParts { places: parts, rights: rights_after, known: known_parts } = parts;
    let seen = people::look(usher, &user.actor, uid, rights_after.unwrap_or(0)).await?;
    let now = usher.now();
    let path = path_of(uid);
    let beside = with(&path, &[("rights", rights_after), ("out", known_parts.out), ("inside", known_parts.inside)]);
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let found = people::places(usher, &seen, kind, parts.after(kind)).await?;
        lists.push(PlacesOfKind {
            kind: kind.word(),
            id: kind.facts().segment,
            places: found.rows.iter().map(|found| PlaceRow::of(found, &seen)).collect(),
            links: parts.links(&beside, kind, found.next),
        });
    }
    let known = if seen.rights.are_superusers() {
        let beside = parts.path(&with(&path, &[("rights", rights_after)]));
        Some(UserKnown::read(usher, &user.actor, uid, known_parts, &beside).await?)
    } else {
        None
    };
    let beside_rights = parts.path(&with(&path, &[("out", known_parts.out), ("inside", known_parts.inside)]));
    let view = UserView {
        person: Person::of(&seen.person.listed, now),
        is_superuser: seen.person.is_superuser,
        me_too: seen.person.listed.id == user.actor.user_id,
        last_seen: seen.person.last_seen().map(|at| Time::new(at, now)),
        addresses: seen.addresses.iter().map(AddressRow::of).collect(),
        lists,
        known,
        held: HeldRow::all(&seen, user.visitor.language()),
        held_pages: PartLinks::new(&beside_rights, "rights", seen.global.next, rights_after.is_none()),
        may: May::of(&seen.rights),
        choices: OfferedRights::to(usher, user).await?,
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[cfg(test)]
impl Sample for UserView {
    fn samples() -> Vec<Self> {
        let place = |path: Option<&str>, right, rights| PlaceRow {
            name: "Harbor Labs".to_owned(),
            path: path.map(str::to_owned),
            right,
            rights,
        };
        let places = vec![
            place(Some("/orgs/harbor-labs"), Some("administrator"), NarrowedRight::samples()),
            place(None, None, Vec::new()),
        ];
        let known = |number: usize| Some(UserKnown::samples().swap_remove(number));
        let view = |is_superuser, may, places: &[PlaceRow], known, held, links: &PartLinks, choices| Self {
            person: Person::sample(),
            is_superuser,
            me_too: is_superuser,
            last_seen: is_superuser.then(Time::sample),
            addresses: [true, false]
                .map(|yes| AddressRow { address: String::new(), primary: yes, confirmed: yes })
                .into(),
            lists: Kind::all()
                .map(|kind| PlacesOfKind {
                    kind: kind.word(),
                    id: kind.facts().segment,
                    places: places.to_vec(),
                    links: links.clone(),
                })
                .collect(),
            known,
            held,
            held_pages: links.clone(),
            may,
            choices,
            form: FormState::sample(),
        };
        let (some, none) = (PartLinks::sample(), PartLinks::default());
        let (may, may_not) = (May::sample(), May::samples().remove(1));
        vec![
            view(true, may, &places, known(0), HeldRow::samples(), &some, OfferedRights::sample()),
            view(false, may, &[], known(1), Vec::new(), &some, OfferedRights::samples().remove(1)),
            view(false, may, &[], known(2), Vec::new(), &none, OfferedRights::samples().remove(1)),
            view(false, may_not, &[], None, Vec::new(), &none, OfferedRights::samples().remove(1)),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    [routes![list, show], end::routes(), rights::routes()].concat()
}
