//! The signed-in user, looked up once a request.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::client::{check_origin, ip, usher};
use super::cookies::{self, Cookie};
use super::visitor_cookie;
use crate::domain::actor::Actor;
use crate::domain::sessions::{self, Opened};
use crate::entity::session::SessionKind;
use crate::error::Error;
use crate::outage::{Cause, Outage};

/// The `Authorization` header.
pub enum Authorization<'r> {
    None,
    /// A token of ours.
    Bearer(&'r str),
    /// Of another scheme: a proxy may send its own with every request.
    Other,
}

/// What the request's `Authorization` header says. Of several, as a proxy's beside the client's, a bearer counts.
pub fn authorization<'r>(request: &'r Request<'_>) -> Authorization<'r> {
    let mut sent = request.headers().get("Authorization").peekable();
    if sent.peek().is_none() {
        return Authorization::None;
    }
    let bearer = sent.find_map(|header| {
        let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
        scheme.eq_ignore_ascii_case("Bearer").then_some(token)
    });
    bearer.map_or(Authorization::Other, Authorization::Bearer)
}

fn carries_bearer(request: &Request<'_>) -> bool {
    matches!(authorization(request), Authorization::Bearer(_))
}

/// The result of looking up the sent credentials.
#[derive(Clone, Debug)]
struct Proof {
    actor: Option<Actor>,
    /// Why the database was unavailable.
    fault: Option<Outage>,
}

async fn proof<'r>(request: &'r Request<'_>) -> &'r Proof {
    request.local_cache_async(find_proof(request)).await
}

async fn find_proof(request: &Request<'_>) -> Proof {
    // A bearer token takes precedence over the cookie.
    let (carried_by, secret) = match authorization(request) {
        Authorization::Bearer(token) => (SessionKind::Bearer, Some(token)),
        Authorization::None | Authorization::Other => (SessionKind::Browser, cookies::read(request, Cookie::Session)),
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

/// The actor, if signed in.
///
/// # Errors
/// [`Error::Unavailable`] if the database cannot be queried.
pub async fn actor<'r>(request: &'r Request<'_>) -> Result<Option<&'r Actor>, Error> {
    let proof = proof(request).await;
    match &proof.fault {
        Some(outage) => Err(Error::Unavailable(outage.clone())),
        None => Ok(proof.actor.as_ref()),
    }
}

/// The actor of a page. Bearer tokens work on the JSON APIs only: a leaked token must not give access to the pages that
/// change tokens, addresses and the password.
///
/// # Errors
/// As [`actor`].
pub async fn browsing<'r>(request: &'r Request<'_>) -> Result<Option<&'r Actor>, Error> {
    if carries_bearer(request) { Ok(None) } else { actor(request).await }
}

/// Whether the credentials came in a cookie, which browsers also send on cross-site requests.
pub fn came_by_cookie(request: &Request<'_>) -> bool {
    !carries_bearer(request) && cookies::read(request, Cookie::Session).is_some()
}

/// Sets or removes the browser's session cookie.
pub struct SessionCookie<'r>(&'r Request<'r>);

impl SessionCookie<'_> {
    pub fn set(&self, opened: &Opened) {
        let life = usher(self.0).config.session_idle;
        cookies::set(self.0, Cookie::Session, opened.secret.expose(), Some(life));
        visitor_cookie::renew(self.0);
    }

    /// Removes the cookie if the request was authenticated by it. Ending a bearer session keeps the browser's.
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

/// The signed-in user of an API client. Taken as `Result<ApiUser, Error>`, because catchers do not get the error.
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

/// A request that is not cross-site.
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
