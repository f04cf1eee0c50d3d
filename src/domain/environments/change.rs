//! Changes an environment. Invitations and memberships stay valid.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::keys::{give_to_owner, insert_under_free_name};
use super::sealing::{Column, open, seal};
use super::{Settings, held_lock, look, shared_lock};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::audit::{self, About, Where};
use crate::domain::offer::Level;
use crate::domain::users::activation::is_deactivated;
use crate::domain::{access_mails, actor::Actor};
use crate::entity::audit_event::Action;
use crate::error::{EnvironmentError, Error, Thing};
use crate::fields::{AccessKey, DbPass, DbUser, Name, Region, SecretKey};
use crate::ids::{CloudKeysId, EnvironmentId, UserId, new_uid};
use crate::keys::Keys;
use crate::store;
use crate::store::Page;
use crate::store::cloud_keys::NewKeys;
use crate::store::environment_owners::{WithKeys, set_owner};
use crate::store::environments::{self as rows, Access, Change as Row, Details, Plain};
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// Renames an environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NameTaken`].
pub async fn rename(usher: &Usher, actor: &Actor, id: EnvironmentId, name: Name) -> Result<(), Error> {
    actor.write(usher, Rename { actor: actor.clone(), id, name, now: usher.now() }).await
}

/// The new values; a secret that is not given stays.
#[derive(Clone, Debug)]
pub struct Change {
    pub name: Name,
    pub access_key: Option<AccessKey>,
    pub secret_key: Option<SecretKey>,
    pub region: Region,
    pub db_user: Option<DbUser>,
    pub db_pass: Option<DbPass>,
    pub settings: Settings,
}

impl Change {
    fn touches_credentials(&self) -> bool {
        self.access_key.is_some() || self.secret_key.is_some() || self.db_user.is_some() || self.db_pass.is_some()
    }
}

/// Changes an environment, its credentials included.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NameTaken`].
pub async fn change(usher: &Usher, actor: &Actor, id: EnvironmentId, change: Change) -> Result<(), Error> {
    let operation = ChangeAll { actor: actor.clone(), id, change, keys: usher.keys.clone(), now: usher.now() };
    actor.write(usher, operation).await
}

/// Transfers ownership, with the keys, to another member, who becomes an administrator. The former owner stays an
/// administrator.
///
/// # Errors
/// [`Error::NotFound`], also for a user who is not a member, [`Error::NotAllowed`], [`EnvironmentError::CannotOwn`].
pub async fn hand_over(usher: &Usher, actor: &Actor, id: EnvironmentId, to_user_id: UserId) -> Result<(), Error> {
    actor
        .write_and_mail(
            usher,
            HandOver { actor: actor.clone(), id, to_user_id, keys: usher.keys.clone(), now: usher.now() },
        )
        .await
}

/// A page of the members to whom the actor may transfer ownership, after a membership's id, whose name, username or
/// address contains `search`.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn successors(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    search: &str,
    after: i64,
) -> Result<(Access, Page<store::members::Membership>), Error> {
    let access = look::access(usher, actor, id).await?;
    if !policy::is_owner(&access) {
        return Err(Error::NotAllowed);
    }
    let (db, now) = (if search.is_empty() { usher.db.read() } else { usher.db.search() }, usher.now());
    let page = store::members::page_of_successors(db, access.place_id, actor.user_id, search, after, now).await?;
    Ok((access, page))
}

/// The member to whom the actor would transfer ownership.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::CannotOwn`].
pub async fn successor(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    to_user_id: UserId,
) -> Result<(Access, store::members::Membership), Error> {
    let access = look::access(usher, actor, id).await?;
    if !policy::is_owner(&access) {
        return Err(Error::NotAllowed);
    }
    let now = usher.now();
    let successor = may_own(store::members::of_user(usher.db.read(), access.place_id, to_user_id, now).await?, now)?;
    if policy::is_owners(&access, &successor) { Err(Error::NotFound(Thing::Unnamed)) } else { Ok((access, successor)) }
}

/// Checks that a member may become owner.
fn may_own(member: Option<store::members::Membership>, now: Timestamp) -> Result<store::members::Membership, Error> {
    let member = member.ok_or(Error::NotFound(Thing::Unnamed))?;
    let may = !is_deactivated(member.deactivated_at, now) && !member.awaits_proof;
    if may { Ok(member) } else { Err(EnvironmentError::CannotOwn.into()) }
}

#[derive(Clone, Debug)]
struct Rename {
    actor: Actor,
    id: EnvironmentId,
    name: Name,
    now: Timestamp,
}

impl Operation for Rename {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        shared_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = rows::access(txn, self.id, self.actor.user_id, self.now).await?;
        let former = policy::administering(access, self.id)?.place();
        if former.name == self.name.as_str() {
            return Ok(());
        }
        rows::rename(txn, former.id, self.name.as_str(), self.now).await?;
        let about = About::of(self.name.as_str()).formerly(&former.name);
        audit::record(txn, &self.actor, Action::PlaceChanged, &former, about, self.now).await
    }
}

#[derive(Clone, Debug)]
struct ChangeAll {
    actor: Actor,
    id: EnvironmentId,
    change: Change,
    keys: Keys,
    now: Timestamp,
}

impl Operation for ChangeAll {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = rows::access(txn, self.id, self.actor.user_id, self.now).await?;
        policy::administering(access, self.id)?;
        let details = rows::details(txn, self.id).await?.ok_or(Error::NotFound(Thing::Environment(self.id)))?;
        rows::rename(txn, details.place_id, self.change.name.as_str(), self.now).await?;
        let row = Row {
            cloud_keys_id: self.change_keys(txn, &details).await?,
            plain: Plain::from(self.change.settings.clone()),
            db_user: self.resealed(Column::DbUser, &details, self.change.db_user.as_ref().map(DbUser::expose)),
            db_pass: self.resealed(Column::DbPass, &details, self.change.db_pass.as_ref().map(DbPass::expose)),
            now: self.now,
        };
        let moved_keys = row.cloud_keys_id != details.keys_id;
        rows::change(txn, self.id, row).await?;
        if moved_keys {
            store::cloud_keys::remove_unused(txn, details.keys_id).await?;
        }
        self.record(txn, &details).await
    }
}

impl ChangeAll {
    /// One event each for name, details and credentials, so that none hides another.
    async fn record(&self, txn: &impl ConnectionTrait, former: &Details) -> Result<(), Error> {
        let change = &self.change;
        let renamed = change.name.as_str() != former.name;
        let changed = Plain::from(change.settings.clone()) != former.plain() || change.region.as_str() != former.region;
        let about = About::of(change.name.as_str()).formerly(&former.name);
        let events = [
            (renamed, Action::PlaceChanged, about),
            (changed, Action::PlaceChanged, About::nothing()),
            (change.touches_credentials(), Action::CredentialsChanged, About::nothing()),
        ];
        for (_, action, about) in events.into_iter().filter(|(happened, ..)| *happened) {
            audit::record(txn, &self.actor, action, Where::environment(former.place_id), about, self.now).await?;
        }
        Ok(())
    }

    fn resealed(&self, column: Column, details: &Details, given: Option<&str>) -> Vec<u8> {
        match (given, column) {
            (Some(plain), _) => seal(&self.keys, column, &details.uid, plain),
            (None, Column::DbUser) => details.db_user.clone(),
            (None, _) => details.db_pass.clone(),
        }
    }

    /// Changes the stored keys in place if only this environment uses them and its owner owns them; else makes new ones
    /// for the owner, so that no other environment changes and no former member keeps seeing new secrets.
    async fn change_keys(&self, txn: &impl ConnectionTrait, details: &Details) -> Result<CloudKeysId, Error> {
        let change = &self.change;
        if change.access_key.is_none() && change.secret_key.is_none() && change.region.as_str() == details.region {
            return Ok(details.keys_id);
        }
        let access_key = match &change.access_key {
            Some(key) => key.secret(),
            None => open(&self.keys, Column::AccessKey, &details.keys_uid, &details.access_key)?,
        };
        let secret_key = match &change.secret_key {
            Some(key) => key.secret(),
            None => open(&self.keys, Column::SecretKey, &details.keys_uid, &details.secret_key)?,
        };
        store::cloud_keys::lock(txn, details.keys_id).await?;
        let stored = store::cloud_keys::find(txn, details.keys_id).await?;
        let is_owners = stored.is_some_and(|keys| keys.user_id == details.owner_id);
        let alone = store::cloud_keys::used_by(txn, details.keys_id).await?.len() == 1;
        let uid = if is_owners && alone { details.keys_uid.clone() } else { new_uid(self.now) };
        let access_key = seal(&self.keys, Column::AccessKey, &uid, access_key.expose());
        let secret_key = seal(&self.keys, Column::SecretKey, &uid, secret_key.expose());
        let region = change.region.as_str();
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

#[derive(Clone, Debug)]
struct HandOver {
    actor: Actor,
    id: EnvironmentId,
    to_user_id: UserId,
    keys: Keys,
    now: Timestamp,
}

impl Operation for HandOver {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        Ok(held_lock(txn, self.id).await?.share(Lock::User(self.to_user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = rows::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::seeing(access, self.id)?;
        if !policy::is_owner(&access) {
            return Err(Error::NotAllowed);
        }
        let successor = store::members::of_user(txn, access.place_id, self.to_user_id, self.now).await?;
        let successor = may_own(successor, self.now)?;
        store::members::set_level(txn, successor.id, Level::Administrator).await?;
        set_owner(txn, self.id, successor.user_id, self.now).await?;
        let handed = WithKeys { id: self.id, owner_id: successor.user_id, cloud_keys_id: access.cloud_keys_id };
        give_to_owner(txn, &self.keys, &handed, self.now).await?;
        let place = access.place();
        access_mails::owe(
            txn,
            &self.actor,
            access_mails::AccessChange::Changed,
            successor.user_id,
            Some(place.id),
            self.now,
        )
        .await?;
        audit::record(txn, &self.actor, Action::PlaceHandedOver, &place, Some(successor.name), self.now).await
    }
}
