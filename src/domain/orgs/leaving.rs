//! Leaving an org, or being removed, on pages: an org keeps an administrator.

use sea_orm::ConnectionTrait;

use super::members;
use super::offering::org_of;
use crate::clock::Timestamp;
use crate::domain::access::safeguards::keeping_an_administrator;
use crate::domain::offer::Place;
use crate::error::{Error, OrgError};
use crate::ids::UserId;
use crate::store;
use crate::store::members::Membership;

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
    if left.is_empty() { Ok(()) } else { Err(OrgError::LastAdministrator.into()) }
}
