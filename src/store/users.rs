//! People with an account.

use std::borrow::Cow;

use migration::folding::{folded, search_key};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, UpdateResult,
    Value,
};

use super::definitions::Scopes;
use super::superusers::HELD_SYSTEM_PERMISSIONS;
use super::{PART, Page, all, execute, one, one_row, unique_model};
use crate::clock::Timestamp;
use crate::email_address::shown;
use crate::entity::user::{ActiveModel, Column, Entity, Model};
use crate::error::{AccountError, Error, unique_or};
use crate::ids::{OrgId, UserId};
use crate::words::Language;

/// The user of an id.
pub async fn find(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Model>, Error> {
    unique_model(connection, Entity::find_by_id(id)).await
}

/// Whether there is any user.
pub async fn any(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    Ok(one_row(connection, "SELECT id FROM users LIMIT 1", []).await?.is_some())
}

/// The user of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Model>, Error> {
    unique_model(connection, Entity::find().filter(Column::Uid.eq(uid))).await
}

/// A user as MyCRT's API shows them.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: UserId,
    pub email: String,
    pub is_superuser: bool,
}

/// The user of an id, as [`part`] has them.
pub async fn listed(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Listed>, Error> {
    let sql = format!(
        "SELECT u.id, a.address AS email, {HELD_SYSTEM_PERMISSIONS} AS is_superuser
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.id = $1"
    );
    one(connection, &sql, [id.into()]).await
}

/// A part of all users, in the order of their ids, after one.
pub async fn part(connection: &impl ConnectionTrait, after: i64) -> Result<Page<Listed>, Error> {
    let sql = format!(
        "SELECT u.id, a.address AS email, {HELD_SYSTEM_PERMISSIONS} AS is_superuser
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary
         WHERE u.id > $1 ORDER BY u.id LIMIT {}",
        PART + 1
    );
    let rows = all(connection, &sql, [after.into()]).await?;
    Ok(Page::cut_at(PART, rows, |listed: &Listed| listed.id.0))
}

/// A new user.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub uid: String,
    pub username: Option<String>,
    pub full_name: String,
    pub password_hash: String,
    /// The org whose invitation made the account.
    pub birth_org_id: Option<OrgId>,
    pub picture: Option<String>,
    pub language: Option<Language>,
    pub now: Timestamp,
}

/// Adds a user.
///
/// # Errors
/// [`AccountError::UsernameTaken`].
pub async fn insert(connection: &impl ConnectionTrait, user: NewUser) -> Result<UserId, Error> {
    let username = user.username.clone().unwrap_or_default();
    let row = ActiveModel {
        uid: Set(user.uid),
        username: Set(user.username),
        full_name: Set(user.full_name),
        password_hash: Set(user.password_hash),
        created_at: Set(user.now),
        updated_at: Set(user.now),
        deactivated_at: Set(None),
        birth_org_id: Set(user.birth_org_id),
        picture: Set(user.picture),
        seen_at: Set(None),
        // Set with the first address.
        sort_key: Set(String::new()),
        search_key: Set(String::new()),
        language: Set(user.language),
        ..Default::default()
    };
    let inserted = unique_or(Entity::insert(row).exec(connection).await, AccountError::UsernameTaken(username))?;
    Ok(inserted.last_insert_id)
}

async fn update(connection: &impl ConnectionTrait, id: UserId, row: ActiveModel) -> Result<UpdateResult, DbErr> {
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await
}

/// Sets the language of a user's pages and mails; `None`: as the browser asks.
pub async fn set_language(
    connection: &impl ConnectionTrait,
    id: UserId,
    language: Option<Language>,
    now: Timestamp,
) -> Result<(), Error> {
    update(connection, id, ActiveModel { language: Set(language), updated_at: Set(now), ..Default::default() }).await?;
    Ok(())
}

/// Renames a user.
pub async fn rename(connection: &impl ConnectionTrait, id: UserId, name: &str, now: Timestamp) -> Result<(), Error> {
    let row = ActiveModel { full_name: Set(name.to_owned()), updated_at: Set(now), ..Default::default() };
    update(connection, id, row).await?;
    set_keys(connection, id).await
}

/// What the keys are made of.
#[derive(Debug, FromQueryResult)]
struct Names {
    full_name: String,
    username: Option<String>,
    address: Option<String>,
}

/// Updates what lists of users are sorted and searched by: to be called after every change of name, username or primary
/// address.
pub(super) async fn set_keys(connection: &impl ConnectionTrait, id: UserId) -> Result<(), Error> {
    let sql = "SELECT u.full_name, u.username, a.address
               FROM users u LEFT JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.id = $1";
    let Some(names) = one::<Names>(connection, sql, [id.into()]).await? else { return Ok(()) };
    let texts = [names.full_name, names.username.unwrap_or_default(), names.address.unwrap_or_default()];
    let called = texts.iter().find(|text| !text.is_empty()).map(String::as_str).unwrap_or_default();
    // An international domain is found in both spellings.
    let read = match shown(&texts[2]) {
        Cow::Owned(read) => read,
        Cow::Borrowed(_) => String::new(),
    };
    let row = ActiveModel {
        sort_key: Set(folded(called)),
        search_key: Set(search_key(texts.iter().map(String::as_str).chain([read.as_str()]))),
        ..Default::default()
    };
    update(connection, id, row).await?;
    Ok(())
}

/// Sets the username of a user.
///
/// # Errors
/// [`AccountError::UsernameTaken`].
pub async fn set_username(
    connection: &impl ConnectionTrait,
    id: UserId,
    name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel { username: Set(Some(name.to_owned())), updated_at: Set(now), ..Default::default() };
    unique_or(update(connection, id, row).await, AccountError::UsernameTaken(name.to_owned()))?;
    set_keys(connection, id).await
}

/// Sets when something was last changed that the APIs show.
pub async fn touch(connection: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<(), Error> {
    update(connection, id, ActiveModel { updated_at: Set(now), ..Default::default() }).await?;
    Ok(())
}

/// Sets the org whose invitation made the account.
pub async fn set_birth_org(connection: &impl ConnectionTrait, id: UserId, org_id: OrgId) -> Result<(), Error> {
    update(connection, id, ActiveModel { birth_org_id: Set(Some(org_id)), ..Default::default() }).await?;
    Ok(())
}

/// Sets from when on a user is deactivated; `None`: not at all.
pub async fn set_deactivated(
    connection: &impl ConnectionTrait,
    id: UserId,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Error> {
    update(connection, id, ActiveModel { deactivated_at: Set(at), updated_at: Set(now), ..Default::default() }).await?;
    Ok(())
}

/// Whether the user exists and is not deactivated.
pub async fn is_active(connection: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<bool, Error> {
    let sql = format!("SELECT u.id FROM users u WHERE u.id = $1 AND {}", super::is_active("u", "$2"));
    Ok(one_row(connection, &sql, [id.into(), now.into()]).await?.is_some())
}

/// Sets when a user was last seen. `noted` is as in [`super::sessions::touch`].
pub async fn note_seen(
    connection: &impl ConnectionTrait,
    id: UserId,
    noted: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET seen_at = $1 WHERE id = $2 AND (seen_at IS NULL OR seen_at < $1 OR seen_at = $3)";
    execute(connection, sql, [now.into(), id.into(), noted.into()]).await.map(drop)
}

/// Sets the picture of a user: an outside URL, the name of a file of ours, or none.
pub async fn set_picture(
    connection: &impl ConnectionTrait,
    id: UserId,
    picture: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let row = ActiveModel { picture: Set(picture.map(str::to_owned)), updated_at: Set(now), ..Default::default() };
    update(connection, id, row).await?;
    Ok(())
}

/// Users by uid, after a uid: all, or the members of some orgs; with a username that begins with `prefix`, or (empty) all.
pub async fn list(
    connection: &impl ConnectionTrait,
    scopes: &Scopes,
    prefix: &str,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Model>, Error> {
    let mut values: Vec<Value> = vec![after.into()];
    let mut prefixed = String::new();
    if !prefix.is_empty() {
        values.push(format!("{}%", super::like_literal(&prefix.to_lowercase())).into());
        prefixed = format!(" AND u.username LIKE ${} ESCAPE '!'", values.len());
    }
    let Scopes::Orgs(ids) = scopes else {
        let sql = format!("SELECT u.* FROM users u WHERE u.uid > $1{prefixed} ORDER BY u.uid LIMIT {limit}");
        return all(connection, &sql, values).await;
    };
    values.push(now.into());
    let present = super::is_present("m", &format!("${}", values.len()));
    let join = if prefix.is_empty() { "" } else { "JOIN users u ON u.id = m.user_id" };
    let members = |id: &OrgId| {
        format!(
            "SELECT * FROM (SELECT m.user_uid FROM members m {join}
                            WHERE m.place_id = (SELECT o.place_id FROM orgs o WHERE o.id = {id})
                              AND m.user_uid > $1 AND {present}{prefixed}
                            ORDER BY m.user_uid LIMIT {limit}) of{id}"
        )
    };
    let mut found: Vec<Model> = Vec::new();
    for ids in ids.chunks(MOST_ORGS) {
        // Each org's first in the order of its index, whatever its size; a user may be in several.
        let members: Vec<String> = ids.iter().map(members).collect();
        let sql = format!(
            "SELECT u.* FROM users u WHERE u.uid IN (
                 SELECT user_uid FROM ({}) first ORDER BY user_uid LIMIT {limit}) ORDER BY u.uid",
            members.join(" UNION ")
        );
        found.extend(all::<Model>(connection, &sql, values.iter().cloned()).await?);
    }
    found.sort_by(|one, other| one.uid.cmp(&other.uid));
    found.dedup_by(|one, other| one.id == other.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// SQLite takes at most 500 parts of a UNION.
const MOST_ORGS: usize = 200;

/// Deletes an account and everything that belongs to it alone.
pub async fn delete(connection: &impl ConnectionTrait, id: UserId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}
