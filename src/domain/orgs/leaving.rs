//! Going out of an org, or being put out, as pages do it: an org keeps an administrator.

use sea_orm::ConnectionTrait;

use super::members;
use super::offering::org_of;
use crate::clock::Timestamp;
use crate::domain::offer::Place;
use crate::error::Error;
use crate::ids::{OrgId, UserId};
use crate::store;
use crate::store::members::Membership;

/// Does something that may not take an org's last administrator away, now or when a membership or account ends by itself.
/// One that had none before needs none after.
///
/// # Errors
/// [`Error::LastAdministrator`].
pub(crate) async fn keeping_an_administrator<T>(
    txn: &impl ConnectionTrait,
    org_id: OrgId,
    now: Timestamp,
    change: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    let before = store::orgs::administrators(txn, org_id, now).await?;
    let done = change.await?;
    let after = store::orgs::administrators(txn, org_id, now).await?;
    let loses = (before.any_active && !after.any_active) || (before.any_lasting && !after.any_lasting);
    if loses { Err(Error::LastAdministrator) } else { Ok(done) }
}

/// See [`Place::end`].
pub(crate) async fn end(
    txn: &impl ConnectionTrait,
    place: &Place,
    member: &Membership,
    now: Timestamp,
) -> Result<(), Error> {
    let org = org_of(txn, place).await?;
    keeping_an_administrator(txn, org.id, now, members::end(txn, &org, member, now)).await
}

/// See [`Kind::check_is_not_left_alone`](crate::domain::offer::Kind::check_is_not_left_alone).
pub(crate) async fn check_is_not_left_alone(
    txn: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let left = store::orgs::left_to_nobody(txn, user_id, now).await?;
    if left.is_empty() { Ok(()) } else { Err(Error::LastAdministrator) }
}
