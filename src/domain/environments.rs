//! Environments: named records of a cloud set-up with sealed credentials.

pub mod change;
pub mod create;
pub mod delete;
pub mod former;
pub mod handover;
pub mod keys;
pub mod look;
pub mod members;
pub(crate) mod offering;
pub(crate) mod ownership;
mod replacement;
pub mod sealing;
pub(crate) mod sightings;
pub mod slack;
pub mod take_away;

pub use create::create;
pub use delete::delete;
pub use look::{look, names_free, page, reveal, reveal_to_joined};

use std::time::Duration;

use sea_orm::ConnectionTrait;

use crate::domain::audit::Topic;
use crate::domain::offer::{Facts, Kind, Place};
use crate::error::Error;
use crate::fields::{
    AccessKey, Bucket, DbName, DbPass, DbUser, Host, Name, NotEmpty, Prefix, Region, RowId, SecretKey,
};
use crate::ids::EnvironmentId;
use crate::store;
use crate::store::environments::Plain;
use crate::store::locks::{Lock, Locks};

pub const FACTS: Facts = Facts {
    word: "environment",
    segment: "environments",
    members_page: "sharing",
    invitations_page: "sharing",
    life: Duration::from_hours(24),
    has_code: true,
    has_grants: false,
    has_secrets: true,
    topics: &[Topic::Access, Topic::Secrets, Topic::Settings],
};

/// The id of the environment behind a place; `None` for another kind.
pub fn id_of(place: &Place) -> Option<EnvironmentId> {
    if place.kind == Kind::Environment { place.key.parse().ok() } else { None }
}

/// The locks of a change that relies on rights in an environment.
pub(crate) async fn shared_lock(connection: &impl ConnectionTrait, id: EnvironmentId) -> Result<Locks, Error> {
    let place_id = store::environments::place_id(connection, id).await?;
    Ok(place_id.into_iter().fold(Locks::default(), |locks, id| locks.share(Lock::Place(id))))
}

/// The locks of a change that takes something of an environment.
async fn held_lock(connection: &impl ConnectionTrait, id: EnvironmentId) -> Result<Locks, Error> {
    let place_id = store::environments::place_id(connection, id).await?;
    Ok(place_id.into_iter().fold(Locks::default(), |locks, id| locks.hold(Lock::Place(id))))
}

/// The fields of a new environment.
#[derive(Clone, Debug)]
pub struct NewEnvironment {
    pub name: Name,
    pub access_key: AccessKey,
    pub secret_key: SecretKey,
    pub region: Region,
    /// Use these stored keys instead of the given ones.
    pub keys_id: Option<RowId>,
    pub keys_name: Option<Name>,
    pub db_user: DbUser,
    pub db_pass: DbPass,
    pub settings: Settings,
}

/// The fields of an environment that are not secret.
#[derive(Clone, Debug)]
pub struct Settings {
    pub bucket: Bucket,
    pub prefix: Option<Prefix>,
    pub db_name: DbName,
    pub host: Host,
    pub instance: NotEmpty,
    pub parameter_group: Option<NotEmpty>,
}

impl From<Settings> for Plain {
    fn from(settings: Settings) -> Self {
        Self {
            bucket: settings.bucket.into(),
            prefix: settings.prefix.map(String::from),
            db_name: settings.db_name.into(),
            host: settings.host.into(),
            instance: settings.instance.into(),
            parameter_group: settings.parameter_group.map(String::from),
        }
    }
}
