//! `user.forgotPassword`, `user.resetPassword`

use std::time::Duration;

use rocket::{Route, State, post, routes};
use serde_json::json;

use crate::domain::accounts::{passwords, resets};
use crate::domain::actor::Client;
use crate::error::Error;
use crate::fields::LinkToken;
use crate::secret::Secret;
use crate::store::passwords::Login;
use crate::usher::Usher;
use crate::web::rpc::check::PASSWORD;
use crate::web::rpc::session::user_key;
use crate::web::rpc::{Answer, Body, Envelope, Failure, Words};

/// Thirty days and three hours, in seconds.
const LONGEST: i64 = 2_592_000;
const USUAL: i64 = 10_800;

#[post("/user.forgotPassword", data = "<body>")]
async fn forgot(usher: &State<Usher>, client: Client, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let mut check = body.check()?;
    let key = user_key(&mut check);
    let seconds = check.integer("tokenExpiresInSeconds", 0, LONGEST).unwrap_or(USUAL);
    let (login, as_sent) = check.finish(|| key.map(|key| (Login::read(&key.key), key.as_sent)))?;
    if !usher.config.usernames_enabled && matches!(login, Login::Username(_)) {
        return Err(Failure::fault("userKey", "string.email"));
    }
    let words = Words { key: as_sent, ..Words::default() };
    let life = Duration::from_secs(u64::try_from(seconds).unwrap_or(0));
    resets::forgot_as_program(usher, &login, life, client.ip).await.map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({})))
}

#[post("/user.resetPassword", data = "<body>")]
async fn reset(usher: &State<Usher>, client: Client, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let mut check = body.check()?;
    let token = check.required_name::<LinkToken>("token");
    let password = check.required_text("password", PASSWORD);
    let (token, password) = check.finish(|| Some((token?, password?)))?;
    let user = passwords::reset_as_program(usher, token.as_str(), Secret::from(password), client.ip).await?;
    Ok(Envelope::ok(json!({ "user": { "id": user.uid, "updatedAt": user.updated_at.iso() } })))
}

pub fn routes() -> Vec<Route> {
    routes![forgot, reset]
}
