//! Changing what an open invitation offers.

use sea_orm::DatabaseTransaction;

use super::list::check_org;
use super::offer::{Offer, Right};
use super::revoke::administered;
use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::grants::WantedGrants;
use crate::domain::rights;
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::ids::InvitationId;
use crate::keys::Keys;
use crate::store;
use crate::store::assignments::Grant;
use crate::usher::Usher;

/// What an open invitation is to offer from now on.
#[derive(Clone, Debug)]
pub struct Wish {
    pub right: Right,
    pub grants: WantedGrants,
    /// The ids of grants that it offers already and that stay as they are.
    pub kept: Vec<i64>,
}

/// Changes what an open invitation to an org offers. The mailed link and the end stay; links that were copied work no
/// longer when more is offered: whoever copied one may not offer that. The actor must be allowed to offer what is new in it.
/// The inviter answers for all of it at the accepting: one who is not allowed to offer it gives way to the actor, who must
/// be.
///
/// # Errors
/// [`Error::NotFound`] also for a closed one and for one of another org, [`Error::NotAllowed`],
/// [`Error::Forbidden`], and what [`WantedGrants::resolve`] says.
pub async fn change(
    usher: &Usher,
    actor: &Actor,
    org_id: i64,
    invitation_id: InvitationId,
    wish: Wish,
) -> Result<(), Error> {
    let change =
        Change { actor: actor.clone(), org_id, invitation_id, wish, keys: usher.keys.clone(), now: usher.now() };
    actor.write(usher, change).await
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    org_id: i64,
    invitation_id: InvitationId,
    wish: Wish,
    keys: Keys,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let now = self.now;
        let (found, before) = administered(txn, &self.actor, self.invitation_id, now).await?;
        check_org(&found, self.org_id)?;
        let rights = rights::of_actor(txn, &self.actor, now).await?;
        self.wish.grants.need_rights(&rights, Some(self.org_id))?;
        let wanted = self.wish.grants.resolve(txn, self.org_id).await?;
        let org = store::orgs::find(txn, self.org_id).await?.ok_or(Error::NotFound(Thing::Org))?;
        let offer = |right, grants| Offer::Org { id: org.id, slug: org.slug.clone(), right, grants };

        let added: Vec<Grant> = wanted.iter().filter(|grant| !before.grants().contains(grant)).cloned().collect();
        let added_right = if before.right().is_admin() { Right::Member } else { self.wish.right };
        let offers_more = !added.is_empty() || added_right.is_admin();
        offer(added_right, added).allow(txn, self.actor.user_id, now).await?;

        let mut grants = wanted;
        for (id, grant) in store::invitation_grants::with_ids(txn, found.id).await? {
            if self.wish.kept.contains(&id) && !grants.contains(&grant) {
                grants.push(grant);
            }
        }
        let offer = offer(self.wish.right, grants);
        let inviter_id = if offer.is_still_allowed(txn, found.inviter_id, now).await? {
            found.inviter_id
        } else {
            offer.allow(txn, self.actor.user_id, now).await?;
            Some(self.actor.user_id)
        };
        if !store::invitations::change(txn, found.id, self.wish.right.is_admin(), inviter_id).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        store::invitation_grants::replace(txn, found.id, offer.grants()).await?;
        if offers_more {
            let edition = found.copied_edition + 1;
            let link = token::copied_link(&self.keys, &found.uid, found.generation, edition);
            let digest = token::link_digest(&self.keys, &link);
            store::invitations::renew_copied(txn, &found, edition, &digest).await?;
        }
        let about = About::of(found.invitee()).with(offer.details(txn).await?);
        audit::record_at(txn, &self.actor, Action::InvitationChanged, offer.target(), about, now).await
    }
}
