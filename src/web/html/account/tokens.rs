//! Access tokens for programs: created, shown once, revoked.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::times::Time;
use super::super::{Failure, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::clock::Timestamp;
use crate::domain::tokens;
use crate::fields::{Fields, GivenPassword, TokenLife};
use crate::ids::SessionId;
use crate::secret::Secret;
use crate::store::tokens::Listed;
use crate::usher::Usher;

/// The default lifetime in days.
const USUAL_LIFE: u64 = 30;

fn seconds(days: u64) -> String {
    (days * 24 * 60 * 60).to_string()
}

/// The lifetimes of a token, for the template's `choice`.
fn lives() -> String {
    let words = |days| if days == 365 { "choice-a-year".to_owned() } else { format!("choice-{days}-days") };
    TokenLife::DAYS.map(|days| format!("{}={}", seconds(days), words(days))).join("|")
}

fn empty_form() -> FormState {
    FormState::of([("expiresInSeconds", seconds(USUAL_LIFE).as_str())])
}

/// The user's tokens, and a form for a new one.
#[derive(Serialize)]
pub(in crate::web::html) struct TokensView {
    tokens: Vec<TokenRow>,
    /// The lifetimes, for the template's `choice`.
    lives: String,
    /// The token just created.
    fresh: Option<String>,
    form: FormState,
}

impl View for TokensView {
    const TEMPLATE: &'static str = "account/tokens";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Confirmation before a token is revoked.
#[derive(Serialize)]
pub(in crate::web::html) struct RevokeTokenView {
    token: Revoked,
}

impl View for RevokeTokenView {
    const TEMPLATE: &'static str = "account/revoke_token";
}

#[derive(Serialize)]
struct Revoked {
    id: SessionId,
    name: String,
    used: Option<Time>,
}

#[derive(Clone, Serialize)]
struct TokenRow {
    id: SessionId,
    name: String,
    created: Time,
    used: Option<Time>,
    expires: Time,
}

impl TokenRow {
    fn of(token: &Listed, now: Timestamp) -> Self {
        Self {
            id: token.id,
            name: token.name.clone(),
            created: Time::new(token.created_at, now),
            used: token.used_at().map(|at| Time::new(at, now)),
            expires: Time::new(token.expires_at, now),
        }
    }
}

/// The page; `fresh` is the token just created.
async fn page(usher: &Usher, user: &SignedIn, form: FormState, fresh: Option<&Secret>) -> PageResult {
    let now = usher.now();
    let tokens = tokens::list(usher, &user.actor).await?;
    let view = TokensView {
        tokens: tokens.iter().map(|token| TokenRow::of(token, now)).collect(),
        lives: lives(),
        fresh: fresh.map(|token| token.expose().to_owned()),
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/account/tokens")]
async fn list(usher: &State<Usher>, user: SignedIn) -> PageResult {
    page(usher, &user, empty_form(), None).await
}

/// Answers with the page instead of 303: a token must not be in a URL or cookie.
#[post("/account/tokens", data = "<form>")]
async fn make(usher: &State<Usher>, user: SignedIn, form: Submitted) -> PageResult {
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
async fn ask_to_revoke(usher: &State<Usher>, user: SignedIn, id: SessionId) -> PageResult {
    let token = tokens::look(usher, &user.actor, id).await?;
    let used = token.used_at().map(|at| Time::new(at, usher.now()));
    Ok(Page::new(&user.visitor, &RevokeTokenView { token: Revoked { id, name: token.name, used } }))
}

#[post("/account/tokens/<id>/revoke", data = "<_form>")]
async fn revoke(usher: &State<Usher>, user: SignedIn, id: SessionId, _form: Submitted) -> Result<Go, Failure> {
    tokens::revoke(usher, &user.actor, id).await?;
    Ok(Go::to("/account/tokens").saying(Notice::TokenRevoked))
}

#[cfg(test)]
impl Sample for TokenRow {
    fn samples() -> Vec<Self> {
        let token = |used| Self {
            id: SessionId(7),
            name: "Backup".to_owned(),
            created: Time::sample(),
            used,
            expires: Time::sample(),
        };
        vec![token(Some(Time::sample())), token(None)]
    }
}

#[cfg(test)]
impl Sample for TokensView {
    fn samples() -> Vec<Self> {
        let view =
            |tokens, fresh: Option<&str>, form| Self { tokens, lives: lives(), fresh: fresh.map(str::to_owned), form };
        vec![view(TokenRow::samples(), Some("0000sample"), empty_form()), view(Vec::new(), None, FormState::sample())]
    }
}

#[cfg(test)]
impl Sample for RevokeTokenView {
    fn samples() -> Vec<Self> {
        let token = |used| Revoked { id: SessionId(7), name: "Backup".to_owned(), used };
        vec![Self { token: token(Some(Time::sample())) }, Self { token: token(None) }]
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, make, ask_to_revoke, revoke]
}
