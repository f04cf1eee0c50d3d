//! Who is in an environment.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult};

use super::{HALF_A_PAGE_AND_ONE, PAGE_AND_ONE, Page, all, execute, is_active, one, one_row};
use crate::clock::Timestamp;
use crate::error::Error;
use crate::ids::InvitationId;

/// An id for a membership without an invitation: the next of the invitations' sequence, so that a
/// membership and an invitation never share one.
pub async fn next_id(connection: &impl ConnectionTrait) -> Result<i64, Error> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => "SELECT nextval('invitations_id_seq') AS id",
        _ => "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'invitations' RETURNING seq AS id",
    };
    let row =
        one_row(connection, sql, []).await?.ok_or_else(|| Error::internal("the sequence of invitations is missing"))?;
    Ok(row.try_get("", "id")?)
}

/// Adds a member: false when the user is one already. `let_in_by` is the name of whoever let them in; `None`: nobody,
/// they are there from the start.
pub async fn insert(
    connection: &impl ConnectionTrait,
    id: i64,
    environment_id: i64,
    user_id: i64,
    is_admin: bool,
    let_in_by: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at, let_in_by)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (environment_id, user_id) DO NOTHING";
    let values = [id.into(), environment_id.into(), user_id.into(), is_admin.into(), now.into(), let_in_by.into()];
    Ok(execute(connection, sql, values).await? > 0)
}

/// A membership.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Membership {
    pub id: i64,
    pub environment_id: i64,
    pub owner_id: i64,
    pub user_id: i64,
    pub is_admin: bool,
    pub accepted_at: Timestamp,
    pub name: String,
    pub address: String,
    pub deactivated_at: Option<Timestamp>,
    pub awaits_proof: bool,
}

const MEMBERSHIP: &str = "SELECT m.id, m.environment_id, e.owner_id, m.user_id, m.is_admin, m.accepted_at,
                                 m.awaits_proof, m.let_in_by, u.full_name AS name, a.address, u.deactivated_at
                          FROM environment_members m
                          JOIN environments e ON e.id = m.environment_id
                          JOIN users u ON u.id = m.user_id
                          JOIN addresses a ON a.user_id = m.user_id AND a.is_primary";

/// The membership of an id.
pub async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Membership>, Error> {
    one(connection, &format!("{MEMBERSHIP} WHERE m.id = $1"), [id.into()]).await
}

/// The membership of a user.
pub async fn of_user(
    connection: &impl ConnectionTrait,
    environment_id: i64,
    user_id: i64,
) -> Result<Option<Membership>, Error> {
    let sql = format!("{MEMBERSHIP} WHERE m.environment_id = $1 AND m.user_id = $2");
    one(connection, &sql, [environment_id.into(), user_id.into()]).await
}

/// All members of an environment.
pub async fn of_environment(connection: &impl ConnectionTrait, environment_id: i64) -> Result<Vec<Membership>, Error> {
    let sql = format!("{MEMBERSHIP} WHERE m.environment_id = $1 ORDER BY m.id");
    all(connection, &sql, [environment_id.into()]).await
}

/// A member, who let them in, and when they last looked at the credentials.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Admitted {
    #[sea_orm(nested)]
    pub membership: Membership,
    #[sea_orm(nested)]
    pub by: LetInBy,
    pub looked_at: Option<Timestamp>,
}

/// Who let a member in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct LetInBy {
    /// `None`: without an invitation.
    pub invitation_id: Option<InvitationId>,
    /// As they are called now, or were then if their account is gone; `None`: nobody, or nobody knows.
    pub let_in_by: Option<String>,
}

/// Columns and tables of [`LetInBy`], for a membership `m`.
pub(super) const LET_IN_BY: [&str; 2] = [
    "i.id AS invitation_id, COALESCE(inviter.full_name, m.let_in_by) AS let_in_by",
    "LEFT JOIN invitations i ON i.id = m.id LEFT JOIN users inviter ON inviter.id = i.inviter_id",
];

/// A part of [`of_environment`], after a membership's id.
pub async fn page(connection: &impl ConnectionTrait, environment_id: i64, after: i64) -> Result<Page<Admitted>, Error> {
    let [columns, tables] = LET_IN_BY;
    // The part is cut before the rest is joined. The index of looks is for this action alone: it stands in the text.
    let sql = format!(
        "SELECT m.id, m.environment_id, m.owner_id, m.user_id, m.is_admin, m.accepted_at, m.name, m.address,
                m.deactivated_at, m.awaits_proof, {columns},
                (SELECT MAX(l.at) FROM audit_events l WHERE l.environment_id = m.environment_id
                 AND l.actor_id = m.user_id AND l.action = 'credentials_revealed') AS looked_at
         FROM ({MEMBERSHIP} WHERE m.environment_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3) m
         {tables} ORDER BY m.id"
    );
    let rows = all(connection, &sql, [environment_id.into(), after.into(), HALF_A_PAGE_AND_ONE.into()]).await?;
    Ok(Page::cut_at_half(rows, |admitted: &Admitted| admitted.membership.id))
}

/// The members of an environment who may own it in the owner's place, after a membership's id, whose name, username or
/// address holds `search`.
pub async fn page_of_others(
    connection: &impl ConnectionTrait,
    environment_id: i64,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Membership>, Error> {
    let active = is_active("u", "$5");
    let sql = format!(
        "{MEMBERSHIP} WHERE m.environment_id = $1 AND m.user_id <> e.owner_id AND m.id > $2
         AND {active} AND NOT m.awaits_proof
         AND (LOWER(u.full_name) LIKE $4 ESCAPE '!' OR u.username LIKE $4 ESCAPE '!' OR a.address LIKE $4 ESCAPE '!')
         ORDER BY m.id LIMIT $3"
    );
    let pattern = format!("%{}%", super::like_literal(&search.to_lowercase()));
    let values = [environment_id.into(), after.into(), PAGE_AND_ONE.into(), pattern.into(), now.into()];
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |membership: &Membership| membership.id))
}

/// How many members an environment has.
pub async fn count(connection: &impl ConnectionTrait, environment_id: i64) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM environment_members WHERE environment_id = $1";
    let row = one_row(connection, sql, [environment_id.into()])
        .await?
        .ok_or_else(|| Error::internal("a count returned no row"))?;
    Ok(row.try_get("", "count")?)
}

/// Gives a membership the administrator's right, or takes it.
pub async fn set_admin(connection: &impl ConnectionTrait, id: i64, is_admin: bool) -> Result<(), Error> {
    let sql = "UPDATE environment_members SET is_admin = $1 WHERE id = $2";
    execute(connection, sql, [is_admin.into(), id.into()]).await.map(drop)
}

/// Withholds credentials from a member until the mailbox is proved.
pub async fn await_proof(connection: &impl ConnectionTrait, id: i64) -> Result<(), Error> {
    let sql = "UPDATE environment_members SET awaits_proof = TRUE WHERE id = $1";
    execute(connection, sql, [id.into()]).await.map(drop)
}

/// Withholds nothing from a user any longer.
pub async fn note_proof(connection: &impl ConnectionTrait, user_id: i64) -> Result<(), Error> {
    let sql = "UPDATE environment_members SET awaits_proof = FALSE WHERE user_id = $1 AND awaits_proof";
    execute(connection, sql, [user_id.into()]).await.map(drop)
}

/// Ends a membership.
pub async fn remove(connection: &impl ConnectionTrait, id: i64) -> Result<bool, Error> {
    Ok(execute(connection, "DELETE FROM environment_members WHERE id = $1", [id.into()]).await? > 0)
}
