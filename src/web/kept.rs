//! What a page keeps of a form between two requests, sealed or signed: secrets that were typed, and the permit to send a
//! form again after signing in. Both are for this browser, one account and one path, and for ten minutes.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::Request;

use super::client::usher;
use super::visitor_cookie;
use crate::clock::Timestamp;
use crate::ids::hex;
use crate::keys::{Purpose, same};

const LIFE: Duration = Duration::from_mins(10);

/// Whom and what something is kept for.
#[derive(Clone, Copy, Debug)]
pub struct Bound<'a> {
    /// The uid of the account that the form was made for.
    pub account: Option<&'a str>,
    /// Where the form goes.
    pub path: &'a str,
}

impl Bound<'_> {
    fn parts(&self, visitor: &str) -> [String; 3] {
        [visitor.to_owned(), self.account.unwrap_or_default().to_owned(), self.path.to_owned()]
    }

    fn row(&self, visitor: &str, field: &str) -> String {
        format!("{}\0{field}", self.parts(visitor).join("\0"))
    }
}

/// Keeps a secret for its field. The time is sealed with it.
pub fn seal(request: &Request<'_>, bound: Bound<'_>, field: &str, secret: &str) -> String {
    let visitor = visitor_cookie::number(request).unwrap_or_else(|| visitor_cookie::new(request));
    let usher = usher(request);
    let plain = format!("{} {secret}", usher.now().millis());
    URL_SAFE_NO_PAD.encode(usher.keys.seal(COLUMN, &bound.row(&visitor, field), &plain))
}

/// In the place of the column of a sealed value in the database.
const COLUMN: &str = "form.kept";

/// The secret that was kept for a field.
pub fn open(request: &Request<'_>, bound: Bound<'_>, field: &str, sealed: &str) -> Option<String> {
    let visitor = visitor_cookie::number(request)?;
    let usher = usher(request);
    let sealed = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let plain = usher.keys.open(COLUMN, &bound.row(&visitor, field), &sealed).ok()?;
    let (at, secret) = plain.split_once(' ')?;
    is_recent(at.parse().ok()?, usher.now()).then(|| secret.to_owned())
}

/// Lets a stale form count as fresh once its account is signed in: whoever has it was shown what they send.
pub fn permit(request: &Request<'_>, bound: Bound<'_>) -> String {
    let visitor = visitor_cookie::number(request).unwrap_or_else(|| visitor_cookie::new(request));
    let at = usher(request).now().millis();
    format!("{at}.{}", permit_tag(request, bound, &visitor, at))
}

pub fn permits(request: &Request<'_>, bound: Bound<'_>, permit: &str) -> bool {
    let read = || {
        let (at, tag) = permit.split_once('.')?;
        let at = at.parse().ok()?;
        let visitor = visitor_cookie::number(request)?;
        let fits = same(tag, &permit_tag(request, bound, &visitor, at));
        Some(fits && is_recent(at, usher(request).now()))
    };
    read().unwrap_or(false)
}

fn permit_tag(request: &Request<'_>, bound: Bound<'_>, visitor: &str, at: i64) -> String {
    let [visitor, account, path] = bound.parts(visitor);
    let parts = [b"permit", visitor.as_bytes(), account.as_bytes(), path.as_bytes(), &at.to_be_bytes()];
    hex(&usher(request).keys.mac(Purpose::Csrf, &parts)[..16])
}

fn is_recent(at: i64, now: Timestamp) -> bool {
    let at = Timestamp(at);
    at <= now.plus(crate::clock::MAX_CLOCK_SKEW) && now.since(at) <= LIFE
}
