//! Stored keys of cloud accounts.

use std::collections::BTreeSet;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Value,
};

use super::secrets::KeyVersions;
use super::{PART, Page, all, execute, one, one_row, statement, unique_model};
use crate::clock::Timestamp;
use crate::entity::cloud_keys::{ActiveModel, Column, Entity, Model};
use crate::entity::environment;
use crate::error::{EnvironmentError, Error, unique_or};
use crate::ids::{CloudKeysId, PlaceId, UserId};

/// New keys. Both halves are sealed.
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
    unique_model(connection, Entity::find_by_id(id)).await
}

/// Keys with their present versions.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Versioned {
    #[sea_orm(nested)]
    pub keys: Model,
    #[sea_orm(nested)]
    pub versions: KeyVersions,
}

/// The keys of an id, with their versions. They stay their owner's until the transaction ends.
pub async fn versioned(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<Option<Versioned>, Error> {
    keep(connection, "SELECT k.id FROM cloud_keys k WHERE k.id = $1 FOR NO KEY UPDATE", [id.into()]).await?;
    let sql = format!("SELECT k.*, {} FROM cloud_keys k WHERE k.id = $1", KeyVersions::columns("k.id"));
    one(connection, &sql, [id.into()]).await
}

/// Locks keys, so that no other change gives them to an environment or to another user, or removes them. Before what
/// relies on who uses them.
pub async fn lock(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<(), Error> {
    if connection.get_database_backend() == DbBackend::Postgres {
        one_row(connection, "SELECT id FROM cloud_keys WHERE id = $1 FOR UPDATE", [id.into()]).await?;
    }
    Ok(())
}

/// The keys of a user.
pub async fn of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<Model>, Error> {
    Ok(Entity::find().filter(Column::UserId.eq(user_id)).order_by_asc(Column::Id).all(connection).await?)
}

/// A part of the keys of a user with their versions, in the order of their ids, after one. They stay the user's until the
/// transaction ends.
pub async fn part(connection: &impl ConnectionTrait, user_id: UserId, after: i64) -> Result<Page<Versioned>, Error> {
    let lock = format!(
        "SELECT k.id FROM cloud_keys k WHERE k.user_id = $1 AND k.id > $2 ORDER BY k.id FOR NO KEY UPDATE LIMIT {}",
        PART + 1
    );
    let kept = keep(connection, &lock, [user_id.into(), after.into()]).await?;
    let sql = format!(
        "SELECT k.*, {} FROM cloud_keys k WHERE k.user_id = $1 AND k.id > $2 ORDER BY k.id LIMIT {}",
        KeyVersions::columns("k.id"),
        PART + 1
    );
    let mut rows: Vec<Versioned> = all(connection, &sql, [user_id.into(), after.into()]).await?;
    // What the user was given in between comes with the next answer.
    rows.retain(|row| kept.as_ref().is_none_or(|kept| kept.contains(&row.keys.id)));
    Ok(Page::cut_at(PART, rows, |row: &Versioned| row.keys.id.0))
}

/// Locks keys against [`lock`], but not against environments that begin to use them. It is a statement of its own: one that
/// waits for a lock does not see in all its parts what was committed meanwhile. `None`: nobody else changes anything.
async fn keep<const N: usize>(
    connection: &impl ConnectionTrait,
    lock: &str,
    values: [Value; N],
) -> Result<Option<BTreeSet<CloudKeysId>>, Error> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(None);
    }
    let rows = connection.query_all_raw(statement(connection, lock, values)).await?;
    Ok(Some(rows.iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?))
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

/// The places of the environments that use stored keys.
pub async fn used_by(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<Vec<PlaceId>, Error> {
    let query = environment::Entity::find().select_only().column(environment::Column::PlaceId);
    let query = query.filter(environment::Column::CloudKeysId.eq(id)).order_by_asc(environment::Column::Id);
    Ok(query.into_tuple().all(connection).await?)
}

/// Replaces stored keys.
pub async fn change(
    connection: &impl ConnectionTrait,
    id: CloudKeysId,
    access_key: &[u8],
    secret_key: &[u8],
    region: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel {
        access_key: Set(access_key.to_vec()),
        secret_key: Set(secret_key.to_vec()),
        region: Set(region.to_owned()),
        updated_at: Set(now),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Notes that an event of a look by their owner's program is recorded.
pub async fn note_told(connection: &impl ConnectionTrait, id: CloudKeysId, now: Timestamp) -> Result<(), Error> {
    let row = ActiveModel { told_at: Set(now), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Gives stored keys to another user, under a name that is free there.
///
/// # Errors
/// [`Error::Collision`] when it was taken meanwhile.
pub async fn give(
    connection: &impl ConnectionTrait,
    id: CloudKeysId,
    user_id: UserId,
    name: &str,
) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(user_id),
        name: Set(name.to_owned()),
        name_key: Set(name_key(name)),
        told_at: Set(Timestamp(0)),
        ..Default::default()
    };
    unique_or(Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await, Error::Collision)?;
    Ok(())
}

/// Deletes keys, unless an environment uses them.
pub async fn remove_unused(connection: &impl ConnectionTrait, id: CloudKeysId) -> Result<bool, Error> {
    lock(connection, id).await?;
    let sql = "DELETE FROM cloud_keys WHERE id = $1
               AND NOT EXISTS (SELECT 1 FROM environments WHERE cloud_keys_id = $1)";
    Ok(execute(connection, sql, [id.into()]).await? > 0)
}
