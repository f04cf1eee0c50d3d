//! Facts about the installation itself.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use super::{one_row, unique_model};
use crate::entity::installation::{ActiveModel, Column, Entity};
use crate::error::Error;

/// The fact of that name.
pub async fn find(connection: &impl ConnectionTrait, name: &str) -> Result<Option<String>, Error> {
    Ok(unique_model(connection, Entity::find_by_id(name)).await?.map(|fact| fact.value))
}

/// Stores a fact, unless there is one of that name.
pub async fn keep(connection: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), Error> {
    let fact = ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    Entity::insert(fact)
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Deletes a fact.
pub async fn forget(connection: &impl ConnectionTrait, name: &str) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(name).exec(connection).await?.rows_affected > 0)
}

/// The counter of readiness checks.
const CHECKS: &str = "checks";

/// Counts a readiness check; how many there were.
pub async fn count_check(connection: &impl ConnectionTrait) -> Result<i64, Error> {
    let sql = "INSERT INTO installation (name, value) VALUES ($1, '1')
               ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(installation.value AS BIGINT) + 1 AS TEXT)
               RETURNING CAST(value AS BIGINT) AS checks";
    let row = one_row(connection, sql, [CHECKS.into()]).await?;
    let row = row.ok_or_else(|| Error::internal("an upsert returned no row"))?;
    Ok(row.try_get("", "checks")?)
}

/// How many readiness checks there were.
pub async fn checks(connection: &impl ConnectionTrait) -> Result<i64, Error> {
    let sql = "SELECT CAST(value AS BIGINT) AS checks FROM installation WHERE name = $1";
    match one_row(connection, sql, [CHECKS.into()]).await? {
        Some(row) => Ok(row.try_get("", "checks")?),
        None => Ok(0),
    }
}
