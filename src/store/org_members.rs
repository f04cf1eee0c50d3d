//! Who is in an org. A membership that has ended counts as absent.

use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::members::{LET_IN_BY, LetInBy};
use super::{PAGE_AND_ONE, Page, all, execute, is_active, one, one_row};
use crate::clock::Timestamp;
use crate::error::Error;

/// Adds a member: false when the user is one already. A membership that has ended makes room. `let_in_by` is the name
/// of whoever let them in; `None`: nobody, they are there from the start.
pub async fn insert(
    connection: &impl ConnectionTrait,
    id: i64,
    org_id: i64,
    user_id: i64,
    now: Timestamp,
    expires_at: Option<Timestamp>,
    let_in_by: Option<&str>,
) -> Result<bool, Error> {
    let sql = "INSERT INTO org_members (id, org_id, user_id, joined_at, expires_at, let_in_by)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (org_id, user_id) DO NOTHING";
    let values = [id.into(), org_id.into(), user_id.into(), now.into(), expires_at.into(), let_in_by.into()];
    Ok(execute(connection, sql, values).await? > 0)
}

/// Removes what is left of a membership that has ended: row and assignments.
pub async fn clear_ended(
    connection: &impl ConnectionTrait,
    org_id: i64,
    user_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "DELETE FROM org_members WHERE org_id = $1 AND user_id = $2 AND expires_at <= $3";
    if execute(connection, sql, [org_id.into(), user_id.into(), now.into()]).await? > 0 {
        super::assignments::remove_all_of_member(connection, org_id, user_id).await?;
    }
    Ok(())
}

/// Whether a user is a member.
pub async fn is_member(
    connection: &impl ConnectionTrait,
    org_id: i64,
    user_id: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM org_members WHERE org_id = $1 AND user_id = $2
               AND (expires_at IS NULL OR expires_at > $3)";
    Ok(one_row(connection, sql, [org_id.into(), user_id.into(), now.into()]).await?.is_some())
}

/// Ends a membership.
pub async fn remove(connection: &impl ConnectionTrait, org_id: i64, user_id: i64) -> Result<bool, Error> {
    let sql = "DELETE FROM org_members WHERE org_id = $1 AND user_id = $2";
    Ok(execute(connection, sql, [org_id.into(), user_id.into()]).await? > 0)
}

/// A member as pages show one.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Member {
    pub id: i64,
    pub user_id: i64,
    pub name: String,
    pub username: Option<String>,
    pub address: String,
    pub deactivated_at: Option<Timestamp>,
    pub joined_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

/// A member, and who let them in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Admitted {
    #[sea_orm(nested)]
    pub member: Member,
    #[sea_orm(nested)]
    pub by: LetInBy,
}

const COLUMNS: &str =
    "m.id, m.user_id, u.full_name AS name, u.username, a.address, u.deactivated_at, m.joined_at, m.expires_at";
const TABLES: &str = "org_members m
                      JOIN users u ON u.id = m.user_id
                      JOIN addresses a ON a.user_id = m.user_id AND a.is_primary";
const PRESENT: &str = "m.org_id = $1 AND (m.expires_at IS NULL OR m.expires_at > $2)";

/// Which members are looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// In name, username or address; empty: any.
    pub search: &'a str,
    /// Who was given the role or permission of this uid.
    pub having: Option<&'a str>,
}

/// The members of an org that are looked for, after a membership's id.
pub async fn page(
    connection: &impl ConnectionTrait,
    org_id: i64,
    now: Timestamp,
    wanted: Wanted<'_>,
    after: i64,
) -> Result<Page<Admitted>, Error> {
    let [columns, tables] = LET_IN_BY;
    let mut sql = format!("SELECT {COLUMNS}, m.let_in_by FROM {TABLES} WHERE {PRESENT} AND m.id > $3");
    let mut values: Vec<Value> = vec![org_id.into(), now.into(), after.into(), PAGE_AND_ONE.into()];
    if !wanted.search.is_empty() {
        values.push(format!("%{}%", super::like_literal(&wanted.search.to_lowercase())).into());
        let pattern = values.len();
        sql += &format!(
            " AND (LOWER(u.full_name) LIKE ${pattern} ESCAPE '!' OR u.username LIKE ${pattern} ESCAPE '!'
                   OR a.address LIKE ${pattern} ESCAPE '!')"
        );
    }
    if let Some(uid) = wanted.having {
        values.push(uid.into());
        sql += &format!(
            " AND EXISTS (SELECT 1 FROM assignments g
                          LEFT JOIN roles r ON r.id = g.role_id
                          LEFT JOIN permissions p ON p.id = g.permission_id
                          WHERE g.org_id = m.org_id AND g.user_id = m.user_id AND COALESCE(r.uid, p.uid) = ${})",
            values.len()
        );
    }
    sql += " ORDER BY m.id LIMIT $4";
    // The part is cut before the rest is joined.
    let sql = format!(
        "SELECT m.id, m.user_id, m.name, m.username, m.address, m.deactivated_at, m.joined_at, m.expires_at, {columns}
         FROM ({sql}) m {tables} ORDER BY m.id"
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |admitted: &Admitted| admitted.member.id))
}

/// The member of a user's id.
pub async fn find(
    connection: &impl ConnectionTrait,
    org_id: i64,
    user_id: i64,
    now: Timestamp,
) -> Result<Option<Member>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE {PRESENT} AND m.user_id = $3");
    one(connection, &sql, [org_id.into(), now.into(), user_id.into()]).await
}

/// Which administrators an org has: members with the system role, not narrowed.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Administrators {
    /// Any whose account works.
    pub any_active: bool,
    /// Any whose account and membership are not to end by themselves either.
    pub any_lasting: bool,
}

/// Which administrators an org has at a moment.
pub async fn administrators(
    connection: &impl ConnectionTrait,
    org_id: i64,
    now: Timestamp,
) -> Result<Administrators, Error> {
    let any = |condition: &str| {
        format!(
            "EXISTS (SELECT 1 FROM assignments a
                     JOIN roles r ON r.id = a.role_id AND r.is_system
                     JOIN org_members m ON m.org_id = a.org_id AND m.user_id = a.user_id
                     JOIN users u ON u.id = a.user_id
                     WHERE a.org_id = $1 AND a.resource_id IS NULL AND {condition})"
        )
    };
    let active = any(&format!("(m.expires_at IS NULL OR m.expires_at > $2) AND {}", is_active("u", "$2")));
    let lasting = any("m.expires_at IS NULL AND u.deactivated_at IS NULL");
    let sql = format!("SELECT {active} AS any_active, {lasting} AS any_lasting");
    let found = one(connection, &sql, [org_id.into(), now.into()]).await?;
    found.ok_or_else(|| Error::internal("a question without a table has no answer"))
}

/// An org that a user is a member of.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OrgOfUser {
    pub user_id: i64,
    pub org_id: i64,
    pub org_uid: String,
}

/// The orgs that users are members of, in the order of joining.
pub async fn orgs_of_users(
    connection: &impl ConnectionTrait,
    user_ids: &[i64],
    now: Timestamp,
) -> Result<Vec<OrgOfUser>, Error> {
    if user_ids.is_empty() {
        return Ok(Vec::new());
    }
    // Ids are numbers of ours: they stand in the text as they are.
    let ids: Vec<String> = user_ids.iter().map(i64::to_string).collect();
    let sql = format!(
        "SELECT m.user_id, m.org_id, o.uid AS org_uid FROM org_members m JOIN orgs o ON o.id = m.org_id
         WHERE m.user_id IN ({}) AND (m.expires_at IS NULL OR m.expires_at > $1) ORDER BY m.id",
        ids.join(", ")
    );
    all(connection, &sql, [now.into()]).await
}
