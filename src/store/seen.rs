//! Writes who has seen which version of a secret, and who may have lost access to it.

use sea_orm::{ActiveEnum as _, ConnectionTrait, Iterable as _, Value};

use super::{execute, is_present, numbered, on_postgres, statement};
use crate::clock::Timestamp;
use crate::entity::sighting::Way;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};

/// That somebody sees some secrets.
#[derive(Clone, Copy, Debug)]
pub struct Sighting<'a> {
    pub user_id: UserId,
    pub user_name: &'a str,
    pub versions: &'a [&'a str],
    pub way: Way,
    pub basis: Basis,
    pub now: Timestamp,
}

/// By what somebody sees secrets, and so whether they may have no access to them.
#[derive(Clone, Copy, Debug)]
pub enum Basis {
    /// A right that the caller has checked under the place's lock.
    Right,
    /// They have just joined a place: they may have been removed since.
    Joined(PlaceId),
    /// A former value: where it is still present they may not be members.
    Former,
}

impl Way {
    /// Whether programs ask this way again and again: then not each time makes an event.
    pub const fn is_polled(self) -> bool {
        match self {
            Self::Json | Self::Keys => true,
            Self::Page | Self::Accept | Self::Export | Self::Entered | Self::Event => false,
        }
    }
}

/// Notes what somebody sees: whether no event was recorded of some of it after `told_after`, so that the caller records
/// one. What they have entered themselves makes none. Of a version that nothing has any more, nothing is noted.
pub async fn note(
    connection: &impl ConnectionTrait,
    sighting: Sighting<'_>,
    told_after: Timestamp,
) -> Result<bool, Error> {
    if sighting.versions.is_empty() {
        return Ok(false);
    }
    let told_at = if sighting.way == Way::Entered { Timestamp(0) } else { sighting.now };
    let mut values: Vec<Value> = vec![
        sighting.user_id.into(),
        sighting.user_name.into(),
        sighting.now.into(),
        told_after.into(),
        told_at.into(),
    ];
    let list = numbered(6, sighting.versions.len());
    values.extend(sighting.versions.iter().map(|uid| Value::from(*uid)));
    let lost_at = match sighting.basis {
        Basis::Right => format!("CASE WHEN {IS_TO_STAY} THEN NULL ELSE $3 END"),
        Basis::Joined(place_id) => {
            values.push(place_id.into());
            lost_unless_in(&format!("${}", values.len()))
        }
        Basis::Former => "$3".to_owned(),
    };
    // Another change may be deleting the version: then it waits, and finds none.
    let lock = on_postgres(connection, "FOR KEY SHARE");
    // Another way tells nothing of a program.
    let polled = Way::iter().filter(|way| way.is_polled()).map(|way| format!("'{}'", way.to_value()));
    let polled = polled.collect::<Vec<_>>().join(", ");
    let is_told = format!("sightings.told_at > $4 AND sightings.told_at <= $3 AND sightings.way IN ({polled})");
    let sql = format!(
        "INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times,
                                is_certain, lost_at)
         SELECT v.uid, CAST($1 AS BIGINT), CAST($2 AS TEXT), '{way}', CAST($3 AS BIGINT), CAST($3 AS BIGINT), 1,
                CAST($5 AS BIGINT), 1, TRUE, CAST({lost_at} AS BIGINT)
         FROM secret_versions v WHERE v.uid IN ({list}) ORDER BY v.uid {lock}
         ON CONFLICT (version, user_id) DO UPDATE
         SET user_name = excluded.user_name, way = excluded.way, last_at = excluded.last_at,
             times = sightings.times + 1, is_certain = TRUE, lost_at = excluded.lost_at,
             told_at = CASE WHEN {is_told} THEN sightings.told_at ELSE excluded.told_at END,
             told_times = CASE WHEN {is_told} THEN sightings.told_times ELSE sightings.times + 1 END
         RETURNING told_times = times AS is_due",
        way = sighting.way.to_value()
    );
    let rows = connection.query_all_raw(statement(connection, &sql, values)).await?;
    let due: Vec<bool> = rows.iter().map(|row| row.try_get("", "is_due")).collect::<Result<_, _>>()?;
    Ok(due.is_empty() || due.contains(&true))
}

/// SQL: whether the account of the user `$1` has no end, not even a later one: when that comes, nothing is noted.
const IS_TO_STAY: &str = "EXISTS (SELECT 1 FROM users u WHERE u.id = $1 AND u.deactivated_at IS NULL)";

/// SQL: the time `$3` unless the user `$1` is to stay, and a member of a place. `place_id` is a name within the
/// statement.
fn lost_unless_in(place_id: &str) -> String {
    format!(
        "CASE WHEN {IS_TO_STAY} AND EXISTS (SELECT 1 FROM members m WHERE m.place_id = {place_id} AND m.user_id = $1
                                            AND {}) THEN NULL ELSE $3 END",
        is_present("m", "$3")
    )
}

/// Notes that somebody's access to an environment ended, before its membership is removed or after.
pub async fn lose(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    place_id: PlaceId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE sightings SET lost_at = $3 WHERE user_id = $1
               AND version IN (SELECT s.version FROM environment_secrets s WHERE s.place_id = $2)";
    execute(connection, sql, [user_id.into(), place_id.into(), now.into()]).await.map(drop)
}

/// Notes that somebody's access to everything ended, or ends at a time that is set.
pub async fn lose_all(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE sightings SET lost_at = $2 WHERE user_id = $1";
    execute(connection, sql, [user_id.into(), now.into()]).await.map(drop)
}
