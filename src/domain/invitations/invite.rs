//! Inviting somebody.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::offer::Offer;
use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::throttle::{Counter, Limit};
use crate::domain::{actor::Actor, audit};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MailKind;
use crate::error::Error;
use crate::ids::new_uid;
use crate::keys::Keys;
use crate::store;
use crate::store::addresses::Owner;
use crate::store::invitations::NewInvitation;
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// Whether people without an account are invited too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newcomers {
    /// Who has the address must have an account.
    Refused,
    /// They make one with the link.
    Welcome,
}

/// An invitation that was just made.
#[derive(Clone, Debug)]
pub struct Invited {
    pub id: i64,
    pub invitee_id: Option<i64>,
    /// The code to be typed by hand, where the offer has one.
    pub code: String,
    pub created_at: Timestamp,
    /// Whether an earlier invitation no longer works.
    pub superseded: bool,
}

/// How often an invitation is made anew whose code an open one has: a chance of one in four thousand
/// million each.
const TRIES: usize = 4;

/// Invites an address to what is offered: the invitation, a mail that is owed and a line in the audit log.
/// An earlier open invitation of the same invitee to the same target no longer works.
///
/// # Errors
/// In this order: what [`Offer`] says of the inviter's right; [`Error::InviteeUnknown`],
/// [`Error::InviteeDeactivated`], [`Error::InviterUnverified`]; [`Error::InviteSelf`];
/// [`Error::InviteMember`]; [`Error::TooMany`].
pub async fn invite(
    usher: &Usher,
    actor: &Actor,
    offer: Offer,
    address: &EmailAddress,
    newcomers: Newcomers,
) -> Result<Invited, Error> {
    for _ in 0..TRIES {
        let now = usher.now();
        let operation = Invite {
            actor: actor.clone(),
            offer,
            address: address.clone(),
            newcomers,
            uid: new_uid(now),
            keys: usher.keys.clone(),
            counters: [
                Limit::InvitationsToAddress { inviter_id: actor.user_id, normal: address.normal().to_owned() }
                    .counter(usher),
                Limit::InvitationsOfInviter { inviter_id: actor.user_id }.counter(usher),
            ],
            now,
        };
        match usher.write_and_mail(operation).await {
            Err(Error::Collision) => {}
            outcome => return outcome,
        }
    }
    Err(Error::Unavailable)
}

/// # Errors
/// [`Error::InviteSelf`] when the address is one of the actor's own.
pub async fn check_not_self(usher: &Usher, actor: &Actor, address: &EmailAddress) -> Result<(), Error> {
    match store::addresses::owner(usher.db.read(), address.normal()).await? {
        Some(owner) if owner.user_id == actor.user_id => Err(Error::InviteSelf),
        _ => Ok(()),
    }
}

#[derive(Clone, Debug)]
struct Invite {
    actor: Actor,
    offer: Offer,
    address: EmailAddress,
    newcomers: Newcomers,
    uid: String,
    keys: Keys,
    counters: [Counter; 2],
    now: Timestamp,
}

impl Operation for Invite {
    type Output = Invited;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Invited, Error> {
        let now = self.now;
        let target_name = self.offer.allow(txn, self.actor.user_id).await?;
        let invitee = self.invitee(txn).await?;
        for counter in &self.counters {
            counter.count(txn, now).await?;
        }
        let invitee_id = invitee.as_ref().map(|invitee| invitee.user_id);
        let normal = self.address.normal();
        let superseded = store::invitations::supersede(txn, self.offer.target(), invitee_id, normal, now).await? > 0;
        let address = invitee.map_or_else(|| self.address.as_given().to_owned(), |invitee| invitee.address);
        let life = self.offer.life();
        let invitation = NewInvitation {
            uid: self.uid.clone(),
            target: self.offer.target(),
            is_admin: self.offer.is_admin(),
            target_name,
            inviter_id: self.actor.user_id,
            invitee_id,
            address: address.clone(),
            normal: normal.to_owned(),
            life: i64::try_from(life.as_millis()).unwrap_or(i64::MAX),
            now,
            expires_at: now.plus(life),
            links: token::links(&self.keys, &self.uid, 1, self.offer.has_code()),
        };
        let id = store::invitations::insert(txn, invitation).await?;
        store::outbox::insert(txn, invitation_mail(id, 1, &address, now)).await?;
        let environment_id = self.offer.environment_id();
        audit::record(txn, &self.actor, Action::InvitationSent, environment_id, Some(address), now).await?;
        Ok(Invited { id, invitee_id, code: token::code(&self.keys, &self.uid, 1), created_at: now, superseded })
    }
}

impl Invite {
    async fn invitee(&self, txn: &impl ConnectionTrait) -> Result<Option<Owner>, Error> {
        let Some(owner) = store::addresses::owner(txn, self.address.normal()).await? else {
            return match self.newcomers {
                Newcomers::Refused => Err(Error::InviteeUnknown(self.address.clone())),
                Newcomers::Welcome if !self.actor.verified => Err(Error::InviterUnverified),
                Newcomers::Welcome => Ok(None),
            };
        };
        if owner.user_id == self.actor.user_id {
            return Err(Error::InviteSelf);
        }
        if self.offer.has_member(txn, owner.user_id).await? {
            return Err(Error::InviteMember(self.address.clone()));
        }
        if owner.deactivated_at.is_some_and(|at| at <= self.now) {
            return Err(Error::InviteeDeactivated);
        }
        Ok(Some(owner))
    }
}

/// The mail that an invitation owes its invitee.
pub(super) fn invitation_mail(id: i64, generation: i64, address: &str, now: Timestamp) -> NewMail {
    NewMail {
        uid: new_uid(now),
        kind: MailKind::Invitation,
        address: address.to_owned(),
        user_id: None,
        invitation_id: Some(id),
        generation: Some(generation),
        subject_uid: None,
        now,
    }
}
