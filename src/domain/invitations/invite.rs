//! Invites people.

mod mailbox;

use std::time::Duration;

use sea_orm::DatabaseTransaction;

use self::mailbox::Mailbox;
use super::token;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::grants::RequestedGrants;
use crate::domain::actor::Actor;
use crate::domain::audit::{self, About};
use crate::domain::offer::{Key, Kind, Level, News, Offer, Proposal};
use crate::domain::throttle::Limit;
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::error::{Error, InvitationError};
use crate::fields::{Note, Username};
use crate::ids::{EnvironmentId, InvitationId, UserId, new_uid};
use crate::keys::Keys;
use crate::mailboxes::NamedAddress;
use crate::outage::Cause;
use crate::store;
use crate::store::invitation_changes::supersede;
use crate::store::invitations::NewInvitation;
use crate::store::locks::Locks;
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// Whether people without an account may be invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newcomers {
    /// The address must belong to an account.
    Refused,
    /// They create an account with the link.
    Welcome,
}

/// Whether existing members may be invited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Members {
    Refused,
    Welcome,
}

/// Who is invited.
#[derive(Clone, Debug)]
pub enum Invitee {
    /// The owner of this address, with or without an account.
    Address(NamedAddress),
    /// The user with this username, at their primary address.
    Username(Username),
}

/// Whom to invite to what.
#[derive(Clone, Debug)]
pub struct Ask {
    pub proposal: Proposal,
    pub invitee: Invitee,
    pub newcomers: Newcomers,
    pub members: Members,
    /// How long the invitation is open; `None`: the default of the kind.
    pub life: Option<Duration>,
    /// What the inviter writes to the invitee.
    pub note: Option<Note>,
}

/// Several people to invite to the same.
#[derive(Clone, Debug)]
pub struct AskAll {
    pub proposal: Proposal,
    pub invitees: Vec<Invitee>,
    pub newcomers: Newcomers,
    pub members: Members,
    /// As in [`Ask`].
    pub life: Option<Duration>,
    pub note: Option<Note>,
}

/// The most people invited at once.
pub const MAX_INVITEES: usize = 100;

impl Ask {
    /// An invitation to an environment.
    pub fn to_environment(id: EnvironmentId, level: Level, address: NamedAddress, newcomers: Newcomers) -> Self {
        let (kind, place, grants) = (Kind::Environment, Key::Path(id.to_string()), RequestedGrants::default());
        Self {
            proposal: Proposal { kind, place, level, grants },
            invitee: Invitee::Address(address),
            newcomers,
            members: Members::Refused,
            life: None,
            note: None,
        }
    }
}

#[derive(Clone, Debug)]
pub struct Invited {
    pub id: InvitationId,
    pub invitee_id: Option<UserId>,
    /// The code for typing, if the kind has one.
    pub code: String,
    pub created_at: Timestamp,
    /// Whether it replaced an earlier invitation.
    pub superseded: bool,
}

/// How often to retry when the code collides with that of an open invitation: a chance of one in four thousand million
/// each.
const TRIES: usize = 4;

/// Invites somebody: the invitation, its mail and an audit event. Supersedes an open invitation of the same invitee to
/// the same place.
///
/// # Errors
/// In this order: [`check_note`]; those of [`Proposal::offer`] about the inviter's right; [`InvitationError::InviteeUnknown`] or
/// [`Error::NotFound`] of the user, [`InvitationError::InviterUnverified`]; [`InvitationError::InviteeSelf`];
/// [`InvitationError::InviteeMember`]; [`InvitationError::InviteeDeactivated`]; [`Error::TooMany`].
pub async fn invite(usher: &Usher, actor: &Actor, ask: &Ask) -> Result<Invited, Error> {
    let Ask { proposal, invitee, newcomers, members, life, note } = ask.clone();
    check_note(actor, note.as_ref())?;
    send(usher, actor, Request { what: What::Proposed(proposal), invitee, newcomers, members, life, note }).await
}

/// Invites several people to the same, each in its own transaction; returns the outcome of each, in their order. The
/// actor's right is checked once. After an outage the rest are not tried.
///
/// # Errors
/// [`check_note`] and those of [`Proposal::offer`]; then nobody is invited. Of each: as [`invite`], [`InvitationError::TooManyAtOnce`]
/// beyond [`MAX_INVITEES`].
pub async fn invite_all(usher: &Usher, actor: &Actor, ask: AskAll) -> Result<Vec<Result<Invited, Error>>, Error> {
    let AskAll { proposal, invitees, newcomers, members, life, note } = ask;
    check_note(actor, note.as_ref())?;
    let offer = proposal.offer(usher.db.read(), actor.user_id, usher.now()).await?;
    let mut outcomes: Vec<Result<Invited, Error>> = Vec::with_capacity(invitees.len());
    for (number, invitee) in invitees.into_iter().enumerate() {
        let outcome = match outcomes.last() {
            Some(Err(Error::Unavailable(outage))) => Err(Error::Unavailable(outage.clone())),
            _ if number >= MAX_INVITEES => Err(InvitationError::TooManyAtOnce.into()),
            _ => {
                let what = What::Allowed(offer.clone());
                send(usher, actor, Request { what, invitee, newcomers, members, life, note: note.clone() }).await
            }
        };
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// Whether the actor may write a note. Anybody may have made an account with an address that nobody has verified: Usher
/// passes on no words in its owner's name.
///
/// # Errors
/// [`InvitationError::NoteUnverified`].
pub fn check_note(actor: &Actor, note: Option<&Note>) -> Result<(), Error> {
    if note.is_some() && !actor.verified { Err(InvitationError::NoteUnverified.into()) } else { Ok(()) }
}

async fn send(usher: &Usher, actor: &Actor, request: Request) -> Result<Invited, Error> {
    for _ in 0..TRIES {
        let now = usher.now();
        let operation = Invite {
            actor: actor.clone(),
            request: request.clone(),
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

/// The offer to one person.
#[derive(Clone, Debug)]
enum What {
    /// Whether the actor may offer it has yet to be checked.
    Proposed(Proposal),
    /// The actor may offer it.
    Allowed(Offer),
}

#[derive(Clone, Debug)]
struct Request {
    what: What,
    invitee: Invitee,
    newcomers: Newcomers,
    members: Members,
    life: Option<Duration>,
    note: Option<Note>,
}

#[derive(Clone, Debug)]
struct Invite {
    actor: Actor,
    request: Request,
    uid: String,
    keys: Keys,
    limited: bool,
    now: Timestamp,
}

impl Operation for Invite {
    type Output = Invited;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        match &self.request.what {
            What::Proposed(proposal) => proposal.locks(txn).await,
            What::Allowed(offer) => Ok(offer.place.shared_lock()),
        }
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Invited, Error> {
        let now = self.now;
        let offer = match &self.request.what {
            What::Proposed(proposal) => proposal.offer(txn, self.actor.user_id, now).await?,
            What::Allowed(offer) => offer.clone(),
        };
        let mailbox = self.request.mailbox(txn, &self.actor).await?;
        // Before the invitee is checked: if they accept that one at the same moment, they are a member by then.
        let superseded = supersede(txn, offer.place.id, mailbox.user_id, &mailbox.normal, now).await? > 0;
        self.request.check_invitee(txn, &self.actor, &offer, &mailbox, now).await?;
        let Mailbox { user_id, address, normal, .. } = mailbox;
        let named_as = Some(self.request.invitee.as_named()).filter(|name| *name != address).map(str::to_owned);
        let inviter_id = self.actor.user_id;
        let to_person = Limit::InvitationsToPerson { inviter_id, user_id, normal: normal.clone() };
        for limit in [to_person, Limit::InvitationsOfInviter { inviter_id }] {
            limit.counter_if(self.limited, &self.keys).count(txn, now).await?;
        }
        let life = self.request.life.unwrap_or_else(|| offer.place.kind.facts().life);
        let invitation = NewInvitation {
            uid: self.uid.clone(),
            place: offer.place.clone(),
            level: offer.level,
            inviter_id,
            invitee_id: user_id,
            address: address.clone(),
            normal,
            named_as: named_as.clone(),
            invitee_name: if user_id.is_none() { self.request.invitee.given_name() } else { None },
            note: self.request.note.clone().map(String::from),
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

impl Invitee {
    /// The name by which the inviting side knows the invitee.
    fn as_named(&self) -> &str {
        match self {
            Self::Address(named) => named.address.as_given(),
            Self::Username(username) => username.as_str(),
        }
    }

    /// As it was written.
    fn as_sent(&self) -> &str {
        match self {
            Self::Address(named) => named.address.as_sent(),
            Self::Username(username) => username.as_str(),
        }
    }

    /// The name that came with the address.
    fn given_name(&self) -> Option<String> {
        match self {
            Self::Address(named) => named.name.clone().map(String::from),
            Self::Username(_) => None,
        }
    }
}

pub(super) fn invitation_mail(id: InvitationId, generation: i64, address: &str, now: Timestamp) -> NewMail {
    NewMail {
        uid: new_uid(now),
        kind: MessageKind::Invitation,
        address: address.to_owned(),
        user_id: None,
        invitation_id: Some(id),
        generation: Some(generation),
        subject_uid: None,
        now,
    }
}
