//! Proofs of sign-in. Those with a name are access tokens: see `store::tokens`.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{PAGE_AND_ONE, Page, all, execute, is_active, one, one_row};
use crate::clock::Timestamp;
use crate::entity::session::{ActiveModel, Entity, Model, SessionKind};
use crate::error::Error;
use crate::ids::{SessionId, UserId};
use crate::words::Language;

/// A session and whose it is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: SessionId,
    pub user_id: UserId,
    pub user_uid: String,
    pub full_name: String,
    pub username: Option<String>,
    pub address: String,
    pub verified_at: Option<Timestamp>,
    pub deactivated_at: Option<Timestamp>,
    pub kind: SessionKind,
    pub is_access_token: bool,
    pub seen_at: Timestamp,
    pub expires_at: Timestamp,
    /// Of the pages, where the user chose one.
    pub language: Option<Language>,
    /// Whether the user may read every user: pages lead there.
    pub reads_users: bool,
}

/// The session of a secret's digest, alive or not.
pub async fn find(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Found>, Error> {
    let sql = "SELECT s.id, s.user_id, u.uid AS user_uid, u.full_name, u.username, a.address, a.verified_at,
                      u.deactivated_at, u.language, s.kind, s.name IS NOT NULL AS is_access_token, s.seen_at, s.expires_at,
                      EXISTS (SELECT 1 FROM assignments g
                              LEFT JOIN role_permissions r ON r.role_id = g.role_id
                              JOIN permissions p ON p.id = COALESCE(g.permission_id, r.permission_id)
                              WHERE g.user_id = u.id AND g.org_id IS NULL AND g.resource_id IS NULL
                                AND p.is_system AND p.name = 'yeep.user.read') AS reads_users
               FROM sessions s
               JOIN users u ON u.id = s.user_id
               JOIN addresses a ON a.user_id = u.id AND a.is_primary
               WHERE s.digest = $1";
    one(connection, sql, [digest.into()]).await
}

/// The session of an id.
pub async fn by_id(connection: &impl ConnectionTrait, id: SessionId) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// Whether a session that was found before has not been ended since, and its user not deactivated.
pub async fn still_opens(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    id: SessionId,
    now: Timestamp,
) -> Result<bool, Error> {
    let active = is_active("u", "$3");
    let sql = format!(
        "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1 AND s.user_id = $2 AND {active}"
    );
    Ok(one_row(connection, &sql, [id.into(), user_id.into(), now.into()]).await?.is_some())
}

/// A session to be.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub uid: String,
    pub kind: SessionKind,
    pub digest: String,
    pub agent: Option<String>,
    /// Where it is opened from.
    pub ip: Option<String>,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Adds a session.
pub async fn insert(connection: &impl ConnectionTrait, user_id: UserId, new: NewSession) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        user_id: Set(user_id),
        kind: Set(new.kind),
        digest: Set(new.digest),
        agent: Set(new.agent),
        created_at: Set(new.now),
        seen_at: Set(new.now),
        expires_at: Set(new.expires_at),
        name: Set(None),
        ip: Set(new.ip),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// Notes that a session was used. `noted` is what was noted before, and counts for nothing, be it later.
pub async fn touch(
    connection: &impl ConnectionTrait,
    id: SessionId,
    noted: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE sessions SET seen_at = $1 WHERE id = $2 AND (seen_at < $1 OR seen_at = $3)";
    execute(connection, sql, [now.into(), id.into(), noted.into()]).await.map(drop)
}

/// A session as its user sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: SessionId,
    pub kind: SessionKind,
    pub agent: Option<String>,
    pub ip: Option<String>,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
}

/// The live sign-ins of a user, the latest first; `before` an id. `idle_since`: browser sessions not used since
/// then are dead.
pub async fn live(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
    idle_since: Timestamp,
    before: i64,
) -> Result<Page<Listed>, Error> {
    let sql = "SELECT id, kind, agent, ip, created_at, seen_at FROM sessions
               WHERE user_id = $1 AND name IS NULL AND expires_at > $2 AND (kind <> 'browser' OR seen_at > $3)
                 AND id < $4
               ORDER BY id DESC LIMIT $5";
    let values = [user_id.into(), now.into(), idle_since.into(), before.into(), PAGE_AND_ONE.into()];
    let rows = all(connection, sql, values).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id.0))
}

/// Ends one session of a user, be it a sign-in or an access token.
pub async fn end(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
    Ok(execute(connection, sql, [id.into(), user_id.into()]).await? > 0)
}

/// Ends one sign-in of a user.
pub async fn end_sign_in(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2 AND name IS NULL";
    Ok(execute(connection, sql, [id.into(), user_id.into()]).await? > 0)
}

/// Ends all sessions of a user, access tokens included: false when there were none.
pub async fn end_all(connection: &impl ConnectionTrait, user_id: UserId) -> Result<bool, Error> {
    Ok(execute(connection, "DELETE FROM sessions WHERE user_id = $1", [user_id.into()]).await? > 0)
}

/// Ends all sessions of a user but one, access tokens included: false when there were none.
pub async fn end_others(connection: &impl ConnectionTrait, user_id: UserId, but: SessionId) -> Result<bool, Error> {
    let sql = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";
    Ok(execute(connection, sql, [user_id.into(), but.into()]).await? > 0)
}

/// Ends all sign-ins of a user but one.
pub async fn end_other_sign_ins(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    but: SessionId,
) -> Result<(), Error> {
    let sql = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 AND name IS NULL";
    execute(connection, sql, [user_id.into(), but.into()]).await.map(drop)
}

/// Removes sessions that ended by themselves.
pub async fn sweep(connection: &impl ConnectionTrait, now: Timestamp, idle_since: Timestamp) -> Result<(), Error> {
    let sql = "DELETE FROM sessions WHERE expires_at <= $1 OR (kind = 'browser' AND seen_at <= $2)";
    execute(connection, sql, [now.into(), idle_since.into()]).await.map(drop)
}
