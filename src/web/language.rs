//! The language of a page: the user's setting, else `Accept-Language`.

use rocket::Request;

use crate::domain::actor::Actor;
use crate::words::Language;

/// The language that the browser asks for; `None` without a usable header.
pub fn asked_for(request: &Request<'_>) -> Option<Language> {
    request.headers().get_one("Accept-Language").map(Language::accepted)
}

/// The language of a response to this user, or to an anonymous visitor.
pub fn of_request(request: &Request<'_>, actor: Option<&Actor>) -> Language {
    actor.and_then(|actor| actor.language).or_else(|| asked_for(request)).unwrap_or_default()
}
