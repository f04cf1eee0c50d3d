//! `user.delete`

use rocket::{Route, State, post, routes};
use serde_json::json;

use crate::domain::users;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::rpc::check::ID;
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};

#[post("/user.delete", data = "<body>")]
async fn delete(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let id = check.finish(|| id)?;
    users::delete::delete(usher, &actor, &id).await.map_err(|error| Words::of(&actor).failure(error))?;
    Ok(Envelope::ok(json!({})))
}

pub fn routes() -> Vec<Route> {
    routes![delete]
}
