//! Changes an environment. Invitations and memberships stay valid.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

pub use super::replacement::{Replaced, Replacement};

use super::replacement::Setting;
use super::{Settings, held_lock, shared_lock};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Where};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::fields::{Name, Region};
use crate::ids::EnvironmentId;
use crate::keys::Keys;
use crate::store::audit::Details as AuditDetails;
use crate::store::environments::{self as rows, Details, Plain};
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Renames an environment.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NameTaken`](crate::error::EnvironmentError::NameTaken).
pub async fn rename(usher: &Usher, actor: &Actor, id: EnvironmentId, name: Name) -> Result<(), Error> {
    actor.write(usher, Rename { actor: actor.clone(), id, name, now: usher.now() }).await
}

/// The new values.
#[derive(Clone, Debug)]
pub struct Change {
    pub name: Name,
    pub region: Region,
    pub settings: Settings,
    pub secrets: Replacement,
}

/// Changes an environment, its credentials included.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], [`EnvironmentError::NameTaken`](crate::error::EnvironmentError::NameTaken).
pub async fn change(usher: &Usher, actor: &Actor, id: EnvironmentId, change: Change) -> Result<Replaced, Error> {
    let what = What::All(Box::new(change));
    write(usher, actor, id, what).await
}

/// Replaces secrets, and nothing else.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn replace(usher: &Usher, actor: &Actor, id: EnvironmentId, secrets: Replacement) -> Result<Replaced, Error> {
    write(usher, actor, id, What::Secrets(secrets)).await
}

async fn write(usher: &Usher, actor: &Actor, id: EnvironmentId, what: What) -> Result<Replaced, Error> {
    let operation = ChangeEnvironment { actor: actor.clone(), id, what, keys: usher.keys.clone(), now: usher.now() };
    actor.write(usher, operation).await
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
enum What {
    All(Box<Change>),
    Secrets(Replacement),
}

#[derive(Clone, Debug)]
struct ChangeEnvironment {
    actor: Actor,
    id: EnvironmentId,
    what: What,
    keys: Keys,
    now: Timestamp,
}

impl Operation for ChangeEnvironment {
    type Output = Replaced;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Replaced, Error> {
        let access = rows::access(txn, self.id, self.actor.user_id, self.now).await?;
        policy::administering(access, self.id)?;
        let details = rows::details(txn, self.id).await?.ok_or(Error::NotFound(Thing::Environment(self.id)))?;
        let (secrets, plain, region) = match &self.what {
            What::All(change) => {
                rows::rename(txn, details.place_id, change.name.as_str(), self.now).await?;
                (&change.secrets, Plain::from(change.settings.clone()), change.region.as_str())
            }
            What::Secrets(secrets) => (secrets, details.plain(), details.region.as_str()),
        };
        let setting = Setting { actor: &self.actor, keys: &self.keys, details: &details, now: self.now };
        let replaced = setting.set(txn, secrets, plain, region).await?;
        self.record(txn, &details, &replaced).await?;
        Ok(replaced)
    }
}

impl ChangeEnvironment {
    /// One event each for name, details and credentials, so that none hides another.
    async fn record(&self, txn: &impl ConnectionTrait, former: &Details, replaced: &Replaced) -> Result<(), Error> {
        let mut events = Vec::new();
        if let What::All(change) = &self.what {
            if change.name.as_str() != former.name {
                events.push((Action::PlaceChanged, About::of(change.name.as_str()).formerly(&former.name)));
            }
            if Plain::from(change.settings.clone()) != former.plain() || change.region.as_str() != former.region {
                events.push((Action::PlaceChanged, About::nothing()));
            }
        }
        if !replaced.changed.is_empty() {
            let details = AuditDetails { secrets: replaced.changed.clone(), ..AuditDetails::default() };
            events.push((Action::CredentialsChanged, About::nothing().with(details)));
        }
        for (action, about) in events {
            audit::record(txn, &self.actor, action, Where::environment(former.place_id), about, self.now).await?;
        }
        Ok(())
    }
}
