//! Named records of a cloud set-up.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, SelectExt,
};

use super::cloud_keys::name_key;
use super::places::{self, NewPlace, Place};
use super::secrets::Versions;
use super::{Page, all, is_present, one};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::environment::{ActiveModel, Column, Entity};
use crate::entity::member::Level;
use crate::error::{EnvironmentError, Error, unique_or};
use crate::ids::{CloudKeysId, EnvironmentId, MembershipId, PlaceId, UserId};

/// An environment, and the access of one user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Access {
    pub environment_id: EnvironmentId,
    pub place_id: PlaceId,
    pub name: String,
    pub owner_id: UserId,
    pub cloud_keys_id: CloudKeysId,
    pub user_id: UserId,
    /// `None`: no member.
    pub membership_id: Option<MembershipId>,
    pub level: Option<Level>,
    /// Whether credentials are withheld until the address is verified.
    pub awaits_proof: Option<bool>,
}

impl Access {
    /// The environment as a place.
    pub fn place(&self) -> Place {
        let key = self.environment_id.to_string();
        Place { id: self.place_id, kind: Kind::Environment, name: self.name.clone(), key }
    }
}

/// The access of a user to an environment.
pub async fn access(
    connection: &impl ConnectionTrait,
    environment_id: EnvironmentId,
    user_id: UserId,
    now: Timestamp,
) -> Result<Option<Access>, Error> {
    let sql = format!("{} WHERE e.id = $1", access_sql());
    one(connection, &sql, [environment_id.into(), user_id.into(), now.into()]).await
}

/// [`access`] to the environment of a place.
pub async fn access_to_place(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    user_id: UserId,
    now: Timestamp,
) -> Result<Option<Access>, Error> {
    let sql = format!("{} WHERE e.place_id = $1", access_sql());
    one(connection, &sql, [place_id.into(), user_id.into(), now.into()]).await
}

fn access_sql() -> String {
    format!(
        "SELECT e.id AS environment_id, e.place_id, p.name, e.owner_id, e.cloud_keys_id,
                CAST($2 AS BIGINT) AS user_id, m.id AS membership_id, m.level, m.awaits_proof
         FROM environments e
         JOIN places p ON p.id = e.place_id
         LEFT JOIN members m ON m.place_id = e.place_id AND m.user_id = $2 AND {}",
        is_present("m", "$3")
    )
}

/// A new environment. User and password are sealed.
#[derive(Clone, Debug)]
pub struct NewEnvironment {
    pub uid: String,
    pub owner_id: UserId,
    pub cloud_keys_id: CloudKeysId,
    pub name: String,
    pub plain: Plain,
    pub db_user: Vec<u8>,
    pub db_pass: Vec<u8>,
    pub now: Timestamp,
}

/// What is not secret in an environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    pub bucket: String,
    pub prefix: Option<String>,
    pub db_name: String,
    pub host: String,
    pub instance: String,
    pub parameter_group: Option<String>,
}

/// Adds an environment, as a place.
///
/// # Errors
/// [`EnvironmentError::NameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, new: NewEnvironment) -> Result<Place, Error> {
    // Its key is its id, which is known only after the insert.
    let (uid, name, now) = (new.uid.as_str(), new.name.as_str(), new.now);
    let place = NewPlace { uid, kind: Kind::Environment, name, key: uid, found_by: "", now };
    let place_id = places::insert(connection, place, Error::Collision).await?;
    let row = ActiveModel {
        uid: Set(new.uid),
        place_id: Set(place_id),
        owner_id: Set(new.owner_id),
        cloud_keys_id: Set(new.cloud_keys_id),
        name_key: Set(name_key(&new.name)),
        bucket: Set(new.plain.bucket),
        prefix: Set(new.plain.prefix),
        db_name: Set(new.plain.db_name),
        host: Set(new.plain.host),
        db_user: Set(new.db_user),
        db_pass: Set(new.db_pass),
        instance: Set(new.plain.instance),
        parameter_group: Set(new.plain.parameter_group),
        updated_at: Set(new.now),
        ..Default::default()
    };
    let id = unique_or(Entity::insert(row).exec(connection).await, EnvironmentError::NameTaken)?.last_insert_id;
    let key = id.to_string();
    places::set_key(connection, place_id, &key).await?;
    Ok(Place { id: place_id, kind: Kind::Environment, name: new.name, key })
}

/// Whether an environment has that name, ignoring case.
pub async fn name_taken(connection: &impl ConnectionTrait, name: &str) -> Result<bool, Error> {
    Ok(Entity::find().filter(Column::NameKey.eq(name_key(name))).exists(connection).await?)
}

/// Which fields of an environment have a value.
#[derive(Clone, Copy, Debug, FromQueryResult)]
#[expect(clippy::struct_excessive_bools, reason = "a column each")]
pub struct Filled {
    pub region: bool,
    pub bucket: bool,
    pub prefix: bool,
    pub db_name: bool,
    pub host: bool,
    pub instance: bool,
    pub parameter_group: bool,
}

/// Which fields of the environment of a place have a value, but not the values.
pub async fn filled(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<Filled>, Error> {
    let sql = "SELECT k.region <> '' AS region, e.bucket <> '' AS bucket, COALESCE(e.prefix, '') <> '' AS prefix,
                      e.db_name <> '' AS db_name, e.host <> '' AS host, e.instance <> '' AS instance,
                      COALESCE(e.parameter_group, '') <> '' AS parameter_group
               FROM environments e JOIN cloud_keys k ON k.id = e.cloud_keys_id WHERE e.place_id = $1";
    one(connection, sql, [place_id.into()]).await
}

/// All of an environment, the secrets sealed.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Details {
    pub id: EnvironmentId,
    pub place_id: PlaceId,
    pub uid: String,
    pub name: String,
    pub owner_id: UserId,
    pub owner_name: String,
    pub owner_address: String,
    pub bucket: String,
    pub prefix: Option<String>,
    pub db_name: String,
    pub host: String,
    pub db_user: Vec<u8>,
    pub db_pass: Vec<u8>,
    pub instance: String,
    pub parameter_group: Option<String>,
    pub created_at: Timestamp,
    pub keys_id: CloudKeysId,
    pub keys_uid: String,
    pub keys_name: String,
    pub access_key: Vec<u8>,
    pub secret_key: Vec<u8>,
    pub region: String,
    /// How many environments use the keys.
    pub keys_used: i64,
    /// How many former values of each secret are kept.
    pub former_kept: i64,
    #[sea_orm(nested)]
    pub versions: Versions,
}

impl Details {
    /// What is not secret.
    pub fn plain(&self) -> Plain {
        Plain {
            bucket: self.bucket.clone(),
            prefix: self.prefix.clone(),
            db_name: self.db_name.clone(),
            host: self.host.clone(),
            instance: self.instance.clone(),
            parameter_group: self.parameter_group.clone(),
        }
    }
}

/// The details of an environment.
pub async fn details(connection: &impl ConnectionTrait, id: EnvironmentId) -> Result<Option<Details>, Error> {
    // The values and their versions in one statement, so that they belong together.
    let sql = format!(
        "SELECT e.id, e.place_id, e.uid, p.name, e.owner_id, u.full_name AS owner_name, a.address AS owner_address,
                e.bucket, e.prefix, e.db_name, e.host, e.db_user, e.db_pass, e.instance, e.parameter_group,
                p.created_at, k.id AS keys_id, k.uid AS keys_uid, k.name AS keys_name,
                k.access_key, k.secret_key, k.region, e.former_kept,
                (SELECT COUNT(*) FROM environments o WHERE o.cloud_keys_id = k.id) AS keys_used, {}
         FROM environments e
         JOIN places p ON p.id = e.place_id
         JOIN cloud_keys k ON k.id = e.cloud_keys_id
         JOIN users u ON u.id = e.owner_id
         JOIN addresses a ON a.user_id = e.owner_id AND a.is_primary
         WHERE e.id = $1",
        Versions::columns("e.place_id")
    );
    one(connection, &sql, [id.into()]).await
}

/// An environment in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: EnvironmentId,
    pub place_id: PlaceId,
    pub name: String,
    pub owner_id: UserId,
    pub owner_name: String,
    pub owner_address: String,
    pub cloud_keys_id: CloudKeysId,
    pub region: String,
    pub level: Level,
}

fn listed_sql() -> String {
    format!(
        "SELECT e.id, m.place_id, p.name, e.owner_id, u.full_name AS owner_name, a.address AS owner_address,
                e.cloud_keys_id, k.region, m.level
         FROM members m
         JOIN places p ON p.id = m.place_id
         JOIN environments e ON e.place_id = m.place_id
         JOIN cloud_keys k ON k.id = e.cloud_keys_id
         JOIN users u ON u.id = e.owner_id
         JOIN addresses a ON a.user_id = e.owner_id AND a.is_primary
         WHERE m.user_id = $1 AND m.kind = 'environment' AND {}",
        is_present("m", "$2")
    )
}

/// The environments that a user is a member of, at most `limit`, after a place's id.
pub async fn of_user(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    after: i64,
    limit: usize,
    now: Timestamp,
) -> Result<Page<Listed>, Error> {
    let sql = format!("{} AND m.place_id > $3 ORDER BY m.place_id LIMIT {}", listed_sql(), limit.saturating_add(1));
    let rows = all(connection, &sql, [user_id.into(), now.into(), after.into()]).await?;
    Ok(Page::cut_at(limit, rows, |listed: &Listed| listed.place_id.0))
}

/// Renames an environment.
///
/// # Errors
/// [`EnvironmentError::NameTaken`].
pub async fn rename(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel { name_key: Set(name_key(name)), updated_at: Set(now), ..Default::default() };
    let renamed = Entity::update_many().set(row).filter(Column::PlaceId.eq(place_id)).exec(connection).await;
    unique_or(renamed, EnvironmentError::NameTaken)?;
    places::rename(connection, place_id, name, "").await
}

/// What is changed of an environment. User and password are sealed.
#[derive(Clone, Debug)]
pub struct Change {
    pub cloud_keys_id: CloudKeysId,
    pub plain: Plain,
    pub db_user: Vec<u8>,
    pub db_pass: Vec<u8>,
    pub now: Timestamp,
}

/// Changes all but the name.
pub async fn change(connection: &impl ConnectionTrait, id: EnvironmentId, change: Change) -> Result<(), Error> {
    let row = ActiveModel {
        cloud_keys_id: Set(change.cloud_keys_id),
        bucket: Set(change.plain.bucket),
        prefix: Set(change.plain.prefix),
        db_name: Set(change.plain.db_name),
        host: Set(change.plain.host),
        db_user: Set(change.db_user),
        db_pass: Set(change.db_pass),
        instance: Set(change.plain.instance),
        parameter_group: Set(change.plain.parameter_group),
        updated_at: Set(change.now),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Sets the keys that an environment uses.
pub async fn set_keys(connection: &impl ConnectionTrait, id: EnvironmentId, keys_id: CloudKeysId) -> Result<(), Error> {
    let row = ActiveModel { cloud_keys_id: Set(keys_id), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// The place of an environment.
pub async fn place_id(connection: &impl ConnectionTrait, id: EnvironmentId) -> Result<Option<PlaceId>, Error> {
    let query = Entity::find_by_id(id).select_only().column(Column::PlaceId);
    Ok(query.into_tuple().all(connection).await?.pop())
}
