//! Changing what an open invitation offers.

use sea_orm::DatabaseTransaction;

use super::list::check_org;
use super::offer::{Proposal, Right};
use super::revoke::administered;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::grants::WantedGrants;
use crate::domain::{actor::Actor, audit};
use crate::entity::audit_event::Action;
use crate::error::{Error, Thing};
use crate::store;
use crate::usher::Usher;

/// Changes what an open invitation to an org offers; link and end stay. The actor must be allowed to offer all
/// of it. So must the inviter who answers for it at the accepting: one who is not gives way to the actor.
///
/// # Errors
/// [`Error::NotFound`] also for a closed one and for one of another org, [`Error::NotAllowed`],
/// [`Error::Forbidden`], and what [`WantedGrants::resolve`] says.
pub async fn change(
    usher: &Usher,
    actor: &Actor,
    org_id: i64,
    invitation_id: i64,
    right: Right,
    grants: WantedGrants,
) -> Result<(), Error> {
    let operation = Change { actor: actor.clone(), org_id, invitation_id, right, grants, now: usher.now() };
    usher.db.write(operation).await
}

#[derive(Clone, Debug)]
struct Change {
    actor: Actor,
    org_id: i64,
    invitation_id: i64,
    right: Right,
    grants: WantedGrants,
    now: Timestamp,
}

impl Operation for Change {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let (found, _) = administered(txn, &self.actor, self.invitation_id, self.now).await?;
        check_org(&found, self.org_id)?;
        let org = store::orgs::find(txn, self.org_id).await?.ok_or(Error::NotFound(Thing::Org))?;
        let proposal = Proposal::Org { uid: org.uid, right: self.right, grants: self.grants.clone() };
        let (offer, _) = proposal.offer(txn, self.actor.user_id, self.now).await?;
        let inviter_id = if offer.is_still_allowed(txn, found.inviter_id, self.now).await? {
            found.inviter_id
        } else {
            Some(self.actor.user_id)
        };
        if !store::invitations::change(txn, found.id, self.right.is_admin(), inviter_id).await? {
            return Err(Error::NotFound(Thing::Unnamed));
        }
        store::invitation_grants::replace(txn, found.id, offer.grants()).await?;
        let (target, subject) = (offer.target(), Some(found.address));
        audit::record_at(txn, &self.actor, Action::InvitationChanged, target, subject, self.now).await
    }
}
