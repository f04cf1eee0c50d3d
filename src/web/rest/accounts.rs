//! `/api/users`

use futures_util::FutureExt as _;
use rocket::{Route, State, delete, get, post, put, routes};
use serde::Serialize;
use serde_json::json;

use super::Answer;
use super::body::{Body, NoBody};
use super::dialect::{Json, Refusal};
use super::parts::{self, List};
use crate::domain::accounts::passwords::NewPassword;
use crate::domain::accounts::sign_up::SignUp;
use crate::domain::accounts::{delete, passwords, profile, resets, sign_in, sign_up};
use crate::domain::actor::Client;
use crate::domain::sessions;
use crate::email_address::EmailAddress;
use crate::error::{AccountError, Error};
use crate::fields::{Fields, LinkToken, Password};
use crate::ids::UserId;
use crate::store::passwords::Login;
use crate::store::users::Listed;
use crate::usher::Usher;
use crate::web::limits::SignInTry;
use crate::web::session::{ApiUser, SameOrigin, SessionCookie};

/// A user in this API: always exactly these three fields.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: UserId,
    email: String,
    is_admin: bool,
}

impl From<Listed> for User {
    fn from(listed: Listed) -> Self {
        Self { id: listed.id, email: listed.email, is_admin: listed.is_superuser }
    }
}

async fn user(usher: &Usher, id: UserId) -> Answer<User> {
    Ok(Json(profile::me(usher, id).await?.into()))
}

#[post("/users/signup", data = "<body>")]
async fn signup(
    usher: &State<Usher>,
    origin: Result<SameOrigin, Error>,
    attempt: Result<SignInTry, Error>,
    client: Client,
    body: Result<Body, Error>,
) -> Answer<User> {
    origin?;
    attempt?;
    let body = body?;
    let mut fields = Fields::of(&body);
    let address = fields.required("email");
    let password = fields.required("password");
    let agreed = fields.required::<bool>("agreeToTerms");
    let (form, agreed) =
        fields.finish(|| Some((SignUp { full_name: None, address: address?, password: password? }, agreed?)))?;
    if !agreed {
        return Err(Error::Account(AccountError::TermsNotAccepted).into());
    }
    let id = sign_up::sign_up(usher, form, client.ip).await?;
    user(usher, id).await
}

#[post("/users/login", data = "<body>")]
async fn login(
    usher: &State<Usher>,
    origin: Result<SameOrigin, Error>,
    attempt: Result<SignInTry, Error>,
    client: Client,
    cookie: SessionCookie<'_>,
    body: Result<Body, Error>,
) -> Answer<User> {
    origin?;
    attempt?;
    let body = body?;
    let mut fields = Fields::of(&body);
    let address = fields.required::<EmailAddress>("email");
    let password = fields.required::<Password>("password");
    let (address, password) = fields.finish(|| Some((address?, password?)))?;
    let login = Login::Address(address.normal().to_owned());
    let opened = sign_in::sign_in(usher, &login, password.secret(), &client).await?;
    let user = user(usher, opened.user_id).await?;
    cookie.set(&opened);
    Ok(user)
}

#[put("/users/logout", data = "<body>")]
async fn logout(
    usher: &State<Usher>,
    user: Result<ApiUser, Error>,
    cookie: SessionCookie<'_>,
    body: Result<NoBody, Error>,
) -> Answer {
    let actor = user?.0;
    body?;
    sessions::sign_out(usher, &actor).await?;
    cookie.remove();
    Ok(Json(json!({})))
}

#[get("/users/me")]
async fn me(usher: &State<Usher>, asker: Result<ApiUser, Error>) -> Answer<User> {
    user(usher, asker?.0.user_id).await
}

#[get("/users")]
async fn list(usher: &State<Usher>, asker: Result<ApiUser, Error>) -> Result<List<User>, Refusal> {
    let read = parts::list(
        usher,
        asker?.0,
        |usher, actor, after| profile::part_of_users(usher, actor, after).boxed(),
        User::from,
    );
    Ok(read.await?)
}

#[delete("/users/<id>", data = "<body>")]
async fn remove(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: UserId,
    body: Result<NoBody, Error>,
) -> Answer {
    let actor = asker?.0;
    body?;
    delete::delete_user(usher, &actor, id).await?;
    Ok(Json(json!({ "affectedRows": 1 })))
}

#[post("/users/forgotPassword", data = "<body>")]
async fn forgot_password(usher: &State<Usher>, client: Client, body: Result<Body, Error>) -> Answer<&'static str> {
    let body = body?;
    let mut fields = Fields::of(&body);
    let address = fields.required::<EmailAddress>("email");
    let address = fields.finish(|| address)?;
    resets::forgot(usher, &address, client.ip).await?;
    Ok(Json("An email will be sent to the provided address"))
}

#[put("/users/resetPassword", data = "<body>")]
async fn reset_password(
    usher: &State<Usher>,
    origin: Result<SameOrigin, Error>,
    client: Client,
    body: Result<Body, Error>,
) -> Answer<&'static str> {
    origin?;
    let body = body?;
    let mut fields = Fields::of(&body);
    let token = fields.required::<LinkToken>("resetToken");
    let first = fields.required("newPassword");
    let again = fields.required("newPasswordAgain");
    let (token, new) = fields.finish(|| Some((token?, NewPassword { first: first?, again: again? })))?;
    passwords::reset(usher, token.as_str(), new, client.ip).await?;
    Ok(Json("Password reset. Please try logging in"))
}

#[put("/users/changePassword", data = "<body>")]
async fn change_password(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    body: Result<Body, Error>,
) -> Answer<User> {
    let actor = asker?.0;
    let body = body?;
    let mut fields = Fields::of(&body);
    let old = fields.required::<Password>("oldPassword");
    let first = fields.required("newPassword");
    let again = fields.required("newPasswordAgain");
    let (old, new) = fields.finish(|| Some((old?, NewPassword { first: first?, again: again? })))?;
    passwords::change(usher, &actor, old.secret(), new).await?;
    user(usher, actor.user_id).await
}

pub fn routes() -> Vec<Route> {
    routes![signup, login, logout, me, list, remove, forgot_password, reset_password, change_password]
}
