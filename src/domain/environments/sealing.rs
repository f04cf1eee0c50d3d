//! The sealed columns.

use crate::error::Error;
use crate::keys::Keys;
use crate::secret::Secret;
use crate::store::environments::Details;
use crate::store::secrets::Field;

/// A sealed column: its name is part of the associated data.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Column {
    AccessKey,
    SecretKey,
    DbUser,
    DbPass,
    /// A former value of any of them.
    Former,
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::AccessKey => "cloud_keys.access_key",
            Self::SecretKey => "cloud_keys.secret_key",
            Self::DbUser => "environments.db_user",
            Self::DbPass => "environments.db_pass",
            Self::Former => "former_secrets.value",
        }
    }
}

/// Seals a value for a column of the row `uid`.
pub(crate) fn seal(keys: &Keys, column: Column, uid: &str, plain: &str) -> Vec<u8> {
    keys.seal(column.name(), uid, plain)
}

/// Opens a column of the row `uid`.
///
/// # Errors
/// [`Error::Internal`] when it was sealed with another key, or changed.
pub(crate) fn open(keys: &Keys, column: Column, uid: &str, sealed: &[u8]) -> Result<Secret, Error> {
    keys.open(column.name(), uid, sealed).map(Secret::from).map_err(Error::internal)
}

/// The four secrets of an environment.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key: Secret,
    pub secret_key: Secret,
    pub db_user: Secret,
    pub db_pass: Secret,
}

impl Credentials {
    pub fn of(&self, field: Field) -> &Secret {
        match field {
            Field::AccessKey => &self.access_key,
            Field::SecretKey => &self.secret_key,
            Field::DbUser => &self.db_user,
            Field::DbPass => &self.db_pass,
        }
    }

    /// Opens all four.
    pub(crate) fn open(keys: &Keys, details: &Details) -> Result<Self, Error> {
        Ok(Self {
            access_key: open(keys, Column::AccessKey, &details.keys_uid, &details.access_key)?,
            secret_key: open(keys, Column::SecretKey, &details.keys_uid, &details.secret_key)?,
            db_user: open(keys, Column::DbUser, &details.uid, &details.db_user)?,
            db_pass: open(keys, Column::DbPass, &details.uid, &details.db_pass)?,
        })
    }
}
