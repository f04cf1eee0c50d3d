//! Recorded events, as they are told.

use sea_orm::{ActiveEnum, ConnectionTrait, FromQueryResult, Value};

use super::audit::Details;
use super::{Bound, Direction, Page, all, like_literal, sequence};
use crate::clock::Timestamp;
use crate::email_address::searched;
use crate::entity::Kind;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::{EventId, PlaceId, UserId};

/// An event as it is told.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Told {
    pub id: EventId,
    pub uid: String,
    pub at: Timestamp,
    pub actor_id: Option<UserId>,
    pub actor_name: String,
    pub action: Action,
    pub place_kind: Option<Kind>,
    pub place_name: Option<String>,
    pub subject: Option<String>,
    pub ip: Option<String>,
    details: Option<String>,
}

impl Told {
    /// What else is known of it: nothing of an event from before that was recorded.
    pub fn details(&self) -> Details {
        self.details.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }
}

/// Of whom or what the events are.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    Everything,
    Place(PlaceId),
    /// What a user did, and what was done to them.
    Person(UserId),
}

/// Which events are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// In the name of who did it, of whom or what it was done to, or of what was given, taken or renamed; empty: any.
    pub search: &'a str,
    /// In the name of the place; empty: any.
    pub place_name: &'a str,
    pub place_id: Option<PlaceId>,
    /// Empty: any.
    pub actions: &'a [Action],
    pub from: Option<Timestamp>,
    /// Exclusive.
    pub until: Option<Timestamp>,
    /// An event's id.
    pub before: i64,
    /// How many at most.
    pub limit: usize,
}

impl Default for Wanted<'_> {
    fn default() -> Self {
        Self {
            search: "",
            place_name: "",
            place_id: None,
            actions: &[],
            from: None,
            until: None,
            before: i64::MAX,
            limit: super::PAGE,
        }
    }
}

/// How many events are looked through for one page of a search.
const LOOKED_THROUGH: u32 = 5_000;

const COLUMNS: &str = "id, uid, at, actor_id, actor_name, action, place_kind, place_name, subject, ip, details";

/// What happened, the latest first. Of a filtered list, as much as is in the next [`LOOKED_THROUGH`] events.
pub async fn told(connection: &impl ConnectionTrait, of: Of, wanted: Wanted<'_>) -> Result<Page<Told>, Error> {
    let Some(span) = Span::of(connection, &wanted).await? else { return Ok(Page::cut_at(1, Vec::new(), |_| 0)) };
    let (ways, mut values) = ways(connection, of, span);
    let keyed = values.clone();
    let filter = wanted.filter(&mut values)?;
    let bound = if filter.is_empty() {
        None
    } else {
        Bound::of(connection, LOOKED_THROUGH, &merged(&ways, "id AS key", "", "key", LOOKED_THROUGH), keyed).await?
    };
    let filter = format!("{}{filter}", Bound::or_above(bound, "id"));
    let limit = u32::try_from(wanted.limit.saturating_add(1)).unwrap_or(u32::MAX);
    let sql = format!("{} LIMIT {limit}", merged(&ways, COLUMNS, &filter, "id", limit));
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at(wanted.limit, rows, |event: &Told| event.id.0).within(bound))
}

/// Ways to the events, each over one index, with their values: conditions and orders.
fn ways(connection: &impl ConnectionTrait, of: Of, span: Span) -> (Vec<(String, String)>, Vec<Value>) {
    let above = span.first.map(|first| format!(" AND id >= {first}")).unwrap_or_default();
    let by = |column, but: &str| {
        let way = sequence(connection, "audit_events", &[(column, "$1")], Direction::Falling, "$2");
        (format!("{}{above}{but}", way.condition), way.order)
    };
    match of {
        Of::Everything => (vec![(format!("id < $1{above}"), "id DESC".to_owned())], vec![span.before.into()]),
        Of::Place(id) => (vec![by("place_id", "")], vec![id.into(), span.before.into()]),
        Of::Person(id) => {
            let others = " AND (actor_id IS NULL OR actor_id <> $1)";
            (vec![by("actor_id", ""), by("subject_id", others)], vec![id.into(), span.before.into()])
        }
    }
}

/// SQL: the rows of all ways, of each at most so many, in the order of `key`.
fn merged(ways: &[(String, String)], columns: &str, filter: &str, key: &str, most: u32) -> String {
    if let [(condition, order)] = ways {
        return format!("SELECT {columns} FROM audit_events WHERE {condition}{filter} ORDER BY {order}");
    }
    let parts: Vec<String> = ways
        .iter()
        .enumerate()
        .map(|(number, (condition, order))| {
            format!(
                "SELECT * FROM (SELECT {columns} FROM audit_events WHERE {condition}{filter} ORDER BY {order} LIMIT {most})
                 AS way{number}"
            )
        })
        .collect();
    format!("{} ORDER BY {key} DESC", parts.join(" UNION ALL "))
}

/// Between which ids events of a time are.
#[derive(Clone, Copy, Debug)]
struct Span {
    first: Option<i64>,
    before: i64,
}

/// By how many places events may be out of the order of time: processes have clocks of their own, and an event is
/// numbered later than it is dated.
const OUT_OF_ORDER: u32 = 1_000;

#[derive(FromQueryResult)]
struct Numbered {
    id: i64,
}

impl Span {
    /// `None`: nothing happened then.
    async fn of(connection: &impl ConnectionTrait, wanted: &Wanted<'_>) -> Result<Option<Self>, Error> {
        let mut span = Self { first: None, before: wanted.before };
        if let Some(from) = wanted.from {
            let sql = format!("SELECT id FROM audit_events WHERE at >= $1 ORDER BY at, id LIMIT {OUT_OF_ORDER}");
            let ids: Vec<Numbered> = all(connection, &sql, [from.into()]).await?;
            let Some(first) = ids.iter().map(|row| row.id).min() else { return Ok(None) };
            span.first = Some(first);
        }
        if let Some(until) = wanted.until {
            let sql =
                format!("SELECT id FROM audit_events WHERE at < $1 ORDER BY at DESC, id DESC LIMIT {OUT_OF_ORDER}");
            let ids: Vec<Numbered> = all(connection, &sql, [until.into()]).await?;
            let Some(last) = ids.iter().map(|row| row.id).max() else { return Ok(None) };
            span.before = span.before.min(last.saturating_add(1));
        }
        Ok(Some(span))
    }
}

impl Wanted<'_> {
    /// Whether events may be left out.
    pub fn is_filtered(&self) -> bool {
        !self.search.is_empty()
            || !self.place_name.is_empty()
            || !self.actions.is_empty()
            || self.place_id.is_some()
            || self.from.is_some()
            || self.until.is_some()
    }

    /// SQL: further conditions, with their values.
    fn filter(&self, values: &mut Vec<Value>) -> Result<String, Error> {
        let mut filter = self.text(values)?;
        if !self.place_name.is_empty() {
            let [small, as_is] = [&self.place_name.to_lowercase(), self.place_name].map(|text| like(values, text));
            filter = format!(
                "{filter} AND (LOWER(place_name) LIKE {small} ESCAPE '!' OR place_name LIKE {as_is} ESCAPE '!')"
            );
        }
        if !self.actions.is_empty() {
            // Names of ours: they stand in the text as they are.
            let names: Vec<String> = self.actions.iter().map(|action| format!("'{}'", action.to_value())).collect();
            filter = format!("{filter} AND action IN ({})", names.join(", "));
        }
        // The plus keeps the planners to the index that has the order of the list.
        let numbers = [
            ("+place_id =", self.place_id.map(|id| id.0)),
            ("+at >=", self.from.map(Timestamp::millis)),
            ("+at <", self.until.map(Timestamp::millis)),
        ];
        for (condition, number) in numbers {
            if let Some(number) = number {
                filter = format!("{filter} AND {condition} {number}");
            }
        }
        Ok(filter)
    }

    /// SQL: the condition of the search.
    fn text(&self, values: &mut Vec<Value>) -> Result<String, Error> {
        if self.search.is_empty() {
            return Ok(String::new());
        }
        // As it is, too: SQLite makes only ASCII letters small. Of the details the text is searched, in which names
        // stand as JSON writes them, without the keys of its own that no sentence has a word for.
        let details = "REPLACE(REPLACE(REPLACE(details, '\"name\":', ''), '\"resource_id\":', ''), '\"secrets\":', '')";
        let written = serde_json::to_string(self.search).map_err(Error::internal)?;
        let written = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        let (small, small_written) = (self.search.to_lowercase(), written.to_lowercase());
        // Addresses are kept in ASCII.
        let address = searched(self.search).unwrap_or_else(|| small.clone());
        let patterns = [small.as_str(), self.search, small_written.as_str(), written, &address];
        let [small, as_is, small_written, written, address] = patterns.map(|text| like(values, text));
        Ok(format!(
            " AND (LOWER(actor_name) LIKE {small} ESCAPE '!' OR LOWER(subject) LIKE {small} ESCAPE '!'
                   OR actor_name LIKE {as_is} ESCAPE '!' OR subject LIKE {as_is} ESCAPE '!'
                   OR subject LIKE {address} ESCAPE '!'
                   OR LOWER({details}) LIKE {small_written} ESCAPE '!' OR {details} LIKE {written} ESCAPE '!')"
        ))
    }
}

/// The parameter of a pattern for what contains a text.
fn like(values: &mut Vec<Value>, text: &str) -> String {
    values.push(format!("%{}%", like_literal(text)).into());
    format!("${}", values.len())
}
