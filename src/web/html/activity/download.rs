//! Activity as a file, streamed from the database.

use std::io::Cursor;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use rocket::Request;
use rocket::http::ContentType;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};

use super::sentence::nobody;
use super::{Filter, csv, json_lines, sentence, words};
use crate::domain::activity::{self, Asked};
use crate::domain::actor::Actor;
use crate::domain::audit::Topic;
use crate::domain::offer::Place;
use crate::domain::places;
use crate::email_address::shown;
use crate::error::Error;
use crate::store::activity::Told;
use crate::store::{PART, Page};
use crate::usher::Usher;
use crate::web::html::SignedIn;
use crate::web::log;
use crate::words::{Language, Text};

/// A streamed file.
pub(super) struct Download {
    name: String,
    format: Format,
    parts: BoxStream<'static, Vec<u8>>,
}

impl<'r> Responder<'r, 'static> for Download {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let kind = match self.format {
            Format::Csv => ContentType::new("text", "csv").with_params(("charset", "utf-8")),
            // The type that most programs give it; none is registered.
            Format::JsonLines => ContentType::new("application", "x-ndjson"),
        };
        Response::build()
            .header(kind)
            .raw_header("Content-Disposition", format!("attachment; filename=\"{}\"", self.name))
            .streamed_body(ReaderStream::from(self.parts.map(Cursor::new)))
            .ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Csv,
    JsonLines,
}

impl Format {
    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// Which events to export.
pub(super) enum List {
    /// Without addresses, and without the place's own name in every row.
    Place(Place, Filter),
    Everything(Asked),
    Own(Asked),
}

impl List {
    /// Checks the right on each query: it may be revoked while the file is being sent.
    async fn part(&self, usher: &Usher, actor: &Actor, before: Option<i64>) -> Result<Page<Told>, Error> {
        let from = before.unwrap_or(i64::MAX);
        match self {
            Self::Place(place, filter) => {
                let access = places::access(usher, actor, place.kind, &place.key).await?;
                places::activity(usher, &access, filter.wanted(before, PART)).await
            }
            Self::Everything(asked) => activity::of_everything(usher, actor, asked, from, PART).await,
            Self::Own(asked) => activity::own(usher, actor, asked, from, PART).await,
        }
    }

    const fn is_of_place(&self) -> bool {
        matches!(self, Self::Place(..))
    }

    fn file_name(&self, now: &str, ending: &str) -> String {
        let day = now.split('T').next().unwrap_or_default();
        match self {
            Self::Place(place, _) => file_name(place, now, ending),
            Self::Everything(_) => format!("activity-{day}.{ending}"),
            Self::Own(_) => format!("my-activity-{day}.{ending}"),
        }
    }
}

/// What to export, how, and for whom.
struct Source {
    usher: Usher,
    actor: Actor,
    language: Language,
    list: List,
    format: Format,
}

/// All matching events. The first rows are read before the response starts, so that errors can still get a page. At
/// most two parts are in memory.
pub(super) async fn download(usher: &Usher, user: &SignedIn, list: List, format: Format) -> Result<Download, Error> {
    let name = list.file_name(&usher.now().iso(), format.ending());
    let (actor, language) = (user.actor.clone(), user.visitor.language());
    let source = Source { usher: usher.clone(), actor, language, list, format };
    let first = source.part(None).await?;
    let head = source.head();
    let parts = stream::unfold(Some((source, first)), |state| async {
        let (source, part) = state?;
        let mut rest = None;
        let mut lines = source.lines(&part.rows);
        if let Some(before) = part.next {
            match source.part(Some(before)).await {
                Ok(next) => rest = Some(next),
                Err(error) => {
                    // A truncated response looks complete, so the file says in its last row that it is not.
                    log::fault(&error);
                    lines.extend(source.incomplete());
                }
            }
        }
        Some((lines, rest.map(|next| (source, next))))
    });
    Ok(Download { name, format, parts: stream::iter([head]).chain(parts).boxed() })
}

impl Source {
    async fn part(&self, before: Option<i64>) -> Result<Page<Told>, Error> {
        self.list.part(&self.usher, &self.actor, before).await
    }

    fn say(&self, text: Text) -> String {
        text.in_language(self.language)
    }

    fn head(&self) -> Vec<u8> {
        if self.format == Format::JsonLines {
            return Vec::new();
        }
        let mut names = vec!["activity-csv-when", "table-who", "table-what", "activity-csv-about", "activity-kind"];
        if !self.list.is_of_place() {
            names.extend(["activity-place", "activity-address"]);
        }
        let names = names.into_iter().map(|key| self.say(Text::of(key))).collect();
        // Without a BOM Excel assumes a legacy encoding.
        ["\u{feff}".as_bytes(), &csv::lines(self.language, &[names])].concat()
    }

    fn lines(&self, events: &[Told]) -> Vec<u8> {
        match self.format {
            Format::Csv => {
                let rows: Vec<Vec<String>> = events.iter().map(|event| self.row(event)).collect();
                csv::lines(self.language, &rows)
            }
            Format::JsonLines => {
                let line = |event| json_lines::line(event, self.say(sentence(event)), !self.list.is_of_place());
                events.iter().flat_map(line).collect()
            }
        }
    }

    /// Time, actor, action, subject, topic; beyond a place the place and the address.
    fn row(&self, event: &Told) -> Vec<String> {
        let who = if event.actor_name.is_empty() {
            self.say(Text::of(nobody(event.action)))
        } else {
            event.actor_name.clone()
        };
        let mut row = vec![
            event.at.iso(),
            who,
            self.say(sentence(event)),
            shown(event.subject.as_deref().unwrap_or_default()).into_owned(),
            self.say(Text::of(words(Topic::of(event.action)))),
        ];
        if !self.list.is_of_place() {
            row.push(event.place_name.clone().unwrap_or_default());
            row.push(event.ip.clone().unwrap_or_default());
        }
        row
    }

    fn incomplete(&self) -> Vec<u8> {
        if self.format == Format::JsonLines {
            return json_lines::INCOMPLETE.to_vec();
        }
        let mut row = vec![String::new(); if self.list.is_of_place() { 5 } else { 7 }];
        row[2] = self.say(Text::of("activity-csv-incomplete"));
        csv::lines(self.language, &[row])
    }
}

/// `activity-harbor-staging-2026-03-01.csv`: from the path's slug if there is one, else from the name.
fn file_name(place: &Place, now: &str, ending: &str) -> String {
    let is_number = place.key.bytes().all(|byte| byte.is_ascii_digit());
    let called = if is_number { &place.name } else { &place.key };
    let plain: String = called.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let mut parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        parts.push(&place.key);
    }
    let day = now.split('T').next().unwrap_or_default();
    let parts = [&["activity"], parts.as_slice(), &[day]].concat();
    format!("{}.{ending}", parts.join("-").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Place, file_name};
    use crate::domain::offer::Kind;
    use crate::ids::PlaceId;

    #[test]
    fn a_file_is_named_in_plain_letters() {
        let now = "2026-03-01T08:15:30.250Z";
        let place = |name: &str, key: &str| Place {
            id: PlaceId(1),
            kind: Kind::Environment,
            name: name.to_owned(),
            key: key.to_owned(),
        };
        let named = file_name(&place("Harbor \"staging\"/ä", "7"), now, "csv");
        assert_eq!(named, "activity-harbor-staging-2026-03-01.csv");
        assert_eq!(file_name(&place("Quay Works", "quay"), now, "csv"), "activity-quay-2026-03-01.csv");
        assert_eq!(file_name(&place("Ω", "7"), now, "csv"), "activity-7-2026-03-01.csv");
    }
}
