//! A user's stored keys of cloud accounts.

use sea_orm::ConnectionTrait;

use super::sealing::{Column, open};
use crate::domain::actor::Actor;
use crate::entity::cloud_keys::Model;
use crate::error::{Error, Thing};
use crate::secret::Secret;
use crate::store;
use crate::store::cloud_keys::name_key;
use crate::usher::Usher;

/// Stored keys in clear: only for whose they are.
#[derive(Clone, Debug)]
pub struct OwnKeys {
    pub id: i64,
    pub name: String,
    pub region: String,
    pub user_id: i64,
    pub access_key: Secret,
    pub secret_key: Secret,
}

/// The actor's own stored keys.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(usher: &Usher, actor: &Actor) -> Result<Vec<OwnKeys>, Error> {
    let rows = store::cloud_keys::of_user(usher.db.read(), actor.user_id).await?;
    rows.into_iter().map(|row| in_clear(usher, row)).collect()
}

/// One of the actor's own stored keys.
///
/// # Errors
/// [`Error::NotFound`], [`Error::KeysHidden`].
pub async fn find(usher: &Usher, actor: &Actor, id: i64) -> Result<OwnKeys, Error> {
    let row = store::cloud_keys::find(usher.db.read(), id).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
    if row.user_id != actor.user_id {
        return Err(Error::KeysHidden);
    }
    in_clear(usher, row)
}

/// # Errors
/// [`Error::KeysNameTaken`] when the actor has keys of that name.
pub async fn check_name(usher: &Usher, actor: &Actor, name: &str) -> Result<(), Error> {
    let names = store::cloud_keys::names(usher.db.read(), actor.user_id).await?;
    if names.contains(&name_key(name)) { Err(Error::KeysNameTaken) } else { Ok(()) }
}

fn in_clear(usher: &Usher, row: Model) -> Result<OwnKeys, Error> {
    Ok(OwnKeys {
        access_key: open(&usher.keys, Column::AccessKey, &row.uid, &row.access_key)?,
        secret_key: open(&usher.keys, Column::SecretKey, &row.uid, &row.secret_key)?,
        id: row.id,
        name: row.name,
        region: row.region,
        user_id: row.user_id,
    })
}

/// `wanted`, or `wanted 2`, `wanted 3`, … when the user has keys of that name.
pub(crate) async fn free_name(connection: &impl ConnectionTrait, user_id: i64, wanted: &str) -> Result<String, Error> {
    let taken = store::cloud_keys::names(connection, user_id).await?;
    let is_free = |name: &String| !taken.contains(&name_key(name));
    let numbered = (2u32..).map(|number| {
        let suffix = format!(" {number}");
        let stem: String = wanted.chars().take(25 - suffix.len()).collect();
        format!("{}{suffix}", stem.trim_end())
    });
    std::iter::once(wanted.to_owned())
        .chain(numbered)
        .find(is_free)
        .ok_or_else(|| Error::internal("no name for keys is free"))
}
