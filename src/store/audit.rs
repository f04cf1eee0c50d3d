//! Who did what to what, when, from where.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, Value};

use super::{PAGE_AND_ONE, Page, all, like_literal};
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

/// What happened to an environment, the latest first; `before` an event's id. With `search`: what whoever is called so did,
/// or what was done to them.
pub async fn of_environment(
    connection: &impl ConnectionTrait,
    environment_id: i64,
    search: &str,
    before: i64,
) -> Result<Page<Told>, Error> {
    told(connection, "environment_id", environment_id, search, before).await
}

/// What happened in an org, as [`of_environment`] tells it.
pub async fn of_org(
    connection: &impl ConnectionTrait,
    org_id: i64,
    search: &str,
    before: i64,
) -> Result<Page<Told>, Error> {
    told(connection, "org_id", org_id, search, before).await
}

async fn told(
    connection: &impl ConnectionTrait,
    place: &str,
    id: i64,
    search: &str,
    before: i64,
) -> Result<Page<Told>, Error> {
    let found = if search.is_empty() {
        ""
    } else {
        "AND (LOWER(actor_name) LIKE $4 ESCAPE '!' OR LOWER(subject) LIKE $4 ESCAPE '!')"
    };
    let sql = format!(
        "SELECT id, at, actor_name, action, subject FROM audit_events
         WHERE {place} = $1 AND id < $2 {found} ORDER BY id DESC LIMIT $3"
    );
    let mut values: Vec<Value> = vec![id.into(), before.into(), PAGE_AND_ONE.into()];
    if !search.is_empty() {
        values.push(format!("%{}%", like_literal(&search.to_lowercase())).into());
    }
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut(rows, |event: &Told| event.id))
}
