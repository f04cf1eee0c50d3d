//! Telling people by mail what somebody did to their access.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::outbox::MailKind;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};
use crate::store;

/// What was done to somebody's access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Put in without an invitation.
    Added,
    /// Other rights.
    Changed,
    /// Put out.
    Removed,
}

/// Owes a user a mail about what the actor did to their access to a place, or (`None`) to their rights everywhere. Nobody
/// is told what they did themselves.
pub(crate) async fn tell(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    deed: Deed,
    user_id: UserId,
    place_id: Option<PlaceId>,
    now: Timestamp,
) -> Result<(), Error> {
    if actor.user_id == user_id {
        return Ok(());
    }
    let kind = match deed {
        Deed::Added => MailKind::MemberAdded,
        Deed::Changed if place_id.is_none() => MailKind::GlobalRightsChanged,
        Deed::Changed => MailKind::RightsChanged,
        Deed::Removed => MailKind::MemberRemoved,
    };
    store::outbox::owe_user(txn, kind, user_id, place_id, actor.user_id, now).await
}
