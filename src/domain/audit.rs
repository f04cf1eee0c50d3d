//! Who did what to what, when, from where.

use std::net::IpAddr;

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::new_uid;
use crate::store;
use crate::store::audit::Event;
use crate::store::invitations::Target;

/// Records what `actor` did to an environment, or to `subject` in it.
pub(crate) async fn record(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    environment_id: Option<i64>,
    subject: Option<String>,
    now: Timestamp,
) -> Result<(), Error> {
    store::audit::record(txn, Event { environment_id, ..event(actor, action, subject, now) }).await
}

/// Records what `actor` did to an org, or to `subject` in it.
pub(crate) async fn record_in_org(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    org_id: Option<i64>,
    subject: Option<String>,
    now: Timestamp,
) -> Result<(), Error> {
    store::audit::record(txn, Event { org_id, ..event(actor, action, subject, now) }).await
}

/// Records what `actor` did about an invitation to a target.
pub(crate) async fn record_at(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    target: Target,
    subject: Option<String>,
    now: Timestamp,
) -> Result<(), Error> {
    let (environment_id, org_id) = (target.environment_id, target.org_id);
    store::audit::record(txn, Event { environment_id, org_id, ..event(actor, action, subject, now) }).await
}

/// Records what somebody without an account did, or did before they had one.
pub(crate) async fn record_newcomer_at(
    txn: &impl ConnectionTrait,
    newcomer: Newcomer<'_>,
    action: Action,
    target: Target,
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
        subject: None,
        ip: newcomer.ip.map(|ip| ip.to_string()),
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

fn event(actor: &Actor, action: Action, subject: Option<String>, now: Timestamp) -> Event {
    Event {
        uid: new_uid(now),
        at: now,
        actor_id: Some(actor.user_id),
        actor_name: actor.full_name.clone(),
        action,
        environment_id: None,
        org_id: None,
        subject,
        ip: actor.ip.map(|ip| ip.to_string()),
    }
}
