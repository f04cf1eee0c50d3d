//! Password resets: one a user, the newest.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::execute;
use crate::clock::Timestamp;
use crate::entity::password_reset::{ActiveModel, Column, Entity, Model};
use crate::error::Error;

/// Puts a reset in the place of the user's former one.
pub async fn replace(
    connection: &impl ConnectionTrait,
    uid: &str,
    user_id: i64,
    digest: &str,
    now: Timestamp,
    expires_at: Timestamp,
) -> Result<(), Error> {
    forget(connection, user_id).await?;
    let row = ActiveModel {
        uid: Set(uid.to_owned()),
        user_id: Set(user_id),
        digest: Set(digest.to_owned()),
        created_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// The reset of a token's digest.
pub async fn find(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Digest.eq(digest)).one(connection).await?)
}

/// The reset of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Uid.eq(uid)).one(connection).await?)
}

/// Forgets the reset of a user, so that its link no longer works.
pub async fn forget(connection: &impl ConnectionTrait, user_id: i64) -> Result<(), Error> {
    Entity::delete_many().filter(Column::UserId.eq(user_id)).exec(connection).await?;
    Ok(())
}

/// Uses a reset up: false when it was used before or has expired.
pub async fn consume(connection: &impl ConnectionTrait, id: i64, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE password_resets SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND expires_at > $1";
    Ok(execute(connection, sql, [now.into(), id.into()]).await? > 0)
}
