//! `/api/validate`: checks single names while a form is filled in.

use rocket::{Route, State, post, routes};
use serde_json::json;

use super::Answer;
use super::body::Body;
use super::dialect::Json;
use super::invites::new_invite;
use crate::domain::environments;
use crate::domain::environments::keys;
use crate::domain::invitations::invite;
use crate::error::Error;
use crate::fields::{Fields, Name};
use crate::usher::Usher;
use crate::web::session::ApiUser;

#[post("/validate/invites", data = "<body>")]
async fn invites(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer<bool> {
    let actor = asker?.0;
    let new = new_invite(&body?)?;
    invite::check_not_self(usher, &actor, &new.address).await?;
    Ok(Json(true))
}

#[post("/validate/environmentName", data = "<body>")]
async fn environment_name(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer {
    asker?;
    let name = name(&body?, "name")?;
    Ok(Json(json!({ "value": environments::names_free(usher, &name).await? })))
}

#[post("/validate/credentials/name", data = "<body>")]
async fn keys_name(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer {
    let actor = asker?.0;
    let name = name(&body?, "keysName")?;
    keys::check_name(usher, &actor, name.as_str()).await?;
    Ok(Json(json!({ "status": 200 })))
}

fn name(body: &Body, field: &'static str) -> Result<Name, Error> {
    let mut fields = Fields::of(body);
    let name = fields.required(field);
    fields.finish(|| name)
}

pub fn routes() -> Vec<Route> {
    routes![invites, environment_name, keys_name]
}
