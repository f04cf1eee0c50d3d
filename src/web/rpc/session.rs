//! `session.*`

use rocket::{Route, State, post, routes};
use serde_json::{Value, json};

use super::check::{Check, EMAIL, Text};
use super::{Answer, Asker, Body, Envelope, Words};
use crate::domain::accounts::sign_in;
use crate::domain::actor::Client;
use crate::domain::sessions;
use crate::error::Error;
use crate::fields::Username;
use crate::secret::Secret;
use crate::store::passwords::Login;
use crate::usher::Usher;
use crate::web::limits::SignInTry;
use crate::web::session::SessionCookie;

/// Accounts from other clients may have longer passwords than this API lets users choose.
const PASSWORD: Text = Text::new().trim().between(8, 128);

/// The user that a body refers to.
pub(super) struct UserKey {
    /// Normalised: trimmed, a username in lower case.
    pub key: String,
    /// As sent, for messages.
    pub as_sent: String,
}

/// A username or an address. If it is neither, the username rule's errors come first.
pub(super) fn user_key(check: &mut Check<'_>) -> Option<UserKey> {
    let Some(value) = check.raw("userKey") else {
        check.fault("userKey", "any.required");
        return None;
    };
    let username = Text::of::<Username>().check(value);
    let email = EMAIL.check(value);
    match (username, email) {
        (Ok(key), _) | (_, Ok(key)) => Some(UserKey { key, as_sent: value.as_str().unwrap_or_default().to_owned() }),
        (Err(first), Err(second)) => {
            for kind in first.into_iter().chain(second) {
                check.fault("userKey", kind);
            }
            None
        }
    }
}

#[post("/session.create", data = "<body>")]
async fn create(
    usher: &State<Usher>,
    attempt: Result<SignInTry, Error>,
    client: Client,
    body: Result<Body, Error>,
) -> Answer {
    let body = body?;
    attempt?;
    let mut check = body.check()?;
    let key = user_key(&mut check);
    let password = check.required_text_as_sent("password", PASSWORD);
    let (UserKey { key, as_sent }, password) = check.finish(|| Some((key?, password?)))?;
    let words = Words { key: as_sent, ..Words::default() };
    let opened = sign_in::sign_in_as_program(usher, &Login::read(&key), Secret::from(password), &client)
        .await
        .map_err(|error| words.failure(error))?;
    Ok(Envelope::ok(json!({
        "token": opened.secret.expose(),
        "expiresIn": u64::try_from(sessions::MAX_LIFE.as_millis()).unwrap_or(u64::MAX),
    })))
}

#[post("/session.info", data = "<body>")]
async fn info(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    body?;
    let actor = asker.user()?;
    let (session, user) = sessions::describe(usher, &actor).await?;
    let mut shown = super::user_view(&usher.config.public_url, &user);
    if let Value::Object(fields) = &mut shown {
        fields.insert("_id".to_owned(), json!(user.user.uid));
    }
    Ok(Envelope::ok(json!({
        "session": {
            "token": {
                "id": session.uid,
                "issuedAt": session.created_at.iso(),
                "expiresAt": session.expires_at.iso(),
            },
            "user": shown,
        },
    })))
}

#[post("/session.destroy", data = "<body>")]
async fn destroy(usher: &State<Usher>, asker: Asker, cookie: SessionCookie<'_>, body: Result<Body, Error>) -> Answer {
    body?;
    sessions::sign_out(usher, &asker.user()?).await?;
    cookie.remove();
    Ok(Envelope::ok(json!({})))
}

pub fn routes() -> Vec<Route> {
    routes![create, info, destroy]
}
