//! People with an account.

use migration::folding::{folded, search_key};
use sea_orm::sea_query::{ExprTrait as _, LikeExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::assignments::Holders;
use super::definitions::Scopes;
use super::{all, execute, one, one_row};
use crate::clock::Timestamp;
use crate::entity::user::{ActiveModel, Column, Entity, Model};
use crate::entity::{member, org};
use crate::error::{AccountError, Error, unique_or};
use crate::ids::{OrgId, UserId};
use crate::words::Language;

/// What signing in needs to know.
#[derive(Debug, FromQueryResult)]
pub struct Credentials {
    pub user_id: UserId,
    pub password_hash: String,
    pub deactivated_at: Option<Timestamp>,
}

/// How somebody says who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// The normal form of an address that counts.
    Address(String),
    /// A username, in lower case.
    Username(String),
}

/// The user whom a log-in names.
pub async fn credentials(connection: &impl ConnectionTrait, login: &Login) -> Result<Option<Credentials>, Error> {
    let (sql, key) = match login {
        Login::Address(normal) => (
            "SELECT u.id AS user_id, u.password_hash, u.deactivated_at
             FROM addresses a JOIN users u ON u.id = a.user_id WHERE a.normal = $1 AND a.counts",
            normal,
        ),
        Login::Username(username) => {
            ("SELECT id AS user_id, password_hash, deactivated_at FROM users WHERE username = $1", username)
        }
    };
    one(connection, sql, [key.as_str().into()]).await
}

/// The user of an id.
pub async fn find(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(connection).await?)
}

/// Whether there is any user.
pub async fn any(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    Ok(super::one_row(connection, "SELECT id FROM users LIMIT 1", []).await?.is_some())
}

/// The user of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find().filter(Column::Uid.eq(uid)).one(connection).await?)
}

/// A user as MyCRT's clients see one.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Listed {
    pub id: UserId,
    pub email: String,
    pub is_superuser: bool,
}

pub(super) const HELD_SYSTEM_PERMISSIONS: &str = "NOT EXISTS (
    SELECT 1 FROM permissions p WHERE p.is_system AND NOT EXISTS (
        SELECT 1 FROM assignments a LEFT JOIN role_permissions r ON r.role_id = a.role_id
        WHERE a.user_id = u.id AND a.org_id IS NULL AND a.resource_id IS NULL
          AND (a.permission_id = p.id OR r.permission_id = p.id)))";

/// The user of an id, as [`all_listed`] has them.
pub async fn listed(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Listed>, Error> {
    let sql = format!(
        "SELECT u.id, a.address AS email, {HELD_SYSTEM_PERMISSIONS} AS is_superuser
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.id = $1"
    );
    one(connection, &sql, [id.into()]).await
}

/// All users.
pub async fn all_listed(connection: &impl ConnectionTrait) -> Result<Vec<Listed>, Error> {
    let sql = format!(
        "SELECT u.id, a.address AS email, {HELD_SYSTEM_PERMISSIONS} AS is_superuser
         FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary ORDER BY u.id"
    );
    all(connection, &sql, []).await
}

/// Whether a user has every system permission in global scope.
pub async fn is_superuser(connection: &impl ConnectionTrait, id: UserId) -> Result<bool, Error> {
    let sql = format!("SELECT u.id FROM users u WHERE u.id = $1 AND {HELD_SYSTEM_PERMISSIONS}");
    Ok(super::one_row(connection, &sql, [id.into()]).await?.is_some())
}

/// Whether there is any superuser.
pub async fn any_superuser(connection: &impl ConnectionTrait) -> Result<bool, Error> {
    let sql = format!(
        "SELECT u.id FROM users u WHERE u.id IN (SELECT user_id FROM assignments WHERE org_id IS NULL)
         AND {HELD_SYSTEM_PERMISSIONS} LIMIT 1"
    );
    Ok(super::one_row(connection, &sql, []).await?.is_some())
}

/// Which superusers there are at a moment.
pub async fn superusers(connection: &impl ConnectionTrait, now: Timestamp) -> Result<Holders, Error> {
    let any = |condition: &str| {
        format!(
            "EXISTS (SELECT 1 FROM users u WHERE u.id IN (SELECT user_id FROM assignments WHERE org_id IS NULL)
                     AND {condition} AND {HELD_SYSTEM_PERMISSIONS})"
        )
    };
    let (active, lasting) = (any(&super::is_active("u", "$1")), any("u.deactivated_at IS NULL"));
    let sql = format!("SELECT {active} AS any_active, {lasting} AS any_lasting");
    let found = one(connection, &sql, [now.into()]).await?;
    found.ok_or_else(|| Error::internal("a question without a table has no answer"))
}

/// A user to be.
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
        // Set as soon as there is an address.
        sort_key: Set(String::new()),
        search_key: Set(String::new()),
        language: Set(user.language),
        ..Default::default()
    };
    let inserted = unique_or(Entity::insert(row).exec(connection).await, AccountError::UsernameTaken(username))?;
    Ok(inserted.last_insert_id)
}

/// Gives a user another password.
pub async fn set_password(
    connection: &impl ConnectionTrait,
    id: UserId,
    hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [hash.into(), now.into(), id.into()]).await.map(drop)
}

/// [`set_password`] of a user whose password still is the one that was checked: false when it is another by now.
pub async fn change_password(
    connection: &impl ConnectionTrait,
    id: UserId,
    checked: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3 AND password_hash = $4";
    Ok(execute(connection, sql, [hash.into(), now.into(), id.into(), checked.into()]).await? > 0)
}

/// Notes that a user signs in by the password that was checked: false when it is another by now.
pub async fn note_sign_in(
    connection: &impl ConnectionTrait,
    id: UserId,
    checked: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE users SET seen_at = CASE WHEN seen_at > $1 THEN seen_at ELSE $1 END
               WHERE id = $2 AND password_hash = $3";
    Ok(execute(connection, sql, [now.into(), id.into(), checked.into()]).await? > 0)
}

/// Has a user spoken to in another language, or as the browser asks.
pub async fn set_language(
    connection: &impl ConnectionTrait,
    id: UserId,
    language: Option<Language>,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET language = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [language.into(), now.into(), id.into()]).await.map(drop)
}

/// Gives a user another full name.
pub async fn rename(connection: &impl ConnectionTrait, id: UserId, name: &str, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE users SET full_name = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [name.into(), now.into(), id.into()]).await?;
    set_keys(connection, id).await
}

/// What a user is called, as far as lists need to know.
#[derive(Debug, FromQueryResult)]
struct Names {
    full_name: String,
    username: Option<String>,
    address: Option<String>,
}

/// Keeps what lists of users are sorted and searched by: to be called whenever name, username or primary address has
/// changed.
pub(super) async fn set_keys(connection: &impl ConnectionTrait, id: UserId) -> Result<(), Error> {
    let sql = "SELECT u.full_name, u.username, a.address
               FROM users u LEFT JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.id = $1";
    let Some(names) = one::<Names>(connection, sql, [id.into()]).await? else { return Ok(()) };
    let texts = [names.full_name, names.username.unwrap_or_default(), names.address.unwrap_or_default()];
    let called = texts.iter().find(|text| !text.is_empty()).map(String::as_str).unwrap_or_default();
    let values = [folded(called).into(), search_key(texts.iter().map(String::as_str)).into(), id.into()];
    execute(connection, "UPDATE users SET sort_key = $1, search_key = $2 WHERE id = $3", values).await.map(drop)
}

/// Gives a user another username.
///
/// # Errors
/// [`AccountError::UsernameTaken`].
pub async fn set_username(
    connection: &impl ConnectionTrait,
    id: UserId,
    name: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET username = $1, updated_at = $2 WHERE id = $3";
    let statement = super::statement(connection, sql, [name.into(), now.into(), id.into()]);
    unique_or(connection.execute_raw(statement).await, AccountError::UsernameTaken(name.to_owned()))?;
    set_keys(connection, id).await
}

/// Notes that something of a user was changed that programs see.
pub async fn touch(connection: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<(), Error> {
    execute(connection, "UPDATE users SET updated_at = $1 WHERE id = $2", [now.into(), id.into()]).await.map(drop)
}

/// Notes the org in which an account was made.
pub async fn set_birth_org(connection: &impl ConnectionTrait, id: UserId, org_id: OrgId) -> Result<(), Error> {
    execute(connection, "UPDATE users SET birth_org_id = $1 WHERE id = $2", [org_id.into(), id.into()]).await.map(drop)
}

/// From when on a user cannot sign in; `None`: never.
pub async fn set_deactivated(
    connection: &impl ConnectionTrait,
    id: UserId,
    at: Option<Timestamp>,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET deactivated_at = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [at.into(), now.into(), id.into()]).await.map(drop)
}

/// Whether there is such a user, who is not deactivated.
pub async fn is_active(connection: &impl ConnectionTrait, id: UserId, now: Timestamp) -> Result<bool, Error> {
    let sql = format!("SELECT u.id FROM users u WHERE u.id = $1 AND {}", super::is_active("u", "$2"));
    Ok(one_row(connection, &sql, [id.into(), now.into()]).await?.is_some())
}

/// Notes that a user was here. `noted` is what was noted before, as in [`super::sessions::touch`].
pub async fn note_seen(
    connection: &impl ConnectionTrait,
    id: UserId,
    noted: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET seen_at = $1 WHERE id = $2 AND (seen_at IS NULL OR seen_at < $1 OR seen_at = $3)";
    execute(connection, sql, [now.into(), id.into(), noted.into()]).await.map(drop)
}

/// Gives a user another picture: an outside URL, the name of a file of our own, or none.
pub async fn set_picture(
    connection: &impl ConnectionTrait,
    id: UserId,
    picture: Option<&str>,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE users SET picture = $1, updated_at = $2 WHERE id = $3";
    execute(connection, sql, [picture.into(), now.into(), id.into()]).await.map(drop)
}

/// Users in these scopes (all, or the members of some orgs) whose username begins with `prefix` (empty: those
/// without one too), after a uid, in the order of their uids.
pub async fn list(
    connection: &impl ConnectionTrait,
    scopes: &Scopes,
    prefix: &str,
    after: &str,
    limit: i64,
    now: Timestamp,
) -> Result<Vec<Model>, Error> {
    let mut query = Entity::find()
        .filter(Column::Uid.gt(after))
        .order_by_asc(Column::Uid)
        .limit(u64::try_from(limit).unwrap_or_default());
    if !prefix.is_empty() {
        let pattern = format!("{}%", super::like_literal(&prefix.to_lowercase()));
        query = query.filter(Column::Username.like(LikeExpr::new(pattern).escape('!')));
    }
    if let Scopes::Orgs(org_ids) = scopes {
        let places = org::Entity::find()
            .select_only()
            .column(org::Column::PlaceId)
            .filter(org::Column::Id.is_in(org_ids.iter().copied()))
            .into_query();
        let members = member::Entity::find()
            .select_only()
            .column(member::Column::UserId)
            .filter(member::Column::PlaceId.in_subquery(places))
            .filter(member::Column::ExpiresAt.is_null().or(member::Column::ExpiresAt.gt(now)))
            .into_query();
        query = query.filter(Column::Id.in_subquery(members));
    }
    Ok(query.all(connection).await?)
}

/// Ends an account with everything that belongs to it alone.
pub async fn delete(connection: &impl ConnectionTrait, id: UserId) -> Result<bool, Error> {
    Ok(Entity::delete_by_id(id).exec(connection).await?.rows_affected > 0)
}
