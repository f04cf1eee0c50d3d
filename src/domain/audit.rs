//! Who did what to what, when, from where.

use std::collections::HashMap;
use std::net::IpAddr;

use sea_orm::ConnectionTrait;
use sea_orm::Iterable as _;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::new_uid;
use crate::store;
use crate::store::assignments::{Grant, Granted, InOrg};
use crate::store::audit::{Details, Event, Thing};
use crate::store::invitations::Target;

/// What kind of thing was done, as people think of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Who is in, and with what: invited, joined, removed, rights.
    Access,
    /// Credentials, looked at or changed.
    Secrets,
    /// What can be handed out.
    Roles,
    /// Names and details.
    Settings,
    /// A user's own account, or one that was made, changed or ended for them.
    Account,
}

impl Kind {
    /// The kind of an action.
    pub const fn of(action: Action) -> Self {
        match action {
            Action::InvitationSent
            | Action::InvitationResent
            | Action::InvitationLinkCopied
            | Action::InvitationRevoked
            | Action::InvitationAccepted
            | Action::InvitationDeclined
            | Action::InvitationChanged
            | Action::EnvironmentHandedOver
            | Action::MemberPromoted
            | Action::MemberDemoted
            | Action::MemberRemoved
            | Action::MemberLeft
            | Action::MemberAdded
            | Action::RightsChanged
            | Action::UserCreated => Self::Access,
            Action::CredentialsChanged | Action::CredentialsRevealed => Self::Secrets,
            Action::RoleCreated
            | Action::RoleChanged
            | Action::RoleDeleted
            | Action::PermissionCreated
            | Action::PermissionChanged
            | Action::PermissionDeleted => Self::Roles,
            Action::EnvironmentCreated
            | Action::EnvironmentChanged
            | Action::EnvironmentDeleted
            | Action::SlackSetUp
            | Action::SlackChanged
            | Action::SlackRemoved
            | Action::OrgCreated
            | Action::OrgChanged
            | Action::OrgDeleted => Self::Settings,
            Action::UserDeactivated
            | Action::UserActivated
            | Action::UserDeleted
            | Action::TokenMade
            | Action::TokenRevoked
            | Action::UsernameChanged
            | Action::AddressAdded
            | Action::PrimaryAddressChanged
            | Action::AddressRemoved => Self::Account,
        }
    }

    /// The actions of this kind.
    pub fn actions(self) -> Vec<Action> {
        Action::iter().filter(|action| Self::of(*action) == self).collect()
    }
}

/// Of whom or what an event tells.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// To whom or what it was done, as people know it.
    pub subject: Option<String>,
    pub details: Details,
}

impl About {
    /// Of nothing but the action.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Of somebody or something.
    pub fn of(subject: impl Into<String>) -> Self {
        Self { subject: Some(subject.into()), details: Details::default() }
    }

    /// And what else is known.
    pub fn with(mut self, details: Details) -> Self {
        self.details = details;
        self
    }

    /// And what it was called before, should that have changed.
    pub fn formerly(mut self, name: &str) -> Self {
        self.details.was = (self.subject.as_deref() != Some(name)).then(|| name.to_owned());
        self
    }
}

impl From<Option<String>> for About {
    fn from(subject: Option<String>) -> Self {
        Self { subject, details: Details::default() }
    }
}

/// What grants are called.
pub(crate) async fn things(connection: &impl ConnectionTrait, grants: &[Grant]) -> Result<Vec<Thing>, Error> {
    let ids =
        |id: fn(Granted) -> Option<i64>| -> Vec<i64> { grants.iter().filter_map(|grant| id(grant.granted)).collect() };
    let (roles, permissions) = (ids(Granted::role_id), ids(Granted::permission_id));
    let mut names: HashMap<Granted, (String, bool)> = HashMap::new();
    if !roles.is_empty() {
        let found = store::roles::by_ids(connection, &roles).await?;
        names.extend(found.into_iter().map(|role| (Granted::Role(role.id), (role.name, role.is_system))));
    }
    if !permissions.is_empty() {
        let found = store::permissions::by_ids(connection, &permissions).await?;
        names.extend(found.into_iter().map(|found| (Granted::Permission(found.id), (found.name, false))));
    }
    Ok(grants
        .iter()
        .filter_map(|grant| {
            let (name, is_system) = names.get(&grant.granted)?;
            let (name, resource_id) = (name.clone(), grant.resource_id.clone());
            Some(match grant.granted {
                Granted::Role(_) if *is_system && resource_id.is_none() => Thing::Administration,
                Granted::Role(_) => Thing::Role { name, resource_id },
                Granted::Permission(_) => Thing::Permission { name, resource_id },
            })
        })
        .collect())
}

/// What a member has got and lost between two moments.
pub(crate) fn difference(before: &[InOrg], after: &[InOrg]) -> Details {
    let but = |these: &[InOrg], those: &[InOrg]| -> Vec<Thing> {
        let gone = these.iter().filter(|this| !those.iter().any(|that| that.id == this.id));
        gone.filter_map(thing).collect()
    };
    Details { gave: but(after, before), took: but(before, after), ..Details::default() }
}

fn thing(held: &InOrg) -> Option<Thing> {
    let resource_id = held.resource_id.clone();
    match (&held.role_name, &held.permission_name) {
        _ if held.is_administration() => Some(Thing::Administration),
        (Some(name), _) => Some(Thing::Role { name: name.clone(), resource_id }),
        (None, Some(name)) => Some(Thing::Permission { name: name.clone(), resource_id }),
        (None, None) => None,
    }
}

/// Records what `actor` did to an environment, or to somebody or something in it.
pub(crate) async fn record(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    environment_id: Option<i64>,
    about: impl Into<About>,
    now: Timestamp,
) -> Result<(), Error> {
    store::audit::record(txn, Event { environment_id, ..event(actor, action, about.into(), now) }).await
}

/// Records what `actor` did to an org, or to somebody or something in it.
pub(crate) async fn record_in_org(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    org_id: Option<i64>,
    about: impl Into<About>,
    now: Timestamp,
) -> Result<(), Error> {
    store::audit::record(txn, Event { org_id, ..event(actor, action, about.into(), now) }).await
}

/// Records what `actor` did about an invitation to a target.
pub(crate) async fn record_at(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    target: Target,
    about: impl Into<About>,
    now: Timestamp,
) -> Result<(), Error> {
    let (environment_id, org_id) = (target.environment_id, target.org_id);
    store::audit::record(txn, Event { environment_id, org_id, ..event(actor, action, about.into(), now) }).await
}

/// Records what somebody without an account did, or did before they had one.
pub(crate) async fn record_newcomer_at(
    txn: &impl ConnectionTrait,
    newcomer: Newcomer<'_>,
    action: Action,
    target: Target,
    about: About,
    now: Timestamp,
) -> Result<(), Error> {
    let event = Event {
        uid: new_uid(now),
        at: now,
        actor_id: newcomer.user_id,
        actor_name: newcomer.name.to_owned(),
        action,
        environment_id: target.environment_id,
        org_id: target.org_id,
        subject: about.subject,
        details: about.details,
        ip: newcomer.ip.map(|ip| ip.to_string()),
    };
    store::audit::record(txn, event).await
}

/// Records what happened to a user's own account by a link, whoever holds it.
pub(crate) async fn record_own(
    txn: &impl ConnectionTrait,
    user_id: i64,
    action: Action,
    subject: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let user = store::users::find(txn, user_id).await?;
    let event = Event {
        uid: new_uid(now),
        at: now,
        actor_id: Some(user_id),
        actor_name: user.map(|user| user.full_name).unwrap_or_default(),
        action,
        environment_id: None,
        org_id: None,
        subject: Some(subject.to_owned()),
        details: Details::default(),
        ip: None,
    };
    store::audit::record(txn, event).await
}

/// Somebody who acts without a session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer<'a> {
    pub user_id: Option<i64>,
    pub name: &'a str,
    pub ip: Option<IpAddr>,
}

fn event(actor: &Actor, action: Action, about: About, now: Timestamp) -> Event {
    Event {
        uid: new_uid(now),
        at: now,
        actor_id: Some(actor.user_id),
        actor_name: actor.full_name.clone(),
        action,
        environment_id: None,
        org_id: None,
        subject: about.subject,
        details: about.details,
        ip: actor.ip.map(|ip| ip.to_string()),
    }
}
