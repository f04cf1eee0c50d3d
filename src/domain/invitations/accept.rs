//! Accepts an invitation: the answer, any new account, the membership, the mail to the inviter and the audit event, in
//! one transaction.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::list::check_listed;
use super::lookup::{Lookup, ResolvedInvitation, Seen};
use super::notify_inviter;
use super::standing::{Standing, is_invitee};
use super::token::{self, Route};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::accounts::proof::{Proved, prove};
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::{News, Offer};
use crate::domain::throttle::{CountOne, Limit};
use crate::entity::audit_event::Action;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MessageKind;
use crate::error::{Error, InvitationError};
use crate::fields::InviteCode;
use crate::ids::{InvitationId, UserId};
use crate::store;
use crate::store::invitations::Found;
use crate::store::locks::{Lock, Locks};
use crate::usher::Usher;

/// The result of accepting.
#[derive(Clone, Debug)]
pub struct Joined {
    pub user_id: UserId,
    pub offer: Offer,
    /// What else the link proved.
    pub proved: Proved,
}

/// Accepts by the link, signed in as the invitee.
///
/// # Errors
/// [`Error::LinkUnknown`] and those of [`refusal`].
pub async fn by_link(usher: &Usher, actor: &Actor, link: &str) -> Result<Joined, Error> {
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    accept(usher, actor, lookup).await
}

/// [`by_link`] on the page of the link, where a declined invitation can be taken up again.
///
/// # Errors
/// As [`by_link`].
pub async fn on_page(usher: &Usher, actor: &Actor, link: &str, seen: Seen) -> Result<Joined, Error> {
    accept(usher, actor, Lookup::on_page(&usher.keys, link, seen)).await
}

/// Accepts by the code, signed in as the invitee. Wrong codes are counted.
///
/// # Errors
/// [`InvitationError::CodeUnknown`] also for somebody else's code, [`InvitationError::Accepted`],
/// [`InvitationError::Expired`], [`Error::TooMany`].
pub async fn by_code(usher: &Usher, actor: &Actor, code: &InviteCode) -> Result<Joined, Error> {
    let counter = Limit::Codes { user_id: actor.user_id }.counter(usher);
    counter.check(usher.db.read(), usher.now()).await?;
    let lookup = Lookup::Code(token::code_digest(&usher.keys, code.as_str()));
    match accept(usher, actor, lookup).await {
        Err(Error::LinkUnknown | Error::Invitation(InvitationError::OfAnother)) => {
            usher.db.write(CountOne { counter, now: usher.now() }).await??;
            Err(InvitationError::CodeUnknown.into())
        }
        Err(Error::Invitation(InvitationError::Closed)) => Err(InvitationError::CodeUnknown.into()),
        outcome => outcome,
    }
}

/// Accepts an invitation from the actor's list: those sent to one of their verified addresses.
///
/// # Errors
/// [`Error::LinkUnknown`], also when it is not in the list.
pub async fn listed(usher: &Usher, actor: &Actor, invitation_id: InvitationId) -> Result<Joined, Error> {
    accept(usher, actor, Lookup::Listed(invitation_id)).await
}

async fn accept(usher: &Usher, actor: &Actor, lookup: Lookup) -> Result<Joined, Error> {
    let operation = Accept { actor: actor.clone(), lookup, now: usher.now() };
    actor.write_and_mail(usher, operation).await
}

/// Why an invitation with this standing cannot be accepted.
pub fn refusal(standing: Standing) -> Error {
    match standing {
        Standing::Ready
        | Standing::Newcomer
        | Standing::Superseded
        | Standing::Revoked
        | Standing::Declined
        | Standing::Gone => Error::Invitation(InvitationError::Closed),
        Standing::SignIn => Error::SignInRequired,
        Standing::Other => Error::Invitation(InvitationError::OfAnother),
        Standing::AcceptedByMe | Standing::Member | Standing::Accepted => Error::Invitation(InvitationError::Accepted),
        Standing::Expired => Error::Invitation(InvitationError::Expired),
    }
}

#[derive(Clone, Debug)]
pub(super) struct Accept {
    pub actor: Actor,
    pub lookup: Lookup,
    pub now: Timestamp,
}

impl Operation for Accept {
    type Output = Joined;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        // The user's is held: the link may prove a mailbox, which ends sessions.
        Ok(self.lookup.locks(txn).await?.hold(Lock::User(self.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Joined, Error> {
        if let Lookup::Listed(id) = self.lookup {
            check_listed(txn, &self.actor, id, self.now).await?;
        }
        let user_id = self.actor.user_id;
        let ResolvedInvitation { invitation, offer, route, standing } =
            self.lookup.resolve(txn, Some(user_id), self.now).await?;
        // Somebody else's code or id reveals nothing of the invitation.
        if !self.lookup.is_link()
            && !is_invitee(txn, &invitation, user_id).await?
            && invitation.answered_by != Some(user_id)
        {
            return Err(InvitationError::OfAnother.into());
        }
        let (Standing::Ready, Some(offer)) = (standing, offer) else {
            return Err(refusal(standing));
        };
        let proved = match route {
            Route::Mailed => prove_mailbox(txn, &self.actor, &invitation, self.now).await?,
            Route::Copied => Proved::Quietly,
        };
        claim(txn, &invitation, Some(user_id), self.now).await?;
        give(txn, &invitation, &offer, user_id, self.now).await?;
        // Anybody with a copied link can sign up with its address. By MyCRT's contract a code is a proof.
        let by_copied_link = route == Route::Copied && self.lookup.is_link();
        if by_copied_link && !store::addresses::primary_is_verified(txn, user_id).await? {
            store::members::await_proof(txn, invitation.id.into()).await?;
        }
        let about = About::from(invitation.inviter_name).with(offer.details(txn).await?);
        audit::record(txn, &self.actor, Action::InvitationAccepted, &offer.place, about, self.now).await?;
        Ok(Joined { user_id, offer, proved })
    }
}

/// Marks the invitation as answered. The guarded update is the check: of several at once exactly one succeeds.
pub(super) async fn claim(
    txn: &impl ConnectionTrait,
    invitation: &Found,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<(), Error> {
    let claimed = match invitation.state {
        InvitationState::Declined => store::invitation_changes::take_up(txn, invitation.id, by, now).await?,
        _ => store::invitation_changes::answer(txn, invitation.id, InvitationState::Accepted, by, now).await?,
    };
    if claimed { Ok(()) } else { Err(InvitationError::Accepted.into()) }
}

/// Admits the user and owes the messages about it.
pub(super) async fn give(
    txn: &impl ConnectionTrait,
    invitation: &Found,
    offer: &Offer,
    user_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    if !offer.admit(txn, invitation, user_id, now).await? {
        return Err(InvitationError::Accepted.into());
    }
    offer.announce(txn, News::Joined { user_id }, now).await?;
    notify_inviter(txn, invitation, MessageKind::InvitationAccepted, Some(user_id), now).await
}

/// A mailed link proves the mailbox it was sent to.
async fn prove_mailbox(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    invitation: &Found,
    now: Timestamp,
) -> Result<Proved, Error> {
    let addresses = store::addresses::of_user(txn, actor.user_id).await?;
    let unverified =
        addresses.iter().find(|address| address.normal == invitation.normal && address.verified_at.is_none());
    match unverified {
        Some(address) => prove(txn, address, Some(actor.session_id), actor.ip, now).await,
        None => Ok(Proved::Quietly),
    }
}
