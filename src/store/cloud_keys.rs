//! Stored keys of cloud accounts.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::execute;
use crate::clock::Timestamp;
use crate::entity::cloud_keys::{ActiveModel, Column, Entity, Model};
use crate::error::{EnvironmentError, Error, unique_or};
use crate::ids::{CloudKeysId, UserId};

/// Keys to be stored. Both halves are sealed.
#[derive(Clone, Debug)]
pub struct NewKeys {
    pub uid: String,
    pub user_id: UserId,
    pub name: String,
    pub access_key: Vec<u8>,
    pub secret_key: Vec<u8>,
    pub region: String,
    pub now: Timestamp,
}

/// Names are compared ignoring case.
pub fn name_key(name: &str) -> String {
    name.to_ascii_lowercase()
}

/// Stores keys.
///
/// # Errors
/// [`EnvironmentError::KeysNameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, new: NewKeys) -> Result<CloudKeysId, Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        user_id: Set(new.user_id),
        name_key: Set(name_key(&new.name)),
        name: Set(new.name),
        access_key: Set(new.access_key),
        secret_key: Set(new.secret_key),
        region: Set(new.region),
        created_at: Set(new.now),
        updated_at: Set(new.now),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, EnvironmentError::KeysNameTaken)?.last_insert_id)
}

/// The keys of an id.
pub async fn find(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// The keys of a user.
pub async fn of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::UserId.eq(user_id)).order_by_asc(Column::Id).all(connection).await?)
}

/// The names of a user's keys, as they are compared.
pub async fn names(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<String>, Error> {
    Ok(Entity::find()
        .select_only()
        .column(Column::NameKey)
        .filter(Column::UserId.eq(user_id))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Puts other keys in the place of stored ones.
pub async fn change(
    connection: &impl ConnectionTrait,
    id: CloudKeysId,
    access_key: &[u8],
    secret_key: &[u8],
    region: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE cloud_keys SET access_key = $1, secret_key = $2, region = $3, updated_at = $4 WHERE id = $5";
    let values = [access_key.to_vec().into(), secret_key.to_vec().into(), region.into(), now.into(), id.into()];
    execute(connection, sql, values).await.map(drop)
}

/// Gives stored keys to another user, under a name that is free there.
pub async fn give(
    connection: &impl ConnectionTrait,
    id: CloudKeysId,
    user_id: UserId,
    name: &str,
) -> Result<(), Error> {
    let sql = "UPDATE cloud_keys SET user_id = $1, name = $2, name_key = $3 WHERE id = $4";
    execute(connection, sql, [user_id.into(), name.into(), name_key(name).into(), id.into()]).await.map(drop)
}

/// Removes keys that no environment uses.
pub async fn remove_unused(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<bool, Error> {
    let sql = "DELETE FROM cloud_keys WHERE id = $1
               AND NOT EXISTS (SELECT 1 FROM environments WHERE cloud_keys_id = $1)";
    Ok(execute(connection, sql, [id.into()]).await? > 0)
}
