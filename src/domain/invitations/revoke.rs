//! Revokes an invitation; also MyCRT's one request for declining, leaving, revoking and removing.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::standing::is_invitee;
use super::{locks_of, notify_inviter};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::offer::Offer;
use crate::domain::{actor::Actor, audit, environments, members};
use crate::entity::audit_event::Action;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MessageKind;
use crate::error::{Error, Thing};
use crate::ids::{InvitationId, MembershipId};
use crate::store;
use crate::store::invitations::Found;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Revokes an open invitation, expired or not.
///
/// # Errors
/// [`Error::NotFound`], also for a closed one, [`Error::NotAllowed`].
pub async fn revoke(usher: &Usher, actor: &Actor, invitation_id: InvitationId) -> Result<(), Error> {
    let operation = Close { actor: actor.clone(), invitation_id, by: By::Inviters, now: usher.now() };
    actor.write_and_mail(usher, operation).await
}

/// Ends whatever has this id: the invitee declines or leaves; an administrator revokes or removes.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], `EnvironmentError::OwnerStays`.
pub async fn withdraw(usher: &Usher, actor: &Actor, id: MembershipId) -> Result<(), Error> {
    let operation = Close { actor: actor.clone(), invitation_id: InvitationId(id.0), by: By::Anyone, now: usher.now() };
    let (membership, place) = match environments::members::find(usher, id).await? {
        Some(found) => found,
        None => match actor.write_and_mail(usher, operation).await {
            // Accepted in between: end the membership with this id.
            Err(gone @ Error::NotFound(_)) => environments::members::find(usher, id).await?.ok_or(gone)?,
            outcome => return outcome,
        },
    };
    if membership.user_id == actor.user_id {
        members::leave(usher, actor, &place).await
    } else {
        members::remove(usher, actor, &place, id.0).await
    }
}

/// An open invitation that the actor may revoke.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`].
pub(super) async fn administered(
    connection: &impl ConnectionTrait,
    actor: &Actor,
    invitation_id: InvitationId,
    now: Timestamp,
) -> Result<(Found, Offer), Error> {
    let (found, offer) = open(connection, invitation_id).await?;
    match offer.place.check_manages(connection, actor.user_id, now).await {
        Ok(()) => Ok((found, offer)),
        Err(Error::NotFound(_) | Error::NotAllowed | Error::Forbidden) => Err(Error::NotAllowed),
        Err(error) => Err(error),
    }
}

async fn open(connection: &impl ConnectionTrait, invitation_id: InvitationId) -> Result<(Found, Offer), Error> {
    let found = store::invitations::find(connection, invitation_id).await?;
    let found = found.filter(|found| found.state == InvitationState::Pending);
    let found = found.ok_or(Error::NotFound(Thing::Unnamed))?;
    let offer = Offer::of(connection, &found).await?;
    Ok((found, offer.ok_or(Error::NotFound(Thing::Unnamed))?))
}

/// The side that closes an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Inviters,
    Anyone,
}

#[derive(Clone, Debug)]
struct Close {
    actor: Actor,
    invitation_id: InvitationId,
    by: By,
    now: Timestamp,
}

impl Operation for Close {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        locks_of(txn, self.invitation_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (found, offer, state, action) = self.role(txn).await?;
        let user_id = self.actor.user_id;
        if !store::invitation_changes::close(txn, found.id, state, user_id, self.now).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        if state == InvitationState::Declined {
            notify_inviter(txn, &found, MessageKind::InvitationDeclined, Some(user_id), self.now).await?;
        }
        // The actor of a decline is the invitee: the event names the inviter.
        let subject = if state == InvitationState::Declined {
            found.inviter_name.clone()
        } else {
            Some(found.invitee().to_owned())
        };
        audit::record(txn, &self.actor, action, &offer.place, subject, self.now).await
    }
}

impl Close {
    async fn role(&self, txn: &impl ConnectionTrait) -> Result<(Found, Offer, InvitationState, Action), Error> {
        if self.by == By::Anyone {
            let (found, offer) = open(txn, self.invitation_id).await?;
            if is_invitee(txn, &found, self.actor.user_id).await? {
                return Ok((found, offer, InvitationState::Declined, Action::InvitationDeclined));
            }
        }
        let (found, offer) = administered(txn, &self.actor, self.invitation_id, self.now).await?;
        Ok((found, offer, InvitationState::Revoked, Action::InvitationRevoked))
    }
}
