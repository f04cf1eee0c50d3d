//! The audit log: who did what to what, when, from where.

use std::collections::HashMap;
use std::net::IpAddr;

use sea_orm::ConnectionTrait;
use sea_orm::Iterable as _;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::Kind;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::{DefinitionId, DefinitionKind, OrgId, PlaceId, UserId, new_uid};
use crate::store;
use crate::store::assignments::{Grant, Granted, InOrg};
use crate::store::audit::{Details, Event, Thing};
use crate::store::places::Place;

/// A filter for the activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Memberships and rights: invited, joined, removed.
    Access,
    /// Credentials viewed or changed.
    Secrets,
    /// Roles and permissions defined.
    Roles,
    /// Names and details.
    Settings,
    /// A user's account: created, changed or deleted, by themselves or others.
    Account,
    /// Sign-ins, good and refused, and their ends.
    SignIns,
    /// Passwords changed and reset.
    Passwords,
    /// Access tokens.
    Tokens,
    /// What concerns the whole installation: superusers, failed messages.
    System,
}

impl Topic {
    pub const ALL: [Self; 9] = [
        Self::SignIns,
        Self::Passwords,
        Self::Account,
        Self::Tokens,
        Self::Access,
        Self::Secrets,
        Self::Roles,
        Self::Settings,
        Self::System,
    ];

    pub const fn of(action: Action) -> Self {
        match action {
            Action::InvitationSent
            | Action::InvitationResent
            | Action::InvitationLinkCopied
            | Action::InvitationRevoked
            | Action::InvitationAccepted
            | Action::InvitationDeclined
            | Action::InvitationChanged
            | Action::PlaceHandedOver
            | Action::MemberPromoted
            | Action::MemberDemoted
            | Action::MemberRemoved
            | Action::MemberLeft
            | Action::MemberAdded
            | Action::RightsChanged
            | Action::UserCreated => Self::Access,
            Action::CredentialsChanged
            | Action::CredentialsRevealed
            | Action::ExposureDismissed
            | Action::FormerSecretRevealed
            | Action::SlackTokenRevealed => Self::Secrets,
            Action::RoleCreated
            | Action::RoleChanged
            | Action::RoleDeleted
            | Action::PermissionCreated
            | Action::PermissionChanged
            | Action::PermissionDeleted => Self::Roles,
            Action::PlaceCreated
            | Action::PlaceChanged
            | Action::PlaceDeleted
            | Action::SlackSetUp
            | Action::SlackChanged
            | Action::SlackRemoved => Self::Settings,
            Action::UserDeactivated
            | Action::UserActivated
            | Action::UserDeleted
            | Action::UsernameChanged
            | Action::AddressAdded
            | Action::PrimaryAddressChanged
            | Action::AddressRemoved
            | Action::AccountMade
            | Action::AddressConfirmed => Self::Account,
            Action::SignedIn
            | Action::SignInRefused
            | Action::SignedOut
            | Action::SessionEnded
            | Action::SessionsEnded => Self::SignIns,
            Action::PasswordChanged | Action::ResetRequested | Action::PasswordReset => Self::Passwords,
            Action::TokenMade | Action::TokenRevoked => Self::Tokens,
            Action::SuperuserMade | Action::SuperuserUnmade | Action::MessagesResent => Self::System,
        }
    }

    pub fn actions(self) -> Vec<Action> {
        Action::iter().filter(|action| Self::of(*action) == self).collect()
    }
}

/// What an event is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// The name of the person or thing.
    pub subject: Option<String>,
    /// The user whom it was done to.
    pub subject_id: Option<UserId>,
    pub details: Details,
}

impl About {
    pub fn nothing() -> Self {
        Self::default()
    }

    pub fn of(subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), ..Self::default() }
    }

    /// Of a user.
    pub fn user(name: impl Into<String>, id: UserId) -> Self {
        Self { subject_id: Some(id), ..Self::of(name) }
    }

    pub fn with(mut self, details: Details) -> Self {
        self.details = details;
        self
    }

    /// Adds the former name, if it differs.
    pub fn formerly(mut self, name: &str) -> Self {
        self.details.was = (self.subject.as_deref() != Some(name)).then(|| name.to_owned());
        self
    }
}

impl From<Option<String>> for About {
    fn from(subject: Option<String>) -> Self {
        Self { subject, ..Self::default() }
    }
}

/// The names of grants.
pub(crate) async fn things(connection: &impl ConnectionTrait, grants: &[Grant]) -> Result<Vec<Thing>, Error> {
    let ids: Vec<DefinitionId> = grants.iter().map(|grant| grant.definition).collect();
    let found = store::definitions::by_ids(connection, &ids).await?;
    let names: HashMap<_, _> = found.iter().map(|found| (found.id, found)).collect();
    let thing = |grant: &Grant| {
        let found = names.get(&grant.definition)?;
        Some(thing(found.id.kind(), &found.name, found.is_system, grant.resource_id.as_deref()))
    };
    Ok(grants.iter().filter_map(thing).collect())
}

fn thing(kind: DefinitionKind, name: &str, is_system: bool, resource_id: Option<&str>) -> Thing {
    let (name, resource_id) = (name.to_owned(), resource_id.map(str::to_owned));
    match kind {
        DefinitionKind::Role if is_system && resource_id.is_none() => Thing::Administration,
        DefinitionKind::Role => Thing::Role { name, resource_id },
        DefinitionKind::Permission => Thing::Permission { name, resource_id },
    }
}

/// Grants that a member gained and lost.
pub(crate) fn difference(before: &[InOrg], after: &[InOrg]) -> Details {
    let but = |these: &[InOrg], those: &[InOrg]| -> Vec<Thing> {
        let gone = these.iter().filter(|this| !those.iter().any(|that| that.id == this.id));
        gone.map(|held| held_thing(&held.granted)).collect()
    };
    Details { gave: but(after, before), took: but(before, after), ..Details::default() }
}

fn held_thing(held: &Granted) -> Thing {
    thing(held.definition.kind(), &held.name, held.is_system, held.resource_id.as_deref())
}

/// The place of an event.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Where(Option<(PlaceId, Kind)>);

impl Where {
    pub const NOWHERE: Self = Self(None);

    pub const fn environment(place_id: PlaceId) -> Self {
        Self(Some((place_id, Kind::Environment)))
    }
}

/// An org's place; `None`: no place.
pub(crate) async fn in_org(connection: &impl ConnectionTrait, org_id: Option<OrgId>) -> Result<Where, Error> {
    let Some(org_id) = org_id else { return Ok(Where::NOWHERE) };
    Ok(Where(store::orgs::find(connection, org_id).await?.map(|org| (org.place_id, Kind::Org))))
}

impl From<&Place> for Where {
    fn from(place: &Place) -> Self {
        Self(Some((place.id, place.kind)))
    }
}

impl From<Option<&Place>> for Where {
    fn from(place: Option<&Place>) -> Self {
        place.map_or(Self::NOWHERE, Self::from)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct By<'a> {
    /// `None`: somebody without an account.
    pub user_id: Option<UserId>,
    pub name: &'a str,
    pub ip: Option<IpAddr>,
}

impl By<'_> {
    /// Somebody of whom nothing but the address is known.
    pub const fn somebody(ip: Option<IpAddr>) -> Self {
        Self { user_id: None, name: "", ip }
    }
}

impl<'a> From<&'a Actor> for By<'a> {
    fn from(actor: &'a Actor) -> Self {
        Self { user_id: Some(actor.user_id), name: &actor.full_name, ip: actor.ip }
    }
}

pub(crate) async fn record<'a>(
    txn: &impl ConnectionTrait,
    by: impl Into<By<'a>>,
    action: Action,
    place: impl Into<Where>,
    about: impl Into<About>,
    now: Timestamp,
) -> Result<(), Error> {
    let (by, about) = (by.into(), about.into());
    let event = Event {
        uid: new_uid(now),
        at: now,
        actor_id: by.user_id,
        actor_name: by.name.to_owned(),
        action,
        place: place.into().0,
        subject: about.subject,
        subject_id: about.subject_id,
        details: about.details,
        ip: by.ip.map(|ip| ip.to_string()),
    };
    store::audit::record(txn, event).await
}

/// Records an event on a user's own account, done through a link by whoever holds it.
pub(crate) async fn record_own(
    txn: &impl ConnectionTrait,
    user_id: UserId,
    ip: Option<IpAddr>,
    action: Action,
    about: impl Into<About>,
    now: Timestamp,
) -> Result<(), Error> {
    let name = store::users::find(txn, user_id).await?.map(|user| user.full_name).unwrap_or_default();
    let by = By { user_id: Some(user_id), name: &name, ip };
    record(txn, by, action, Where::NOWHERE, about, now).await
}
