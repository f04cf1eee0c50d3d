//! Counters for rate limits: so many in a window, which begins with the first. A window that would end later than one that
//! begins now was begun under a wrong clock, and is over.

use std::time::Duration;

use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult};

use super::{delete_some, one};
use crate::clock::{MAX_CLOCK_SKEW, Timestamp};
use crate::entity::throttle::Entity;
use crate::error::Error;

/// The state of a counter.
#[derive(Debug, FromQueryResult)]
pub struct Count {
    pub count: i64,
    pub resets_at: Timestamp,
}

fn latest_end(now: Timestamp, window: Duration) -> Timestamp {
    now.plus(window).plus(MAX_CLOCK_SKEW)
}

/// Counts one more; the first after a window has ended begins a new one.
pub async fn count(
    connection: &impl ConnectionTrait,
    name: &str,
    now: Timestamp,
    window: Duration,
) -> Result<Count, Error> {
    let sql = "INSERT INTO throttles (name, count, resets_at) VALUES ($1, 1, $2)
               ON CONFLICT (name) DO UPDATE SET
                   count = CASE WHEN throttles.resets_at <= $3 OR throttles.resets_at > $4 THEN 1
                                ELSE throttles.count + 1 END,
                   resets_at = CASE WHEN throttles.resets_at <= $3 OR throttles.resets_at > $4 THEN $2
                                    ELSE throttles.resets_at END
               RETURNING count, resets_at";
    let values = [name.into(), now.plus(window).into(), now.into(), latest_end(now, window).into()];
    one(connection, sql, values).await?.ok_or_else(|| Error::internal("an upsert returned no row"))
}

/// The state of a counter whose window has not ended.
pub async fn find(
    connection: &impl ConnectionTrait,
    name: &str,
    now: Timestamp,
    window: Duration,
) -> Result<Option<Count>, Error> {
    let sql = "SELECT count, resets_at FROM throttles WHERE name = $1 AND resets_at > $2 AND resets_at <= $3";
    one(connection, sql, [name.into(), now.into(), latest_end(now, window).into()]).await
}

/// Deletes a counter.
pub async fn clear(connection: &impl ConnectionTrait, name: &str) -> Result<(), Error> {
    Entity::delete_by_id(name).exec(connection).await?;
    Ok(())
}

/// Removes some counters whose windows have ended: whether there may be more. `longest` is the longest window there is.
pub async fn sweep(connection: &impl ConnectionTrait, now: Timestamp, longest: Duration) -> Result<bool, Error> {
    let ended = delete_some(connection, "throttles", "name", "resets_at <= $1", [now.into()]).await?;
    let misdated = [latest_end(now, longest).into()];
    let misdated = delete_some(connection, "throttles", "name", "resets_at > $1", misdated).await?;
    Ok(ended || misdated)
}
