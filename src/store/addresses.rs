//! The e-mail addresses of users.

use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, FromQueryResult, JoinType,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::{execute, one, one_row, statement, unique};
use crate::clock::Timestamp;
use crate::email_address::EmailAddress;
use crate::entity::address::{ActiveModel, Column, Entity, Relation};
use crate::entity::user;
use crate::error::{AccountError, Error, unique_or};
use crate::ids::{AddressId, UserId};

/// A new address.
#[derive(Clone, Debug)]
pub struct NewAddress {
    pub uid: String,
    pub user_id: UserId,
    pub address: EmailAddress,
    pub verified_at: Option<Timestamp>,
    pub verification: Option<Verification>,
    pub now: Timestamp,
}

/// The stored half of a link that verifies an address.
#[derive(Clone, Debug)]
pub struct Verification {
    pub digest: String,
    pub expires_at: Timestamp,
}

/// Adds an account's first address: primary, and counting from the start.
///
/// # Errors
/// [`AccountError::AddressTaken`].
pub async fn insert_first(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Primary, Error::Account(AccountError::AddressTaken)).await
}

/// Adds a further address of a new account, counting from the start.
///
/// # Errors
/// [`AccountError::AddressTaken`].
pub async fn insert_further(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Further, Error::Account(AccountError::AddressTaken)).await
}

/// Adds an address that counts once it is verified.
///
/// # Errors
/// [`AccountError::AddressOwn`].
pub async fn insert_waiting(connection: &impl ConnectionTrait, new: NewAddress) -> Result<(), Error> {
    insert(connection, new, Standing::Waiting, Error::Account(AccountError::AddressOwn)).await
}

/// What a new address is.
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

/// The user of an address that counts.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Owner {
    pub user_id: UserId,
    pub address_id: AddressId,
    pub address: String,
    pub full_name: String,
    pub deactivated_at: Option<Timestamp>,
}

/// Whose address this is, if it counts.
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
#[derive(Clone, Debug, DerivePartialModel)]
#[sea_orm(entity = "Entity")]
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

/// The addresses of a user that count, the primary one first.
pub async fn of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    of_users(connection, &[user_id]).await
}

/// The addresses of several users that count, the primary one of each first.
pub async fn of_users(connection: &impl ConnectionTrait, user_ids: &[UserId]) -> Result<Vec<OfUser>, Error> {
    if user_ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = Entity::find().filter(Column::UserId.is_in(user_ids.iter().copied())).filter(Column::Counts.eq(true));
    primary_first(connection, query).await
}

/// All addresses of a user, unverified ones included, the primary one first.
pub async fn all_of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    primary_first(connection, Entity::find().filter(Column::UserId.eq(user_id))).await
}

async fn primary_first(connection: &impl ConnectionTrait, query: Select<Entity>) -> Result<Vec<OfUser>, Error> {
    let query = query.order_by_desc(Column::IsPrimary).order_by_asc(Column::Id);
    Ok(query.into_partial_model().all(connection).await?)
}

/// How many addresses a user has, unverified ones included.
pub async fn count_of_user(connection: &impl ConnectionTrait, user_id: UserId) -> Result<i64, Error> {
    let row =
        one_row(connection, "SELECT COUNT(*) AS count FROM addresses WHERE user_id = $1", [user_id.into()]).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "count")?))
}

/// One address of a user.
pub async fn find(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<Option<OfUser>, Error> {
    unique(connection, Entity::find_by_id(id).filter(Column::UserId.eq(user_id))).await
}

/// The address that a link verifies.
pub async fn by_verification(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<OfUser>, Error> {
    unique(connection, Entity::find().filter(Column::VerifyDigest.eq(digest))).await
}

/// The address of a uid.
pub async fn by_uid(connection: &impl ConnectionTrait, uid: &str) -> Result<Option<OfUser>, Error> {
    unique(connection, Entity::find().filter(Column::Uid.eq(uid))).await
}

/// Marks an address as verified, so that it counts: false when it was before.
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

/// The further addresses that were added after the account was made.
pub async fn added_later(connection: &impl ConnectionTrait, user_id: UserId) -> Result<Vec<OfUser>, Error> {
    Ok(Entity::find()
        .join(JoinType::InnerJoin, Relation::User.def())
        .filter(Column::UserId.eq(user_id))
        .filter(Column::IsPrimary.eq(false))
        .filter(Column::CreatedAt.into_expr().ne(user::Column::CreatedAt.into_expr()))
        .order_by_asc(Column::Id)
        .into_partial_model()
        .all(connection)
        .await?)
}

/// Makes an address the primary one.
pub async fn make_primary(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<(), Error> {
    // In this order: a unique index allows one.
    let former = ActiveModel { is_primary: Set(false), ..Default::default() };
    let former = Entity::update_many().set(former).filter(Column::IsPrimary.eq(true));
    former.filter(Column::UserId.eq(user_id)).exec(connection).await?;
    let present = ActiveModel { is_primary: Set(true), ..Default::default() };
    let present = Entity::update_many().set(present).filter(Column::Id.eq(id));
    present.filter(Column::UserId.eq(user_id)).exec(connection).await?;
    super::users::set_keys(connection, user_id).await
}

/// Removes an address of a user that is not the primary one: false when there is none.
pub async fn remove(connection: &impl ConnectionTrait, user_id: UserId, id: AddressId) -> Result<bool, Error> {
    let sql = "DELETE FROM addresses WHERE user_id = $1 AND id = $2 AND NOT is_primary";
    Ok(execute(connection, sql, [user_id.into(), id.into()]).await? > 0)
}

/// Replaces the verification of an address, unless it has a newer one.
pub async fn renew_verification(
    connection: &impl ConnectionTrait,
    id: AddressId,
    generation: i64,
    verification: &Verification,
) -> Result<(), Error> {
    let row = ActiveModel {
        generation: Set(generation),
        verify_digest: Set(Some(verification.digest.clone())),
        verify_expires_at: Set(Some(verification.expires_at)),
        ..Default::default()
    };
    let former = Entity::update_many().set(row).filter(Column::Id.eq(id)).filter(Column::Generation.lte(generation));
    former.exec(connection).await?;
    Ok(())
}
