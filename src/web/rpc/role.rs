//! `role.*`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use super::check::{Check, DESCRIPTION, ID, ROLE_NAME};
use super::grants::ids;
use super::paging::Paging;
use super::permission::{asker_and_id, described, with_times};
use super::{Answer, Asker, Body, Envelope, Failure, Words};
use crate::domain::access::roles::{self, Change, New, Role};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store::roles::{Holding, Listed};
use crate::usher::Usher;

const MOST_PERMISSIONS: usize = 100;

fn uids(held: &[Holding]) -> Vec<&str> {
    held.iter().map(|holding| holding.permission_uid.as_str()).collect()
}

fn view(found: &Role) -> Value {
    let role = &found.role;
    let mut shown = described(&role.uid, &role.name, role.description.as_deref());
    shown.insert("scope".to_owned(), json!(role.org_uid));
    shown.insert("permissions".to_owned(), json!(uids(&found.permissions)));
    shown.insert("isSystemRole".to_owned(), json!(role.is_system));
    with_times(shown, role.created_at, role.updated_at)
}

fn listed_view((listed, held): &(Listed, Vec<Holding>)) -> Value {
    let mut shown = described(&listed.uid, &listed.name, listed.description.as_deref());
    shown.insert("scope".to_owned(), json!(listed.org_uid));
    shown.insert("isSystemRole".to_owned(), json!(listed.is_system));
    shown.insert("permissions".to_owned(), json!(uids(held)));
    shown.insert("usersCount".to_owned(), json!(listed.users_count));
    with_times(shown, listed.created_at, listed.updated_at)
}

fn words(actor: &Actor, id: &str, deed: &'static str) -> Words {
    Words { role: format!("Role {id} cannot be found"), id: id.to_owned(), deed, ..Words::of(actor) }
}

/// A list of ids that may be left out. `Some(None)`: not sent; `None`: a fault.
fn permission_ids(check: &mut Check<'_>) -> Option<Option<Vec<String>>> {
    if check.has("permissions") {
        ids(check, "permissions", MOST_PERMISSIONS).map(Some)
    } else {
        check.raw("permissions");
        Some(None)
    }
}

#[post("/role.create", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let name = check.required_text("name", ROLE_NAME);
    let description = check.text("description", DESCRIPTION);
    let permissions = permission_ids(&mut check);
    if permissions == Some(None) {
        check.fault("permissions", "any.required");
    }
    let scope = check.text("scope", ID);
    let new = check.finish(|| Some(New { name: name?, description, permissions: permissions??, scope }))?;
    let words = Words { unknown_permission: " or is not accessible", ..Words::of(&actor) };
    let created = roles::create(usher, &actor, new).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({ "role": view(&created) })))
}

#[post("/role.info", data = "<body>")]
async fn info(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, &id, "read");
    let found = roles::info(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({ "role": view(&found) })))
}

#[post("/role.update", data = "<body>")]
async fn update(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let name = check.text("name", ROLE_NAME);
    let description = check.text("description", DESCRIPTION);
    let permissions = permission_ids(&mut check);
    let (id, change) = check.finish(|| Some((id?, Change { name, description, permissions: permissions? })))?;
    let words = Words { quote: "", unknown_permission: " or is not accessible", ..words(&actor, &id, "updated") };
    if change.name.is_none() && change.description.is_none() && change.permissions.is_none() {
        roles::check_writable(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
        return Err(Failure::fault("name", "any.required"));
    }
    let found = roles::update(usher, &actor, &id, change).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({ "role": view(&found) })))
}

#[post("/role.delete", data = "<body>")]
async fn delete(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, &id, "deleted");
    roles::delete(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/role.list", data = "<body>")]
async fn list(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let paging = Paging::of(&mut check);
    check.finish(|| Some(()))?;
    let listed = roles::list(usher, &actor, &paging.part()).await?;
    let mut answer = json!({ "roles": listed.iter().map(listed_view).collect::<Vec<_>>() });
    if let Some(cursor) = paging.next(&listed, |(listed, _)| &listed.uid) {
        answer["nextCursor"] = cursor;
    }
    Ok(Envelope::ok(answer))
}

pub fn routes() -> Vec<Route> {
    routes![create, info, update, delete, list]
}
