//! Who owns an environment, and who inherits it.

use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter,
    QuerySelect,
};

use super::places::Place;
use super::{all, is_active, is_present};
use crate::clock::Timestamp;
use crate::entity::environment::{ActiveModel, Column, Entity};
use crate::entity::member::Level;
use crate::error::Error;
use crate::ids::{CloudKeysId, EnvironmentId, MembershipId, PlaceId, UserId};

/// Sets the owner of an environment.
pub async fn set_owner(
    connection: &impl ConnectionTrait,
    id: EnvironmentId,
    owner_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel { owner_id: Set(owner_id), updated_at: Set(now), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Which of the environments between two places (both included) a user owns.
pub async fn owned_between(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    from: PlaceId,
    to: PlaceId,
) -> Result<Vec<PlaceId>, Error> {
    let owned = Entity::find().select_only().column(Column::PlaceId).filter(Column::OwnerId.eq(user_id));
    Ok(owned.filter(Column::PlaceId.between(from, to)).into_tuple().all(connection).await?)
}

/// An environment, who owns it, and the keys that it uses.
#[derive(Clone, Debug, FromQueryResult)]
pub struct WithKeys {
    pub id: EnvironmentId,
    pub owner_id: UserId,
    pub cloud_keys_id: CloudKeysId,
}

/// The environments whose keys are not their owner's.
pub async fn without_own_keys(connection: &impl ConnectionTrait) -> Result<Vec<WithKeys>, Error> {
    let sql = "SELECT e.id, e.owner_id, e.cloud_keys_id
               FROM environments e JOIN cloud_keys k ON k.id = e.cloud_keys_id
               WHERE k.user_id <> e.owner_id ORDER BY e.id";
    all(connection, sql, []).await
}

/// An environment of a user whose account may be deleted.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owned {
    #[sea_orm(nested)]
    pub place: Place,
    /// Who would inherit it; `None`: nobody can.
    pub successor: Option<String>,
    /// Whether there are other members, deactivated ones included: then it would not be deleted.
    pub has_others: bool,
}

/// The environments that a user owns, and who would inherit them.
pub async fn owned(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Owned>, Error> {
    let (successor, has_others) = (successor("u.full_name"), has_others());
    let sql = format!(
        "SELECT p.id, p.kind, p.name, p.key, {successor} AS successor, {has_others} AS has_others
         FROM environments e JOIN places p ON p.id = e.place_id WHERE e.owner_id = $1 ORDER BY e.id"
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// An environment that a user owns, or whose keys are the user's, and who inherits it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Legacy {
    pub environment_id: EnvironmentId,
    #[sea_orm(nested)]
    pub place: Place,
    pub cloud_keys_id: CloudKeysId,
    pub owner_id: UserId,
    pub successor_membership_id: Option<MembershipId>,
    /// Whether there are other members, deactivated ones included.
    pub has_others: bool,
}

/// A column of who inherits the environment `e` of the user `$1` at the time `$2`: membership `m`, user `u`. The
/// administrator who joined first, else the member who joined first; nobody who is deactivated or has not verified their
/// address.
fn successor(column: &str) -> String {
    // One after the other, so that each follows the index by level instead of sorting all members.
    let first = |level: Level| {
        format!(
            "(SELECT {column} FROM members m JOIN users u ON u.id = m.user_id
              WHERE m.place_id = e.place_id AND m.level = '{}' AND m.user_id <> $1 AND {} AND {} AND NOT m.awaits_proof
              ORDER BY m.joined_at, m.id LIMIT 1)",
            level.to_value(),
            is_active("u", "$2"),
            is_present("m", "$2")
        )
    };
    format!("COALESCE({}, {})", first(Level::Administrator), first(Level::Member))
}

/// Whether an environment `e` has members other than the user `$1` at the time `$2`.
fn has_others() -> String {
    let present = is_present("m", "$2");
    format!("EXISTS (SELECT 1 FROM members m WHERE m.place_id = e.place_id AND m.user_id <> $1 AND {present})")
}

/// What is inherited when a user's account is deleted.
pub async fn legacies(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Legacy>, Error> {
    let (successor, has_others) = (successor("m.id"), has_others());
    let sql = format!(
        "SELECT e.id AS environment_id, p.id, p.kind, p.name, p.key, e.cloud_keys_id, e.owner_id,
                {successor} AS successor_membership_id, {has_others} AS has_others
         FROM environments e
         JOIN places p ON p.id = e.place_id
         JOIN cloud_keys k ON k.id = e.cloud_keys_id
         WHERE e.owner_id = $1 OR k.user_id = $1 ORDER BY e.id"
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}
