//! `/api/environments/:id/exposure`: who knows which present secrets. Not in MyCRT's API.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;
use serde_json::{Value, json};

use super::Answer;
use super::body::Body;
use super::dialect::Json;
use crate::domain::exposure;
use crate::error::Error;
use crate::fields::{Fields, Reason, RowId};
use crate::ids::{EnvironmentId, UserId};
use crate::store::secrets::Present;
use crate::store::sightings::{Known, Side};
use crate::usher::Usher;
use crate::web::secret_names::{SecretName, way};
use crate::web::session::ApiUser;

/// What somebody knows of one secret. Times are milliseconds since 1970.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    user_id: UserId,
    name: String,
    email: Option<String>,
    field: SecretName,
    way: &'static str,
    first_at: i64,
    last_at: i64,
    times: i64,
    is_certain: bool,
}

impl From<Known> for Entry {
    fn from(known: Known) -> Self {
        Self {
            user_id: known.user_id,
            name: known.user_name,
            email: known.address,
            field: SecretName(known.field),
            way: way(known.way),
            first_at: known.first_at.millis(),
            last_at: known.last_at.millis(),
            times: known.times,
            is_certain: known.is_certain,
        }
    }
}

fn secret(present: Present) -> Value {
    json!({
        "field": SecretName(present.field),
        "changedAt": present.made_at.millis(),
        "changedBy": present.made_by_name,
    })
}

/// `exposed`: who knows secrets without access, in the order of their ids, after one; `next`: where the list goes on.
#[get("/<id>/exposure?<after>")]
async fn show(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId, after: Option<i64>) -> Answer {
    let (access, secrets) = exposure::secrets(usher, &asker?.0, id).await?;
    let exposed = exposure::of_environment(usher, &access, Side::Out, after.unwrap_or(0)).await?;
    let entries: Vec<Entry> = exposed.rows.into_iter().map(Entry::from).collect();
    let secrets: Vec<Value> = secrets.into_iter().map(secret).collect();
    Ok(Json(json!({ "secrets": secrets, "exposed": entries, "next": exposed.next })))
}

#[post("/<id>/exposure/dismiss", data = "<body>")]
async fn dismiss(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Answer {
    let actor = asker?.0;
    let body = body?;
    let mut fields = Fields::of(&body);
    let user_id = fields.required::<RowId>("userId");
    let field = fields.required::<SecretName>("field");
    let reason = fields.required::<Reason>("reason");
    let (user_id, field, reason) = fields.finish(|| Some((user_id?, field?, reason?)))?;
    exposure::dismiss(usher, &actor, id, vec![field.0], UserId(user_id.0), reason).await?;
    Ok(Json(json!({})))
}

pub fn routes() -> Vec<Route> {
    routes![show, dismiss]
}
