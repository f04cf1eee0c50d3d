//! Signing in by password.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter};

use super::{execute, one};
use crate::clock::Timestamp;
use crate::entity::user::{ActiveModel, Column, Entity};
use crate::error::Error;
use crate::ids::UserId;

/// What signing in checks.
#[derive(Debug, FromQueryResult)]
pub struct Credentials {
    pub user_id: UserId,
    pub full_name: String,
    pub password_hash: String,
    pub deactivated_at: Option<Timestamp>,
}

/// What a user signs in with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// The normal form of an address that counts.
    Address(String),
    /// A username, in lower case.
    Username(String),
}

/// The credentials of the user with this login.
pub async fn credentials(connection: &impl ConnectionTrait, login: &Login) -> Result<Option<Credentials>, Error> {
    let (sql, key) = match login {
        Login::Address(normal) => (
            "SELECT u.id AS user_id, u.full_name, u.password_hash, u.deactivated_at
             FROM addresses a JOIN users u ON u.id = a.user_id WHERE a.normal = $1 AND a.counts",
            normal,
        ),
        Login::Username(username) => {
            ("SELECT id AS user_id, full_name, password_hash, deactivated_at FROM users WHERE username = $1", username)
        }
    };
    one(connection, sql, [key.as_str().into()]).await
}

/// The credentials of a user.
pub async fn credentials_of(connection: &impl ConnectionTrait, id: UserId) -> Result<Option<Credentials>, Error> {
    let sql = "SELECT id AS user_id, full_name, password_hash, deactivated_at FROM users WHERE id = $1";
    one(connection, sql, [id.into()]).await
}

/// Sets a user's password.
pub async fn set(connection: &impl ConnectionTrait, id: UserId, hash: &str, now: Timestamp) -> Result<(), Error> {
    let row = ActiveModel { password_hash: Set(hash.to_owned()), updated_at: Set(now), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(id)).exec(connection).await?;
    Ok(())
}

/// [`set`], unless the password is no longer the one that was checked: then false.
pub async fn change(
    connection: &impl ConnectionTrait,
    id: UserId,
    checked: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3 AND password_hash = $4";
    Ok(execute(connection, sql, [hash.into(), now.into(), id.into(), checked.into()]).await? > 0)
}

/// Sets when a user was last seen, unless the password is no longer the one that was checked: then false.
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
