//! Who asks, in Yeep's way: a bearer decides where one is sent; a session cookie will do as well.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::dialect::Failure;
use crate::domain::actor::Actor;
use crate::domain::sessions::is_genuine_bearer;
use crate::error::Error;
use crate::web::client::{check_origin, usher};
use crate::web::session::{actor, came_by_cookie};

/// Whoever asks, perhaps nobody.
#[derive(Debug)]
pub struct Asker(Result<Option<Actor>, Refused>);

#[derive(Debug)]
enum Refused {
    Schema,
    Token,
    Other(Error),
}

impl Asker {
    /// The user, or nobody.
    ///
    /// # Errors
    /// 401 for a bearer that is none; 403 for another site's request with the cookie.
    pub fn anyone(self) -> Result<Option<Actor>, Failure> {
        self.0.map_err(|refused| match refused {
            Refused::Schema => Failure::new(401, "Invalid authorization schema"),
            Refused::Token => Failure::new(401, "Invalid authorization token"),
            Refused::Other(error) => error.into(),
        })
    }

    /// The user.
    ///
    /// # Errors
    /// As [`Asker::anyone`]; the masking 404 for nobody.
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
    if let Some(header) = request.headers().get_one("Authorization") {
        let (schema, token) = header.split_once(' ').unwrap_or((header, ""));
        if schema != "Bearer" {
            return Err(Refused::Schema);
        }
        let usher = usher(request);
        if !is_genuine_bearer(&usher.keys, token, usher.now()) {
            return Err(Refused::Token);
        }
    } else if came_by_cookie(request) {
        check_origin(request).map_err(Refused::Other)?;
    }
    actor(request).await.map(Option::<&Actor>::cloned).map_err(Refused::Other)
}
