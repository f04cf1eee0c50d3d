//! Deletes an environment with its memberships and invitations.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::held_lock;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::policy;
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::{CloudKeysId, EnvironmentId, PlaceId};
use crate::store;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Deletes an environment. Stored keys stay as long as another environment uses them.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub async fn delete(usher: &Usher, actor: &Actor, id: EnvironmentId) -> Result<(), Error> {
    actor.write(usher, Delete { actor: actor.clone(), id, now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    id: EnvironmentId,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        held_lock(txn, self.id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let access = store::environments::access(txn, self.id, self.actor.user_id, self.now).await?;
        let access = policy::administering(access, self.id)?;
        remove(txn, access.place_id, access.cloud_keys_id, self.now).await?;
        let place = access.place();
        audit::record(txn, &self.actor, Action::PlaceDeleted, &place, Some(access.name), self.now).await
    }
}

/// Deletes an environment and whatever belongs to it.
pub(crate) async fn remove(
    txn: &impl ConnectionTrait,
    place_id: PlaceId,
    keys_id: CloudKeysId,
    now: Timestamp,
) -> Result<(), Error> {
    store::invitation_changes::close_of_place(txn, place_id, now).await?;
    let secrets = store::secrets::of_place(txn, place_id).await?;
    store::places::delete(txn, place_id).await?;
    store::cloud_keys::remove_unused(txn, keys_id).await?;
    let versions: Vec<&str> = secrets.iter().map(|secret| secret.version.as_str()).collect();
    store::secrets::release(txn, &versions, now).await
}
