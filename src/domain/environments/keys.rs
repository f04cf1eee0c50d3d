//! A user's stored cloud keys. The owner of an environment owns its keys.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::held_lock;
use super::sealing::{Column, open, seal};
use super::sightings::{note_seen, told_after};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Where};
use crate::entity::audit_event::Action;
use crate::entity::cloud_keys::Model;
use crate::error::{EnvironmentError, Error, Thing};
use crate::ids::{CloudKeysId, EnvironmentId, UserId, new_uid};
use crate::keys::Keys;
use crate::secret::Secret;
use crate::store;
use crate::store::Page;
use crate::store::audit::Details;
use crate::store::cloud_keys::{NewKeys, Versioned, name_key};
use crate::store::environment_owners::WithKeys;
use crate::store::locks::Locks;
use crate::store::sightings::Way;
use crate::usher::Usher;

/// Stored keys in clear, for their owner only.
#[derive(Clone, Debug)]
pub struct OwnKeys {
    pub id: CloudKeysId,
    pub name: String,
    pub region: String,
    pub user_id: UserId,
    pub access_key: Secret,
    pub secret_key: Secret,
}

/// A part of the actor's stored keys, after an id. Notes that the actor sees them, with an event in every environment that
/// uses them, at most one an hour.
///
/// # Errors
/// When the database cannot be used.
pub async fn part(usher: &Usher, actor: &Actor, after: i64) -> Result<Page<OwnKeys>, Error> {
    reveal(usher, actor, Which::After(after)).await
}

/// One of the actor's stored keys; records events as [`part`] does.
///
/// # Errors
/// [`Error::NotFound`], [`EnvironmentError::KeysHidden`].
pub async fn find(usher: &Usher, actor: &Actor, id: CloudKeysId) -> Result<OwnKeys, Error> {
    reveal(usher, actor, Which::One(id)).await?.rows.pop().ok_or(Error::NotFound(Thing::Unnamed))
}

async fn reveal(usher: &Usher, actor: &Actor, which: Which) -> Result<Page<OwnKeys>, Error> {
    let page = actor.write(usher, Reveal { actor: actor.clone(), which, now: usher.now() }).await?;
    page.try_map(|row| in_clear(usher, row.keys))
}

#[derive(Clone, Debug)]
struct Reveal {
    actor: Actor,
    which: Which,
    now: Timestamp,
}

#[derive(Clone, Copy, Debug)]
enum Which {
    One(CloudKeysId),
    /// A part of the actor's, after an id.
    After(i64),
}

/// Takes no place's lock, since any number of environments may use the keys. Whoever hands one of them over waits for its keys'
/// row, and so until what is seen here is noted.
impl Operation for Reveal {
    type Output = Page<Versioned>;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Page<Versioned>, Error> {
        let page = match self.which {
            Which::After(id) => store::cloud_keys::part(txn, self.actor.user_id, id).await?,
            Which::One(id) => {
                let row = store::cloud_keys::versioned(txn, id).await?.ok_or(Error::NotFound(Thing::Unnamed))?;
                if row.keys.user_id != self.actor.user_id {
                    return Err(EnvironmentError::KeysHidden.into());
                }
                Page::of_one(row)
            }
        };
        for row in &page.rows {
            let (secrets, versions): (Vec<_>, Vec<_>) = row.versions.present().into_iter().unzip();
            if versions.is_empty() {
                continue;
            }
            // Other keys may have the same versions: copies that changed hands.
            let is_told = row.keys.told_at > told_after(self.now) && row.keys.told_at <= self.now;
            if !note_seen(txn, &self.actor, &versions, Way::Keys, self.now).await? && is_told {
                continue;
            }
            store::cloud_keys::note_told(txn, row.keys.id, self.now).await?;
            for id in store::cloud_keys::used_by(txn, row.keys.id).await? {
                let details = Details { secrets: secrets.clone(), ..Details::default() };
                let (action, about) = (Action::CredentialsRevealed, About::nothing().with(details));
                audit::record(txn, &self.actor, action, Where::environment(id), about, self.now).await?;
            }
        }
        Ok(page)
    }
}

/// # Errors
/// [`EnvironmentError::KeysNameTaken`] when the actor has keys of that name.
pub async fn check_name(usher: &Usher, actor: &Actor, name: &str) -> Result<(), Error> {
    let names = store::cloud_keys::names(usher.db.read(), actor.user_id).await?;
    if names.contains(&name_key(name)) { Err(EnvironmentError::KeysNameTaken.into()) } else { Ok(()) }
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

/// Stores new keys under their name, or one like it that is free.
pub(crate) async fn insert_under_free_name(txn: &impl ConnectionTrait, new: NewKeys) -> Result<CloudKeysId, Error> {
    let name = free_name(txn, new.user_id, &new.name).await?;
    match store::cloud_keys::insert(txn, NewKeys { name, ..new }).await {
        // Another change has just chosen the same.
        Err(Error::Environment(EnvironmentError::KeysNameTaken)) => Err(Error::Collision),
        outcome => outcome,
    }
}

/// `wanted`, or `wanted 2`, `wanted 3`, … when the user has keys of that name.
async fn free_name(connection: &impl ConnectionTrait, user_id: UserId, wanted: &str) -> Result<String, Error> {
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
        .ok_or_else(|| Error::internal("no free name for keys"))
}

/// Makes an environment's owner the owner of its keys. Keys that another environment uses too are copied, so that
/// nobody sees later changes made for the other.
pub(crate) async fn give_to_owner(
    txn: &impl ConnectionTrait,
    keys: &Keys,
    environment: &WithKeys,
    now: Timestamp,
) -> Result<(), Error> {
    store::cloud_keys::lock(txn, environment.cloud_keys_id).await?;
    let Some(row) = store::cloud_keys::find(txn, environment.cloud_keys_id).await? else { return Ok(()) };
    if row.user_id == environment.owner_id {
        return Ok(());
    }
    if store::cloud_keys::used_by(txn, row.id).await?.len() == 1 {
        let name = free_name(txn, environment.owner_id, &row.name).await?;
        return store::cloud_keys::give(txn, row.id, environment.owner_id, &name).await;
    }
    let uid = new_uid(now);
    let sealed_anew = |column, sealed: &[u8]| -> Result<Vec<u8>, Error> {
        Ok(seal(keys, column, &uid, open(keys, column, &row.uid, sealed)?.expose()))
    };
    let copy = NewKeys {
        access_key: sealed_anew(Column::AccessKey, &row.access_key)?,
        secret_key: sealed_anew(Column::SecretKey, &row.secret_key)?,
        uid,
        user_id: environment.owner_id,
        name: row.name,
        region: row.region,
        now,
    };
    let copied = insert_under_free_name(txn, copy).await?;
    store::environments::set_keys(txn, environment.id, copied).await
}

/// Gives owners their environment's keys where an earlier version transferred ownership without them. Keys that cannot
/// be opened are logged and left as they are.
///
/// # Errors
/// When the database cannot be read.
pub async fn repair_owners(usher: &Usher) -> Result<(), Error> {
    for environment in store::environment_owners::without_own_keys(usher.db.read()).await? {
        let id = environment.id;
        match usher.db.write(RepairOwner { id, keys: usher.keys.clone(), now: usher.now() }).await {
            Ok(()) => tracing::info!(environment = %id, "gave the keys to the owner"),
            Err(error) => tracing::error!(environment = %id, %error, "could not give the keys to the owner"),
        }
    }
    Ok(())
}

#[derive(Clone, Debug)]
struct RepairOwner {
    id: EnvironmentId,
    keys: Keys,
    now: Timestamp,
}

impl Operation for RepairOwner {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        // Another server may have transferred or repaired it since it was listed.
        let listed = store::environment_owners::without_own_keys(txn).await?;
        match listed.iter().find(|environment| environment.id == self.id) {
            Some(environment) => give_to_owner(txn, &self.keys, environment, self.now).await,
            None => Ok(()),
        }
    }
}
