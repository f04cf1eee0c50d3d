//! Access tokens for programs: made here, shown once, revoked here.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::super::times::Time;
use super::super::{Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::clock::Timestamp;
use crate::domain::tokens;
use crate::fields::{Fields, GivenPassword, TokenLife};
use crate::ids::SessionId;
use crate::secret::Secret;
use crate::store::tokens::Listed;
use crate::usher::Usher;

/// What is chosen before anybody chooses, in days.
const USUAL_LIFE: u64 = 30;

fn seconds(days: u64) -> String {
    (days * 24 * 60 * 60).to_string()
}

/// The lives of a token as the template's `choice` takes them.
fn lives() -> String {
    let words = |days| if days == 365 { "choice-a-year".to_owned() } else { format!("choice-{days}-days") };
    TokenLife::DAYS.map(|days| format!("{}={}", seconds(days), words(days))).join("|")
}

fn empty_form() -> FormState {
    FormState::of([("expiresInSeconds", seconds(USUAL_LIFE).as_str())])
}

fn row(token: &Listed, now: Timestamp) -> Value {
    json!({
        "id": token.id,
        "name": token.name,
        "created": Time::new(token.created_at, now),
        "used": token.used_at().map(|at| Time::new(at, now)),
        "expires": Time::new(token.expires_at, now),
    })
}

/// The page; `fresh` is a token that was just made.
async fn page(usher: &Usher, user: &SignedIn, form: FormState, fresh: Option<&Secret>) -> Shown {
    let now = usher.now();
    let tokens: Vec<Value> = tokens::list(usher, &user.actor).await?.iter().map(|token| row(token, now)).collect();
    let shown = json!({ "tokens": tokens, "lives": lives(), "fresh": fresh.map(Secret::expose) });
    Ok(Page::new("account/tokens", &user.visitor, shown).with_form(form))
}

#[get("/account/tokens")]
async fn list(usher: &State<Usher>, user: SignedIn) -> Shown {
    page(usher, &user, empty_form(), None).await
}

/// Answered with the page, not with 303: a token must be in no URL and no cookie.
#[post("/account/tokens", data = "<form>")]
async fn make(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Shown {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let name = fields.required("name");
        let life = fields.required("expiresInSeconds");
        let password = fields.required::<GivenPassword>("password");
        let (name, life, password) = fields.finish(|| Some((name?, life?, password?)))?;
        tokens::make(usher, &user.actor, name, life, password.secret()).await
    };
    match outcome.await {
        Ok(token) => page(usher, &user, empty_form(), Some(&token)).await,
        Err(error) => page(usher, &user, FormState::again(&form, error)?, None).await,
    }
}

#[get("/account/tokens/<id>/revoke")]
async fn ask_to_revoke(usher: &State<Usher>, user: SignedIn, id: SessionId) -> Shown {
    let token = tokens::look(usher, &user.actor, id).await?;
    let shown = json!({ "token": row(&token, usher.now()) });
    Ok(Page::new("account/revoke_token", &user.visitor, shown))
}

#[post("/account/tokens/<id>/revoke", data = "<_form>")]
async fn revoke(usher: &State<Usher>, user: SignedIn, id: SessionId, _form: Submitted) -> Result<Go, Failure> {
    tokens::revoke(usher, &user.actor, id).await?;
    Ok(Go::to("/account/tokens").saying(Notice::TokenRevoked))
}

pub fn routes() -> Vec<Route> {
    routes![list, make, ask_to_revoke, revoke]
}
