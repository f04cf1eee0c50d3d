//! Named groups.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QuerySelect, RelationTrait, Select,
};

use super::assignments::Holders;
use super::members::count_of;
use super::places::{self, NewPlace, Place};
use super::{all, is_active, is_present, one, unique};
use crate::clock::Timestamp;
use crate::entity::org::{ActiveModel, Column, Entity, Relation};
use crate::entity::{Kind, place};
use crate::error::{Error, OrgError, unique_or};
use crate::ids::{OrgId, PlaceId, UserId};

/// An org.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Org {
    pub id: OrgId,
    pub place_id: PlaceId,
    pub uid: String,
    pub slug: String,
    #[sea_orm(from_expr = "place::Column::Name")]
    pub name: String,
    #[sea_orm(from_expr = "place::Column::CreatedAt")]
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

impl Org {
    /// The org as a place.
    pub fn place(&self) -> Place {
        Place { id: self.place_id, kind: Kind::Org, name: self.name.clone(), key: self.slug.clone() }
    }
}

/// Adds an org, as a place.
///
/// # Errors
/// [`OrgError::SlugTaken`].
pub async fn insert(
    connection: &impl ConnectionTrait,
    uid: &str,
    slug: &str,
    name: &str,
    now: Timestamp,
) -> Result<Org, Error> {
    let place = NewPlace { uid, kind: Kind::Org, name, key: slug, found_by: slug, now };
    let place_id = places::insert(connection, place, OrgError::SlugTaken(slug.to_owned())).await?;
    let (uid, slug, name) = (uid.to_owned(), slug.to_owned(), name.to_owned());
    let row = ActiveModel {
        uid: Set(uid.clone()),
        place_id: Set(place_id),
        slug: Set(slug.clone()),
        updated_at: Set(now),
        ..Default::default()
    };
    let id = unique_or(Entity::insert(row).exec(connection).await, OrgError::SlugTaken(slug.clone()))?.last_insert_id;
    Ok(Org { id, place_id, uid, slug, name, created_at: now, updated_at: now })
}

fn orgs() -> Select<Entity> {
    Entity::find().join(JoinType::InnerJoin, Relation::Place.def())
}

/// The org of an id.
pub async fn find(connection: &impl ConnectionTrait, id: OrgId) -> Result<Option<Org>, Error> {
    unique(connection, orgs().filter(Column::Id.eq(id))).await
}

/// The org of a place.
pub async fn of_place(connection: &impl ConnectionTrait, place_id: PlaceId) -> Result<Option<Org>, Error> {
    unique(connection, orgs().filter(Column::PlaceId.eq(place_id))).await
}

/// The org of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Org>, Error> {
    unique(connection, orgs().filter(Column::Uid.eq(uid))).await
}

/// The org of a slug.
pub async fn by_slug(connection: &impl ConnectionTrait, slug: &str) -> Result<Option<Org>, Error> {
    unique(connection, orgs().filter(Column::Slug.eq(slug))).await
}

/// The ids of the orgs of these uids.
pub async fn ids(connection: &impl ConnectionTrait, uids: &[String]) -> Result<Vec<(OrgId, String)>, Error> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::Id, Column::Uid])
        .filter(Column::Uid.is_in(uids))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Renames an org.
pub async fn rename(connection: &impl ConnectionTrait, org: &Org, name: &str, now: Timestamp) -> Result<(), Error> {
    let row = ActiveModel { updated_at: Set(now), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(org.id)).exec(connection).await?;
    places::rename(connection, org.place_id, name, &org.slug).await
}

/// How much an org holds.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Counts {
    pub members: i64,
    pub roles: i64,
    pub permissions: i64,
    /// Open invitations, expired ones included.
    pub invitations: i64,
}

/// How much an org holds.
pub async fn counts(connection: &impl ConnectionTrait, org: &Org, now: Timestamp) -> Result<Counts, Error> {
    let sql = format!(
        "SELECT {} AS members,
                (SELECT COUNT(*) FROM roles WHERE org_id = $1) AS roles,
                (SELECT COUNT(*) FROM permissions WHERE org_id = $1) AS permissions,
                (SELECT COUNT(*) FROM invitations WHERE place_id = $3 AND state = 'pending') AS invitations",
        count_of("$3", "$2")
    );
    let counts = one(connection, &sql, [org.id.into(), now.into(), org.place_id.into()]).await?;
    counts.ok_or_else(|| Error::internal("counting gave no row"))
}

/// The orgs whose only active administrator is this user.
pub async fn administered_alone(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Place>, Error> {
    administered_alone_where(connection, user_id, now, "").await
}

/// Those of [`administered_alone`] that have other active members.
pub async fn left_to_nobody(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<Vec<Place>, Error> {
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
) -> Result<Vec<Place>, Error> {
    let administrators = format!(
        "FROM assignments a
         JOIN roles r ON r.id = a.role_id AND r.is_system
         JOIN members m ON m.place_id = o.place_id AND m.user_id = a.user_id AND {}
         JOIN users u ON u.id = a.user_id
         WHERE a.org_id = o.id AND a.resource_id IS NULL",
        is_present("m", "$2")
    );
    let sql = format!(
        "SELECT p.id, p.kind, p.name, p.key FROM orgs o JOIN places p ON p.id = o.place_id
         WHERE o.place_id IN (SELECT place_id FROM members WHERE user_id = $1 AND kind = 'org')
           AND EXISTS (SELECT 1 {administrators} AND a.user_id = $1)
           AND NOT EXISTS (SELECT 1 {administrators} AND a.user_id <> $1 AND {active})
           {condition}
         ORDER BY o.id",
        active = is_active("u", "$2")
    );
    all(connection, &sql, [user_id.into(), now.into()]).await
}

/// Whether an org has administrators: members with the system role, not narrowed.
pub async fn administrators(
    connection: &impl ConnectionTrait,
    org_id: OrgId,
    now: Timestamp,
) -> Result<Holders, Error> {
    let any = |condition: &str| {
        format!(
            "EXISTS (SELECT 1 FROM assignments a
                     JOIN roles r ON r.id = a.role_id AND r.is_system
                     JOIN orgs o ON o.id = a.org_id
                     JOIN members m ON m.place_id = o.place_id AND m.user_id = a.user_id
                     JOIN users u ON u.id = a.user_id
                     WHERE a.org_id = $1 AND a.resource_id IS NULL AND {condition})"
        )
    };
    let active = any(&format!("{} AND {}", is_present("m", "$2"), is_active("u", "$2")));
    let lasting = any("m.expires_at IS NULL AND u.deactivated_at IS NULL");
    let sql = format!("SELECT {active} AS any_active, {lasting} AS any_lasting");
    let found = one(connection, &sql, [org_id.into(), now.into()]).await?;
    found.ok_or_else(|| Error::internal("a question without a table has no answer"))
}

/// An org that a user is a member of.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OrgOfUser {
    pub user_id: UserId,
    pub org_id: OrgId,
    pub org_uid: String,
}

/// The orgs that users are members of, in the order of joining.
pub async fn of_users(
    connection: &impl ConnectionTrait,
    user_ids: &[UserId],
    now: Timestamp,
) -> Result<Vec<OrgOfUser>, Error> {
    if user_ids.is_empty() {
        return Ok(Vec::new());
    }
    // Ids are numbers of ours: they stand in the text as they are.
    let ids: Vec<String> = user_ids.iter().map(UserId::to_string).collect();
    let sql = format!(
        "SELECT m.user_id, o.id AS org_id, o.uid AS org_uid FROM members m JOIN orgs o ON o.place_id = m.place_id
         WHERE m.user_id IN ({}) AND m.kind = 'org' AND {} ORDER BY m.id",
        ids.join(", "),
        is_present("m", "$1")
    );
    all(connection, &sql, [now.into()]).await
}
