//! Users as administrators of the installation see them.

use sea_orm::{ActiveEnum as _, ConnectionTrait, FromQueryResult, Value};

use super::environments::{has_others, heir};
use super::users::HELD_SYSTEM_PERMISSIONS;
use super::{PAGE_AND_ONE, Page, all, is_active, is_present, one};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::member::Level;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};

/// Which users are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Everybody,
    /// Who can sign in.
    Active,
    /// Who cannot.
    Deactivated,
}

/// A user in a list.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: UserId,
    pub uid: String,
    pub name: String,
    pub username: Option<String>,
    pub address: String,
    pub verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// It may lie ahead.
    pub deactivated_at: Option<Timestamp>,
    /// How many orgs, and how many environments, they are a member of.
    pub orgs: i64,
    pub environments: i64,
}

fn listed() -> String {
    let of_kind = |kind: Kind| {
        format!(
            "(SELECT COUNT(*) FROM members m JOIN places p ON p.id = m.place_id
              WHERE m.user_id = u.id AND {} AND p.kind = '{}')",
            is_present("m", "$1"),
            kind.to_value()
        )
    };
    format!(
        "u.id, u.uid, u.full_name AS name, u.username, a.address, a.verified_at, u.created_at, u.deactivated_at,
         {} AS orgs, {} AS environments",
        of_kind(Kind::Org),
        of_kind(Kind::Environment)
    )
}

/// A part of all users, after an id, whose name, username or one of whose addresses holds `search`.
pub async fn page(
    connection: &impl ConnectionTrait,
    wanted: Wanted,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Listed>, Error> {
    let active = is_active("u", "$1");
    let state = match wanted {
        Wanted::Everybody => String::new(),
        Wanted::Active => format!("AND {active}"),
        Wanted::Deactivated => format!("AND NOT {active}"),
    };
    let mut values: Vec<Value> = vec![now.into(), after.into(), PAGE_AND_ONE.into()];
    let mut searched = String::new();
    if !search.is_empty() {
        // Of the addresses that a user has, only the primary one is in the search key: others are for superusers.
        values.push(format!("%{}%", super::like_literal(&search.to_lowercase())).into());
        let addresses = "EXISTS (
            SELECT 1 FROM addresses x WHERE x.user_id = u.id AND x.counts AND x.address LIKE $4 ESCAPE '!')";
        let words = super::with_all_words("u.search_key", search, &mut values);
        searched = format!("AND ((TRUE{words}) OR {addresses})");
    }
    let listed = listed();
    let sql = format!(
        "SELECT {listed} FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary
         WHERE u.id > $2 {state} {searched} ORDER BY u.id LIMIT $3"
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id.0))
}

/// One user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    #[sea_orm(nested)]
    pub listed: Listed,
    pub is_superuser: bool,
    /// When they were last here, as far as was noted.
    pub seen_at: Option<Timestamp>,
    /// When their live sessions were last used, or opened.
    pub session_seen_at: Option<Timestamp>,
}

impl Person {
    /// When they were last here.
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.seen_at.max(self.session_seen_at)
    }
}

/// The user of a uid.
pub async fn find(connection: &impl ConnectionTrait, uid: &str, now: Timestamp) -> Result<Option<Person>, Error> {
    let sql = format!(
        "SELECT {}, {HELD_SYSTEM_PERMISSIONS} AS is_superuser, u.seen_at,
                (SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id) AS session_seen_at
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.uid = $2",
        listed()
    );
    one(connection, &sql, [now.into(), uid.into()]).await
}

/// An environment that a user is in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct In {
    pub place_id: PlaceId,
    pub name: String,
    pub level: Level,
    pub is_owner: bool,
}

/// A part of the environments that a user is in, after a place's id.
pub async fn environments(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    after: i64,
    now: Timestamp,
) -> Result<Page<In>, Error> {
    let sql = format!(
        "SELECT m.place_id, p.name, m.level, e.owner_id = m.user_id AS is_owner
         FROM members m JOIN places p ON p.id = m.place_id JOIN environments e ON e.place_id = m.place_id
         WHERE m.user_id = $1 AND m.place_id > $2 AND {} ORDER BY m.place_id LIMIT {PAGE_AND_ONE}",
        is_present("m", "$3")
    );
    let rows = all(connection, &sql, [user_id.into(), after.into(), now.into()]).await?;
    Ok(Page::cut(rows, |listed: &In| listed.place_id.0))
}

/// Something that would go with a user, or pass on.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owned {
    pub name: String,
    /// Who would have it, if anybody could.
    pub heir: Option<String>,
    /// Whether there are other members, be they deactivated: then it would not be gone.
    pub has_others: bool,
}

/// The environments that a user owns, and who would have them.
pub async fn owned(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<Vec<Owned>, Error> {
    let (heir, has_others) = (heir("u.full_name"), has_others());
    let sql = format!(
        "SELECT p.name, {heir} AS heir, {has_others} AS has_others
         FROM environments e JOIN places p ON p.id = e.place_id WHERE e.owner_id = $1 ORDER BY e.id"
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// An org by its names.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Org {
    pub slug: String,
    pub name: String,
}

/// The orgs that would be without an administrator whose account works, were it not for this user.
pub async fn administered_alone(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Org>, Error> {
    administered_alone_where(connection, user_id, now, "").await
}

/// Those of [`administered_alone`] whose other members would have nobody.
pub async fn left_to_nobody(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Org>, Error> {
    let others = format!(
        "AND EXISTS (SELECT 1 FROM members m JOIN users u ON u.id = m.user_id AND {}
                     WHERE m.place_id = o.place_id AND m.user_id <> $1 AND {})",
        is_active("u", "$2"),
        is_present("m", "$2")
    );
    administered_alone_where(connection, user_id, now, &others).await
}

async fn administered_alone_where(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
    condition: &str,
) -> Result<Vec<Org>, Error> {
    let administrators = format!(
        "FROM assignments a
         JOIN roles r ON r.id = a.role_id AND r.is_system
         JOIN members m ON m.place_id = o.place_id AND m.user_id = a.user_id AND {}
         JOIN users u ON u.id = a.user_id
         WHERE a.org_id = o.id AND a.resource_id IS NULL",
        is_present("m", "$2")
    );
    let sql = format!(
        "SELECT o.slug, p.name FROM orgs o JOIN places p ON p.id = o.place_id
         WHERE o.place_id IN (SELECT place_id FROM members WHERE user_id = $1)
           AND EXISTS (SELECT 1 {administrators} AND a.user_id = $1)
           AND NOT EXISTS (SELECT 1 {administrators} AND a.user_id <> $1 AND {active})
           {condition}
         ORDER BY o.id",
        active = is_active("u", "$2")
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// How many open invitations a user sent, or has.
pub async fn count_invitations(connection: &impl ConnectionTrait, user_id: UserId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS number FROM invitations
               WHERE state = 'pending' AND (inviter_id = $1 OR invitee_id = $1)";
    let row = super::one_row(connection, sql, [user_id.into()]).await?;
    Ok(row.map(|row| row.try_get("", "number")).transpose()?.unwrap_or(0))
}
