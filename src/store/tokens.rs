//! Access tokens: sessions of programs to which their user gave a name.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{all, execute, one, one_row};
use crate::clock::Timestamp;
use crate::entity::session::{ActiveModel, Entity, SessionKind};
use crate::error::Error;
use crate::ids::{SessionId, UserId};

/// What stands for the last use of a token that was never used.
const NEVER: Timestamp = Timestamp(0);

/// An access token to be.
#[derive(Clone, Debug)]
pub struct NewToken {
    pub uid: String,
    pub name: String,
    pub digest: String,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Adds an access token.
pub async fn insert(connection: &impl ConnectionTrait, user_id: UserId, new: NewToken) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        user_id: Set(user_id),
        kind: Set(SessionKind::Bearer),
        digest: Set(new.digest),
        agent: Set(None),
        created_at: Set(new.now),
        seen_at: Set(NEVER),
        expires_at: Set(new.expires_at),
        name: Set(Some(new.name)),
        ip: Set(None),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// How many live access tokens a user has.
pub async fn count(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM sessions WHERE user_id = $1 AND name IS NOT NULL AND expires_at > $2";
    let row = one_row(connection, sql, [user_id.into(), now.into()]).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "count")?))
}

/// An access token as its user sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: SessionId,
    pub name: String,
    pub created_at: Timestamp,
    seen_at: Timestamp,
    pub expires_at: Timestamp,
}

impl Listed {
    /// When it was last used, if it ever was.
    pub fn used_at(&self) -> Option<Timestamp> {
        (self.seen_at > NEVER).then_some(self.seen_at)
    }
}

const LISTED: &str = "SELECT id, name, created_at, seen_at, expires_at FROM sessions
                      WHERE user_id = $1 AND name IS NOT NULL AND expires_at > $2";

/// The live access tokens of a user, the latest made first.
pub async fn live(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Listed>, Error> {
    let sql = format!("{LISTED} ORDER BY id DESC");
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// A live access token of a user.
pub async fn find(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    id: SessionId,
    now: Timestamp,
) -> Result<Option<Listed>, Error> {
    let sql = format!("{LISTED} AND id = $3");
    one(connection, &sql, [user_id.into(), now.into(), id.into()]).await
}

/// Ends an access token of a user: false when there is none.
pub async fn end(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2 AND name IS NOT NULL";
    Ok(execute(connection, sql, [id.into(), user_id.into()]).await? > 0)
}
