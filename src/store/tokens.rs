//! Access tokens: named sessions, for programs.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, QueryFilter, QueryOrder, Select,
};

use super::{one_row, unique};
use crate::clock::Timestamp;
use crate::entity::session::{ActiveModel, Column, Entity, SessionKind};
use crate::error::Error;
use crate::ids::{SessionId, UserId};

/// The last use of a token that was never used.
const NEVER: Timestamp = Timestamp(0);

/// A new access token.
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
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
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

fn live_of_user(user_id: UserId, now: Timestamp) -> Select<Entity> {
    let tokens = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Name.is_not_null());
    tokens.filter(Column::ExpiresAt.gt(now))
}

/// The live access tokens of a user, the newest first.
pub async fn live(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Listed>, Error> {
    let tokens = live_of_user(user_id, now).order_by_desc(Column::Id);
    Ok(tokens.into_partial_model().all(connection).await?)
}

/// A live access token of a user.
pub async fn find(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    id: SessionId,
    now: Timestamp,
) -> Result<Option<Listed>, Error> {
    unique(connection, live_of_user(user_id, now).filter(Column::Id.eq(id))).await
}

/// Revokes an access token: false when there is none.
pub async fn end(connection: &impl ConnectionTrait, user_id: UserId, id: SessionId) -> Result<bool, Error> {
    let token = Entity::delete_by_id(id).filter(Column::UserId.eq(user_id)).filter(Column::Name.is_not_null());
    Ok(token.exec(connection).await?.rows_affected > 0)
}
