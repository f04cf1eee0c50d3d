//! Former values of secrets, where an environment keeps them.

use sea_orm::{ActiveEnum as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{delete_some, execute};
use crate::clock::Timestamp;
use crate::entity::environment;
pub use crate::entity::former_secret::Model as Former;
use crate::entity::former_secret::{ActiveModel, Column, Entity};
use crate::error::Error;
use crate::ids::{EnvironmentId, FormerSecretId, PlaceId};
use crate::store::secrets::Field;

/// A value that was replaced. It is sealed.
#[derive(Clone, Debug)]
pub struct NewFormer {
    pub uid: String,
    pub place_id: PlaceId,
    pub field: Field,
    pub version: String,
    pub value: Vec<u8>,
    pub replaced_by: String,
    pub now: Timestamp,
}

/// Keeps a former value.
pub async fn insert(connection: &impl ConnectionTrait, new: NewFormer) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        place_id: Set(new.place_id),
        field: Set(new.field),
        version: Set(Some(new.version)),
        value: Set(new.value),
        replaced_at: Set(new.now),
        replaced_by: Set(new.replaced_by),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// The former values of an environment that were replaced after a time, the latest first.
pub async fn of_place(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    after: Timestamp,
) -> Result<Vec<Former>, Error> {
    let kept = Entity::find().filter(Column::PlaceId.eq(place_id)).filter(Column::ReplacedAt.gt(after));
    Ok(kept.order_by_desc(Column::Id).all(connection).await?)
}

/// One of [`of_place`].
pub async fn find(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    id: FormerSecretId,
    after: Timestamp,
) -> Result<Option<Former>, Error> {
    let kept = Entity::find_by_id(id).filter(Column::PlaceId.eq(place_id)).filter(Column::ReplacedAt.gt(after));
    Ok(kept.all(connection).await?.pop())
}

/// Deletes all but the latest `kept` values of a secret.
pub async fn prune(connection: &impl ConnectionTrait, place_id: PlaceId, field: Field, kept: i64) -> Result<(), Error> {
    let sql = format!(
        "DELETE FROM former_secrets WHERE place_id = $1 AND field = '{name}' AND id NOT IN (
             SELECT id FROM former_secrets WHERE place_id = $1 AND field = '{name}' ORDER BY id DESC LIMIT {kept})",
        name = field.to_value()
    );
    execute(connection, &sql, [place_id.into()]).await.map(drop)
}

/// Deletes some that were replaced before a time: whether there may be more.
pub async fn sweep(connection: &impl ConnectionTrait, before: Timestamp) -> Result<bool, Error> {
    delete_some(connection, "former_secrets", "id", "replaced_at <= $1", [before.into()]).await
}

/// Sets how many former values of each secret an environment keeps.
pub async fn set_kept(connection: &impl ConnectionTrait, id: EnvironmentId, kept: i64) -> Result<(), Error> {
    let row = environment::ActiveModel { former_kept: Set(kept), ..Default::default() };
    environment::Entity::update_many().set(row).filter(environment::Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}
