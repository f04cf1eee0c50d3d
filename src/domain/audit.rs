//! Who did what to what, when, from where.

use sea_orm::ConnectionTrait;

use crate::clock::Timestamp;
use crate::domain::actor::Actor;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::new_uid;
use crate::store;
use crate::store::audit::Event;

/// Records what `actor` did to an environment, or to `subject` in it.
pub(crate) async fn record(
    txn: &impl ConnectionTrait,
    actor: &Actor,
    action: Action,
    environment_id: Option<i64>,
    subject: Option<String>,
    now: Timestamp,
) -> Result<(), Error> {
    let event = Event {
        uid: new_uid(now),
        at: now,
        actor_id: Some(actor.user_id),
        actor_name: actor.full_name.clone(),
        action,
        environment_id,
        subject,
        ip: actor.ip.map(|ip| ip.to_string()),
    };
    store::audit::record(txn, event).await
}
