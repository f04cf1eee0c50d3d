//! The e-mail addresses of users.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{all, execute, one, one_row, statement};
use crate::clock::Timestamp;
use crate::email_address::EmailAddress;
use crate::entity::address::{ActiveModel, Entity};
use crate::error::{AccountError, Error, unique_or};
use crate::ids::{AddressId, UserId};

/// An address to be.
#[derive(Clone, Debug)]
pub struct NewAddress {
    pub uid: String,
    pub user_id: UserId,
    pub address: EmailAddress,
    pub verified_at: Option<Timestamp>,
    pub verification: Option<Verification>,
    pub now: Timestamp,
}

/// What is kept of a link that proves a mailbox.
#[derive(Clone, Debug)]
pub struct Verification {
    pub digest: String,
    pub expires_at: Timestamp,
}

/// Adds the address that an account is made with: it is primary, and counts from the start.
///
/// # Errors
/// [`AccountError::AddressTaken`].
pub async fn insert_first(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Primary, Error::Account(AccountError::AddressTaken)).await
}

/// Adds another address that an account is made with: it counts from the start too.
///
/// # Errors
/// [`AccountError::AddressTaken`].
pub async fn insert_further(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Further, Error::Account(AccountError::AddressTaken)).await
}

/// Adds an address that counts for nothing before it is verified.
///
/// # Errors
/// [`AccountError::AddressOwn`].
pub async fn insert_waiting(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Waiting, Error::Account(AccountError::AddressOwn)).await
}

/// What an address is to its user at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Primary,
    Further,
    Waiting,
}

async fn insert(
    connection: &impl ConnectionTrait,
    new: NewAddress,
    standing: Standing,
    taken: Error,
) -> Result<(), Error> {
    let (digest, expires_at) = match new.verification {
        Some(verification) => (Some(verification.digest), Some(verification.expires_at)),
        None => (None, None),
    };
    let row = ActiveModel {
        uid: Set(new.uid),
        user_id: Set(new.user_id),
        address: Set(new.address.as_given().to_owned()),
        normal: Set(new.address.normal().to_owned()),
        is_primary: Set(standing == Standing::Primary),
        counts: Set(standing != Standing::Waiting),
        verified_at: Set(new.verified_at),
        generation: Set(1),
        verify_digest: Set(digest),
        verify_expires_at: Set(expires_at),
        created_at: Set(new.now),
        ..Default::default()
    };
    unique_or(Entity::insert(row).exec_without_returning(connection).await, taken)?;
    if standing == Standing::Primary { super::users::set_keys(connection, new.user_id).await } else { Ok(()) }
}

/// The user whose counting address this is.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owner {
    pub user_id: UserId,
    pub address_id: AddressId,
    pub address: String,
    pub full_name: String,
    pub deactivated_at: Option<Timestamp>,
}

/// Who has an address.
pub async fn owner(connection: &impl ConnectionTrait, normal: &str) -> Result<Option<Owner>, Error> {
    let sql = "SELECT a.user_id, a.id AS address_id, a.address, u.full_name, u.deactivated_at
               FROM addresses a JOIN users u ON u.id = a.user_id WHERE a.normal = $1 AND a.counts";
    one(connection, sql, [normal.into()]).await
}

/// The primary address of the user of a username.
pub async fn primary_of_username(connection: &impl ConnectionTrait, username: &str) -> Result<Option<Owner>, Error> {
    let sql = "SELECT a.user_id, a.id AS address_id, a.address, u.full_name, u.deactivated_at
               FROM users u JOIN addresses a ON a.user_id = u.id AND a.is_primary WHERE u.username = $1";
    one(connection, sql, [username.into()]).await
}

/// An address of a user.
#[derive(Clone, Debug, FromQueryResult)]
pub struct OfUser {
    pub id: AddressId,
    pub uid: String,
    pub user_id: UserId,
    pub address: String,
    pub normal: String,
    pub is_primary: bool,
    /// Whether it can be signed in with, and nobody else can have it.
    pub counts: bool,
    pub verified_at: Option<Timestamp>,
    pub generation: i64,
    pub verify_expires_at: Option<Timestamp>,
}

const OF_USER: &str =
    "SELECT id, uid, user_id, address, normal, is_primary, counts, verified_at, generation, verify_expires_at
     FROM addresses";

/// The addresses of a user that count, the primary one first.
pub async fn of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    let sql = format!("{OF_USER} WHERE user_id = $1 AND counts ORDER BY is_primary DESC, id");
    all(connection, &sql, [user_id.into()]).await
}

/// All addresses of a user, those included that wait for their verification; the primary one first.
pub async fn all_of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    let sql = format!("{OF_USER} WHERE user_id = $1 ORDER BY is_primary DESC, id");
    all(connection, &sql, [user_id.into()]).await
}

/// How many addresses a user has, those included that wait for their verification.
pub async fn count_of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<i64, Error> {
    let row =
        one_row(connection, "SELECT COUNT(*) AS count FROM addresses WHERE user_id = $1", [user_id.into()]).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "count")?))
}

/// One address of a user.
pub async fn find(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<Option<OfUser>, Error> {
    one(connection, &format!("{OF_USER} WHERE user_id = $1 AND id = $2"), [user_id.into(), id.into()]).await
}

/// The addresses of several users that count, the primary one of each first.
pub async fn of_users(connection: &impl ConnectionTrait, user_ids: &[UserId]) -> Result<Vec<OfUser>, Error> {
    if user_ids.is_empty() {
        return Ok(Vec::new());
    }
    // Ids are numbers of ours: they stand in the text as they are.
    let ids: Vec<String> = user_ids.iter().map(UserId::to_string).collect();
    let sql = format!("{OF_USER} WHERE user_id IN ({}) AND counts ORDER BY is_primary DESC, id", ids.join(", "));
    all(connection, &sql, []).await
}

/// The address that a link proves.
pub async fn by_verification(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<OfUser>, Error> {
    one(connection, &format!("{OF_USER} WHERE verify_digest = $1"), [digest.into()]).await
}

/// The address of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<OfUser>, Error> {
    one(connection, &format!("{OF_USER} WHERE uid = $1"), [uid.into()]).await
}

/// Notes that an address was verified, so that it counts: false when it was before.
///
/// # Errors
/// [`AccountError::AddressTaken`] when it counts for another user.
pub async fn verify(connection: &impl ConnectionTrait, id: AddressId, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE addresses SET verified_at = $1, counts = TRUE WHERE id = $2 AND verified_at IS NULL";
    let statement = statement(connection, sql, [now.into(), id.into()]);
    Ok(unique_or(connection.execute_raw(statement).await, AccountError::AddressTaken)?.rows_affected() > 0)
}

/// Whether the primary address of a user was ever verified.
pub async fn primary_is_verified(connection: &impl ConnectionTrait, user_id: UserId) -> Result<bool, Error> {
    let sql = "SELECT 1 FROM addresses WHERE user_id = $1 AND is_primary AND verified_at IS NOT NULL";
    Ok(one_row(connection, sql, [user_id.into()]).await?.is_some())
}

/// The further addresses of a user that the account was not made with: they were added later.
pub async fn added_later(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    let sql = format!(
        "{OF_USER} WHERE user_id = $1 AND NOT is_primary
         AND created_at <> (SELECT created_at FROM users WHERE id = $1) ORDER BY id"
    );
    all(connection, &sql, [user_id.into()]).await
}

/// Puts one address of a user in the place of the primary one.
pub async fn make_primary(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<(), Error> {
    let former = "UPDATE addresses SET is_primary = FALSE WHERE user_id = $1 AND is_primary";
    execute(connection, former, [user_id.into()]).await?;
    let present = "UPDATE addresses SET is_primary = TRUE WHERE user_id = $1 AND id = $2";
    execute(connection, present, [user_id.into(), id.into()]).await?;
    super::users::set_keys(connection, user_id).await
}

/// Removes an address of a user that is not the primary one: false when there is none.
pub async fn remove(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<bool, Error> {
    let sql = "DELETE FROM addresses WHERE user_id = $1 AND id = $2 AND NOT is_primary";
    Ok(execute(connection, sql, [user_id.into(), id.into()]).await? > 0)
}

/// Puts a newer verification in the place of the former one.
pub async fn renew_verification(
    connection: &impl ConnectionTrait,
    id: AddressId,
    generation: i64,
    verification: &Verification,
) -> Result<(), Error> {
    let sql = "UPDATE addresses SET generation = $1, verify_digest = $2, verify_expires_at = $3 WHERE id = $4";
    let values = [generation.into(), verification.digest.as_str().into(), verification.expires_at.into(), id.into()];
    execute(connection, sql, values).await.map(drop)
}
