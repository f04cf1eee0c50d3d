//! Named groups.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{PAGE_AND_ONE, Page, all, execute, like_literal, one};
use crate::clock::Timestamp;
use crate::entity::org::{ActiveModel, Column, Entity, Model};
use crate::error::{Error, unique_or};

/// Adds an org.
///
/// # Errors
/// [`Error::SlugTaken`].
pub async fn insert(
    connection: &impl ConnectionTrait,
    uid: &str,
    slug: &str,
    name: &str,
    now: Timestamp,
) -> Result<i64, Error> {
    let row = ActiveModel {
        uid: Set(uid.to_owned()),
        slug: Set(slug.to_owned()),
        name: Set(name.to_owned()),
        created_at: Set(now),
        updated_at: Set(now),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, Error::SlugTaken)?.last_insert_id)
}

/// The org of an id.
pub async fn find(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// The org of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Uid.eq(uid)).one(connection).await?)
}

/// The org of a slug.
pub async fn by_slug(connection: &impl ConnectionTrait, slug: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Slug.eq(slug)).one(connection).await?)
}

/// The ids of the orgs of these uids.
pub async fn ids(connection: &impl ConnectionTrait, uids: &[String]) -> Result<Vec<(i64, String)>, Error> {
    use sea_orm::QuerySelect as _;

    Ok(Entity::find()
        .select_only()
        .columns([Column::Id, Column::Uid])
        .filter(Column::Uid.is_in(uids))
        .into_tuple()
        .all(connection)
        .await?)
}

/// Gives an org another name.
pub async fn rename(connection: &impl ConnectionTrait, id: i64, name: &str, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE orgs SET name = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [name.into(), now.into(), id.into()]).await.map(drop)
}

/// Removes an org with its members, permissions, roles and assignments.
pub async fn delete(connection: &impl ConnectionTrait, id: i64) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}

/// An org in the list of a member.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: i64,
    pub slug: String,
    pub name: String,
}

/// The orgs that a user is a member of, after an org's id.
pub async fn page_of_user(
    connection: &impl ConnectionTrait,
    user_id: i64,
    now: Timestamp,
    after: i64,
) -> Result<Page<Listed>, Error> {
    let sql = "SELECT o.id, o.slug, o.name FROM org_members m JOIN orgs o ON o.id = m.org_id
               WHERE m.user_id = $1 AND (m.expires_at IS NULL OR m.expires_at > $2) AND m.org_id > $3
               ORDER BY m.org_id LIMIT $4";
    let rows = all(connection, sql, [user_id.into(), now.into(), after.into(), PAGE_AND_ONE.into()]).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id))
}

/// Those of [`page_of_user`] whose name or slug holds `search`, ignoring case.
pub async fn search_of_user(
    connection: &impl ConnectionTrait,
    user_id: i64,
    now: Timestamp,
    search: &str,
    after: i64,
) -> Result<Page<Listed>, Error> {
    let sql = "SELECT o.id, o.slug, o.name FROM org_members m JOIN orgs o ON o.id = m.org_id
               WHERE m.user_id = $1 AND (m.expires_at IS NULL OR m.expires_at > $2) AND m.org_id > $3
                 AND (LOWER(o.name) LIKE $5 ESCAPE '!' OR o.slug LIKE $5 ESCAPE '!' OR o.name LIKE $6 ESCAPE '!')
               ORDER BY m.org_id LIMIT $4";
    // As it is, too: SQLite makes only ASCII letters small.
    let [small, given] = [search.to_lowercase().as_str(), search].map(|text| format!("%{}%", like_literal(text)));
    let values = [user_id.into(), now.into(), after.into(), PAGE_AND_ONE.into(), small.into(), given.into()];
    let rows = all(connection, sql, values).await?;
    Ok(Page::cut(rows, |listed: &Listed| listed.id))
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
pub async fn counts(connection: &impl ConnectionTrait, org_id: i64, now: Timestamp) -> Result<Counts, Error> {
    let sql = "SELECT (SELECT COUNT(*) FROM org_members WHERE org_id = $1
                       AND (expires_at IS NULL OR expires_at > $2)) AS members,
                      (SELECT COUNT(*) FROM roles WHERE org_id = $1) AS roles,
                      (SELECT COUNT(*) FROM permissions WHERE org_id = $1) AS permissions,
                      (SELECT COUNT(*) FROM invitations WHERE org_id = $1 AND state = 'pending') AS invitations";
    one(connection, sql, [org_id.into(), now.into()]).await?.ok_or_else(|| Error::internal("counting gave no row"))
}
