//! Declines an invitation, or asks for a new link.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use super::accept::refusal;
use super::list::check_listed;
use super::lookup::{Lookup, ResolvedInvitation};
use super::standing::Standing;
use super::{notify_inviter, token};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::{Actor, Client};
use crate::domain::audit::{self, About, By};
use crate::entity::audit_event::Action;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MessageKind;
use crate::error::{Error, InvitationError};
use crate::ids::InvitationId;
use crate::store;
use crate::store::locks::Locks;
use crate::usher::Usher;

/// Declines by the link, signed in as the invitee or signed out: declining needs no further proof, since it gives
/// nothing.
///
/// # Errors
/// [`Error::LinkUnknown`], [`InvitationError::OfAnother`], and as for accepting.
pub async fn by_link(usher: &Usher, visitor: Option<&Actor>, client: &Client, link: &str) -> Result<(), Error> {
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    let operation = Decline { visitor: visitor.cloned(), ip: client.ip, lookup, now: usher.now() };
    match visitor {
        Some(actor) => actor.write_and_mail(usher, operation).await,
        None => usher.write_and_mail(operation).await,
    }
}

/// Declines an invitation from the actor's list: those sent to one of their verified addresses.
///
/// # Errors
/// [`Error::LinkUnknown`], also when it is not in the list.
pub async fn listed(usher: &Usher, actor: &Actor, invitation_id: InvitationId) -> Result<(), Error> {
    let lookup = Lookup::Listed(invitation_id);
    actor.write_and_mail(usher, Decline { visitor: Some(actor.clone()), ip: actor.ip, lookup, now: usher.now() }).await
}

/// Owes the inviter a mail saying that the invitee would like a new link: once per expiry.
///
/// # Errors
/// [`Error::LinkUnknown`], [`InvitationError::Closed`] when it has not expired.
pub async fn ask_for_link(usher: &Usher, link: &str) -> Result<(), Error> {
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    usher.write_and_mail(AskForLink { lookup, now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Decline {
    visitor: Option<Actor>,
    ip: Option<IpAddr>,
    lookup: Lookup,
    now: Timestamp,
}

impl Operation for Decline {
    type Output = ();

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        self.lookup.locks(txn).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        if let (Lookup::Listed(id), Some(actor)) = (&self.lookup, &self.visitor) {
            check_listed(txn, actor, *id, self.now).await?;
        }
        let user_id = self.visitor.as_ref().map(|actor| actor.user_id);
        let ResolvedInvitation { invitation, offer, standing, .. } =
            self.lookup.resolve(txn, user_id, self.now).await?;
        if !matches!(standing, Standing::Ready | Standing::SignIn | Standing::Newcomer) {
            return Err(refusal(standing));
        }
        let by = user_id.or(invitation.invitee_id);
        if !store::invitation_changes::answer(txn, invitation.id, InvitationState::Declined, by, self.now).await? {
            return Err(InvitationError::Closed.into());
        }
        notify_inviter(txn, &invitation, MessageKind::InvitationDeclined, by, self.now).await?;
        let Some(offer) = offer else { return Ok(()) };
        let (action, place) = (Action::InvitationDeclined, &offer.place);
        let about = About::from(invitation.inviter_name.clone());
        if let Some(actor) = &self.visitor {
            audit::record(txn, actor, action, place, about, self.now).await
        } else {
            let newcomer = By { user_id: None, name: invitation.invitee(), ip: self.ip };
            audit::record(txn, newcomer, action, place, about, self.now).await
        }
    }
}

#[derive(Clone, Debug)]
struct AskForLink {
    lookup: Lookup,
    now: Timestamp,
}

impl Operation for AskForLink {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        let ResolvedInvitation { invitation, standing, .. } = self.lookup.resolve(txn, None, self.now).await?;
        if standing != Standing::Expired {
            return Err(refusal(standing));
        }
        if store::invitation_links::ask_for_link(txn, invitation.id, self.now).await? {
            notify_inviter(txn, &invitation, MessageKind::NewLinkWanted, None, self.now).await?;
        }
        Ok(())
    }
}
