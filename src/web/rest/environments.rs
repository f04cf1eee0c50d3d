//! `/api/environments`

use futures_util::FutureExt as _;
use rocket::{Route, State, delete, get, post, put, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::Answer;
use super::body::{Body, NoBody};
use super::dialect::{Json, Refusal, unnamed};
use super::parts::{self, List};
use crate::domain::environments::create::Created;
use crate::domain::environments::look::Shown;
use crate::domain::environments::sealing::Credentials;
use crate::domain::environments::{self, change};
use crate::error::Error;
use crate::fault::Fault;
use crate::fields::{FieldValue as _, Raw};
use crate::ids::{CloudKeysId, EnvironmentId, UserId};
use crate::store::PART;
use crate::store::environments::{Details, Listed};
use crate::store::secrets::Field;
use crate::usher::Usher;
use crate::web::environment_fields::{new_environment, replacement};
use crate::web::secret_names::SecretName;
use crate::web::session::ApiUser;

/// An environment in a list, and in the response of create.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Short {
    id: EnvironmentId,
    name: String,
    owner_id: UserId,
    aws_keys_id: CloudKeysId,
    db_id: EnvironmentId,
    s3_id: EnvironmentId,
    username: String,
    email: String,
}

impl Short {
    fn listed(listed: Listed) -> Self {
        Self {
            id: listed.id,
            name: listed.name,
            owner_id: listed.owner_id,
            aws_keys_id: listed.cloud_keys_id,
            // MyCRT keeps these in tables of their own; here they are part of the environment.
            db_id: listed.id,
            s3_id: listed.id,
            username: listed.owner_address.clone(),
            email: listed.owner_address,
        }
    }

    fn created(created: Created, owner_address: String) -> Self {
        Self {
            id: created.id,
            name: created.name,
            owner_id: created.owner_id,
            aws_keys_id: created.keys_id,
            db_id: created.id,
            s3_id: created.id,
            username: owner_address.clone(),
            email: owner_address,
        }
    }
}

/// An environment with all fields. Credentials are empty strings if hidden.
pub(super) fn full(details: &Details, credentials: Option<&Credentials>, show_keys: ShowKeys) -> Value {
    let keys = credentials.filter(|_| show_keys == ShowKeys::Yes);
    json!({
        "id": details.id,
        "envName": details.name,
        "ownerId": details.owner_id,
        "username": details.owner_address,
        "keysId": details.keys_id,
        "keysName": details.keys_name,
        "accessKey": keys.map_or("", |keys| keys.access_key.expose()),
        "secretKey": keys.map_or("", |keys| keys.secret_key.expose()),
        "region": details.region,
        "dbName": details.db_name,
        "host": details.host,
        "user": credentials.map_or("", |credentials| credentials.db_user.expose()),
        "pass": credentials.map_or("", |credentials| credentials.db_pass.expose()),
        "instance": details.instance,
        "parameterGroup": details.parameter_group,
        "bucket": details.bucket,
        "prefix": details.prefix,
    })
}

/// Whether the response includes the cloud account's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShowKeys {
    Yes,
    Blank,
}

#[get("/")]
async fn list(usher: &State<Usher>, asker: Result<ApiUser, Error>) -> Result<List<Short>, Refusal> {
    let read = parts::list(
        usher,
        asker?.0,
        |usher, actor, after| environments::page(usher, actor, after, PART).boxed(),
        Short::listed,
    );
    Ok(read.await?)
}

#[get("/<id>")]
async fn find(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId) -> Answer {
    // The response holds the database's user and password in clear.
    let (seen, credentials) =
        environments::reveal(usher, &asker?.0, id, Shown::of_database()).await.map_err(unnamed)?;
    Ok(Json(full(&seen.details, credentials.as_ref(), ShowKeys::Blank)))
}

#[post("/", data = "<body>")]
async fn create(usher: &State<Usher>, asker: Result<ApiUser, Error>, body: Result<Body, Error>) -> Answer<Short> {
    let actor = asker?.0;
    let new = new_environment(&body?)?;
    let created = environments::create(usher, &actor, new).await?;
    Ok(Json(Short::created(created, actor.address)))
}

#[put("/<id>", data = "<body>")]
async fn rename(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Answer {
    let actor = asker?.0;
    // The whole body is validated, though only the name is used.
    let new = new_environment(&body?)?;
    change::rename(usher, &actor, id, new.name).await?;
    Ok(Json(json!({})))
}

/// Replaces secrets, those that are given. Not in MyCRT's API.
#[put("/<id>/credentials", data = "<body>")]
async fn replace(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Answer {
    let actor = asker?.0;
    let secrets = replacement(&body?)?;
    let replaced = change::replace(usher, &actor, id, secrets).await?;
    let names = |fields: Vec<Field>| fields.into_iter().map(SecretName).collect::<Vec<_>>();
    Ok(Json(json!({ "changed": names(replaced.changed), "same": names(replaced.same) })))
}

#[delete("/<id>?<deleteLogs>", data = "<body>")]
#[expect(non_snake_case, reason = "the name of MyCRT's query field")]
async fn remove(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    deleteLogs: Option<&str>,
    body: Result<NoBody, Error>,
) -> Answer {
    let actor = asker?.0;
    body?;
    if let Some(flag) = deleteLogs {
        bool::parse(Raw::Text(flag.into())).map_err(|rule| Error::invalid(Fault { field: "deleteLogs", rule }))?;
    }
    environments::delete(usher, &actor, id).await.map_err(unnamed)?;
    Ok(Json(json!({ "affectedRows": 1 })))
}

pub fn routes() -> Vec<Route> {
    routes![list, find, create, rename, replace, remove]
}
