//! Inviting somebody.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::WantedGrants;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::{Key, Kind, Level, News, Offer, Proposal};
use crate::domain::throttle::Limit;
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MailKind;
use crate::error::{Error, InvitationError, Thing};
use crate::fields::Username;
use crate::ids::{EnvironmentId, InvitationId, UserId, new_uid};
use crate::keys::Keys;
use crate::outage::Cause;
use crate::store;
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

/// Whether members are invited again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    /// It is a mistake.
    Refused,
    /// It does no harm.
    Welcome,
}

/// Who is invited.
#[derive(Clone, Debug)]
pub enum Invitee {
    /// Whoever has, or will have, this address.
    Address(EmailAddress),
    /// The user of this username, at the primary address.
    Username(Username),
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Ask {
    pub proposal: Proposal,
    pub invitee: Invitee,
    pub newcomers: Newcomers,
    pub members: Members,
    /// How long the invitation is open; `None`: as long as is usual for the offer.
    pub life: Option<Duration>,
}

impl Ask {
    /// An invitation to an environment.
    pub fn to_environment(id: EnvironmentId, level: Level, address: EmailAddress, newcomers: Newcomers) -> Self {
        let (kind, place, grants) = (Kind::Environment, Key::Path(id.to_string()), WantedGrants::default());
        Self {
            proposal: Proposal { kind, place, level, grants },
            invitee: Invitee::Address(address),
            newcomers,
            members: Members::Refused,
            life: None,
        }
    }
}

/// An invitation that was just made.
#[derive(Clone, Debug)]
pub struct Invited {
    pub id: InvitationId,
    pub invitee_id: Option<UserId>,
    /// The code to be typed by hand, where the offer has one.
    pub code: String,
    pub created_at: Timestamp,
    /// Whether an earlier invitation no longer works.
    pub superseded: bool,
}

/// How often an invitation is made anew whose code an open one has: a chance of one in four thousand
/// million each.
const TRIES: usize = 4;

/// Invites somebody to what is offered: the invitation, a mail that is owed and a line in the audit log.
/// An earlier open invitation of the same invitee to the same target no longer works.
///
/// # Errors
/// In this order: what [`Proposal::offer`] says of the inviter's right; [`InvitationError::InviteeUnknown`] or
/// [`Error::NotFound`] of the user, [`InvitationError::InviterUnverified`]; [`InvitationError::InviteeSelf`];
/// [`InvitationError::InviteeMember`]; [`InvitationError::InviteeDeactivated`]; [`Error::TooMany`].
pub async fn invite(usher: &Usher, actor: &Actor, ask: &Ask) -> Result<Invited, Error> {
    for _ in 0..TRIES {
        let now = usher.now();
        let operation = Invite {
            actor: actor.clone(),
            ask: ask.clone(),
            uid: new_uid(now),
            keys: usher.keys.clone(),
            limited: usher.config.rate_limits_enabled,
            now,
        };
        match actor.write_and_mail(usher, operation).await {
            Err(Error::Collision) => {}
            outcome => return outcome,
        }
    }
    Err(Error::Unavailable(Cause::Contended.into()))
}

/// # Errors
/// [`InvitationError::InviteeSelf`] when the address is one of the actor's own.
pub async fn check_not_self(usher: &Usher, actor: &Actor, address: &EmailAddress) -> Result<(), Error> {
    match store::addresses::owner(usher.db.read(), address.normal()).await? {
        Some(owner) if owner.user_id == actor.user_id => Err(InvitationError::InviteeSelf.into()),
        _ => Ok(()),
    }
}

#[derive(Clone, Debug)]
struct Invite {
    actor: Actor,
    ask: Ask,
    uid: String,
    keys: Keys,
    limited: bool,
    now: Timestamp,
}

impl Operation for Invite {
    type Output = Invited;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Invited, Error> {
        let now = self.now;
        let offer = self.ask.proposal.offer(txn, self.actor.user_id, now).await?;
        let invitee = self.invitee(txn, &offer).await?;
        let Mailbox { user_id, address, normal } = invitee;
        let named_as = Some(self.ask.invitee.as_named()).filter(|name| *name != address).map(str::to_owned);
        let inviter_id = self.actor.user_id;
        let to_person = Limit::InvitationsToPerson { inviter_id, user_id, normal: normal.clone() };
        for limit in [to_person, Limit::InvitationsOfInviter { inviter_id }] {
            limit.counter_if(self.limited, &self.keys).count(txn, now).await?;
        }
        let superseded = store::invitations::supersede(txn, offer.place.id, user_id, &normal, now).await? > 0;
        let life = self.ask.life.unwrap_or_else(|| offer.place.kind.facts().life);
        let invitation = NewInvitation {
            uid: self.uid.clone(),
            place: offer.place.clone(),
            level: offer.level,
            inviter_id,
            invitee_id: user_id,
            address: address.clone(),
            normal,
            named_as: named_as.clone(),
            life: i64::try_from(life.as_millis()).unwrap_or(i64::MAX),
            now,
            expires_at: now.plus(life),
            links: token::links(&self.keys, &self.uid, 1, offer.place.kind.facts().has_code),
        };
        let id = store::invitations::insert(txn, invitation).await?;
        store::invitation_grants::insert(txn, id, &offer.grants).await?;
        store::outbox::insert(txn, invitation_mail(id, 1, &address, now)).await?;
        offer.announce(txn, News::Invited { by: inviter_id, invitation_id: id }, now).await?;
        let about = About::of(named_as.unwrap_or(address)).with(offer.details(txn).await?);
        audit::record(txn, &self.actor, Action::InvitationSent, &offer.place, about, now).await?;
        Ok(Invited {
            id,
            invitee_id: user_id,
            code: token::code(&self.keys, &self.uid, 1),
            created_at: now,
            superseded,
        })
    }
}

/// Whom the mail goes to.
struct Mailbox {
    /// `None`: nobody with an account.
    user_id: Option<UserId>,
    address: String,
    normal: String,
}

impl Invite {
    async fn invitee(&self, txn: &impl ConnectionTrait, offer: &Offer) -> Result<Mailbox, Error> {
        let (owner, normal) = match &self.ask.invitee {
            Invitee::Address(address) => match store::addresses::owner(txn, address.normal()).await? {
                Some(owner) => (owner, address.normal().to_owned()),
                None => return self.newcomer(address),
            },
            Invitee::Username(username) => {
                let owner = store::addresses::primary_of_username(txn, username.as_str()).await?;
                let owner = owner.ok_or(Error::NotFound(Thing::User))?;
                let address = EmailAddress::try_from(owner.address.as_str())
                    .map_err(|_| Error::internal("a stored address is no address"))?;
                (owner, address.normal().to_owned())
            }
        };
        if self.ask.members == Members::Refused {
            if owner.user_id == self.actor.user_id {
                return Err(InvitationError::InviteeSelf.into());
            }
            if offer.has_member(txn, owner.user_id, self.now).await? {
                return Err(InvitationError::InviteeMember(self.ask.invitee.as_sent().to_owned()).into());
            }
        }
        if is_deactivated(owner.deactivated_at, self.now) {
            return Err(InvitationError::InviteeDeactivated.into());
        }
        Ok(Mailbox { user_id: Some(owner.user_id), address: owner.address, normal })
    }

    fn newcomer(&self, address: &EmailAddress) -> Result<Mailbox, Error> {
        match self.ask.newcomers {
            Newcomers::Refused => Err(InvitationError::InviteeUnknown(address.clone()).into()),
            Newcomers::Welcome if !self.actor.verified => Err(InvitationError::InviterUnverified.into()),
            Newcomers::Welcome => Ok(Mailbox {
                user_id: None,
                address: address.as_given().to_owned(),
                normal: address.normal().to_owned(),
            }),
        }
    }
}

impl Invitee {
    /// What the inviting side knows the invitee by.
    fn as_named(&self) -> &str {
        match self {
            Self::Address(address) => address.as_given(),
            Self::Username(username) => username.as_str(),
        }
    }

    /// What names the invitee, as it was written.
    fn as_sent(&self) -> &str {
        match self {
            Self::Address(address) => address.as_sent(),
            Self::Username(username) => username.as_str(),
        }
    }
}

/// The mail that an invitation owes its invitee.
pub(super) fn invitation_mail(id: InvitationId, generation: i64, address: &str, now: Timestamp) -> NewMail {
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
