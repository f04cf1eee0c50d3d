//! Users as administrators of the installation see them.

use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::superusers::HELD_SYSTEM_PERMISSIONS;
use super::{Bound, PAGE_AND_ONE, Page, all, is_active, one};
use crate::clock::Timestamp;
use crate::email_address::searched;
use crate::error::Error;
use crate::ids::UserId;

/// A filter for users.
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
}

impl Listed {
    /// What a user is called: by name, else by username or address.
    pub fn called(&self) -> &str {
        match (self.name.as_str(), &self.username) {
            ("", Some(username)) => username,
            ("", None) => &self.address,
            (name, _) => name,
        }
    }
}

const LISTED: &str =
    "u.id, u.uid, u.full_name AS name, u.username, a.address, a.verified_at, u.created_at, u.deactivated_at";

/// How many users are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 10_000;

/// A page of users after an id, with `search` in name, username or one of the addresses. Of a search, as much as is in
/// the next [`LOOKED_THROUGH`] users.
pub async fn page(
    connection: &impl ConnectionTrait,
    wanted: Wanted,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Listed>, Error> {
    let mut values: Vec<Value> = vec![after.into()];
    let such = match wanted {
        Wanted::Everybody => "u.id > $1".to_owned(),
        Wanted::Active => format!("u.id > $1 AND {}", is_active("u", "$2")),
        Wanted::Deactivated => "u.id > $1 AND u.deactivated_at IS NOT NULL AND u.deactivated_at <= $2".to_owned(),
    };
    if wanted != Wanted::Everybody {
        values.push(now.into());
    }
    let bound = if search.is_empty() {
        None
    } else {
        let keys = format!("SELECT u.id AS key FROM users u WHERE {such} ORDER BY u.id");
        Bound::of(connection, LOOKED_THROUGH, &keys, values.iter().cloned()).await?
    };
    let searched = found_by(search, &mut values);
    let sql = format!(
        "SELECT {LISTED} FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary
         WHERE {such}{bound}{searched} ORDER BY u.id LIMIT {PAGE_AND_ONE}",
        bound = Bound::or_below(bound, "u.id"),
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id.0).within(bound))
}

/// SQL: further conditions, with their values.
fn found_by(search: &str, values: &mut Vec<Value>) -> String {
    if search.is_empty() {
        return String::new();
    }
    // The search key holds the primary address: the others are for superusers.
    let typed = search.to_lowercase();
    let kept = searched(search).unwrap_or_else(|| typed.clone());
    values.extend([typed, kept].map(|text| Value::from(format!("%{}%", super::like_literal(&text)))));
    let addresses = format!(
        "EXISTS (SELECT 1 FROM addresses x WHERE x.user_id = u.id AND NOT x.is_primary AND x.counts
                 AND (x.address LIKE ${typed} ESCAPE '!' OR x.address LIKE ${kept} ESCAPE '!'))",
        typed = values.len() - 1,
        kept = values.len()
    );
    let words = super::with_all_words("u.search_key", search, values);
    format!(" AND ((TRUE{words}) OR {addresses})")
}

/// One user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Person {
    #[sea_orm(nested)]
    pub listed: Listed,
    pub is_superuser: bool,
    /// When they were last seen, as stored.
    pub seen_at: Option<Timestamp>,
    /// When one of their sessions was last used.
    pub session_seen_at: Option<Timestamp>,
}

impl Person {
    /// When they were last seen.
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.seen_at.max(self.session_seen_at)
    }
}

/// The user of a uid.
pub async fn find(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Person>, Error> {
    let sql = format!(
        "SELECT {LISTED}, {HELD_SYSTEM_PERMISSIONS} AS is_superuser, u.seen_at,
                (SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id) AS session_seen_at
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.uid = $1"
    );
    one(connection, &sql, [uid.into()]).await
}

/// How many open invitations a user sent, or has.
pub async fn count_invitations(connection: &impl ConnectionTrait, user_id: UserId) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS number FROM invitations
               WHERE state = 'pending' AND (inviter_id = $1 OR invitee_id = $1)";
    let row = super::one_row(connection, sql, [user_id.into()]).await?;
    Ok(row.map(|row| row.try_get("", "number")).transpose()?.unwrap_or(0))
}
