//! Notes who has seen which version of a secret, and which versions there are.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Iterable as _};

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::ids::{PlaceId, new_uid};
use crate::store;
use crate::store::secrets::Field;
use crate::store::seen::{Basis, Sighting};
use crate::store::sightings::Way;

/// A program that polls gets one event in this time. The sighting counts every answer.
const TOLD_EVERY: Duration = Duration::from_hours(1);

/// All secret fields.
pub(crate) fn all_fields() -> Vec<Field> {
    Field::iter().collect()
}

/// Notes that the actor sees these versions: whether an event is to be recorded.
pub(crate) async fn note_seen(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    versions: &[&str],
    way: Way,
    now: Timestamp,
) -> Result<bool, Error> {
    let told_after = if way.is_polled() { told_after(now) } else { now };
    let (user_id, user_name) = (actor.user_id, actor.full_name.as_str());
    let sighting = Sighting { user_id, user_name, versions, way, basis: Basis::Right, now };
    store::seen::note(txn, sighting, told_after).await
}

/// [`note_seen`] for whoever has just joined a place, and may have been removed since.
pub(crate) async fn note_seen_by_joined(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    versions: &[&str],
    place_id: PlaceId,
    now: Timestamp,
) -> Result<bool, Error> {
    let (user_id, user_name, way) = (actor.user_id, actor.full_name.as_str(), Way::Accept);
    let sighting = Sighting { user_id, user_name, versions, way, basis: Basis::Joined(place_id), now };
    store::seen::note(txn, sighting, now).await
}

/// [`note_seen`] for whoever looks at a value that was replaced where they administer, and may be present elsewhere.
pub(crate) async fn note_seen_as_former(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    version: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let (user_id, user_name, way) = (actor.user_id, actor.full_name.as_str(), Way::Page);
    let sighting = Sighting { user_id, user_name, versions: &[version], way, basis: Basis::Former, now };
    store::seen::note(txn, sighting, now).await.map(drop)
}

/// After which time an event is enough for a program that polls at `now`.
pub(crate) fn told_after(now: Timestamp) -> Timestamp {
    now.minus(TOLD_EVERY)
}

/// Gives secrets of an environment new versions, which the actor has entered and therefore knows.
pub(crate) async fn begin_versions(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    place_id: PlaceId,
    fields: &[Field],
    now: Timestamp,
) -> Result<(), Error> {
    let uids: Vec<String> = fields.iter().map(|_| new_uid(now)).collect();
    let uids: Vec<&str> = uids.iter().map(String::as_str).collect();
    store::secrets::begin(txn, &uids, actor.user_id, &actor.full_name, now).await?;
    let pairs: Vec<(Field, &str)> = fields.iter().copied().zip(uids.iter().copied()).collect();
    store::secrets::set(txn, place_id, &pairs).await?;
    note_seen(txn, actor, &uids, Way::Entered, now).await.map(drop)
}
