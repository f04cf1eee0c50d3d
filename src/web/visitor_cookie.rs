//! The signed visitor cookie: a random number by which a browser is known again, signed in or not. It outlives every
//! session, since it is renewed whenever one begins.

use std::sync::OnceLock;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::Request;

use super::client::usher;
use super::cookies::{self, Cookie};
use crate::domain::sessions::MAX_LIFE;
use crate::ids::{hex, random_bytes};
use crate::keys::{Keys, Purpose, same};

/// A day longer than a session can live.
const LIFE: Duration = MAX_LIFE.saturating_add(Duration::from_hours(24));

/// The browser's number, or the one that this response gives it.
pub fn number(request: &Request<'_>) -> Option<String> {
    sent(request).map(str::to_owned).or_else(|| given(request).get().cloned())
}

/// The number that this response gives: a second form on the page must have the same.
fn given<'r>(request: &'r Request<'_>) -> &'r OnceLock<String> {
    request.local_cache(OnceLock::new)
}

/// Gives the browser a number; in one response always the same.
pub fn new(request: &Request<'_>) -> String {
    let number = given(request).get_or_init(|| URL_SAFE_NO_PAD.encode(random_bytes::<16>()));
    set(request, number);
    number.clone()
}

/// Lets a cookie that the browser has live as long as a session that begins now, and longer.
pub fn renew(request: &Request<'_>) {
    if let Some(number) = number(request) {
        set(request, &number);
    }
}

fn set(request: &Request<'_>, number: &str) {
    let signature = sign(&usher(request).keys, number);
    cookies::set(request, Cookie::Visitor, &format!("{number}.{signature}"), Some(LIFE));
}

fn sent<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    let (number, signature) = cookies::read(request, Cookie::Visitor)?.split_once('.')?;
    same(signature, &sign(&usher(request).keys, number)).then_some(number)
}

fn sign(keys: &Keys, number: &str) -> String {
    hex(&keys.mac(Purpose::Csrf, &[b"visitor", number.as_bytes()])[..16])
}
