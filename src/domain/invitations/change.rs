//! Changes what an open invitation offers.

use sea_orm::DatabaseTransaction;

use super::list::check_place;
use super::locks_of;
use super::revoke::administered;
use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::RequestedGrants;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::{Level, Offer, Place};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::ids::{InvitationId, OfferedGrantId};
use crate::keys::Keys;
use crate::store;
use crate::store::assignments::Grant;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// The new offer of an open invitation.
#[derive(Clone, Debug)]
pub struct OfferUpdate {
    pub level: Level,
    pub grants: RequestedGrants,
    /// Ids of grants that stay as they are.
    pub kept: Vec<OfferedGrantId>,
}

/// Changes what an open invitation to a place offers. The mailed link and the expiry stay. If more is offered, copied
/// links stop working: whoever copied one may not be allowed to offer that. The actor must be allowed to offer what is
/// new. Accepting checks the inviter's right to the whole offer, so if they lack it, the actor, who must have it, becomes
/// the inviter.
///
/// # Errors
/// [`Error::NotFound`], also for a closed one and for one to another place, [`Error::NotAllowed`],
/// [`Error::Forbidden`], and those of [`RequestedGrants::resolve`].
pub async fn change(
    usher: &Usher,
    actor: &Actor,
    place: &Place,
    invitation_id: InvitationId,
    update: OfferUpdate,
) -> Result<(), Error> {
    let (actor, place, keys) = (actor.clone(), place.clone(), usher.keys.clone());
    actor.clone().write(usher, Change { actor, place, invitation_id, update, keys, now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    place: Place,
    invitation_id: InvitationId,
    update: OfferUpdate,
    keys: Keys,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        locks_of(txn, self.invitation_id).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let (found, before) = administered(txn, &self.actor, self.invitation_id, now).await?;
        check_place(&found, &self.place)?;
        let wanted = before.place.resolve(txn, self.actor.user_id, &self.update.grants, now).await?;
        let offer = |level, grants| Offer { place: before.place.clone(), level, grants };

        let added: Vec<Grant> = wanted.iter().filter(|grant| !before.grants.contains(grant)).cloned().collect();
        let added_level = if before.level >= self.update.level { Level::Member } else { self.update.level };
        let offers_more = !added.is_empty() || added_level > Level::Member;
        offer(added_level, added).allow(txn, self.actor.user_id, now).await?;

        let mut grants = wanted;
        for (id, grant) in store::invitation_grants::with_ids(txn, found.id).await? {
            if self.update.kept.contains(&id) && !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        let offer = offer(self.update.level, grants);
        let inviter_id = if offer.is_still_allowed(txn, found.inviter_id, now).await? {
            found.inviter_id
        } else {
            offer.allow(txn, self.actor.user_id, now).await?;
            Some(self.actor.user_id)
        };
        if !store::invitation_changes::change(txn, found.id, self.update.level, inviter_id).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        store::invitation_grants::replace(txn, found.id, &offer.grants).await?;
        if offers_more {
            let edition = found.copied_edition + 1;
            let link = token::copied_link(&self.keys, &found.uid, found.generation, edition);
            let digest = token::link_digest(&self.keys, &link);
            store::invitation_links::renew_copied(txn, &found, edition, &digest).await?;
        }
        let about = About::of(found.invitee()).with(offer.details(txn).await?);
        audit::record(txn, &self.actor, Action::InvitationChanged, &offer.place, about, now).await
    }
}
