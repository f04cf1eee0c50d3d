//! The CSRF token in a hidden field of every form.
//!
//! An HMAC over the session's secret or, before there is a session, over a signed visitor cookie. A random part makes
//! it differ on every page, so that compression leaks nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::Request;

use super::client::usher;
use super::cookies::{self, Cookie};
use super::session;
use crate::ids::{hex, random_bytes};
use crate::keys::{Keys, Purpose, same};

pub const FIELD: &str = "csrf";

const MASK_DIGITS: usize = 16;

/// A token for the forms of this response.
pub async fn token(request: &Request<'_>) -> String {
    let mask = hex(&random_bytes::<{ MASK_DIGITS / 2 }>());
    let basis = match basis(request).await {
        Some(basis) => basis,
        None => new_visitor(request),
    };
    let mac = mac(&usher(request).keys, &basis, &mask);
    mask + &mac
}

/// Whether a token was made for this client.
pub async fn fits(request: &Request<'_>, token: &str) -> bool {
    let (Some(basis), Some((mask, sent))) = (basis(request).await, token.split_at_checked(MASK_DIGITS)) else {
        return false;
    };
    same(sent, &mac(&usher(request).keys, &basis, mask))
}

fn mac(keys: &Keys, basis: &str, mask: &str) -> String {
    hex(&keys.mac(Purpose::Csrf, &[b"form", basis.as_bytes(), mask.as_bytes()])[..16])
}

/// What this client's tokens are bound to.
async fn basis(request: &Request<'_>) -> Option<String> {
    if let Ok(Some(_)) = session::browsing(request).await
        && let Some(secret) = cookies::read(request, Cookie::Session)
    {
        return Some(format!("session {secret}"));
    }
    let visitor = cookies::read(request, Cookie::Visitor)?;
    let (number, signature) = visitor.split_once('.')?;
    let signed = same(signature, &sign(&usher(request).keys, number));
    signed.then(|| format!("visitor {number}"))
}

struct NewVisitor(String);

fn new_visitor(request: &Request<'_>) -> String {
    // A second form on the page must reuse the visitor cookie.
    let NewVisitor(number) = request.local_cache(|| NewVisitor(URL_SAFE_NO_PAD.encode(random_bytes::<16>())));
    let signature = sign(&usher(request).keys, number);
    cookies::set(request, Cookie::Visitor, &format!("{number}.{signature}"), None);
    format!("visitor {number}")
}

fn sign(keys: &Keys, number: &str) -> String {
    hex(&keys.mac(Purpose::Csrf, &[b"visitor", number.as_bytes()])[..16])
}
