//! Users, for administrators of the installation: search, look, deactivate, activate, delete.

mod rights;
mod roles;

use std::collections::HashMap;

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::environments::part_links;
use super::times::Time;
use super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::clock::Timestamp;
use crate::domain::accounts::delete::Unowned;
use crate::domain::rights::{Rights, SystemPermission};
use crate::domain::users::people::{self, Fate, Overview, Parts};
use crate::domain::users::{activation, delete};
use crate::error::Error;
use crate::fields::Fields;
use crate::store::assignments::InOrgs;
use crate::store::people::{Listed, Wanted};
use crate::usher::Usher;

/// How many things of one sort a page that asks first names; it counts the rest.
const NAMED: usize = 20;

/// What the visitor may do on these pages.
fn may(rights: &Rights) -> Value {
    let hold = |permission| rights.hold(permission, None);
    json!({
        "write": hold(SystemPermission::UserWrite),
        "see_users": hold(SystemPermission::UserRead),
        "see_roles": hold(SystemPermission::RoleRead),
        "write_roles": hold(SystemPermission::RoleWrite),
        "assign": hold(SystemPermission::RoleAssignmentWrite) || hold(SystemPermission::PermissionAssignmentWrite),
        "see_rights": hold(SystemPermission::RoleAssignmentRead) || hold(SystemPermission::PermissionAssignmentRead),
        "see_orgs": hold(SystemPermission::OrgRead),
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
        "orgs": listed.orgs,
        "environments": listed.environments,
    })
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
    let (page, rights) = people::page(usher, &user.actor, wanted, search, after.unwrap_or(0)).await?;
    let now = usher.now();
    let row = |listed: &Listed| {
        let mut row = person(listed, now);
        row["me"] = json!(listed.id == user.actor.user_id);
        row
    };
    let given = [("search", search), ("state", state)].into_iter().filter(|(_, value)| !value.is_empty());
    let query: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
    let path = if query.is_empty() { "/users".to_owned() } else { format!("/users?{query}") };
    let (older, newest) = part_links(&path, "after", page.next, after.is_none());
    let shown = json!({
        "users": page.rows.iter().map(row).collect::<Vec<_>>(),
        "search": search,
        "state": state,
        "may": may(&rights),
        "older": older,
        "newest": newest,
    });
    Ok(Page::new("users/list", &user.visitor, shown))
}

#[get("/users/<uid>?<orgs_after>&<environments_after>&<rights_after>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    uid: &str,
    orgs_after: Option<i64>,
    environments_after: Option<i64>,
    rights_after: Option<i64>,
) -> Shown {
    let part = |after: Option<i64>| after.unwrap_or(0);
    let parts = Parts { orgs: part(orgs_after), environments: part(environments_after), rights: part(rights_after) };
    overview(usher, &user, uid, parts, FormState::empty()).await
}

async fn overview(usher: &Usher, user: &SignedIn, uid: &str, parts: Parts, form: FormState) -> Shown {
    let seen = people::look(usher, &user.actor, uid, parts).await?;
    let now = usher.now();
    let path = path_of(uid);
    let links = |field, next, after| {
        let (older, newest) = part_links(&path, field, next, after == 0);
        json!({ "older": older, "newest": newest })
    };
    let addresses = seen.addresses.iter().map(|address| {
        json!({
            "address": address.address,
            "primary": address.is_primary,
            "confirmed": address.verified_at.is_some(),
        })
    });
    let environments = seen
        .environments
        .rows
        .iter()
        .map(|found| json!({ "name": found.name, "is_admin": found.level.is_admin(), "is_owner": found.is_owner }));
    let mut shown = json!({
        "person": person(&seen.person.listed, now),
        "is_superuser": seen.person.is_superuser,
        "me_too": seen.person.listed.id == user.actor.user_id,
        "last_seen": seen.person.last_seen().map(|at| Time::new(at, now)),
        "addresses": addresses.collect::<Vec<_>>(),
        "orgs": orgs(&seen),
        "org_pages": links("orgs_after", seen.orgs.next, parts.orgs),
        "environments": environments.collect::<Vec<_>>(),
        "environment_pages": links("environments_after", seen.environments.next, parts.environments),
        "held": rights::held(&seen, user.visitor.language()),
        "held_pages": links("rights_after", seen.global.next, parts.rights),
        "may": may(&seen.rights),
    });
    shown["choices"] = rights::offered(usher, user).await?;
    Ok(Page::new("users/show", &user.visitor, shown).with_form(form))
}

/// The orgs of a user, with what they may do there.
fn orgs(seen: &Overview) -> Vec<Value> {
    let mut held: HashMap<i64, Vec<&InOrgs>> = HashMap::new();
    for one in &seen.in_orgs {
        held.entry(one.org_id).or_default().push(one);
    }
    let row = |org: &crate::store::orgs::Listed| {
        let held = held.remove(&org.id).unwrap_or_default();
        let (administration, others): (Vec<_>, Vec<_>) = held.into_iter().partition(|held| held.is_administration());
        let name = |held: &&InOrgs| {
            let name = held.role_name.as_deref().or(held.permission_name.as_deref()).unwrap_or_default();
            super::orgs::shown_right(name, held.resource_id.as_deref())
        };
        json!({
            "slug": org.slug,
            "name": org.name,
            "is_admin": !administration.is_empty(),
            "rights": others.iter().map(name).collect::<Vec<_>>(),
        })
    };
    seen.orgs.rows.iter().map(row).collect()
}

/// What the pages that ask first say of an account.
fn fate_of(fate: &Fate, now: Timestamp) -> Value {
    let passing =
        fate.owned.iter().filter_map(|owned| Some(json!({ "name": owned.name, "heir": owned.heir.as_ref()? })));
    let passing: Vec<Value> = passing.collect();
    let lost: Vec<&str> =
        fate.owned.iter().filter(|owned| !owned.has_others).map(|owned| owned.name.as_str()).collect();
    let stuck: Vec<&str> = fate
        .owned
        .iter()
        .filter(|owned| owned.has_others && owned.heir.is_none())
        .map(|owned| owned.name.as_str())
        .collect();
    let orgs: Vec<Value> =
        fate.administered_alone.iter().map(|org| json!({ "slug": org.slug, "name": org.name })).collect();
    json!({
        "person": person(&fate.person.listed, now),
        "is_superuser": fate.person.is_superuser,
        "invitations": fate.invitations,
        "passing": passing.iter().take(NAMED).collect::<Vec<_>>(),
        "passing_more": passing.len().saturating_sub(NAMED),
        "lost": lost.iter().take(NAMED).collect::<Vec<_>>(),
        "lost_more": lost.len().saturating_sub(NAMED),
        "stuck": stuck.iter().take(NAMED).collect::<Vec<_>>(),
        "stuck_more": stuck.len().saturating_sub(NAMED),
        "alone": orgs.iter().take(NAMED).collect::<Vec<_>>(),
        "alone_more": orgs.len().saturating_sub(NAMED),
    })
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
        let environments_too = fields.optional("environments").unwrap_or(false);
        let unowned = fields.finish(|| Some(if environments_too { Unowned::Deleted } else { Unowned::Refused }))?;
        delete::delete_another(usher, &user.actor, uid, unowned).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/users").saying(Notice::AccountDeleted))),
        Err(error @ Error::NoHeir(_)) => {
            Ok(Err(delete_page(usher, &user, uid, FormState::again(&form, error)?).await?))
        }
        Err(error) => Err(error.into()),
    }
}

pub fn routes() -> Vec<Route> {
    let own = routes![list, show, ask_to_deactivate, deactivate, activate, ask_to_delete, delete_user];
    [own, rights::routes(), roles::routes()].concat()
}
