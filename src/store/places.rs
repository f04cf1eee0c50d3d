//! What people are let into. What only one kind has is in a table of its own.

use migration::folding::{folded, search_key};
use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, FromQueryResult,
    Iterable as _, QueryFilter, Value,
};

use super::{Bound, MOST_COUNTED, PAGE_AND_ONE, Page, all, is_present, unique, with_all_words};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::member::Level;
use crate::entity::place::{ActiveModel, Column, Entity};
use crate::error::{Error, unique_or};
use crate::ids::{PlaceId, UserId};

/// A place.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
pub struct Place {
    pub id: PlaceId,
    pub kind: Kind,
    pub name: String,
    /// What stands in its path.
    pub key: String,
}

/// A new place.
#[derive(Clone, Debug)]
pub struct NewPlace<'a> {
    pub uid: &'a str,
    pub kind: Kind,
    pub name: &'a str,
    pub key: &'a str,
    /// What a search finds beside its name.
    pub found_by: &'a str,
    pub now: Timestamp,
}

/// Adds a place.
///
/// # Errors
/// `taken` when another place of its kind has the key.
pub async fn insert(
    connection: &impl ConnectionTrait,
    new: NewPlace<'_>,
    taken: impl Into<Error>,
) -> Result<PlaceId, Error> {
    let row = ActiveModel {
        uid: Set(new.uid.to_owned()),
        kind: Set(new.kind),
        name: Set(new.name.to_owned()),
        key: Set(new.key.to_owned()),
        sort_key: Set(folded(new.name)),
        search_key: Set(search_key([new.name, new.found_by])),
        created_at: Set(new.now),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, taken)?.last_insert_id)
}

/// Sets the key of a place that was not known at the insert.
pub async fn set_key(connection: &impl ConnectionTrait, id: PlaceId, key: &str) -> Result<(), Error> {
    let row = ActiveModel { key: Set(key.to_owned()), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// Renames a place. `found_by` is as in [`NewPlace`].
pub async fn rename(connection: &impl ConnectionTrait, id: PlaceId, name: &str, found_by: &str) -> Result<(), Error> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        sort_key: Set(folded(name)),
        search_key: Set(search_key([name, found_by])),
        ..Default::default()
    };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// The place of an id.
pub async fn find(connection: &impl ConnectionTrait, id: PlaceId) -> Result<Option<Place>, Error> {
    unique(connection, Entity::find_by_id(id)).await
}

/// The place of a path.
pub async fn by_key(connection: &impl ConnectionTrait, kind: Kind, key: &str) -> Result<Option<Place>, Error> {
    unique(connection, Entity::find().filter(Column::Kind.eq(kind)).filter(Column::Key.eq(key))).await
}

/// A place that a user is in.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Joined {
    #[sea_orm(nested)]
    pub place: Place,
    pub level: Level,
    /// Whether credentials are withheld until the address is verified.
    pub awaits_proof: bool,
}

/// How many places are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 5_000;

/// A page of the places of a kind that a user is in, after a place's id; all words of `search` stand in the search key. Of
/// a search, as much as is in the next [`LOOKED_THROUGH`] places.
pub async fn of_user(
    connection: &impl ConnectionTrait,
    kind: Kind,
    user_id: UserId,
    search: &str,
    after: i64,
    now: Timestamp,
) -> Result<Page<Joined>, Error> {
    let mut values: Vec<Value> = vec![user_id.into(), after.into(), now.into()];
    let searched = with_all_words("p.search_key", search, &mut values);
    let such = format!("m.user_id = $1 AND m.kind = '{}' AND m.place_id > $2", kind.to_value());
    let bound = if searched.is_empty() {
        None
    } else {
        let keys = format!("SELECT m.place_id AS key FROM members m WHERE {such} ORDER BY m.place_id");
        Bound::of(connection, LOOKED_THROUGH, &keys, [user_id.into(), after.into()]).await?
    };
    let sql = format!(
        "SELECT p.id, p.kind, p.name, p.key, m.level, m.awaits_proof FROM members m JOIN places p ON p.id = m.place_id
         WHERE {such}{} AND {}{searched} ORDER BY m.place_id LIMIT {PAGE_AND_ONE}",
        Bound::or_below(bound, "m.place_id"),
        is_present("m", "$3"),
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |joined: &Joined| joined.place.id.0).within(bound))
}

/// How many places of a kind a user is in.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Number {
    pub user_id: UserId,
    pub kind: Kind,
    pub number: i64,
}

/// How many places of each kind these users are in, counted up to [`MOST_COUNTED`]; one more means that there are more.
pub async fn numbers(
    connection: &impl ConnectionTrait,
    user_ids: &[UserId],
    now: Timestamp,
) -> Result<Vec<Number>, Error> {
    if user_ids.is_empty() {
        return Ok(Vec::new());
    }
    // Ids are numbers of ours: they stand in the text as they are.
    let ids: Vec<String> = user_ids.iter().map(UserId::to_string).collect();
    let of_kind = |kind: Kind| {
        let kind = kind.to_value();
        format!(
            "SELECT u.id AS user_id, '{kind}' AS kind,
                    (SELECT COUNT(*) FROM (SELECT 1 FROM members m
                                           WHERE m.user_id = u.id AND m.kind = '{kind}' AND {}
                                           LIMIT {}) few) AS number
             FROM users u WHERE u.id IN ({})",
            is_present("m", "$1"),
            MOST_COUNTED + 1,
            ids.join(", "),
        )
    };
    let sql: Vec<String> = Kind::iter().map(of_kind).collect();
    all(connection, &sql.join(" UNION ALL "), [now.into()]).await
}

/// Deletes a place with its members and everything of its kind.
pub async fn delete(connection: &impl ConnectionTrait, id: PlaceId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}
