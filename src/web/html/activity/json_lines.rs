//! Events as JSON lines: one object each, with the fields of `docs/activity.md`.

use sea_orm::ActiveEnum as _;
use serde::Serialize;

use super::key;
use crate::domain::audit::Topic;
use crate::domain::offer::Kind;
use crate::plain_text::clean;
use crate::store::activity::Told;
use crate::store::audit::Details;

/// The last line of a file that could not be sent whole.
pub(super) const INCOMPLETE: &[u8] = b"{\"incomplete\":true}\n";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    id: &'a str,
    at: String,
    /// Nobody's, if only an address is known.
    who: Option<&'a str>,
    what: String,
    action: String,
    topic: &'static str,
    subject: Option<&'a str>,
    details: Option<Details>,
    #[serde(flatten)]
    beyond: Option<Beyond<'a>>,
}

/// What only lists beyond one place tell.
#[derive(Serialize)]
struct Beyond<'a> {
    kind: Option<&'static str>,
    place: Option<&'a str>,
    address: Option<&'a str>,
}

/// The line of an event, with its sentence.
pub(super) fn line(event: &Told, what: String, is_beyond_place: bool) -> Vec<u8> {
    let beyond = is_beyond_place.then(|| Beyond {
        kind: event.place_kind.map(Kind::word),
        place: event.place_name.as_deref(),
        address: event.ip.as_deref(),
    });
    let line = Line {
        id: &event.uid,
        at: event.at.iso(),
        who: Some(event.actor_name.as_str()).filter(|name| !name.is_empty()),
        what: clean(&what),
        action: event.action.to_value(),
        topic: key(Topic::of(event.action)),
        subject: event.subject.as_deref(),
        details: Some(event.details()).filter(|details| *details != Details::default()),
        beyond,
    };
    let mut line = serde_json::to_vec(&line).expect("texts and lists are always JSON");
    line.push(b'\n');
    line
}
