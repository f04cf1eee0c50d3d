//! Users, for administrators of the installation: search, look, deactivate, activate, delete.

mod rights;

use std::collections::BTreeMap;

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::lists::{Parts, part_links};
use super::orgs::granted;
use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted, places};
use crate::clock::Timestamp;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::accounts::delete::Unowned;
use crate::domain::offer::{Affected, Effect, Kind};
use crate::domain::users::people::{self, Fate, In, Overview};
use crate::domain::users::{activation, delete};
use crate::error::{EnvironmentError, Error};
use crate::fields::Fields;
use crate::ids::UserId;
use crate::store::people::{Listed, Wanted};
use crate::store::places::Number;
use crate::usher::Usher;
use crate::words::Text;

/// How many things of one sort a page that asks first names; it counts the rest.
const NAMED: usize = 20;

/// What the visitor may do on these pages.
pub(super) fn may(rights: &Rights) -> Value {
    let hold = |permission| rights.hold(permission, None);
    json!({
        "write": hold(SystemPermission::UserWrite),
        "see_users": hold(SystemPermission::UserRead),
        "see_roles": hold(SystemPermission::RoleRead),
        "write_roles": hold(SystemPermission::RoleWrite),
        "assign": hold(SystemPermission::RoleAssignmentWrite) || hold(SystemPermission::PermissionAssignmentWrite),
        "see_rights": hold(SystemPermission::RoleAssignmentRead) || hold(SystemPermission::PermissionAssignmentRead),
        "make_superusers": rights.are_superusers(),
    })
}

fn path_of(uid: &str) -> String {
    format!("/users/{uid}")
}

/// A user in few words: what they are called, and whether they can sign in.
fn person(listed: &Listed, now: Timestamp) -> Value {
    let name = match (listed.name.as_str(), &listed.username) {
        ("", Some(username)) => username,
        ("", None) => &listed.address,
        (name, _) => name,
    };
    let deactivated = listed.deactivated_at;
    json!({
        "uid": listed.uid,
        "name": name,
        "username": listed.username,
        "email": listed.address,
        "confirmed": listed.verified_at.is_some(),
        "created": Time::new(listed.created_at, now),
        "active": deactivated.is_none_or(|at| at > now),
        "deactivated": deactivated.map(|at| Time::new(at, now)),
    })
}

/// How many places of each kind a user is in.
fn numbers(numbers: &[Number], user_id: UserId) -> Vec<Text> {
    let of_kind = |kind: Kind| {
        let number = numbers.iter().find(|number| number.user_id == user_id && number.kind == kind);
        let number = number.map_or(0, |number| number.number);
        Text::of("places-number").with("kind", kind.word()).with("number", number)
    };
    Kind::all().map(of_kind).collect()
}

#[get("/users?<search>&<state>&<after>")]
async fn list(
    usher: &State<Usher>,
    user: SignedIn,
    search: Option<&str>,
    state: Option<&str>,
    after: Option<i64>,
) -> Shown {
    let search = search.unwrap_or_default().trim();
    let (wanted, state) = match state {
        Some("active") => (Wanted::Active, "active"),
        Some("deactivated") => (Wanted::Deactivated, "deactivated"),
        _ => (Wanted::Everybody, ""),
    };
    let users = people::page(usher, &user.actor, wanted, search, after.unwrap_or(0)).await?;
    let now = usher.now();
    let row = |listed: &Listed| {
        let mut row = person(listed, now);
        row["me"] = json!(listed.id == user.actor.user_id);
        row["in"] = json!(Text::of("users-memberships").with("places", numbers(&users.numbers, listed.id)));
        row
    };
    let given = [("search", search), ("state", state)].into_iter().filter(|(_, value)| !value.is_empty());
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    let path = if query.is_empty() { "/users".to_owned() } else { format!("/users?{query}") };
    let (older, newest) = part_links(&path, "after", users.page.next, after.is_none());
    let shown = json!({
        "users": users.page.rows.iter().map(row).collect::<Vec<_>>(),
        "search": search,
        "state": state,
        "may": may(&users.rights),
        "older": older,
        "newest": newest,
    });
    Ok(Page::new("users/list", &user.visitor, shown))
}

#[get("/users/<uid>?<rights>")]
async fn show(usher: &State<Usher>, user: SignedIn, uid: &str, rights: Option<i64>, parts: Parts) -> Shown {
    overview(usher, &user, uid, Some((parts, rights)), FormState::empty()).await
}

/// `parts`: which parts of the lists are shown; `None`: the first ones.
async fn overview(
    usher: &Usher,
    user: &SignedIn,
    uid: &str,
    parts: Option<(Parts, Option<i64>)>,
    form: FormState,
) -> Shown {
    let (parts, rights_after) = parts.unwrap_or_else(|| (Parts::first(), None));
    let seen = people::look(usher, &user.actor, uid, rights_after.unwrap_or(0)).await?;
    let now = usher.now();
    let path = path_of(uid);
    let beside = rights_after.map_or_else(|| path.clone(), |after| format!("{path}?rights={after}"));
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let found = people::places(usher, &seen, kind, parts.after(kind)).await?;
        let (older, newest) = parts.links(&beside, kind, found.next);
        lists.push(json!({
            "kind": kind.word(),
            "id": kind.facts().segment,
            "places": found.rows.iter().map(|found| place_row(found, &seen)).collect::<Vec<_>>(),
            "older": older,
            "newest": newest,
        }));
    }
    let addresses = seen.addresses.iter().map(|address| {
        json!({
            "address": address.address,
            "primary": address.is_primary,
            "confirmed": address.verified_at.is_some(),
        })
    });
    let (held_older, held_newest) = part_links(&parts.path(&path), "rights", seen.global.next, rights_after.is_none());
    let shown = json!({
        "person": person(&seen.person.listed, now),
        "is_superuser": seen.person.is_superuser,
        "me_too": seen.person.listed.id == user.actor.user_id,
        "last_seen": seen.person.last_seen().map(|at| Time::new(at, now)),
        "addresses": addresses.collect::<Vec<_>>(),
        "lists": lists,
        "held": rights::held(&seen, user.visitor.language()),
        "held_pages": { "older": held_older, "newest": held_newest },
        "may": may(&seen.rights),
        "choices": rights::offered(usher, user).await?,
    });
    Ok(Page::new("users/show", &user.visitor, shown).with_form(form))
}

fn place_row(found: &In, seen: &Overview) -> Value {
    json!({
        "name": found.place.name,
        "path": found.place.kind.is_open_to(&seen.rights).then(|| found.place.path()),
        "right": found.right,
        "rights": found.grants.iter().map(granted).collect::<Vec<_>>(),
    })
}

/// What the pages that ask first say of an account.
fn fate_of(fate: &Fate, now: Timestamp) -> Value {
    let mut shown = json!({
        "person": person(&fate.person.listed, now),
        "is_superuser": fate.person.is_superuser,
        "memberships": Text::of("users-delete-memberships")
            .with("places", numbers(&fate.numbers, fate.person.listed.id)),
        "invitations": fate.invitations,
    });
    let empty = ["passing", "lost", "stuck", "alone"].map(|name| (name, Vec::new()));
    let mut lists: BTreeMap<&str, Vec<Value>> = empty.into();
    for affected in &fate.affected {
        lists.entry(list_of(&affected.effect)).or_default().push(affected_row(affected));
    }
    for (name, mut rows) in lists {
        shown[format!("{name}_more")] = json!(rows.len().saturating_sub(NAMED));
        rows.truncate(NAMED);
        shown[name] = json!(rows);
    }
    shown
}

/// The list of a page that asks first in which a place is named.
const fn list_of(effect: &Effect) -> &'static str {
    match effect {
        Effect::PassesTo(_) => "passing",
        Effect::Deleted => "lost",
        Effect::Unowned => "stuck",
        Effect::LeftAlone => "alone",
    }
}

fn affected_row(affected: &Affected) -> Value {
    let mut row = places::shown(&affected.place);
    if let Effect::PassesTo(heir) = &affected.effect {
        row["heir"] = json!(heir);
    }
    row
}

#[get("/users/<uid>/deactivate")]
async fn ask_to_deactivate(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    let fate = people::fate(usher, &user.actor, uid).await?;
    Ok(Page::new("users/deactivate", &user.visitor, fate_of(&fate, usher.now())))
}

#[post("/users/<uid>/deactivate", data = "<_form>")]
async fn deactivate(usher: &State<Usher>, user: SignedIn, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    activation::shut_out(usher, &user.actor, uid).await?;
    Ok(Go::to(path_of(uid)).saying(Notice::Deactivated))
}

#[post("/users/<uid>/activate", data = "<_form>")]
async fn activate(usher: &State<Usher>, user: SignedIn, uid: &str, _form: Submitted) -> Result<Go, Failure> {
    activation::activate(usher, &user.actor, uid).await?;
    Ok(Go::to(path_of(uid)).saying(Notice::Activated))
}

#[get("/users/<uid>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, uid: &str) -> Shown {
    delete_page(usher, &user, uid, FormState::empty()).await
}

async fn delete_page(usher: &Usher, user: &SignedIn, uid: &str, form: FormState) -> Shown {
    let fate = people::fate(usher, &user.actor, uid).await?;
    Ok(Page::new("users/delete", &user.visitor, fate_of(&fate, usher.now())).with_form(form))
}

#[post("/users/<uid>/delete", data = "<form>")]
async fn delete_user(usher: &State<Usher>, user: SignedIn, uid: &str, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let deleted = fields.optional("unowned").unwrap_or(false);
        let unowned = fields.finish(|| Some(if deleted { Unowned::Deleted } else { Unowned::Refused }))?;
        delete::delete_another(usher, &user.actor, uid, unowned).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/users").saying(Notice::AccountDeleted))),
        Err(error @ Error::Environment(EnvironmentError::NoHeir(_))) => {
            Ok(Err(delete_page(usher, &user, uid, FormState::again(&form, error)?).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub fn routes() -> Vec<Route> {
    let own = routes![list, show, ask_to_deactivate, deactivate, activate, ask_to_delete, delete_user];
    [own, rights::routes()].concat()
}
