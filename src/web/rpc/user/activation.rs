//! `user.deactivate`, `user.activate`

use std::time::Duration;

use rocket::{Route, State, post, routes};
use serde_json::json;

use crate::clock::Timestamp;
use crate::domain::users::activation;
use crate::entity::user::Model;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::rpc::check::ID;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};

/// Seven years, in seconds.
const LATEST: i64 = 220_752_000;

#[post("/user.deactivate", data = "<body>")]
async fn deactivate(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let seconds = check.integer("deactivateAfterSeconds", 0, LATEST).unwrap_or(0);
    let id = check.finish(|| id)?;
    let after = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    let user = activation::deactivate(usher, &actor, &id, after).await;
    Ok(shown(&user.map_err(|error| Words::of(&actor).failure(error))?))
}

#[post("/user.activate", data = "<body>")]
async fn activate(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let id = check.finish(|| id)?;
    let user = activation::activate(usher, &actor, &id).await;
    Ok(shown(&user.map_err(|error| Words::of(&actor).failure(error))?))
}

fn shown(user: &Model) -> Envelope {
    Envelope::ok(json!({ "user": {
        "id": user.uid,
        "deactivatedAt": user.deactivated_at.map(Timestamp::iso),
        "updatedAt": user.updated_at.iso(),
    } }))
}

pub fn routes() -> Vec<Route> {
    routes![deactivate, activate]
}
