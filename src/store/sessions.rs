//! Proofs of sign-in. Those with a name are access tokens: see `store::tokens`.

use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{PAGE_AND_ONE, Page, all, delete_some, execute, is_active, one, one_row, unique_model};
use crate::clock::Timestamp;
use crate::entity::session::{ActiveModel, Column, Entity, Model, SessionKind};
use crate::error::Error;
use crate::ids::{SessionId, UserId};
use crate::words::Language;

/// A session and its user.
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
    /// That the user chose for pages.
    pub language: Option<Language>,
    /// Whether the user may read all users: then pages link there.
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
    unique_model(connection, Entity::find_by_id(id)).await
}

/// Whether a session still exists and its user is active.
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

/// A new session.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub uid: String,
    pub kind: SessionKind,
    pub digest: String,
    pub agent: Option<String>,
    /// Where it was opened from.
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

/// Sets when a session was last used. `noted` is what was read before: it is overwritten even if it is later, since then it
/// was made under a wrong clock.
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

/// A page of the live sign-ins of a user before an id, the newest first. Browser sessions not used since `idle_since` are
/// expired.
pub async fn live(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
    idle_since: Timestamp,
    before: i64,
) -> Result<Page<Listed>, Error> {
    let sql = format!(
        "SELECT id, kind, agent, ip, created_at, seen_at FROM sessions
         WHERE user_id = $1 AND name IS NULL AND expires_at > $2 AND (kind <> 'browser' OR seen_at > $3) AND id < $4
         ORDER BY id DESC LIMIT {PAGE_AND_ONE}"
    );
    let values = [user_id.into(), now.into(), idle_since.into(), before.into()];
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id.0))
}

fn of_user(user_id: UserId) -> Condition {
    Condition::all().add(Column::UserId.eq(user_id))
}

async fn delete(connection: &impl ConnectionTrait, which: Condition) -> Result<bool, Error> {
    Ok(Entity::delete_many().filter(which).exec(connection).await?.rows_affected > 0)
}

/// Ends one sign-in or access token of a user.
pub async fn end(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    delete(connection, of_user(user_id).add(Column::Id.eq(id))).await
}

/// Ends one sign-in of a user.
pub async fn end_sign_in(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    delete(connection, of_user(user_id).add(Column::Id.eq(id)).add(Column::Name.is_null())).await
}

/// Ends all sessions of a user, access tokens included: false when there were none.
pub async fn end_all(connection: &impl ConnectionTrait, user_id: UserId) -> Result<bool, Error> {
    delete(connection, of_user(user_id)).await
}

/// Ends all sessions of a user but one, access tokens included: false when there were none.
pub async fn end_others(connection: &impl ConnectionTrait, user_id: UserId, but: SessionId) -> Result<bool, Error> {
    delete(connection, of_user(user_id).add(Column::Id.ne(but))).await
}

/// Ends all sign-ins of a user but one: false when there were none.
pub async fn end_other_sign_ins(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    but: SessionId,
) -> Result<bool, Error> {
    delete(connection, of_user(user_id).add(Column::Id.ne(but)).add(Column::Name.is_null())).await
}

/// Deletes some expired or idle sessions: whether there may be more.
pub async fn sweep(connection: &impl ConnectionTrait, now: Timestamp, idle_since: Timestamp) -> Result<bool, Error> {
    let expired = delete_some(connection, "sessions", "id", "expires_at <= $1", [now.into()]).await?;
    let idle = "kind = 'browser' AND seen_at <= $1";
    let idle = delete_some(connection, "sessions", "id", idle, [idle_since.into()]).await?;
    Ok(expired || idle)
}
