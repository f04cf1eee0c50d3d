//! `user.exposure`: what somebody knows in all environments. Not in Yeep's API.

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use crate::domain::exposure;
use crate::error::Error;
use crate::store::sightings::{Known, Side};
use crate::usher::Usher;
use crate::web::rpc::check::ID;
use crate::web::rpc::paging::Paging;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};
use crate::web::secret_names::{SecretName, way};

/// `exposed`: what they know without access, by environment.
#[post("/user.exposure", data = "<body>")]
async fn user_exposure(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let after = Paging::number(&mut check);
    let id = check.finish(|| id)?;
    let found = exposure::of_user(usher, &actor, &id, Side::Out, after).await;
    let found = found.map_err(|error| Words::of(&actor).failure(error))?;
    let exposed: Vec<Value> = found.rows.iter().map(entry).collect();
    let mut answer = json!({ "exposed": exposed });
    if let Some(next) = found.next {
        answer["nextCursor"] = Paging::cursor(next);
    }
    Ok(Envelope::ok(answer))
}

fn entry(known: &Known) -> Value {
    json!({
        "environment": { "id": known.environment_id, "name": known.place_name },
        "field": SecretName(known.field),
        "way": way(known.way),
        "firstAt": known.first_at.iso(),
        "lastAt": known.last_at.iso(),
        "times": known.times,
        "isCertain": known.is_certain,
    })
}

pub fn routes() -> Vec<Route> {
    routes![user_exposure]
}
