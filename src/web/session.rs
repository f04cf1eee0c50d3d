//! Who is signed in, found once a request.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::client::{check_origin, ip, usher};
use super::cookies::{self, Cookie};
use crate::domain::actor::Actor;
use crate::domain::sessions::{self, Opened};
use crate::entity::session::SessionKind;
use crate::error::Error;
use crate::outage::{Cause, Outage};

/// What was sent to prove who asks, and what came of it.
#[derive(Clone, Debug)]
struct Proof {
    actor: Option<Actor>,
    /// Why the database could not be asked.
    fault: Option<Outage>,
}

async fn proof<'r>(request: &'r Request<'_>) -> &'r Proof {
    request.local_cache_async(find_proof(request)).await
}

async fn find_proof(request: &Request<'_>) -> Proof {
    // Where a bearer is sent it alone decides.
    let (carried_by, secret) = match request.headers().get_one("Authorization") {
        Some(header) => (SessionKind::Bearer, header.strip_prefix("Bearer ")),
        None => (SessionKind::Browser, cookies::read(request, Cookie::Session)),
    };
    let Some(secret) = secret else { return Proof { actor: None, fault: None } };
    match sessions::resume(usher(request), secret).await {
        Ok(found) => {
            let found = found.filter(|found| found.kind == carried_by);
            if found.is_some() && carried_by == SessionKind::Browser {
                cookies::refresh(request, Cookie::Session, secret, Some(usher(request).config.session_idle));
            }
            Proof { actor: found.map(|found| Actor::of(found, ip(request))), fault: None }
        }
        Err(error) => {
            super::log::fault(&error);
            let outage = if let Error::Unavailable(outage) = error { outage } else { Cause::Fault.into() };
            Proof { actor: None, fault: Some(outage) }
        }
    }
}

/// Who asks, if anybody is signed in.
///
/// # Errors
/// [`Error::Unavailable`] when the database could not be asked.
pub async fn actor<'r>(request: &'r Request<'_>) -> Result<Option<&'r Actor>, Error> {
    let proof = proof(request).await;
    match &proof.fault {
        Some(outage) => Err(Error::Unavailable(outage.clone())),
        None => Ok(proof.actor.as_ref()),
    }
}

/// Who looks at a page. A bearer opens the JSON APIs alone: whoever finds a program's token must not get at the
/// pages on which tokens, addresses and the password change.
///
/// # Errors
/// As [`actor`].
pub async fn browsing<'r>(request: &'r Request<'_>) -> Result<Option<&'r Actor>, Error> {
    if request.headers().contains("Authorization") { Ok(None) } else { actor(request).await }
}

/// Whether the proof came in a cookie, which a browser sends whoever made it ask.
pub fn came_by_cookie(request: &Request<'_>) -> bool {
    request.headers().get_one("Authorization").is_none() && cookies::read(request, Cookie::Session).is_some()
}

/// Gives a browser the session that was just opened, or takes it.
pub struct SessionCookie<'r>(&'r Request<'r>);

impl SessionCookie<'_> {
    /// Hands the secret over.
    pub fn set(&self, opened: &Opened) {
        let life = usher(self.0).config.session_idle;
        cookies::set(self.0, Cookie::Session, opened.secret.expose(), Some(life));
    }

    /// Takes it back, if the request came with it. Who ends a bearer's session keeps the browser's.
    pub fn remove(&self) {
        if came_by_cookie(self.0) {
            cookies::remove(self.0, Cookie::Session);
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SessionCookie<'r> {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        Outcome::Success(Self(request))
    }
}

/// A signed-in user of a program. Taken as `Result<ApiUser, Error>`, since catchers do not see errors.
#[derive(Clone, Debug)]
pub struct ApiUser(pub Actor);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for ApiUser {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        let user = async {
            if came_by_cookie(request) {
                check_origin(request)?;
            }
            actor(request).await?.cloned().map(Self).ok_or(Error::SignInRequired)
        };
        match user.await {
            Ok(user) => Outcome::Success(user),
            Err(error) => Outcome::Error((Status::Forbidden, error)),
        }
    }
}

/// A request that does not say that it comes from another site.
pub struct SameOrigin;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SameOrigin {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match check_origin(request) {
            Ok(()) => Outcome::Success(Self),
            Err(error) => Outcome::Error((Status::Forbidden, error)),
        }
    }
}
