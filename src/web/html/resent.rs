//! Forms that came too late: those that no route took because nobody is signed in, and those that are sent again with the
//! password of their account.

use rocket::http::{Header, Method, Status};
use rocket::response::{self, Responder, Response};
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route, State, post, routes};

use super::form::{FormState, Resent, is_stale_without_session};
use super::{Failure, Page, Visitor, again, form_pages, visitor};
use crate::domain::accounts::sign_in;
use crate::domain::actor::Client;
use crate::error::{AccountError, Error};
use crate::secret::Secret;
use crate::usher::Usher;
use crate::web::limits::SignInTry;
use crate::web::session::SessionCookie;
use crate::words::Text;

/// Behind every route of ours.
const LAST: isize = 1000;

/// For each form, what answers it if its route does not take it.
pub fn turned_away(routes: &[Route]) -> Vec<Route> {
    let forms = routes.iter().filter(|route| route.method == Method::Post);
    forms.map(|form| Route::ranked(form.rank + LAST, Method::Post, form.uri.path(), TurnedAway)).collect()
}

#[derive(Clone)]
struct TurnedAway;

#[rocket::async_trait]
impl Handler for TurnedAway {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        if !visitor::is_turned_away(request) {
            return Outcome::forward(data, Status::NotFound);
        }
        if !is_stale_without_session(request, data).await {
            return Outcome::Error(Status::Unauthorized);
        }
        match again::answer(request) {
            Some(answer) => Outcome::from(request, answer),
            None => Outcome::Error(Status::Unauthorized),
        }
    }
}

/// 307: the browser sends the same form again, to a path that takes forms.
struct SendAgain(String);

impl<'r> Responder<'r, 'static> for SendAgain {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Response::build().status(Status::TemporaryRedirect).header(Header::new("Location", self.0)).ok()
    }
}

/// Signs the account in that the form was made for, and lets the browser send it again.
#[post("/sign-in/again", data = "<resent>")]
async fn sign_in_again(
    usher: &State<Usher>,
    visitor: Visitor,
    attempt: Result<SignInTry, Error>,
    client: Client,
    cookie: SessionCookie<'_>,
    resent: Resent,
    here: Here<'_>,
) -> Result<Result<SendAgain, Page>, Failure> {
    let Resent { stale, password } = resent;
    let owner = stale.owner.as_ref().ok_or(Error::CrossOrigin)?;
    // Only to a form of ours.
    if form_pages::of_path(here.0, &stale.path).is_none() || stale.path == again::PATH {
        return Err(Error::CrossOrigin.into());
    }
    let is_in = visitor.actor.as_ref().is_some_and(|actor| actor.user_id == owner.id);
    let outcome = async {
        if is_in {
            return Ok(None);
        }
        attempt?;
        let password = password.filter(|password| !password.is_empty()).ok_or(AccountError::WrongPassword)?;
        sign_in::sign_in_to(usher, owner.id, Secret::from(password), &client).await.map(Some)
    };
    match outcome.await {
        Ok(opened) => {
            if let Some(opened) = opened {
                cookie.set(&opened);
            }
            Ok(Ok(SendAgain(stale.path)))
        }
        Err(error) => {
            let state = match error {
                Error::Account(AccountError::WrongPassword) => {
                    FormState::refused(&stale.form, "againPassword", Text::of("fault-again-password"))
                }
                other => FormState::again(&stale.form, other)?,
            };
            Ok(Err(again::page(here.0, Some(&visitor.common), &stale, owner, state)))
        }
    }
}

/// The request itself.
struct Here<'r>(&'r Request<'r>);

#[rocket::async_trait]
impl<'r> rocket::request::FromRequest<'r> for Here<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> rocket::request::Outcome<Self, Self::Error> {
        rocket::request::Outcome::Success(Self(request))
    }
}

pub fn routes() -> Vec<Route> {
    routes![sign_in_again]
}
