//! Who has seen which version of a secret.

use sea_orm::{ActiveEnum as _, ConnectionTrait, FromQueryResult};

use super::places::Place;
use super::{Bound, Page, all, execute, is_active, is_present, one_row};
use crate::clock::Timestamp;
pub use crate::entity::sighting::Way;
use crate::error::Error;
use crate::ids::{EnvironmentId, PlaceId, UserId};
use crate::store::secrets::Field;

/// What somebody knows of a present secret.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Known {
    pub user_id: UserId,
    /// The present name, or the last one if the account is gone.
    pub user_name: String,
    /// `None`: the account is gone.
    pub address: Option<String>,
    pub place_id: PlaceId,
    pub environment_id: EnvironmentId,
    pub place_name: String,
    pub field: Field,
    pub way: Way,
    pub first_at: Timestamp,
    pub last_at: Timestamp,
    pub times: i64,
    /// Whether it is certain that they have seen the present version.
    pub is_certain: bool,
    /// Whether they have access to it, in this environment or another one that uses the same.
    pub has_access: bool,
}

/// SQL of [`Known`]: sightings `g` with the time `now`.
fn known(from: &str, now: &str) -> String {
    format!(
        "SELECT g.user_id, COALESCE(u.full_name, g.user_name) AS user_name, a.address, s.place_id,
                e.id AS environment_id, p.name AS place_name, s.field, g.way, g.first_at, g.last_at, g.times,
                g.is_certain, {access} AS has_access
         FROM {from}
         JOIN environments e ON e.place_id = s.place_id
         JOIN places p ON p.id = s.place_id
         LEFT JOIN users u ON u.id = g.user_id
         LEFT JOIN addresses a ON a.user_id = g.user_id AND a.is_primary",
        access = has_access(now)
    )
}

/// SQL: whether the user of a sighting `g` is an active member of an environment that has the version.
fn has_access(now: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM environment_secrets o
                 JOIN members m ON m.place_id = o.place_id AND m.user_id = g.user_id
                 JOIN users h ON h.id = g.user_id
                 WHERE o.version = g.version AND {} AND {})",
        is_present("m", now),
        is_active("h", now)
    )
}

/// SQL: a sighting `g` of somebody whose access has ended, unless there is another way. It is the condition of a partial
/// index.
const LOST: &str = "g.lost_at IS NOT NULL";

/// SQL: whether an administrator of the place of a secret `s` has said that a sighting `g` does not matter there, and it was
/// not seen again since.
const DISMISSED: &str = "EXISTS (SELECT 1 FROM dismissals d WHERE d.version = g.version AND d.user_id = g.user_id
                                 AND d.place_id = s.place_id AND d.times = g.times)";

/// Whether people have access to what they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    In,
    /// And nobody has said that it does not matter there.
    Out,
}

impl Side {
    /// SQL: the condition of a sighting `g` of a secret `s` of a place.
    fn condition(self, now: &str) -> String {
        match self {
            Self::In => has_access(now),
            Self::Out => format!("{LOST} AND NOT {DISMISSED} AND NOT {}", has_access(now)),
        }
    }

    /// SQL: what leaves out sightings without looking for access.
    const fn candidates(self) -> &'static str {
        match self {
            Self::In => "TRUE",
            Self::Out => LOST,
        }
    }
}

/// How many sightings of each secret are looked through for one page.
const LOOKED_THROUGH: u32 = 1_000;

/// Rows of a page: people, with up to four secrets each.
const ROWS: usize = super::PAGE * 4;

/// Who knows the present secrets of an environment, in the order of the users' ids, after one.
pub async fn of_place(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    side: Side,
    after: i64,
    now: Timestamp,
) -> Result<Page<Known>, Error> {
    let sql = format!(
        "SELECT MIN(last) AS key FROM (
             SELECT (SELECT g.user_id FROM sightings g WHERE g.version = s.version AND g.user_id > $2 AND {}
                     ORDER BY g.user_id LIMIT 1 OFFSET {}) AS last
             FROM environment_secrets s WHERE s.place_id = $1) lasts",
        side.candidates(),
        LOOKED_THROUGH - 1
    );
    let row = one_row(connection, &sql, [place_id.into(), after.into()]).await?;
    let key: Option<i64> = row.map(|row| row.try_get("", "key")).transpose()?.flatten();
    let bound = key.map(|key| Bound { key, rows: LOOKED_THROUGH });
    let sql = format!(
        "{} WHERE s.place_id = $1 AND g.user_id > $2{} AND {} ORDER BY g.user_id, s.field LIMIT {}",
        known("environment_secrets s JOIN sightings g ON g.version = s.version", "$3"),
        Bound::or_below(bound, "g.user_id"),
        side.condition("$3"),
        ROWS + 1
    );
    let rows = all(connection, &sql, [place_id.into(), after.into(), now.into()]).await?;
    Ok(cut_between(rows, |known| known.user_id.0).within(bound))
}

/// Cuts a list of at most [`ROWS`] + 1 rows where all rows of one key end.
fn cut_between(mut rows: Vec<Known>, key: impl Fn(&Known) -> i64) -> Page<Known> {
    rows.sort_by_key(|known| (key(known), known.field));
    let mut next = None;
    if rows.len() > ROWS {
        let last = rows.last().map(&key);
        rows.retain(|known| Some(key(known)) != last);
        next = rows.last().map(&key);
    }
    Page { rows, next, looked_through: None }
}

/// How many sightings of one person are looked at.
const OF_ONE: usize = 10_000;

/// What somebody knows of the present secrets of all environments, by environment, after a place's id.
pub async fn of_user(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    side: Side,
    after: i64,
    now: Timestamp,
) -> Result<Page<Known>, Error> {
    let sightings = format!(
        "(SELECT * FROM sightings g WHERE g.user_id = $1 AND {} ORDER BY g.version LIMIT {OF_ONE}) g
         JOIN environment_secrets s ON s.version = g.version",
        side.candidates()
    );
    let sql = format!(
        "{} WHERE s.place_id > $2 AND {} ORDER BY s.place_id, s.field LIMIT {}",
        known(&sightings, "$3"),
        side.condition("$3"),
        ROWS + 1
    );
    let rows = all(connection, &sql, [user_id.into(), after.into(), now.into()]).await?;
    Ok(cut_between(rows, |known| known.place_id.0))
}

/// What somebody knows of the present secrets of one environment.
pub async fn of_user_in(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    place_id: PlaceId,
    now: Timestamp,
) -> Result<Vec<Known>, Error> {
    let sql = format!(
        "{} WHERE s.place_id = $2 AND g.user_id = $1",
        known("environment_secrets s JOIN sightings g ON g.version = s.version", "$3")
    );
    let mut rows: Vec<Known> = all(connection, &sql, [user_id.into(), place_id.into(), now.into()]).await?;
    rows.sort_by_key(|known| known.field);
    Ok(rows)
}

/// How many of somebody's environments are looked at.
const ADMINISTERED: usize = 500;

/// The first of the environments that somebody administers whose present secrets are known to people without access.
pub async fn exposed_places(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Page<Place>, Error> {
    // The owner is an administrator too.
    let sql = format!(
        "SELECT p.id, p.kind, p.name, p.key
         FROM (SELECT m.place_id FROM members m
               WHERE m.user_id = $1 AND m.kind = 'environment' AND m.level = 'administrator' AND NOT m.awaits_proof
                 AND {}
               ORDER BY m.place_id LIMIT {ADMINISTERED}) m
         JOIN places p ON p.id = m.place_id
         WHERE EXISTS (SELECT 1 FROM environment_secrets s JOIN sightings g ON g.version = s.version
                       WHERE s.place_id = m.place_id AND {})
         ORDER BY p.id LIMIT {}",
        is_present("m", "$2"),
        Side::Out.condition("$2"),
        super::HALF_A_PAGE + 1
    );
    let rows = all(connection, &sql, [user_id.into(), now.into()]).await?;
    Ok(Page::cut_at_half(rows, |place: &Place| place.id.0))
}

/// Notes that it does not matter in a place what somebody knows, if they have no access to it any more: whether that was
/// so, and nobody had said it.
pub async fn dismiss(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    field: Field,
    user_id: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = format!(
        "INSERT INTO dismissals (version, user_id, place_id, times)
         SELECT g.version, g.user_id, s.place_id, g.times
         FROM environment_secrets s JOIN sightings g ON g.version = s.version
         WHERE s.place_id = $1 AND s.field = '{}' AND g.user_id = $2 AND {}
         ON CONFLICT (version, user_id, place_id) DO UPDATE SET times = excluded.times
         WHERE dismissals.times <> excluded.times",
        field.to_value(),
        Side::Out.condition("$3")
    );
    Ok(execute(connection, &sql, [place_id.into(), user_id.into(), now.into()]).await? > 0)
}
