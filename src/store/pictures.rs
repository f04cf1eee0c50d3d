//! The pictures of users.

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::unique_model;
use crate::clock::Timestamp;
use crate::entity::picture::{ActiveModel, Column, Entity, Model};
use crate::error::Error;
use crate::ids::UserId;

/// A new picture.
#[derive(Clone, Debug)]
pub struct NewPicture {
    pub name: String,
    pub content: Vec<u8>,
    pub content_type: &'static str,
    pub now: Timestamp,
}

/// Replaces the picture of a user.
pub async fn replace(connection: &impl ConnectionTrait, user_id: UserId, new: NewPicture) -> Result<(), Error> {
    let row = ActiveModel {
        user_id: Set(user_id),
        name: Set(new.name),
        content: Set(new.content),
        content_type: Set(new.content_type.to_owned()),
        created_at: Set(new.now),
    };
    let columns = [Column::Name, Column::Content, Column::ContentType, Column::CreatedAt];
    let or_replace = OnConflict::column(Column::UserId).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(or_replace).exec_without_returning(connection).await?;
    Ok(())
}

/// Removes the picture of a user, if there is one.
pub async fn remove(connection: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    Entity::delete_by_id(user_id).exec(connection).await?;
    Ok(())
}

/// The picture with this file name.
pub async fn by_name(connection: &impl ConnectionTrait, name: &str) -> Result<Option<Model>, Error> {
    unique_model(connection, Entity::find().filter(Column::Name.eq(name))).await
}
