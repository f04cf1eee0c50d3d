//! Replaces secrets of an environment. The same value again is no change: its version stays, and so does who knows it.

use sea_orm::ConnectionTrait;

use super::former::keep;
use super::keys::insert_under_free_name;
use super::sealing::{Column, Credentials, seal};
use super::sightings::begin_versions;
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::fields::{AccessKey, DbPass, DbUser, SecretKey};
use crate::ids::{CloudKeysId, new_uid};
use crate::keys::Keys;
use crate::store;
use crate::store::cloud_keys::NewKeys;
use crate::store::environments::{self as rows, Change as Row, Details, Plain};
use crate::store::secrets::Field;

/// New values of secrets; one that is not given stays.
#[derive(Clone, Debug, Default)]
pub struct Replacement {
    pub access_key: Option<AccessKey>,
    pub secret_key: Option<SecretKey>,
    pub db_user: Option<DbUser>,
    pub db_pass: Option<DbPass>,
}

impl Replacement {
    pub fn is_empty(&self) -> bool {
        Field::ALL.into_iter().all(|field| self.of(field).is_none())
    }

    fn of(&self, field: Field) -> Option<&str> {
        match field {
            Field::AccessKey => self.access_key.as_ref().map(AccessKey::expose),
            Field::SecretKey => self.secret_key.as_ref().map(SecretKey::expose),
            Field::DbUser => self.db_user.as_ref().map(DbUser::expose),
            Field::DbPass => self.db_pass.as_ref().map(DbPass::expose),
        }
    }
}

/// What became of the given values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    pub changed: Vec<Field>,
    /// They had that value before.
    pub same: Vec<Field>,
}

/// Sets all of an environment but its name.
pub(super) struct Setting<'a> {
    pub actor: &'a Actor,
    pub keys: &'a Keys,
    /// As it was.
    pub details: &'a Details,
    pub now: Timestamp,
}

impl Setting<'_> {
    pub async fn set(
        &self,
        txn: &impl ConnectionTrait,
        new: &Replacement,
        plain: Plain,
        region: &str,
    ) -> Result<Replaced, Error> {
        let details = self.details;
        let former = Credentials::open(self.keys, details)?;
        let replaced = compare(new, &former);
        let sealed = |field, column, present: &[u8]| match new.of(field) {
            Some(value) if replaced.changed.contains(&field) => seal(self.keys, column, &details.uid, value),
            _ => present.to_vec(),
        };
        let row = Row {
            cloud_keys_id: self.set_keys(txn, new, &former, &replaced, region).await?,
            plain,
            db_user: sealed(Field::DbUser, Column::DbUser, &details.db_user),
            db_pass: sealed(Field::DbPass, Column::DbPass, &details.db_pass),
            now: self.now,
        };
        let moved_keys = row.cloud_keys_id != details.keys_id;
        rows::change(txn, details.id, row).await?;
        if moved_keys {
            store::cloud_keys::remove_unused(txn, details.keys_id).await?;
        }
        keep(txn, self.keys, self.actor, details, &former, &replaced.changed, self.now).await?;
        begin_versions(txn, self.actor, details.place_id, &replaced.changed, self.now).await?;
        let former: Vec<&str> = replaced.changed.iter().map(|field| details.versions.of(*field)).collect();
        store::secrets::release(txn, &former, self.now).await?;
        Ok(replaced)
    }

    /// Changes the stored keys in place if only this environment uses them and its owner owns them; else makes new ones
    /// for the owner, so that no other environment changes and no former member keeps seeing new secrets.
    async fn set_keys(
        &self,
        txn: &impl ConnectionTrait,
        new: &Replacement,
        former: &Credentials,
        replaced: &Replaced,
        region: &str,
    ) -> Result<CloudKeysId, Error> {
        let details = self.details;
        if !replaced.changed.iter().any(|field| field.is_of_keys()) && region == details.region {
            return Ok(details.keys_id);
        }
        store::cloud_keys::lock(txn, details.keys_id).await?;
        let stored = store::cloud_keys::find(txn, details.keys_id).await?;
        let is_owners = stored.is_some_and(|keys| keys.user_id == details.owner_id);
        let alone = store::cloud_keys::used_by(txn, details.keys_id).await?.len() == 1;
        let uid = if is_owners && alone { details.keys_uid.clone() } else { new_uid(self.now) };
        let sealed = |field, column| {
            let value = new.of(field).unwrap_or_else(|| former.of(field).expose());
            seal(self.keys, column, &uid, value)
        };
        let access_key = sealed(Field::AccessKey, Column::AccessKey);
        let secret_key = sealed(Field::SecretKey, Column::SecretKey);
        if is_owners && alone {
            store::cloud_keys::change(txn, details.keys_id, &access_key, &secret_key, region, self.now).await?;
            return Ok(details.keys_id);
        }
        let keys = NewKeys {
            uid,
            user_id: details.owner_id,
            name: details.keys_name.clone(),
            access_key,
            secret_key,
            region: region.to_owned(),
            now: self.now,
        };
        insert_under_free_name(txn, keys).await
    }
}

/// Which of the given values are new.
fn compare(new: &Replacement, former: &Credentials) -> Replaced {
    let given = super::sightings::all_fields().into_iter().filter_map(|field| Some((field, new.of(field)?)));
    let (changed, same): (Vec<_>, Vec<_>) = given.partition(|(field, value)| former.of(*field).expose() != *value);
    let fields = |pairs: Vec<(Field, &str)>| pairs.into_iter().map(|(field, _)| field).collect();
    Replaced { changed: fields(changed), same: fields(same) }
}
