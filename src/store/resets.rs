//! Password resets: of a user the newest, and the newest that works for a short time only.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{execute, unique_model};
use crate::clock::Timestamp;
use crate::entity::password_reset::{ActiveModel, Column, Entity, Model};
use crate::error::Error;
use crate::ids::{AddressId, ResetId, UserId};

/// A new reset.
#[derive(Clone, Debug)]
pub struct NewReset {
    pub uid: String,
    pub user_id: UserId,
    /// Where the link goes.
    pub address_id: AddressId,
    pub digest: String,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Adds a reset.
pub async fn insert(connection: &impl ConnectionTrait, new: NewReset) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        user_id: Set(new.user_id),
        address_id: Set(Some(new.address_id)),
        digest: Set(new.digest),
        created_at: Set(new.now),
        expires_at: Set(new.expires_at),
        used_at: Set(None),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// The resets of a user.
pub async fn of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::UserId.eq(user_id)).all(connection).await?)
}

/// The reset of a token's digest.
pub async fn find(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Model>, Error> {
    unique_model(connection, Entity::find().filter(Column::Digest.eq(digest))).await
}

/// The reset of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Model>, Error> {
    unique_model(connection, Entity::find().filter(Column::Uid.eq(uid))).await
}

/// Deletes the unused resets of a user, so that their links no longer work. Used ones stay, so that their page can say so.
pub async fn forget(connection: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    Entity::delete_many().filter(Column::UserId.eq(user_id)).filter(Column::UsedAt.is_null()).exec(connection).await?;
    Ok(())
}

/// Deletes resets.
pub async fn remove(connection: &impl ConnectionTrait, ids: Vec<ResetId>) -> Result<(), Error> {
    Entity::delete_many().filter(Column::Id.is_in(ids)).exec(connection).await?;
    Ok(())
}

/// Marks a reset as used: false when it was used before or has expired.
pub async fn consume(connection: &impl ConnectionTrait, id: ResetId, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE password_resets SET used_at = $1 WHERE id = $2 AND used_at IS NULL AND expires_at > $1";
    Ok(execute(connection, sql, [now.into(), id.into()]).await? > 0)
}
