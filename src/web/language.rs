//! The language of a page: what the user chose, else what the browser asks for.

use rocket::Request;

use crate::words::Language;

/// What the browser asks for.
pub fn asked_for(request: &Request<'_>) -> Language {
    let header = request.headers().get_one("Accept-Language");
    header.map(Language::accepted).unwrap_or_default()
}
