//! Resends an invitation with a new link, and copies its link.

use sea_orm::DatabaseTransaction;

use super::invite::invitation_mail;
use super::locks_of;
use super::revoke::administered;
use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::throttle::{Counter, Limit};
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::ids::InvitationId;
use crate::keys::Keys;
use crate::outage::Cause;
use crate::secret::Secret;
use crate::store;
use crate::store::invitation_links::Renewal;
use crate::store::invitations::Found;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// How often to retry when the code collides with that of an open invitation.
const TRIES: i64 = 4;

/// Resends an open invitation, expired or not, with a new link and a new expiry; the actor becomes the inviter. The
/// previous link stops working.
///
/// # Errors
/// [`Error::NotFound`], also for a closed one, [`Error::NotAllowed`], [`Error::TooMany`].
pub async fn resend(usher: &Usher, actor: &Actor, invitation_id: InvitationId) -> Result<(), Error> {
    let (found, _) = administered(usher.db.read(), actor, invitation_id, usher.now()).await?;
    for step in 1..=TRIES {
        let operation = Resend {
            actor: actor.clone(),
            invitation_id,
            step,
            keys: usher.keys.clone(),
            counters: [
                Limit::InvitationsToPerson {
                    inviter_id: actor.user_id,
                    user_id: found.invitee_id,
                    normal: found.normal.clone(),
                }
                .counter(usher),
                Limit::InvitationsOfInviter { inviter_id: actor.user_id }.counter(usher),
            ],
            now: usher.now(),
        };
        match actor.write_and_mail(usher, operation).await {
            Err(Error::Collision) => {}
            outcome => return outcome,
        }
    }
    Err(Error::Unavailable(Cause::Contended.into()))
}

/// The link of an open invitation, to be sent some other way than by mail. It is as good for joining, but proves no
/// mailbox. Whoever sees it may redeem it, so the actor needs the right to offer what it leads to.
///
/// # Errors
/// [`Error::NotFound`], [`Error::NotAllowed`], and those of the [ceiling](crate::domain::places::Offer::allow).
pub async fn copy_link(usher: &Usher, actor: &Actor, invitation_id: InvitationId) -> Result<(Found, Secret), Error> {
    let operation = CopyLink { actor: actor.clone(), invitation_id, now: usher.now() };
    let found = actor.write(usher, operation).await?;
    let link = token::copied_link(&usher.keys, &found.uid, found.generation, found.copied_edition);
    Ok((found, Secret::from(link)))
}

#[derive(Clone, Debug)]
struct Resend {
    actor: Actor,
    invitation_id: InvitationId,
    step: i64,
    keys: Keys,
    counters: [Counter; 2],
    now: Timestamp,
}

impl Operation for Resend {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        locks_of(txn, self.invitation_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (found, offer) = administered(txn, &self.actor, self.invitation_id, self.now).await?;
        offer.allow(txn, self.actor.user_id, self.now).await?;
        for counter in &self.counters {
            counter.count(txn, self.now).await?;
        }
        let generation = found.generation + self.step;
        let renewal = Renewal {
            id: found.id,
            generation,
            inviter_id: self.actor.user_id,
            links: token::links(&self.keys, &found.uid, generation, offer.place.kind.facts().has_code),
            now: self.now,
            expires_at: Timestamp(self.now.millis().saturating_add(found.life)),
        };
        if !store::invitation_links::renew(txn, &found, renewal).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        store::outbox::insert(txn, invitation_mail(found.id, generation, &found.address, self.now)).await?;
        let subject = Some(found.invitee().to_owned());
        audit::record(txn, &self.actor, Action::InvitationResent, &offer.place, subject, self.now).await
    }
}

#[derive(Clone, Debug)]
struct CopyLink {
    actor: Actor,
    invitation_id: InvitationId,
    now: Timestamp,
}

impl Operation for CopyLink {
    type Output = Found;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        locks_of(txn, self.invitation_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Found, Error> {
        let (found, offer) = administered(txn, &self.actor, self.invitation_id, self.now).await?;
        offer.allow(txn, self.actor.user_id, self.now).await?;
        let subject = Some(found.invitee().to_owned());
        audit::record(txn, &self.actor, Action::InvitationLinkCopied, &offer.place, subject, self.now).await?;
        Ok(found)
    }
}
