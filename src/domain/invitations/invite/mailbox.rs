//! The recipient of an invitation.

use sea_orm::ConnectionTrait;

use super::{Invitee, Members, Newcomers, Request};
use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::domain::offer::Offer;
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::error::{Error, InvitationError, Thing};
use crate::ids::UserId;
use crate::mailboxes::NamedAddress;
use crate::store;

/// Where the mail is sent.
pub(super) struct Mailbox {
    /// `None`: no account.
    pub user_id: Option<UserId>,
    pub address: String,
    pub normal: String,
    deactivated_at: Option<Timestamp>,
}

impl Request {
    /// The invitee, with the address to write to.
    pub async fn mailbox(&self, txn: &impl ConnectionTrait, actor: &Actor) -> Result<Mailbox, Error> {
        let (owner, normal) = match &self.invitee {
            Invitee::Address(NamedAddress { address, .. }) => {
                match store::addresses::owner(txn, address.normal()).await? {
                    Some(owner) => (owner, address.normal().to_owned()),
                    None => return self.newcomer(actor, address),
                }
            }
            Invitee::Username(username) => {
                let owner = store::addresses::primary_of_username(txn, username.as_str()).await?;
                let owner = owner.ok_or(Error::NotFound(Thing::User))?;
                let address = EmailAddress::try_from(owner.address.as_str())
                    .map_err(|_| Error::internal("a stored address is invalid"))?;
                (owner, address.normal().to_owned())
            }
        };
        let (user_id, deactivated_at) = (Some(owner.user_id), owner.deactivated_at);
        Ok(Mailbox { user_id, address: owner.address, normal, deactivated_at })
    }

    /// Checks that an invitee with an account may be invited.
    pub async fn check_invitee(
        &self,
        txn: &impl ConnectionTrait,
        actor: &Actor,
        offer: &Offer,
        mailbox: &Mailbox,
        now: Timestamp,
    ) -> Result<(), Error> {
        let Some(user_id) = mailbox.user_id else { return Ok(()) };
        if self.members == Members::Refused {
            if user_id == actor.user_id {
                return Err(InvitationError::InviteeSelf.into());
            }
            if offer.has_member(txn, user_id, now).await? {
                return Err(InvitationError::InviteeMember(self.invitee.as_sent().to_owned()).into());
            }
        }
        if is_deactivated(mailbox.deactivated_at, now) {
            return Err(InvitationError::InviteeDeactivated.into());
        }
        Ok(())
    }

    fn newcomer(&self, actor: &Actor, address: &EmailAddress) -> Result<Mailbox, Error> {
        match self.newcomers {
            Newcomers::Refused => Err(InvitationError::InviteeUnknown(address.clone()).into()),
            Newcomers::Welcome if !actor.verified => Err(InvitationError::InviterUnverified.into()),
            Newcomers::Welcome => Ok(Mailbox {
                user_id: None,
                address: address.as_given().to_owned(),
                normal: address.normal().to_owned(),
                deactivated_at: None,
            }),
        }
    }
}
