//! The CSRF token in a hidden field of every form.
//!
//! It has two tags over a random mask, which makes it differ on every page, so that compression leaks nothing:
//!
//! - one bound to the session's secret or, before there is a session, to the signed visitor cookie. Only a token with it
//!   is *fresh*, and only a fresh one lets a form be taken;
//! - one bound to the visitor cookie, which outlives every session, and to the account that the form was made for. A
//!   token with that alone is *stale*: it was ours, for this browser. The form is shown again, and nothing is done.
//!
//! A token is good for every form of its page, so it names no path.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::Request;

use super::client::{is_surely_ours, usher};
use super::cookies::{self, Cookie};
use super::{session, visitor_cookie};
use crate::ids::{bytes_of, hex, random_bytes};
use crate::keys::{Keys, Purpose, same};

pub const FIELD: &str = "csrf";

const MASK: usize = 8;
const UID: usize = 12;
const TAG: usize = 16;

/// What a token is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// Made for this session, or for this visitor without one.
    Fresh,
    /// Made for this browser before its session ended or changed: for the account with this uid, or for nobody.
    Stale {
        account: Option<String>,
    },
    Foreign,
}

/// A token for the forms of this response.
pub async fn token(request: &Request<'_>) -> String {
    let visitor = visitor_cookie::number(request).unwrap_or_else(|| visitor_cookie::new(request));
    let account = account(request).await;
    let basis = session_basis(request).await.unwrap_or_else(|| visitor_basis(&visitor));
    let keys = &usher(request).keys;
    let mask = random_bytes::<MASK>();
    let hidden = xor(account.unwrap_or(NOBODY), pad(keys, &visitor, &mask));
    let genuine = genuine_tag(keys, &visitor, account.unwrap_or(NOBODY), &mask);
    URL_SAFE_NO_PAD.encode([&mask[..], &fresh_tag(keys, &basis, &mask), &hidden, &genuine].concat())
}

/// What a token is worth in this request. Whether it was made for this browser matters only where the browser itself says
/// that the form is ours: whoever plants a visitor cookie cannot make it say that.
pub async fn judge(request: &Request<'_>, token: &str) -> Judgement {
    let Some(Parts { mask, fresh, hidden, genuine }) = Parts::read(token) else { return Judgement::Foreign };
    let keys = &usher(request).keys;
    let visitor = visitor_cookie::number(request);
    let basis = match session_basis(request).await {
        Some(basis) => Some(basis),
        None => visitor.as_deref().map(visitor_basis),
    };
    if basis.is_some_and(|basis| equal(&fresh, &fresh_tag(keys, &basis, &mask))) {
        return Judgement::Fresh;
    }
    let Some(visitor) = visitor.filter(|_| is_surely_ours(request)) else { return Judgement::Foreign };
    let account = xor(hidden, pad(keys, &visitor, &mask));
    if !equal(&genuine, &genuine_tag(keys, &visitor, account, &mask)) {
        return Judgement::Foreign;
    }
    Judgement::Stale { account: (account != NOBODY).then(|| hex(&account)) }
}

/// Stands for the uid of no account.
const NOBODY: [u8; UID] = [0; UID];

struct Parts {
    mask: [u8; MASK],
    fresh: [u8; TAG],
    hidden: [u8; UID],
    genuine: [u8; TAG],
}

impl Parts {
    fn read(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (mask, rest) = bytes.split_first_chunk::<MASK>()?;
        let (fresh, rest) = rest.split_first_chunk::<TAG>()?;
        let (hidden, rest) = rest.split_first_chunk::<UID>()?;
        let genuine = <[u8; TAG]>::try_from(rest).ok()?;
        Some(Self { mask: *mask, fresh: *fresh, hidden: *hidden, genuine })
    }
}

/// The uid of the account that this client's forms are made for.
async fn account(request: &Request<'_>) -> Option<[u8; UID]> {
    let actor = session::browsing(request).await.ok().flatten()?;
    bytes_of(&actor.uid)
}

/// What the tokens of a client with a session are bound to.
async fn session_basis(request: &Request<'_>) -> Option<String> {
    session::browsing(request).await.ok().flatten()?;
    cookies::read(request, Cookie::Session).map(|secret| format!("session {secret}"))
}

fn visitor_basis(visitor: &str) -> String {
    format!("visitor {visitor}")
}

fn fresh_tag(keys: &Keys, basis: &str, mask: &[u8]) -> [u8; TAG] {
    first(&keys.mac(Purpose::Csrf, &[b"form", basis.as_bytes(), mask]))
}

fn genuine_tag(keys: &Keys, visitor: &str, account: [u8; UID], mask: &[u8]) -> [u8; TAG] {
    first(&keys.mac(Purpose::Csrf, &[b"genuine", visitor.as_bytes(), &account, mask]))
}

/// Hides the uid, which would be the same text on every page.
fn pad(keys: &Keys, visitor: &str, mask: &[u8]) -> [u8; UID] {
    first(&keys.mac(Purpose::Csrf, &[b"account", visitor.as_bytes(), mask]))
}

fn first<const N: usize>(mac: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| mac[at])
}

fn xor(one: [u8; UID], other: [u8; UID]) -> [u8; UID] {
    std::array::from_fn(|at| one[at] ^ other[at])
}

fn equal(one: &[u8], other: &[u8]) -> bool {
    same(&hex(one), &hex(other))
}
