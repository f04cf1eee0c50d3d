//! Usher's cookies: `HttpOnly`, SameSite=Lax, Path=/, no Domain; over https also Secure and `__Host-`. Their names begin
//! with the key `cookie_name`.
//!
//! Read from the raw header, because Rocket decodes names and would take `%5F%5FHost-…` for `__Host-…`. Pairs that are
//! not ASCII are skipped: parsing trims Unicode spaces, which browsers allow before `__Host-…`. Written by a fairing,
//! because catchers drop what a handler has set.

use std::sync::Mutex;
use std::time::Duration;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{self, Header, SameSite};
use rocket::{Request, Response};

use super::client::usher;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// The session's secret.
    Session,
    /// Binds forms before there is a session.
    Visitor,
    /// The notice for the next page.
    Notice,
}

impl Cookie {
    const ALL: [Self; 3] = [Self::Session, Self::Visitor, Self::Notice];

    /// What follows `cookie_name`.
    const fn ending(self) -> &'static str {
        match self {
            Self::Session => "_session",
            Self::Visitor => "_visitor",
            Self::Notice => "_notice",
        }
    }
}

/// The value of a cookie as sent.
pub fn read<'r>(request: &'r Request<'_>, cookie: Cookie) -> Option<&'r str> {
    let (prefix, name) = beginning(request);
    request
        .headers()
        .get("Cookie")
        .flat_map(|header| header.split(';'))
        .filter(|pair| pair.is_ascii())
        .filter_map(|pair| http::Cookie::parse(pair).ok())
        .find(|sent| {
            let ending = sent.name().strip_prefix(prefix).and_then(|sent| sent.strip_prefix(name));
            ending == Some(cookie.ending())
        })
        .and_then(|sent| sent.value_raw())
}

/// Sets a cookie in the response. It lives for `max_age`, or until the browser closes.
pub fn set(request: &Request<'_>, cookie: Cookie, value: &str, max_age: Option<Duration>) {
    decide(request, cookie, Change::Set(value.to_owned(), max_age));
}

/// Removes a cookie in the response.
pub fn remove(request: &Request<'_>, cookie: Cookie) {
    decide(request, cookie, Change::Remove);
}

/// Sets a cookie in the response unless it was set or removed already.
pub fn refresh(request: &Request<'_>, cookie: Cookie, value: &str, max_age: Option<Duration>) {
    let mut changes = lock(request);
    if changes[cookie as usize].is_none() {
        changes[cookie as usize] = Some(Change::Set(value.to_owned(), max_age));
    }
}

/// The value that the response sets a cookie to.
pub fn to_be_set(request: &Request<'_>, cookie: Cookie) -> Option<String> {
    match &lock(request)[cookie as usize] {
        Some(Change::Set(value, _)) => Some(value.clone()),
        Some(Change::Remove) | None => None,
    }
}

fn decide(request: &Request<'_>, cookie: Cookie, change: Change) {
    lock(request)[cookie as usize] = Some(change);
}

#[derive(Clone)]
enum Change {
    Set(String, Option<Duration>),
    Remove,
}

type Changes = [Option<Change>; Cookie::ALL.len()];

fn lock<'r>(request: &'r Request<'_>) -> std::sync::MutexGuard<'r, Changes> {
    let changes: &Mutex<Changes> = request.local_cache(Mutex::default);
    changes.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What all names begin with: a prefix that browsers have rules for, and `cookie_name`.
fn beginning<'r>(request: &'r Request<'_>) -> (&'static str, &'r str) {
    let config = &usher(request).config;
    (if config.public_url.is_https() { "__Host-" } else { "" }, config.cookie_name.as_str())
}

/// Writes the changed cookies.
pub struct SetCookies;

#[rocket::async_trait]
impl Fairing for SetCookies {
    fn info(&self) -> Info {
        Info { name: "cookies", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let changes = lock(request).clone();
        for (cookie, change) in Cookie::ALL.into_iter().zip(changes) {
            let (value, max_age) = match change {
                None => continue,
                Some(Change::Set(value, max_age)) => (value, max_age),
                Some(Change::Remove) => (String::new(), Some(Duration::ZERO)),
            };
            let (prefix, name) = beginning(request);
            let mut written = http::Cookie::build((format!("{prefix}{name}{}", cookie.ending()), value))
                .http_only(true)
                .same_site(SameSite::Lax)
                .path("/")
                .secure(usher(request).config.public_url.is_https())
                .build();
            written.set_max_age(max_age.map(|life| time::Duration::try_from(life).unwrap_or(time::Duration::MAX)));
            // Unencoded: `From<Cookie>` would encode the value, and `read` does not decode.
            response.adjoin_header(Header::new("Set-Cookie", written.to_string()));
        }
    }
}
