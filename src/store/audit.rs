//! Who did what to what, when, from where.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::{PAGE_AND_ONE, Page, all};
use crate::clock::Timestamp;
use crate::entity::audit_event::{Action, ActiveModel, Entity};
use crate::error::Error;

/// An event to be recorded.
#[derive(Clone, Debug)]
pub struct Event {
    pub uid: String,
    pub at: Timestamp,
    pub actor_id: Option<i64>,
    pub actor_name: String,
    pub action: Action,
    pub environment_id: Option<i64>,
    pub org_id: Option<i64>,
    /// To whom or what else it was done, as people know it.
    pub subject: Option<String>,
    pub ip: Option<String>,
}

/// Records an event.
pub async fn record(connection: &impl ConnectionTrait, event: Event) -> Result<(), Error> {
    let row = ActiveModel {
        uid: Set(event.uid),
        at: Set(event.at),
        actor_id: Set(event.actor_id),
        actor_name: Set(event.actor_name),
        action: Set(event.action),
        environment_id: Set(event.environment_id),
        org_id: Set(event.org_id),
        subject: Set(event.subject),
        ip: Set(event.ip),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// An event as it is told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    pub id: i64,
    pub at: Timestamp,
    pub actor_name: String,
    pub action: Action,
    pub subject: Option<String>,
}

/// What happened to an environment, the latest first; `before` an event's id.
pub async fn of_environment(
    connection: &impl ConnectionTrait,
    environment_id: i64,
    before: i64,
) -> Result<Page<Told>, Error> {
    let sql = "SELECT id, at, actor_name, action, subject FROM audit_events
               WHERE environment_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let rows = all(connection, sql, [environment_id.into(), before.into(), PAGE_AND_ONE.into()]).await?;
    Ok(Page::cut(rows, |event: &Told| event.id))
}

/// What happened in an org, the latest first; `before` an event's id.
pub async fn of_org(connection: &impl ConnectionTrait, org_id: i64, before: i64) -> Result<Page<Told>, Error> {
    let sql = "SELECT id, at, actor_name, action, subject FROM audit_events
               WHERE org_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
    let rows = all(connection, sql, [org_id.into(), before.into(), PAGE_AND_ONE.into()]).await?;
    Ok(Page::cut(rows, |event: &Told| event.id))
}
