//! Offers membership of an environment.

use sea_orm::ConnectionTrait;

use super::shared_lock;
use crate::clock::Timestamp;
use crate::domain::access::policy;
use crate::domain::offer::{Field, Held, Key, Offer, Place, Proposal};
use crate::error::{EnvironmentError, Error, Thing};
use crate::ids::UserId;
use crate::store;
use crate::store::environments::Access;
use crate::store::locks::Locks;
use crate::store::places::Joined;

/// See [`Proposal::locks`].
pub(crate) async fn locks(connection: &impl ConnectionTrait, proposal: &Proposal) -> Result<Locks, Error> {
    let (Key::Path(key) | Key::Uid(key)) = &proposal.place;
    match key.parse() {
        Ok(id) => shared_lock(connection, id).await,
        Err(_) => Ok(Locks::default()),
    }
}

/// See [`Proposal::offer`].
pub(crate) async fn propose(
    connection: &impl ConnectionTrait,
    proposal: &Proposal,
    user_id: UserId,
    now: Timestamp,
) -> Result<Offer, Error> {
    let (Key::Path(key) | Key::Uid(key)) = &proposal.place;
    let id = key.parse().map_err(|_| Error::NotFound(Thing::Unnamed))?;
    let access = store::environments::access(connection, id, user_id, now).await?;
    let access = access.filter(policy::may_see).ok_or(Error::NotFound(Thing::Environment(id)))?;
    if !policy::may_administer(&access) {
        return Err(EnvironmentError::OnlyAdministratorsInvite.into());
    }
    Ok(Offer { place: access.place(), level: proposal.level, grants: Vec::new() })
}

/// See [`Offer::allow`].
pub(crate) async fn allow(
    connection: &impl ConnectionTrait,
    offer: &Offer,
    user_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let access = store::environments::access_to_place(connection, offer.place.id, user_id, now).await?;
    let may = access.is_some_and(|access| policy::may_administer(&access));
    if may { Ok(()) } else { Err(EnvironmentError::OnlyAdministratorsInvite.into()) }
}

/// See [`Place::filled`]. Its secrets always have a value.
pub(crate) async fn filled(connection: &impl ConnectionTrait, place: &Place) -> Result<Vec<Field>, Error> {
    let Some(filled) = store::environments::filled(connection, place.id).await? else { return Ok(Vec::new()) };
    let fields = [
        (Field::AccessKey, true),
        (Field::SecretKey, true),
        (Field::Region, filled.region),
        (Field::Bucket, filled.bucket),
        (Field::Prefix, filled.prefix),
        (Field::DbName, filled.db_name),
        (Field::DbHost, filled.host),
        (Field::DbUser, true),
        (Field::DbPass, true),
        (Field::Instance, filled.instance),
        (Field::ParameterGroup, filled.parameter_group),
    ];
    Ok(fields.into_iter().filter_map(|(field, is_filled)| is_filled.then_some(field)).collect())
}

/// See [`PlaceAccess::of`](crate::domain::places::PlaceAccess::of).
pub(crate) async fn access(
    connection: &impl ConnectionTrait,
    place: &Place,
    user_id: UserId,
    now: Timestamp,
) -> Result<Access, Error> {
    let access = store::environments::access_to_place(connection, place.id, user_id, now).await?;
    access.ok_or(Error::NotFound(Thing::UnnamedEnvironment))
}

/// See [`Kind::held`](crate::domain::offer::Kind::held).
pub(crate) async fn held(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    joined: &[Joined],
) -> Result<Vec<Held>, Error> {
    let owned = match (joined.first(), joined.last()) {
        (Some(first), Some(last)) => {
            store::environment_owners::owned_between(connection, user_id, first.place.id, last.place.id).await?
        }
        _ => Vec::new(),
    };
    let right = |joined: &Joined| match policy::level_in_force(joined.level, joined.awaits_proof) {
        _ if owned.contains(&joined.place.id) => "owner",
        level => level.word(),
    };
    Ok(joined.iter().map(|joined| Held { right: right(joined), grants: Vec::new() }).collect())
}
