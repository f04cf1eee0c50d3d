//! Creates an environment: its keys, its row and the owner's membership, in one transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::NewEnvironment;
use super::keys::insert_under_free_name;
use super::sealing::{Column, seal};
use super::sightings::{all_fields, begin_versions};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::Level;
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error, Thing};
use crate::ids::{CloudKeysId, EnvironmentId, PlaceId, UserId, new_uid};
use crate::store;
use crate::store::cloud_keys::NewKeys;
use crate::store::environments as rows;
use crate::store::locks::{Lock, Locks};
use crate::store::members::NewMember;
use crate::store::secrets::KeyVersions;
use crate::usher::Usher;

/// The default name of stored keys.
const DEFAULT_KEYS_NAME: &str = "myKeys";

#[derive(Clone, Debug)]
pub struct Created {
    pub id: EnvironmentId,
    pub name: String,
    pub owner_id: UserId,
    pub keys_id: CloudKeysId,
}

/// Creates an environment; the actor becomes its owner.
///
/// # Errors
/// In this order: [`EnvironmentError::NameTaken`]; with `keys_id` [`Error::NotFound`] of the keys,
/// [`EnvironmentError::KeysOfAnother`]; without [`EnvironmentError::KeysNameTaken`].
pub async fn create(usher: &Usher, actor: &Actor, new: NewEnvironment) -> Result<Created, Error> {
    let now = usher.now();
    let (uid, keys_uid) = (new_uid(now), new_uid(now));
    let cloud_keys = match new.keys_id {
        Some(id) => CloudKeys::Stored(CloudKeysId(id.0)),
        None => CloudKeys::New {
            name: new.keys_name.map(String::from),
            keys: NewKeys {
                user_id: actor.user_id,
                name: DEFAULT_KEYS_NAME.to_owned(),
                access_key: seal(&usher.keys, Column::AccessKey, &keys_uid, new.access_key.expose()),
                secret_key: seal(&usher.keys, Column::SecretKey, &keys_uid, new.secret_key.expose()),
                region: new.region.into(),
                uid: keys_uid,
                now,
            },
        },
    };
    let operation = Create {
        actor: actor.clone(),
        cloud_keys,
        environment: rows::NewEnvironment {
            owner_id: actor.user_id,
            cloud_keys_id: CloudKeysId(0),
            name: new.name.into(),
            plain: new.settings.into(),
            db_user: seal(&usher.keys, Column::DbUser, &uid, new.db_user.expose()),
            db_pass: seal(&usher.keys, Column::DbPass, &uid, new.db_pass.expose()),
            uid,
            now,
        },
        now,
    };
    actor.write(usher, operation).await
}

#[derive(Clone, Debug)]
enum CloudKeys {
    Stored(CloudKeysId),
    New { name: Option<String>, keys: NewKeys },
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    cloud_keys: CloudKeys,
    environment: rows::NewEnvironment,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Created;

    async fn locks(&self, _txn: &DatabaseTransaction) -> Result<Locks, Error> {
        // Held where a free name is chosen for the keys.
        Ok(match self.cloud_keys {
            CloudKeys::New { name: None, .. } => Locks::default().hold(Lock::User(self.actor.user_id)),
            CloudKeys::New { .. } | CloudKeys::Stored(_) => Locks::default(),
        })
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Created, Error> {
        let mut environment = self.environment.clone();
        if rows::name_taken(txn, &environment.name).await? {
            return Err(EnvironmentError::NameTaken.into());
        }
        environment.cloud_keys_id = self.keys_id(txn).await?;
        let place = rows::insert(txn, environment.clone()).await?;
        let created = Created {
            id: super::id_of(&place).ok_or_else(|| Error::internal("an environment without an id"))?,
            name: environment.name,
            owner_id: environment.owner_id,
            keys_id: environment.cloud_keys_id,
        };
        let owner = NewMember {
            id: store::members::next_id(txn).await?,
            place_id: place.id,
            user_id: created.owner_id,
            level: Level::Administrator,
            expires_at: None,
            let_in_by: None,
            now: self.now,
        };
        store::members::insert(txn, owner).await?;
        self.set_versions(txn, place.id, created.keys_id).await?;
        let about = About::of(created.name.as_str());
        audit::record(txn, &self.actor, Action::PlaceCreated, &place, about, self.now).await?;
        Ok(created)
    }
}

impl Create {
    /// Stored keys stay the versions that they are.
    async fn set_versions(
        &self,
        txn: &impl ConnectionTrait,
        place_id: PlaceId,
        keys_id: CloudKeysId,
    ) -> Result<(), Error> {
        let mut new = all_fields();
        if let CloudKeys::Stored(_) = self.cloud_keys {
            let stored = store::secrets::of_keys(txn, keys_id).await?;
            let stored = stored.as_ref().map(KeyVersions::present).unwrap_or_default();
            store::secrets::set(txn, place_id, &stored).await?;
            new.retain(|field| !stored.iter().any(|(present, _)| present == field));
        }
        begin_versions(txn, &self.actor, place_id, &new, self.now).await
    }

    async fn keys_id(&self, txn: &impl ConnectionTrait) -> Result<CloudKeysId, Error> {
        match &self.cloud_keys {
            CloudKeys::Stored(id) => {
                store::cloud_keys::lock(txn, *id).await?;
                let keys = store::cloud_keys::find(txn, *id).await?.ok_or(Error::NotFound(Thing::Keys))?;
                if keys.user_id == self.actor.user_id {
                    Ok(keys.id)
                } else {
                    Err(EnvironmentError::KeysOfAnother.into())
                }
            }
            CloudKeys::New { name: Some(name), keys } => {
                store::cloud_keys::insert(txn, NewKeys { name: name.clone(), ..keys.clone() }).await
            }
            CloudKeys::New { name: None, keys } => insert_under_free_name(txn, keys.clone()).await,
        }
    }
}
