//! Mails to users about changes to their access.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::outbox::MessageKind;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};
use crate::store;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AccessChange {
    /// Made a member without an invitation.
    Added,
    Changed,
    Removed,
}

/// Owes a user a mail about the actor's change to their access to a place, or (`None`) to their global rights. None if
/// they changed it themselves.
pub(crate) async fn owe(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    change: AccessChange,
    user_id: UserId,
    place_id: Option<PlaceId>,
    now: Timestamp,
) -> Result<(), Error> {
    if actor.user_id == user_id {
        return Ok(());
    }
    let kind = match change {
        AccessChange::Added => MessageKind::MemberAdded,
        AccessChange::Changed if place_id.is_none() => MessageKind::GlobalRightsChanged,
        AccessChange::Changed => MessageKind::RightsChanged,
        AccessChange::Removed => MessageKind::MemberRemoved,
    };
    store::outbox::owe_user(txn, kind, user_id, place_id, actor.user_id, now).await
}
