//! `/api/environments/:id/slack`

use rocket::{Route, State, delete, get, post, put, routes};
use serde_json::{Value, json};

use super::Answer;
use super::body::{Body, NoBody};
use super::dialect::{Json, Refusal, unnamed};
use crate::domain::environments::slack::{self, Changes};
use crate::error::Error;
use crate::fields::Fields;
use crate::ids::EnvironmentId;
use crate::store::slack::Configured;
use crate::usher::Usher;
use crate::web::session::ApiUser;

/// A configuration with its token, masked or not.
fn shown(configured: &Configured, token: &str) -> Value {
    json!({
        "id": configured.id,
        "channel": configured.channel,
        "environmentId": configured.environment_id,
        "token": token,
        "isOn": configured.is_on,
    })
}

#[get("/<id>/slack")]
async fn find(usher: &State<Usher>, asker: Result<ApiUser, Error>, id: EnvironmentId) -> Answer {
    let configured = slack::find(usher, &asker?.0, id).await?;
    Ok(Json(shown(&configured, "")))
}

#[post("/<id>/slack", data = "<body>")]
async fn set_up(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Answer {
    let actor = asker?.0;
    slack::check_may_set_up(usher, &actor, id).await?;
    let body = body?;
    let mut fields = Fields::of(&body);
    let token = fields.required("token");
    let channel = fields.required("channel");
    let (channel, token) = fields.finish(|| Some((channel?, token?)))?;
    let configured = slack::set_up(usher, &actor, id, channel, &token).await?;
    Ok(Json(shown(&configured, token.expose())))
}

#[put("/<id>/slack", data = "<body>")]
async fn change(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Answer {
    let actor = asker?.0;
    let body = body?;
    let mut fields = Fields::of(&body);
    let token = fields.optional("token");
    let channel = fields.optional("channel");
    let is_on = fields.optional("isOn");
    let changes = fields.finish(|| Some(Changes { channel, token, is_on }))?;
    let (configured, token) = slack::change_and_reveal(usher, &actor, id, changes).await?;
    Ok(Json(shown(&configured, token.expose())))
}

// Ranked after `/invites/<id>`, which has the same shape.
#[delete("/<id>/slack", data = "<body>", rank = 2)]
async fn remove(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<NoBody, Error>,
) -> Result<(), Refusal> {
    let actor = asker?.0;
    body?;
    slack::remove(usher, &actor, id).await.map_err(unnamed)?;
    Ok(())
}

pub fn routes() -> Vec<Route> {
    routes![find, set_up, change, remove]
}
