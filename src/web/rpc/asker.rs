//! The caller of Yeep's API. If a bearer token is sent, it alone decides; otherwise the session cookie counts.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::dialect::Failure;
use crate::domain::actor::Actor;
use crate::domain::sessions::is_genuine_bearer;
use crate::error::Error;
use crate::web::client::{check_origin, usher};
use crate::web::session::{Authorization, actor, authorization, came_by_cookie};

/// The caller, possibly anonymous.
#[derive(Debug)]
pub struct Asker(Result<Option<Actor>, Refused>);

#[derive(Debug)]
enum Refused {
    Schema,
    Token,
    Other(Error),
}

impl Asker {
    /// The user, or `None` if anonymous.
    ///
    /// # Errors
    /// 401: not a valid bearer token. 403: a cross-site request with the cookie.
    pub fn anyone(self) -> Result<Option<Actor>, Failure> {
        self.0.map_err(|refused| match refused {
            Refused::Schema => Failure::new(401, "Invalid authorization schema"),
            Refused::Token => Failure::new(401, "Invalid authorization token"),
            Refused::Other(error) => error.into(),
        })
    }

    /// The signed-in user.
    ///
    /// # Errors
    /// As [`Asker::anyone`]; 404 if anonymous, so that the method's existence is not revealed.
    pub fn user(self) -> Result<Actor, Failure> {
        self.anyone()?.ok_or_else(Failure::masked)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Asker {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Self(find(request).await))
    }
}

async fn find(request: &Request<'_>) -> Result<Option<Actor>, Refused> {
    match authorization(request) {
        Authorization::Other => return Err(Refused::Schema),
        Authorization::Bearer(token) => {
            let usher = usher(request);
            if !is_genuine_bearer(&usher.keys, token, usher.now()) {
                return Err(Refused::Token);
            }
        }
        Authorization::None if came_by_cookie(request) => check_origin(request).map_err(Refused::Other)?,
        Authorization::None => {}
    }
    actor(request).await.map(Option::<&Actor>::cloned).map_err(Refused::Other)
}
