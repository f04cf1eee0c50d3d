//! Former values of secrets, for administrators: none are kept unless the environment says so, and none for longer than
//! 30 days. Each look is an event. What was replaced here may be another environment's present secret still: then the look
//! is a sighting of it, and an event there as well.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction, Iterable as _};

use super::sealing::{Column, Credentials, open, seal};
use super::sightings::note_seen_as_former;
use super::{held_lock, look, shared_lock};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About, Where};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::fields::FormerKept;
use crate::ids::{EnvironmentId, FormerSecretId, new_uid};
use crate::keys::Keys;
use crate::secret::Secret;
use crate::store;
use crate::store::audit::Details as AuditDetails;
use crate::store::environments::{Access, Details};
use crate::store::former_secrets::{Former, NewFormer};
use crate::store::locks::Locks;
use crate::store::secrets::Field;
use crate::usher::Usher;

/// How long a former value is kept.
pub const LIFE: Duration = Duration::from_hours(30 * 24);

/// The former values of an environment, and how many of each secret it keeps.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn list(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<(Access, i64, Vec<Former>), Error> {
    let access = look::administered(usher, actor, id).await?;
    let db = usher.db.read();
    let details = store::environments::details(db, id).await?.ok_or(Error::NotFound(Thing::Environment(id)))?;
    let former = store::former_secrets::of_place(db, access.place_id, usher.now().minus(LIFE)).await?;
    Ok((access, details.former_kept, former))
}

/// Sets how many former values of each secret are kept. Those beyond are deleted.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn set_kept(usher: &Usher, actor: &Actor, id: EnvironmentId, kept: FormerKept) -> Result<(), Error> {
    actor.write(usher, SetKept { actor: actor.clone(), id, kept, now: usher.now() }).await
}

/// A former value.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn reveal(
    usher: &Usher,
    actor: &Actor,
    id: EnvironmentId,
    former_id: FormerSecretId,
) -> Result<Secret, Error> {
    let former = actor.write(usher, Reveal { actor: actor.clone(), id, former_id, now: usher.now() }).await?;
    open(&usher.keys, Column::Former, &former.uid, &former.value)
}

/// Keeps what was just replaced, if the environment does.
pub(super) async fn keep(
    txn: &impl ConnectionTrait,
    keys: &Keys,
    actor: &Actor,
    details: &Details,
    former: &Credentials,
    replaced: &[Field],
    now: Timestamp,
) -> Result<(), Error> {
    if details.former_kept == 0 {
        return Ok(());
    }
    for field in replaced {
        let uid = new_uid(now);
        let new = NewFormer {
            value: seal(keys, Column::Former, &uid, former.of(*field).expose()),
            uid,
            place_id: details.place_id,
            field: *field,
            version: details.versions.of(*field).to_owned(),
            replaced_by: actor.full_name.clone(),
            now,
        };
        store::former_secrets::insert(txn, new).await?;
        store::former_secrets::prune(txn, details.place_id, *field, details.former_kept).await?;
    }
    Ok(())
}

#[derive(Clone, Debug)]
struct SetKept {
    actor: Actor,
    id: EnvironmentId,
    kept: FormerKept,
    now: Timestamp,
}

impl Operation for SetKept {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::administering(access, self.id)?;
        store::former_secrets::set_kept(txn, self.id, self.kept.0).await?;
        for field in Field::iter() {
            store::former_secrets::prune(txn, access.place_id, field, self.kept.0).await?;
        }
        let place = access.place();
        audit::record(txn, &self.actor, Action::PlaceChanged, &place, About::nothing(), self.now).await
    }
}

#[derive(Clone, Debug)]
struct Reveal {
    actor: Actor,
    id: EnvironmentId,
    former_id: FormerSecretId,
    now: Timestamp,
}

impl Operation for Reveal {
    type Output = Former;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        shared_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Former, Error> {
        let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::administering(access, self.id)?;
        let since = self.now.minus(LIFE);
        let former = store::former_secrets::find(txn, access.place_id, self.former_id, since).await?;
        let former = former.ok_or(Error::NotFound(Thing::Unnamed))?;
        let about = About::nothing().with(AuditDetails { secrets: vec![former.field], ..AuditDetails::default() });
        audit::record(txn, &self.actor, Action::FormerSecretRevealed, &access.place(), about.clone(), self.now).await?;
        if let Some(version) = &former.version {
            note_seen_as_former(txn, &self.actor, version, self.now).await?;
            for place_id in store::secrets::places_with(txn, version).await? {
                let place = Where::environment(place_id);
                audit::record(txn, &self.actor, Action::CredentialsRevealed, place, about.clone(), self.now).await?;
            }
        }
        Ok(former)
    }
}
