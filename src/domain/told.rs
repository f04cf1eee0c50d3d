//! Telling people by mail what somebody did to their access.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::outbox::MailKind;
use crate::error::Error;
use crate::store;
use crate::store::outbox::Place;

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

/// Owes a user a mail about what the actor did to their access to an environment.
pub(crate) async fn tell_of_environment(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    deed: Deed,
    user_id: i64,
    environment_id: i64,
    now: Timestamp,
) -> Result<(), Error> {
    let place = Place { environment_id: Some(environment_id), org_id: None };
    tell(txn, actor, deed, user_id, place, now).await
}

/// Owes a user a mail about what the actor did to their rights in an org, or everywhere.
pub(crate) async fn tell_of_org(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    deed: Deed,
    user_id: i64,
    org_id: Option<i64>,
    now: Timestamp,
) -> Result<(), Error> {
    tell(txn, actor, deed, user_id, Place { environment_id: None, org_id }, now).await
}

/// Nobody is told what they did themselves.
async fn tell(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    deed: Deed,
    user_id: i64,
    place: Place,
    now: Timestamp,
) -> Result<(), Error> {
    if actor.user_id == user_id {
        return Ok(());
    }
    let kind = match deed {
        Deed::Added => MailKind::MemberAdded,
        Deed::Changed => MailKind::RightsChanged,
        Deed::Removed => MailKind::MemberRemoved,
    };
    store::outbox::owe_user(txn, kind, user_id, place, actor.user_id, now).await
}
