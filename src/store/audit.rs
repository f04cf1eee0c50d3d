//! Who did what to what, when, from where.

use sea_orm::{ActiveEnum, ConnectionTrait};
use serde::{Deserialize, Serialize};

use super::execute;
use super::secrets::Field;
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::ids::{PlaceId, UserId};

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
    /// The user whom it was done to.
    pub subject_id: Option<UserId>,
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
    /// Why a sign-in was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Refusal>,
    /// How many things it was done to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
}

/// Why somebody was not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    WrongPassword,
    Deactivated,
    /// Too many wrong passwords.
    TooMany,
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

/// Records an event, with the name that its place has now.
pub async fn record(connection: &impl ConnectionTrait, event: Event) -> Result<(), Error> {
    let details = (event.details != Details::default()).then(|| serde_json::to_string(&event.details)).transpose();
    // A place that was just deleted has left its name in the event.
    let gone = if event.action == Action::PlaceDeleted { event.subject.clone() } else { None };
    let sql =
        "INSERT INTO audit_events (uid, at, actor_id, actor_name, action, place_id, place_kind, subject, subject_id,
                                         details, ip, place_name)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
                       COALESCE((SELECT p.name FROM places p WHERE p.id = $6), $12))";
    let values = [
        event.uid.into(),
        event.at.into(),
        event.actor_id.into(),
        event.actor_name.into(),
        event.action.to_value().into(),
        event.place.map(|(id, _)| id).into(),
        event.place.map(|(_, kind)| kind.to_value()).into(),
        event.subject.into(),
        event.subject_id.into(),
        details.map_err(Error::internal)?.into(),
        event.ip.into(),
        gone.into(),
    ];
    execute(connection, sql, values).await.map(drop)
}
