//! Who did what to what, when, from where.

use sea_orm::{ActiveEnum, ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};

use super::secrets::Field;
use super::{Bound, Direction, Page, all, like_literal, sequence};
use crate::clock::Timestamp;
use crate::email_address::searched;
use crate::entity::Kind;
use crate::entity::audit_event::{Action, ActiveModel, Entity};
use crate::error::Error;
use crate::ids::{EventId, PlaceId, UserId};

/// An event to be recorded.
#[derive(Clone, Debug)]
pub struct Event {
    pub uid: String,
    pub at: Timestamp,
    pub actor_id: Option<UserId>,
    pub actor_name: String,
    pub action: Action,
    /// Where; `None`: in no place.
    pub place: Option<(PlaceId, Kind)>,
    /// To whom or what else it was done, as people know it.
    pub subject: Option<String>,
    pub details: Details,
    pub ip: Option<String>,
}

/// What else is to be told of an event; names are as they were then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// As what somebody is invited, or is in.
    #[serde(rename = "place", skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gave: Vec<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub took: Vec<Thing>,
    /// What it was called before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Which secrets.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<Field>,
    /// Why, in the words of who did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The format in which secrets were taken away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// What somebody is in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    Member,
    Administrator,
}

/// What is given or taken. `resource_id` is JSON: a number or a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Thing {
    /// The system role.
    Administration,
    Role {
        name: String,
        resource_id: Option<String>,
    },
    Permission {
        name: String,
        resource_id: Option<String>,
    },
}

/// Records an event.
pub async fn record(connection: &impl ConnectionTrait, event: Event) -> Result<(), Error> {
    let details = (event.details != Details::default()).then(|| serde_json::to_string(&event.details)).transpose();
    let row = ActiveModel {
        uid: Set(event.uid),
        at: Set(event.at),
        actor_id: Set(event.actor_id),
        actor_name: Set(event.actor_name),
        action: Set(event.action),
        place_id: Set(event.place.map(|(id, _)| id)),
        place_kind: Set(event.place.map(|(_, kind)| kind)),
        subject: Set(event.subject),
        details: Set(details.map_err(Error::internal)?),
        ip: Set(event.ip),
        ..Default::default()
    };
    Entity::insert(row).exec_without_returning(connection).await?;
    Ok(())
}

/// An event as it is told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    pub id: EventId,
    pub at: Timestamp,
    pub actor_name: String,
    pub action: Action,
    pub place_kind: Option<Kind>,
    pub subject: Option<String>,
    details: Option<String>,
}

impl Told {
    /// What else is known of it: nothing of an event from before that was recorded.
    pub fn details(&self) -> Details {
        self.details.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }
}

/// Which events are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// In the name of who did it, of whom or what it was done to, or of what was given, taken or renamed; empty: any.
    pub search: &'a str,
    /// Empty: any.
    pub actions: &'a [Action],
    /// An event's id.
    pub before: i64,
    /// How many at most.
    pub limit: usize,
}

/// How many events are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 5_000;

/// What happened in a place, the latest first. Of a filtered list, as much as is in the next [`LOOKED_THROUGH`] events.
pub async fn told(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    wanted: Wanted<'_>,
) -> Result<Page<Told>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), wanted.before.into()];
    let before = sequence(connection, "audit_events", &[("place_id", "$1")], Direction::Falling, "$2");
    let filter = wanted.filter(&mut values)?;
    let bound = if filter.is_empty() {
        None
    } else {
        let keys = format!("SELECT id AS key FROM audit_events WHERE {} ORDER BY {}", before.condition, before.order);
        Bound::of(connection, LOOKED_THROUGH, &keys, [place_id.into(), wanted.before.into()]).await?
    };
    let sql = format!(
        "SELECT id, at, actor_name, action, place_kind, subject, details FROM audit_events
         WHERE {condition}{bound}{filter} ORDER BY {order} LIMIT {limit}",
        condition = before.condition,
        bound = Bound::or_above(bound, "id"),
        order = before.order,
        limit = wanted.limit.saturating_add(1)
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at(wanted.limit, rows, |event: &Told| event.id.0).within(bound))
}

impl Wanted<'_> {
    /// Whether events may be left out.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty() || !self.actions.is_empty()
    }

    /// SQL: further conditions, with their values.
    fn filter(&self, values: &mut Vec<Value>) -> Result<String, Error> {
        let mut filter = String::new();
        if !self.search.is_empty() {
            // As it is, too: SQLite makes only ASCII letters small. Of the details the text is searched, in which names
            // stand as JSON writes them, without the keys of its own that no sentence has a word for.
            let details =
                "REPLACE(REPLACE(REPLACE(details, '\"name\":', ''), '\"resource_id\":', ''), '\"secrets\":', '')";
            filter = format!(
                " AND (LOWER(actor_name) LIKE $3 ESCAPE '!' OR LOWER(subject) LIKE $3 ESCAPE '!'
                       OR actor_name LIKE $4 ESCAPE '!' OR subject LIKE $4 ESCAPE '!' OR subject LIKE $7 ESCAPE '!'
                       OR LOWER({details}) LIKE $5 ESCAPE '!' OR {details} LIKE $6 ESCAPE '!')"
            );
            let written = serde_json::to_string(self.search).map_err(Error::internal)?;
            let written = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
            let (small, small_written) = (self.search.to_lowercase(), written.to_lowercase());
            // Addresses are kept in ASCII.
            let address = searched(self.search).unwrap_or_else(|| small.clone());
            let patterns = [small.as_str(), self.search, small_written.as_str(), written, &address].map(like_literal);
            values.extend(patterns.map(|pattern| format!("%{pattern}%").into()));
        }
        if !self.actions.is_empty() {
            // Names of ours: they stand in the text as they are.
            let names: Vec<String> = self.actions.iter().map(|action| format!("'{}'", action.to_value())).collect();
            filter = format!("{filter} AND action IN ({})", names.join(", "));
        }
        Ok(filter)
    }
}
