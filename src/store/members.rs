//! Who is in a place. A membership that has ended counts as absent.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, FromQueryResult, QueryFilter, Value,
};

use super::{
    Bound, Direction, PAGE_AND_ONE, PART, Page, Sequence, all, execute, is_active, is_present, one, one_row, sequence,
    with_all_words,
};
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

/// Adds a member: false when the user is one already, or an ended membership was not [cleared](clear_ended). User and place
/// must be locked: of one that is gone, nothing is added either.
pub async fn insert(connection: &impl ConnectionTrait, new: NewMember<'_>) -> Result<bool, Error> {
    let sql =
        "INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at, expires_at, let_in_by, awaits_proof)
         SELECT CAST($1 AS BIGINT), p.id, p.kind, u.id, u.uid, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($5 AS BIGINT),
                CAST($6 AS TEXT), FALSE
         FROM users u, places p WHERE u.id = $7 AND p.id = $2
         ON CONFLICT (place_id, user_id) DO NOTHING";
    let values = [
        new.id.into(),
        new.place_id.into(),
        new.level.into(),
        new.now.into(),
        new.expires_at.into(),
        new.let_in_by.map(str::to_owned).into(),
        new.user_id.into(),
    ];
    Ok(execute(connection, sql, values).await? > 0)
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

/// A part of the members of a place, in the order of their ids, after one.
pub async fn part(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    after: i64,
    now: Timestamp,
) -> Result<Page<Membership>, Error> {
    let sequence = sequence(connection, "m", &[("place_id", "$1")], Direction::Rising, "$2");
    let sql = format!(
        "{MEMBERSHIP} WHERE {} AND {} ORDER BY {} LIMIT {}",
        sequence.condition,
        is_present("m", "$3"),
        sequence.order,
        PART + 1
    );
    let rows = all(connection, &sql, [place_id.into(), after.into(), now.into()]).await?;
    Ok(Page::cut_at(PART, rows, |membership: &Membership| membership.id.0))
}

/// A member, who let them in, when they last looked at the credentials, and which of them they know.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Admitted {
    #[sea_orm(nested)]
    pub membership: Membership,
    #[sea_orm(nested)]
    pub by: LetInBy,
    pub looked_at: Option<Timestamp>,
    /// Whether they have seen some of the present ones.
    pub knows_present: bool,
    /// Whether they have entered some, or looked at former values.
    pub knew_former: bool,
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

/// How many members are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 10_000;

/// A page of the members of a place. Of a filtered list, as much as is in the next [`LOOKED_THROUGH`].
pub async fn page(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    wanted: Wanted<'_>,
    now: Timestamp,
) -> Result<Page<Admitted>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), wanted.after.into(), now.into()];
    let filter = wanted.filter(&mut values);
    let (part, bound) = found(connection, place_id, wanted.after, &filter, "$3").await?;
    // LIMIT before the further joins. The actions are literals: they have partial indexes.
    let sql = format!(
        "SELECT m.id, m.place_id, m.user_id, m.level, m.joined_at, m.expires_at, m.awaits_proof, m.name, m.username,
                m.address, m.deactivated_at, i.id AS invitation_id,
                COALESCE(inviter.full_name, m.let_in_by) AS let_in_by,
                (SELECT MAX(l.at) FROM audit_events l WHERE l.place_id = m.place_id
                 AND l.actor_id = m.user_id AND l.action = 'credentials_revealed') AS looked_at,
                EXISTS (SELECT 1 FROM environment_secrets s
                        JOIN sightings g ON g.version = s.version AND g.user_id = m.user_id
                        WHERE s.place_id = m.place_id) AS knows_present,
                (SELECT MAX(l.at) FROM audit_events l WHERE l.place_id = m.place_id AND l.actor_id = m.user_id
                 AND l.action IN ('place_created', 'credentials_changed', 'former_secret_revealed')) IS NOT NULL
                    AS knew_former
         FROM ({part} LIMIT {}) m
         LEFT JOIN invitations i ON i.id = m.id LEFT JOIN users inviter ON inviter.id = i.inviter_id
         ORDER BY m.id",
        wanted.limit.saturating_add(1)
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at(wanted.limit, rows, |admitted: &Admitted| admitted.membership.id.0).within(bound))
}

impl Wanted<'_> {
    /// Whether members may be left out.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || self.having.is_some()
    }

    /// SQL: further conditions, with their values.
    fn filter(&self, values: &mut Vec<Value>) -> String {
        let searched = with_all_words("u.search_key", self.search, values);
        let having = self.having.map(|uid| {
            values.push(uid.into());
            format!(
                " AND EXISTS (SELECT 1 FROM orgs o
                              JOIN assignments g ON g.org_id = o.id AND g.user_id = m.user_id
                              LEFT JOIN roles r ON r.id = g.role_id
                              LEFT JOIN permissions p ON p.id = g.permission_id
                              WHERE o.place_id = m.place_id AND COALESCE(r.uid, p.uid) = ${})",
                values.len()
            )
        });
        searched + &having.unwrap_or_default()
    }
}

/// SQL of the memberships of the place `$1` after the id `$2` at the time `now`, ordered, and how far they are looked
/// through.
async fn found(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    after: i64,
    filter: &str,
    now: &str,
) -> Result<(String, Option<Bound>), Error> {
    let Sequence { condition, order } = sequence(connection, "m", &[("place_id", "$1")], Direction::Rising, "$2");
    let bound = if filter.is_empty() {
        None
    } else {
        let keys = format!("SELECT m.id AS key FROM members m WHERE {condition} ORDER BY {order}");
        Bound::of(connection, LOOKED_THROUGH, &keys, [place_id.into(), after.into()]).await?
    };
    let (bounded, present) = (Bound::or_below(bound, "m.id"), is_present("m", now));
    Ok((format!("{MEMBERSHIP} WHERE {condition}{bounded} AND {present}{filter} ORDER BY {order}"), bound))
}

/// A page of the members who may become owner instead of `owner_id`, after a membership's id; all words of `search` stand
/// in name, username or address. As much as is in the next [`LOOKED_THROUGH`].
pub async fn page_of_successors(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    owner_id: UserId,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Membership>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), after.into(), now.into(), owner_id.into()];
    let searched = with_all_words("u.search_key", search, &mut values);
    let filter = format!(" AND m.user_id <> $4 AND {} AND NOT m.awaits_proof{searched}", is_active("u", "$3"));
    let (part, bound) = found(connection, place_id, after, &filter, "$3").await?;
    let rows = all(connection, &format!("{part} LIMIT {PAGE_AND_ONE}"), values).await?;
    Ok(Page::cut(rows, |membership: &Membership| membership.id.0).within(bound))
}

/// SQL: how many members the place `place_id` has at the time `now`. All are counted in an index, and those that ended
/// subtracted.
pub(super) fn count_of(place_id: &str, now: &str) -> String {
    format!(
        "((SELECT COUNT(*) FROM members m WHERE m.place_id = {place_id})
          - (SELECT COUNT(*) FROM members m
             WHERE m.place_id = {place_id} AND m.expires_at IS NOT NULL AND m.expires_at <= {now}))"
    )
}

/// How many members a place has.
pub async fn count(connection: &impl ConnectionTrait, place_id: PlaceId, now: Timestamp) -> Result<i64, Error> {
    let sql = format!("SELECT {} AS count", count_of("$1", "$2"));
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
