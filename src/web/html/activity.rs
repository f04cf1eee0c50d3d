//! The activity of a place: filtered, page by page, or as a download.

mod csv;
mod download;
mod json_lines;
pub(super) mod record;
mod sentence;

use rocket::{Route, State, get, routes};
use serde::Serialize;

use self::download::{Download, Format, List, download};
#[cfg(test)]
use super::Sample;
use super::lists::{Search, SearchLinks};
use super::places::PlaceHead;
use super::times::Time;
use super::{Failure, Page, PageResult, SignedIn, View, tabs};
use crate::clock::Timestamp;
use crate::domain::audit::Topic;
use crate::domain::offer::{Kind, Place};
use crate::domain::places;
use crate::entity::audit_event::Action;
use crate::store;
use crate::store::activity::{Told, Wanted};
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;
use crate::words::Text;
use sentence::sentence;

const fn key(kind: Topic) -> &'static str {
    match kind {
        Topic::Access => "access",
        Topic::Secrets => "secrets",
        Topic::Roles => "roles",
        Topic::Settings => "settings",
        Topic::Account => "account",
        Topic::SignIns => "sign-ins",
        Topic::Passwords => "passwords",
        Topic::Tokens => "tokens",
        Topic::System => "system",
    }
}

const fn words(kind: Topic) -> &'static str {
    match kind {
        Topic::Access => "activity-access",
        Topic::Secrets => "activity-secrets",
        Topic::Roles => "activity-roles",
        Topic::Settings => "activity-settings",
        Topic::Account => "activity-account",
        Topic::SignIns => "activity-sign-ins",
        Topic::Passwords => "activity-passwords",
        Topic::Tokens => "activity-tokens",
        Topic::System => "activity-system",
    }
}

/// The filter.
struct Filter {
    search: Search,
    kind: Option<Topic>,
    actions: Vec<Action>,
    offered: &'static [Topic],
}

impl Filter {
    fn of(search: Search, kind: Option<&str>, offered: &'static [Topic]) -> Self {
        let kind = kind.and_then(|wanted| offered.iter().copied().find(|offered| key(*offered) == wanted));
        Self { search, kind, actions: kind.map(Topic::actions).unwrap_or_default(), offered }
    }

    fn wanted(&self, before: Option<i64>, limit: usize) -> Wanted<'_> {
        let before = before.unwrap_or(i64::MAX);
        Wanted { search: &self.search, actions: &self.actions, before, limit, ..Wanted::default() }
    }

    /// A path with the filter as its query.
    fn path(&self, base: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.search.is_empty() {
            query.append_pair("search", &self.search);
        }
        if let Some(kind) = self.kind {
            query.append_pair("kind", key(kind));
        }
        let query = query.finish();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    }

    /// One page of the result; links lead below `base`.
    fn shown(&self, base: &str, page: &store::Page<Told>, at_start: bool, now: Timestamp) -> Activity {
        Activity {
            path: base.to_owned(),
            search: self.search.to_string(),
            kinds: kinds(self.offered),
            kind: self.kind.map(key).unwrap_or_default(),
            filtered: self.kind.is_some() || !self.search.is_empty(),
            csv: self.path(&format!("{base}.csv")),
            json: self.path(&format!("{base}.jsonl")),
            events: page.rows.iter().map(|event| EventRow::of(event, now)).collect(),
            links: SearchLinks::new(&self.path(base), "before", page, at_start),
        }
    }
}

/// The topics, for the template's `search_by`.
fn kinds(offered: &[Topic]) -> String {
    let kinds: Vec<_> = offered.iter().map(|kind| format!("{}={}", key(*kind), words(*kind))).collect();
    format!("=activity-everything|{}", kinds.join("|"))
}

/// The activity of a place.
#[derive(Serialize)]
pub(super) struct ActivityView {
    #[serde(flatten)]
    head: PlaceHead,
    activity: Activity,
}

impl View for ActivityView {
    const TEMPLATE: &'static str = "places/activity";
}

/// One page of events, for `macros/activity.html`.
#[derive(Serialize)]
struct Activity {
    path: String,
    search: String,
    kinds: String,
    kind: &'static str,
    filtered: bool,
    csv: String,
    json: String,
    events: Vec<EventRow>,
    #[serde(flatten)]
    links: SearchLinks,
}

#[derive(Serialize)]
struct EventRow {
    when: Time,
    who: String,
    what: Text,
}

impl EventRow {
    fn of(event: &Told, now: Timestamp) -> Self {
        Self { when: Time::new(event.at, now), who: event.actor_name.clone(), what: sentence(event) }
    }
}

#[get("/<place_kind>/<key>/activity?<search>&<kind>&<before>", rank = 1)]
async fn of_place(
    usher: &State<Usher>,
    user: SignedIn,
    place_kind: Kind,
    key: PlaceKey<'_>,
    search: Search,
    kind: Option<&str>,
    before: Option<i64>,
) -> PageResult {
    let access = places::access(usher, &user.actor, place_kind, key.0).await?;
    let place = access.place();
    let filter = Filter::of(search, kind, place_kind.facts().topics);
    let page = places::activity(usher, &access, filter.wanted(before, store::PAGE)).await?;
    let view = ActivityView {
        head: PlaceHead::new(&place, tabs(&access)),
        activity: filter.shown(&path_of(&place), &page, before.is_none(), usher.now()),
    };
    Ok(Page::new(&user.visitor, &view))
}

/// Downloads are not recorded, just as page views are not: they hold no secrets, and GET changes nothing.
#[get("/<place_kind>/<key>/activity.csv?<search>&<kind>", rank = 1)]
async fn csv_of_place(
    usher: &State<Usher>,
    user: SignedIn,
    place_kind: Kind,
    key: PlaceKey<'_>,
    search: Search,
    kind: Option<&str>,
) -> Result<Download, Failure> {
    let place = places::look(usher, &user.actor, place_kind, key.0).await?;
    let filter = Filter::of(search, kind, place_kind.facts().topics);
    Ok(download(usher, &user, List::Place(place, filter), Format::Csv).await?)
}

#[get("/<place_kind>/<key>/activity.jsonl?<search>&<kind>", rank = 1)]
async fn json_of_place(
    usher: &State<Usher>,
    user: SignedIn,
    place_kind: Kind,
    key: PlaceKey<'_>,
    search: Search,
    kind: Option<&str>,
) -> Result<Download, Failure> {
    let place = places::look(usher, &user.actor, place_kind, key.0).await?;
    let filter = Filter::of(search, kind, place_kind.facts().topics);
    Ok(download(usher, &user, List::Place(place, filter), Format::JsonLines).await?)
}

fn path_of(place: &Place) -> String {
    format!("{}/activity", place.path())
}

#[cfg(test)]
impl Sample for ActivityView {
    fn samples() -> Vec<Self> {
        let view = |search: &str, events, links| Self {
            head: PlaceHead::sample(),
            activity: Activity {
                path: "/environments/7/activity".to_owned(),
                search: search.to_owned(),
                kinds: kinds(&[Topic::Access, Topic::Secrets]),
                kind: "",
                filtered: !search.is_empty(),
                csv: "/environments/7/activity.csv".to_owned(),
                json: "/environments/7/activity.jsonl".to_owned(),
                events,
                links,
            },
        };
        let what = Text::of("did-member-promoted").with("subject", "Tomas Vale").with("kind", "environment");
        let event = EventRow { when: Time::sample(), who: "Rosa Marlow".to_owned(), what };
        vec![
            view("", vec![event], SearchLinks::sample()),
            view("tomas", Vec::new(), SearchLinks::default()),
            view("", Vec::new(), SearchLinks::default()),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    [routes![of_place, csv_of_place, json_of_place], record::routes()].concat()
}
