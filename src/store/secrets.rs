//! The versions of an environment's secrets.

use sea_orm::{
    ActiveEnum as _, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, Iterable as _, QueryFilter,
    QueryOrder, QuerySelect, Value,
};

use super::{all, execute};
use crate::clock::Timestamp;
pub use crate::entity::environment_secret::Field;
use crate::entity::environment_secret::{Column, Entity};
use crate::error::Error;
use crate::ids::{CloudKeysId, PlaceId, UserId};

impl Field {
    pub const ALL: [Self; 4] = [Self::AccessKey, Self::SecretKey, Self::DbUser, Self::DbPass];

    /// Whether it belongs to the keys, which several environments may use.
    pub const fn is_of_keys(self) -> bool {
        matches!(self, Self::AccessKey | Self::SecretKey)
    }
}

/// The present versions of an environment's secrets.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Versions {
    pub access_key_version: String,
    pub secret_key_version: String,
    pub db_user_version: String,
    pub db_pass_version: String,
}

impl Versions {
    pub fn of(&self, field: Field) -> &str {
        match field {
            Field::AccessKey => &self.access_key_version,
            Field::SecretKey => &self.secret_key_version,
            Field::DbUser => &self.db_user_version,
            Field::DbPass => &self.db_pass_version,
        }
    }

    /// SQL: the columns, for the environment of a place. `place_id` is a name within the statement.
    pub(super) fn columns(place_id: &str) -> String {
        let columns: Vec<String> = Field::iter().map(|field| column(place_id, field)).collect();
        columns.join(", ")
    }
}

fn column(place_id: &str, field: Field) -> String {
    let name = field.to_value();
    format!(
        "(SELECT v.version FROM environment_secrets v WHERE v.place_id = {place_id} AND v.field = '{name}')
             AS {name}_version"
    )
}

/// The present versions of stored keys.
#[derive(Clone, Debug, FromQueryResult)]
pub struct KeyVersions {
    /// `None`: no environment uses the keys.
    pub access_key_version: Option<String>,
    pub secret_key_version: Option<String>,
}

impl KeyVersions {
    /// Those that there are.
    pub fn present(&self) -> Vec<(Field, &str)> {
        let both = [(Field::AccessKey, &self.access_key_version), (Field::SecretKey, &self.secret_key_version)];
        both.into_iter().filter_map(|(field, version)| Some((field, version.as_deref()?))).collect()
    }

    /// SQL: the columns, for keys. `keys_id` is a name within the statement.
    pub(super) fn columns(keys_id: &str) -> String {
        let columns = [Field::AccessKey, Field::SecretKey].map(|field| {
            let name = field.to_value();
            format!(
                "(SELECT v.version FROM environments e JOIN environment_secrets v ON v.place_id = e.place_id
                  WHERE e.cloud_keys_id = {keys_id} AND v.field = '{name}' LIMIT 1) AS {name}_version"
            )
        });
        columns.join(", ")
    }
}

/// The present versions of stored keys.
pub async fn of_keys(connection: &impl ConnectionTrait, keys_id: CloudKeysId) -> Result<Option<KeyVersions>, Error> {
    let sql = format!("SELECT {} FROM cloud_keys k WHERE k.id = $1", KeyVersions::columns("k.id"));
    super::one(connection, &sql, [keys_id.into()]).await
}

/// Adds versions, made by a user.
pub async fn begin(
    connection: &impl ConnectionTrait,
    versions: &[&str],
    made_by: UserId,
    made_by_name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    if versions.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = vec![now.into(), made_by.into(), made_by_name.into()];
    let rows = versions.iter().map(|uid| {
        values.push((*uid).into());
        format!("(${}, $1, $2, $3)", values.len())
    });
    let rows = rows.collect::<Vec<_>>().join(", ");
    let sql = format!("INSERT INTO secret_versions (uid, made_at, made_by, made_by_name) VALUES {rows}");
    execute(connection, &sql, values).await.map(drop)
}

/// Sets the present versions of some secrets of an environment.
pub async fn set(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    versions: &[(Field, &str)],
) -> Result<(), Error> {
    if versions.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = vec![place_id.into()];
    let rows = versions.iter().map(|(field, uid)| {
        values.push((*uid).into());
        format!("($1, '{}', ${})", field.to_value(), values.len())
    });
    let rows = rows.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "INSERT INTO environment_secrets (place_id, field, version) VALUES {rows}
         ON CONFLICT (place_id, field) DO UPDATE SET version = excluded.version"
    );
    execute(connection, &sql, values).await.map(drop)
}

/// A secret of an environment.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Present {
    pub field: Field,
    pub version: String,
    pub made_at: Timestamp,
    /// Empty: unknown.
    pub made_by_name: String,
}

/// The secrets of an environment.
pub async fn of_place(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Vec<Present>, Error> {
    let sql = "SELECT s.field, s.version, v.made_at, COALESCE(u.full_name, v.made_by_name) AS made_by_name
               FROM environment_secrets s JOIN secret_versions v ON v.uid = s.version
               LEFT JOIN users u ON u.id = v.made_by
               WHERE s.place_id = $1";
    let mut secrets: Vec<Present> = all(connection, sql, [place_id.into()]).await?;
    secrets.sort_by_key(|secret| secret.field);
    Ok(secrets)
}

/// The environments in which a version is present.
pub async fn places_with(connection: &impl ConnectionTrait, version: &str) -> Result<Vec<PlaceId>, Error> {
    let query = Entity::find().select_only().column(Column::PlaceId).filter(Column::Version.eq(version));
    Ok(query.order_by_asc(Column::PlaceId).into_tuple().all(connection).await?)
}

/// After environments were deleted or their secrets replaced: deletes those of these versions that no environment has any
/// more. Who has seen one of the others may have lost their access to it.
pub async fn release(connection: &impl ConnectionTrait, versions: &[&str], now: Timestamp) -> Result<(), Error> {
    if versions.is_empty() {
        return Ok(());
    }
    let mut values: Vec<Value> = versions.iter().map(|uid| (*uid).into()).collect();
    let list = super::numbered(1, versions.len());
    let sql = format!(
        "DELETE FROM secret_versions WHERE uid IN ({list})
         AND NOT EXISTS (SELECT 1 FROM environment_secrets s WHERE s.version = secret_versions.uid)"
    );
    if execute(connection, &sql, values.clone()).await? == versions.len() as u64 {
        return Ok(());
    }
    values.push(now.into());
    let sql = format!("UPDATE sightings SET lost_at = ${} WHERE version IN ({list})", values.len());
    execute(connection, &sql, values).await.map(drop)
}
