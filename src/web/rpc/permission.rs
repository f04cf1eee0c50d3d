//! `permission.*`

use rocket::{Route, State, post, routes};
use serde_json::{Map, Value, json};

use super::check::{DESCRIPTION, ID, PERMISSION_NAME};
use super::paging::Paging;
use super::{Answer, Asker, Body, Envelope, Failure, Words};
use crate::clock::Timestamp;
use crate::domain::access::permissions::{self, Change, New};
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store::permissions::{Found, Listed};
use crate::usher::Usher;

fn view(found: &Found) -> Value {
    let mut shown = described(&found.uid, &found.name, found.description.as_deref());
    shown.insert("scope".to_owned(), json!(found.org_uid));
    shown.insert("isSystemPermission".to_owned(), json!(found.is_system));
    with_times(shown, found.created_at, found.updated_at)
}

fn listed_view(listed: &Listed) -> Value {
    let mut shown = described(&listed.uid, &listed.name, listed.description.as_deref());
    shown.insert("scope".to_owned(), json!(listed.org_uid));
    shown.insert("isSystemPermission".to_owned(), json!(listed.is_system));
    shown.insert("usersCount".to_owned(), json!(listed.users_count));
    shown.insert("rolesCount".to_owned(), json!(listed.roles_count));
    with_times(shown, listed.created_at, listed.updated_at)
}

/// What permissions and roles begin with; a description is left out when there is none.
pub(super) fn described(uid: &str, name: &str, description: Option<&str>) -> Map<String, Value> {
    let mut shown = Map::new();
    shown.insert("id".to_owned(), json!(uid));
    shown.insert("name".to_owned(), json!(name));
    if let Some(description) = description {
        shown.insert("description".to_owned(), json!(description));
    }
    shown
}

/// What permissions and roles end with.
pub(super) fn with_times(mut shown: Map<String, Value>, created_at: Timestamp, updated_at: Timestamp) -> Value {
    shown.insert("createdAt".to_owned(), json!(created_at.iso()));
    shown.insert("updatedAt".to_owned(), json!(updated_at.iso()));
    Value::Object(shown)
}

fn words(actor: &Actor, id: &str, deed: &'static str) -> Words {
    Words { permission: format!("Permission {id} cannot be found"), id: id.to_owned(), deed, ..Words::of(actor) }
}

#[post("/permission.create", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let name = check.required_text("name", PERMISSION_NAME);
    let description = check.text("description", DESCRIPTION);
    let scope = check.text("scope", ID);
    let new = check.finish(|| Some(New { name: name?, description, scope }))?;
    let created = permissions::create(usher, &actor, new).await.map_err(|error| Words::of(&actor).failure(error))?;
    Ok(Envelope::ok(json!({ "permission": view(&created) })))
}

#[post("/permission.info", data = "<body>")]
async fn info(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, &id, "read");
    let found = permissions::info(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({ "permission": view(&found) })))
}

/// Whoever asks, and the one field of methods that take an id alone.
pub(super) fn asker_and_id(asker: Asker, body: &Body) -> Result<(Actor, String), Failure> {
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    Ok((actor, check.finish(|| id)?))
}

#[post("/permission.update", data = "<body>")]
async fn update(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let name = check.text("name", PERMISSION_NAME);
    let description = check.text("description", DESCRIPTION);
    let (id, change) = check.finish(|| Some((id?, Change { name, description })))?;
    let words = words(&actor, &id, "updated");
    if change.name.is_none() && change.description.is_none() {
        permissions::check_writable(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
        return Err(Failure::fault("name", "any.required"));
    }
    let found = permissions::update(usher, &actor, &id, change).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({ "permission": view(&found) })))
}

#[post("/permission.delete", data = "<body>")]
async fn delete(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let (actor, id) = asker_and_id(asker, &body?)?;
    let words = words(&actor, &id, "deleted");
    permissions::delete(usher, &actor, &id).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/permission.list", data = "<body>")]
async fn list(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let paging = Paging::of(&mut check);
    check.finish(|| Some(()))?;
    let listed = permissions::list(usher, &actor, &paging.part()).await?;
    let mut answer = json!({ "permissions": listed.iter().map(listed_view).collect::<Vec<_>>() });
    if let Some(cursor) = paging.next(&listed, |listed| &listed.uid) {
        answer["nextCursor"] = cursor;
    }
    Ok(Envelope::ok(answer))
}

pub fn routes() -> Vec<Route> {
    routes![create, info, update, delete, list]
}
