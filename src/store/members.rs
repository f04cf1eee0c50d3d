//! Who is in a place. A membership that has ended counts as absent.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Value,
};

use super::{PAGE_AND_ONE, Page, all, execute, is_active, is_present, one, one_row, with_all_words};
use crate::clock::Timestamp;
use crate::entity::member::{ActiveModel, Column, Entity, Level};
use crate::error::Error;
use crate::ids::{InvitationId, MembershipId, PlaceId, UserId};

/// An id for a membership without an invitation: the next of the invitations' sequence, so that no invitation has it.
pub async fn next_id(connection: &impl ConnectionTrait) -> Result<MembershipId, Error> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => "SELECT nextval('invitations_id_seq') AS id",
        _ => "UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'invitations' RETURNING seq AS id",
    };
    let row =
        one_row(connection, sql, []).await?.ok_or_else(|| Error::internal("the sequence of invitations is missing"))?;
    Ok(row.try_get("", "id")?)
}

/// A new membership.
#[derive(Clone, Copy, Debug)]
pub struct NewMember<'a> {
    pub id: MembershipId,
    pub place_id: PlaceId,
    pub user_id: UserId,
    pub level: Level,
    pub expires_at: Option<Timestamp>,
    /// The name of who let them in; `None`: they are there from the start.
    pub let_in_by: Option<&'a str>,
    pub now: Timestamp,
}

/// Adds a member: false when the user is one already, or an ended membership was not [cleared](clear_ended).
pub async fn insert(connection: &impl ConnectionTrait, new: NewMember<'_>) -> Result<bool, Error> {
    let row = ActiveModel {
        id: Set(new.id),
        place_id: Set(new.place_id),
        user_id: Set(new.user_id),
        level: Set(new.level),
        joined_at: Set(new.now),
        expires_at: Set(new.expires_at),
        let_in_by: Set(new.let_in_by.map(str::to_owned)),
        awaits_proof: Set(false),
    };
    let unless_present = OnConflict::columns([Column::PlaceId, Column::UserId]).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(unless_present).exec_without_returning(connection).await? > 0)
}

/// Deletes a membership that has ended: whether there was one.
pub async fn clear_ended(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    user_id: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "DELETE FROM members WHERE place_id = $1 AND user_id = $2 AND expires_at <= $3";
    Ok(execute(connection, sql, [place_id.into(), user_id.into(), now.into()]).await? > 0)
}

/// A membership.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Membership {
    pub id: MembershipId,
    pub place_id: PlaceId,
    pub user_id: UserId,
    pub level: Level,
    pub joined_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub awaits_proof: bool,
    pub name: String,
    pub username: Option<String>,
    pub address: String,
    pub deactivated_at: Option<Timestamp>,
}

impl Membership {
    /// What a member is called: by name, else by username or address.
    pub fn called(&self) -> &str {
        match (self.name.as_str(), &self.username) {
            ("", Some(username)) => username,
            ("", None) => &self.address,
            (name, _) => name,
        }
    }
}

const MEMBERSHIP: &str = "SELECT m.id, m.place_id, m.user_id, m.level, m.joined_at, m.expires_at, m.awaits_proof,
                                 m.let_in_by, u.full_name AS name, u.username, a.address, u.deactivated_at
                          FROM members m
                          JOIN users u ON u.id = m.user_id
                          JOIN addresses a ON a.user_id = m.user_id AND a.is_primary";

/// The membership of an id.
pub async fn find(
    connection: &impl ConnectionTrait,
    id: MembershipId,
    now: Timestamp,
) -> Result<Option<Membership>, Error> {
    let sql = format!("{MEMBERSHIP} WHERE m.id = $1 AND {}", is_present("m", "$2"));
    one(connection, &sql, [id.into(), now.into()]).await
}

/// The membership of a user.
pub async fn of_user(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    user_id: UserId,
    now: Timestamp,
) -> Result<Option<Membership>, Error> {
    let sql = format!("{MEMBERSHIP} WHERE m.place_id = $1 AND m.user_id = $2 AND {}", is_present("m", "$3"));
    one(connection, &sql, [place_id.into(), user_id.into(), now.into()]).await
}

/// Whether a user is a member.
pub async fn is_member(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    user_id: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = format!("SELECT 1 FROM members m WHERE m.place_id = $1 AND m.user_id = $2 AND {}", is_present("m", "$3"));
    Ok(one_row(connection, &sql, [place_id.into(), user_id.into(), now.into()]).await?.is_some())
}

/// All members of a place.
pub async fn of_place(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    now: Timestamp,
) -> Result<Vec<Membership>, Error> {
    let sql = format!("{MEMBERSHIP} WHERE m.place_id = $1 AND {} ORDER BY m.id", is_present("m", "$2"));
    all(connection, &sql, [place_id.into(), now.into()]).await
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
    /// Their present name, or the one of then if their account is gone; `None`: nobody, or unknown.
    pub let_in_by: Option<String>,
}

/// A filter for members.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Words in name, username or address; empty: any.
    pub search: &'a str,
    /// Who was given the role or permission of this uid.
    pub having: Option<&'a str>,
    /// A membership's id.
    pub after: i64,
    /// How many at most.
    pub limit: usize,
}

/// A page of the members of a place.
pub async fn page(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    wanted: Wanted<'_>,
    now: Timestamp,
) -> Result<Page<Admitted>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), now.into(), wanted.after.into()];
    let present = is_present("m", "$2");
    let searched = with_all_words("u.search_key", wanted.search, &mut values);
    let mut having = String::new();
    if let Some(uid) = wanted.having {
        values.push(uid.into());
        having = format!(
            " AND EXISTS (SELECT 1 FROM orgs o
                          JOIN assignments g ON g.org_id = o.id AND g.user_id = m.user_id
                          LEFT JOIN roles r ON r.id = g.role_id
                          LEFT JOIN permissions p ON p.id = g.permission_id
                          WHERE o.place_id = m.place_id AND COALESCE(r.uid, p.uid) = ${})",
            values.len()
        );
    }
    let part = format!("{MEMBERSHIP} WHERE m.place_id = $1 AND {present} AND m.id > $3{searched}{having}");
    // LIMIT before the further joins. The action is a literal: it has a partial index.
    let sql = format!(
        "SELECT m.id, m.place_id, m.user_id, m.level, m.joined_at, m.expires_at, m.awaits_proof, m.name, m.username,
                m.address, m.deactivated_at, i.id AS invitation_id,
                COALESCE(inviter.full_name, m.let_in_by) AS let_in_by,
                (SELECT MAX(l.at) FROM audit_events l WHERE l.place_id = m.place_id
                 AND l.actor_id = m.user_id AND l.action = 'credentials_revealed') AS looked_at
         FROM ({part} ORDER BY m.id LIMIT {}) m
         LEFT JOIN invitations i ON i.id = m.id LEFT JOIN users inviter ON inviter.id = i.inviter_id
         ORDER BY m.id",
        wanted.limit.saturating_add(1)
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at(wanted.limit, rows, |admitted: &Admitted| admitted.membership.id.0))
}

/// A page of the members who may become owner instead of `owner_id`, after a membership's id; all words of `search` stand
/// in name, username or address.
pub async fn page_of_successors(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    owner_id: UserId,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Membership>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), now.into(), after.into(), owner_id.into()];
    let searched = with_all_words("u.search_key", search, &mut values);
    let sql = format!(
        "{MEMBERSHIP} WHERE m.place_id = $1 AND {} AND m.user_id <> $4 AND m.id > $3 AND {} AND NOT m.awaits_proof{searched}
         ORDER BY m.id LIMIT {PAGE_AND_ONE}",
        is_present("m", "$2"),
        is_active("u", "$2")
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |membership: &Membership| membership.id.0))
}

/// How many members a place has.
pub async fn count(connection: &impl ConnectionTrait, place_id: PlaceId, now: Timestamp) -> Result<i64, Error> {
    let sql = format!("SELECT COUNT(*) AS count FROM members m WHERE m.place_id = $1 AND {}", is_present("m", "$2"));
    let row = one_row(connection, &sql, [place_id.into(), now.into()])
        .await?
        .ok_or_else(|| Error::internal("a count returned no row"))?;
    Ok(row.try_get("", "count")?)
}

/// Sets the level of a member.
pub async fn set_level(connection: &impl ConnectionTrait, id: MembershipId, level: Level) -> Result<(), Error> {
    let row = ActiveModel { level: Set(level), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Withholds credentials until the member's address is verified.
pub async fn await_proof(connection: &impl ConnectionTrait, id: MembershipId) -> Result<(), Error> {
    let row = ActiveModel { awaits_proof: Set(true), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Ends the withholding of credentials in all places of a user.
pub async fn note_proof(connection: &impl ConnectionTrait, user_id: UserId) -> Result<(), Error> {
    let sql = "UPDATE members SET awaits_proof = FALSE WHERE user_id = $1 AND awaits_proof";
    execute(connection, sql, [user_id.into()]).await.map(drop)
}

/// Ends a membership.
pub async fn remove(connection: &impl ConnectionTrait, id: MembershipId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}
