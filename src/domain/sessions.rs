//! Sessions. The secret goes to the browser or program; the database keeps a digest.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::DatabaseTransaction;

use crate::clock::{MAX_CLOCK_SKEW, Timestamp};
use crate::db::Operation;
use crate::domain::actor::{Actor, Client};
use crate::domain::audit::{self, About, Where};
use crate::domain::users::activation::is_deactivated;
use crate::domain::users::{self, Profile};
use crate::entity::audit_event::Action;
use crate::entity::session::{Model, SessionKind};
use crate::error::Error;
use crate::ids::{SessionId, UserId, hex, new_uid, random_bytes};
use crate::keys::{Keys, Purpose, same};
use crate::secret::Secret;
use crate::store;
use crate::store::Page;
use crate::store::locks::{Lock, Locks};
use crate::store::sessions::{Found, Listed, NewSession};
use crate::usher::Usher;

/// No session outlives this, however often it is used.
pub const MAX_LIFE: Duration = Duration::from_hours(7 * 24);
/// Characters kept of the `User-Agent`.
const LONGEST_AGENT: usize = 300;
/// How often a use is recorded.
const NOTE_EVERY: Duration = Duration::from_mins(1);

/// A session just opened: the only moment at which its secret is known.
#[derive(Clone, Debug)]
pub struct Opened {
    pub secret: Secret,
    pub user_id: UserId,
}

/// A browser session to insert, with its secret.
pub(crate) fn browser_session(keys: &Keys, client: &Client, now: Timestamp) -> (Secret, NewSession) {
    let secret = Secret::from(URL_SAFE_NO_PAD.encode(random_bytes::<32>()));
    let session = NewSession {
        uid: new_uid(now),
        kind: SessionKind::Browser,
        digest: keys.digest(Purpose::Session, secret.expose()),
        agent: agent(client),
        ip: client.ip.map(|ip| ip.to_string()),
        now,
        expires_at: now.plus(MAX_LIFE),
    };
    (secret, session)
}

fn agent(client: &Client) -> Option<String> {
    client.agent.as_deref().map(|agent| agent.chars().take(LONGEST_AGENT).collect())
}

/// A bearer token carries its expiry and a keyed tag: a forged or expired one is told from one whose session was ended,
/// without a row.
const BEARER_PREFIX: &str = "usher_";
const EXPIRY_DIGITS: usize = 12;
const TAG_DIGITS: usize = 16;

/// A program's session to insert, with its token.
pub(crate) fn bearer_session(keys: &Keys, client: &Client, now: Timestamp) -> (Secret, NewSession) {
    let expires_at = now.plus(MAX_LIFE);
    let token = bearer(keys, expires_at);
    let session = NewSession {
        uid: new_uid(now),
        kind: SessionKind::Bearer,
        digest: keys.digest(Purpose::Session, token.expose()),
        agent: agent(client),
        ip: client.ip.map(|ip| ip.to_string()),
        now,
        expires_at,
    };
    (token, session)
}

pub(crate) fn bearer(keys: &Keys, expires_at: Timestamp) -> Secret {
    let body = format!("{:0EXPIRY_DIGITS$x}{}", expires_at.millis(), hex(&random_bytes::<32>()));
    Secret::from(format!("{BEARER_PREFIX}{body}{}", bearer_tag(keys, &body)))
}

fn bearer_tag(keys: &Keys, body: &str) -> String {
    hex(&keys.mac(Purpose::Session, &[b"bearer", body.as_bytes()])[..TAG_DIGITS / 2])
}

/// Whether a bearer token was issued here and has not expired. Its session may have ended.
pub fn is_genuine_bearer(keys: &Keys, token: &str, now: Timestamp) -> bool {
    let Some((body, tag)) =
        token.strip_prefix(BEARER_PREFIX).and_then(|rest| rest.split_at_checked(rest.len().checked_sub(TAG_DIGITS)?))
    else {
        return false;
    };
    let expires_at = body.get(..EXPIRY_DIGITS).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    same(tag, &bearer_tag(keys, body)) && expires_at.is_some_and(|at| at > now.millis())
}

/// The live session of a secret. Using it extends it.
///
/// # Errors
/// When the database cannot be read.
pub async fn resume(usher: &Usher, secret: &str) -> Result<Option<Found>, Error> {
    let digest = usher.keys.digest(Purpose::Session, secret);
    let Some(session) = store::sessions::find(usher.db.read(), &digest).await? else { return Ok(None) };
    let now = usher.now();
    if !is_alive(&session, usher.config.session_idle, now) {
        return Ok(None);
    }
    if now.since(session.seen_at) >= NOTE_EVERY || session.seen_at > now.plus(MAX_CLOCK_SKEW) {
        usher.db.write_later(Touch { id: session.id, user_id: session.user_id, noted: session.seen_at, now });
    }
    Ok(Some(session))
}

/// The actor of a session just opened, for what the same request goes on to do.
///
/// # Errors
/// [`Error::SignInRequired`] when it has ended already.
pub async fn actor(usher: &Usher, opened: &Opened, client: &Client) -> Result<Actor, Error> {
    let session = resume(usher, opened.secret.expose()).await?.ok_or(Error::SignInRequired)?;
    Ok(Actor::of(session, client.ip))
}

fn is_alive(session: &Found, idle: Duration, now: Timestamp) -> bool {
    let used_lately = match session.kind {
        SessionKind::Browser => session.seen_at.plus(idle) > now,
        SessionKind::Bearer => true,
    };
    let active = !is_deactivated(session.deactivated_at, now);
    let misdated = !session.is_access_token && session.expires_at > now.plus(MAX_LIFE).plus(MAX_CLOCK_SKEW);
    session.expires_at > now && used_lately && active && !misdated
}

/// The actor's session, and the actor as programs see a user.
///
/// # Errors
/// [`Error::SignInRequired`] when either has just ended.
pub async fn describe(usher: &Usher, actor: &Actor) -> Result<(Model, Profile), Error> {
    let session = store::sessions::by_id(usher.db.read(), actor.session_id).await?;
    let profile = users::profile(usher.db.read(), actor.user_id).await?;
    Ok((session.ok_or(Error::SignInRequired)?, profile.ok_or(Error::SignInRequired)?))
}

/// The actor's live sessions without access tokens, latest first; `before` is the id of one.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor, before: i64) -> Result<Page<Listed>, Error> {
    let now = usher.now();
    store::sessions::live(usher.db.read(), actor.user_id, now, now.minus(usher.config.session_idle), before).await
}

/// Ends one of the actor's sessions; returns false if it was not theirs.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(usher: &Usher, actor: &Actor, session_id: SessionId) -> Result<bool, Error> {
    actor.write(usher, EndSignIn { actor: actor.clone(), session_id, now: usher.now() }).await
}

/// Ends the actor's current session; for a program with an access token, that token.
///
/// # Errors
/// When the database cannot be written.
pub async fn sign_out(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    usher.db.write(End { actor: actor.clone(), now: usher.now() }).await
}

/// Ends the actor's other sessions. Access tokens stay.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_others(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    actor.write(usher, EndOthers { actor: actor.clone(), now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Touch {
    id: SessionId,
    user_id: UserId,
    /// The last recorded use.
    noted: Timestamp,
    now: Timestamp,
}

impl Operation for Touch {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        // The user first, as wherever both rows are changed: in another order two changes could wait for each other.
        store::users::note_seen(txn, self.user_id, self.noted, self.now).await?;
        store::sessions::touch(txn, self.id, self.noted, self.now).await
    }
}

/// Ends the session of the request.
#[derive(Clone, Debug)]
struct End {
    actor: Actor,
    now: Timestamp,
}

impl Operation for End {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (user_id, session_id) = (self.actor.user_id, self.actor.session_id);
        let token = store::sessions::by_id(txn, session_id).await?.and_then(|session| session.name);
        if !store::sessions::end(txn, user_id, session_id).await? {
            return Ok(());
        }
        let action = if token.is_some() { Action::TokenRevoked } else { Action::SignedOut };
        audit::record(txn, &self.actor, action, Where::NOWHERE, token, self.now).await
    }
}

#[derive(Clone, Debug)]
struct EndSignIn {
    actor: Actor,
    session_id: SessionId,
    now: Timestamp,
}

impl Operation for EndSignIn {
    type Output = bool;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<bool, Error> {
        if !store::sessions::end_sign_in(txn, self.actor.user_id, self.session_id).await? {
            return Ok(false);
        }
        let own = self.session_id == self.actor.session_id;
        let action = if own { Action::SignedOut } else { Action::SessionEnded };
        audit::record(txn, &self.actor, action, Where::NOWHERE, About::nothing(), self.now).await?;
        Ok(true)
    }
}

#[derive(Clone, Debug)]
struct EndOthers {
    actor: Actor,
    now: Timestamp,
}

impl Operation for EndOthers {
    type Output = ();

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(Locks::default().hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        if !store::sessions::end_other_sign_ins(txn, self.actor.user_id, self.actor.session_id).await? {
            return Ok(());
        }
        audit::record(txn, &self.actor, Action::SessionsEnded, Where::NOWHERE, About::nothing(), self.now).await
    }
}
