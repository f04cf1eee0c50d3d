//! Facts about the installation itself.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use crate::entity::installation::{ActiveModel, Column, Entity};
use crate::error::Error;

/// The fact of that name.
pub async fn find(connection: &impl ConnectionTrait, name: &str) -> Result<Option<String>, Error> {
    Ok(Entity::find_by_id(name).one(connection).await?.map(|fact| fact.value))
}

/// Keeps a fact, unless there is one of that name already.
pub async fn keep(connection: &impl ConnectionTrait, name: &str, value: &str) -> Result<(), Error> {
    let fact = ActiveModel { name: Set(name.to_owned()), value: Set(value.to_owned()) };
    Entity::insert(fact)
        .on_conflict(OnConflict::column(Column::Name).do_nothing().to_owned())
        .exec_without_returning(connection)
        .await?;
    Ok(())
}

/// Forgets a fact.
pub async fn forget(connection: &impl ConnectionTrait, name: &str) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(name).exec(connection).await?.rows_affected > 0)
}
