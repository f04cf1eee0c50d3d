//! The language of a page: what the user chose, else what the browser asks for.

use rocket::Request;

use crate::domain::actor::Actor;
use crate::words::Language;

/// What the browser asks for; `None` when it does not say.
pub fn asked_for(request: &Request<'_>) -> Option<Language> {
    request.headers().get_one("Accept-Language").map(Language::accepted)
}

/// The language of the answer to a request by this user, or by somebody who is not signed in.
pub fn of_request(request: &Request<'_>, actor: Option<&Actor>) -> Language {
    actor.and_then(|actor| actor.language).or_else(|| asked_for(request)).unwrap_or_default()
}
