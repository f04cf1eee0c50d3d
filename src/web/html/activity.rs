//! What happened in a place: filtered, part by part, or as a whole to be taken away.

mod csv;
mod told;

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use self::csv::{Csv, csv};
use super::lists::part_links;
use super::places::place_page;
use super::times::Time;
use super::{Failure, Shown, SignedIn, tabs};
use crate::clock::Timestamp;
use crate::domain::audit::Topic;
use crate::domain::offer::{Kind, Place};
use crate::domain::places;
use crate::entity::audit_event::Action;
use crate::store;
use crate::store::audit::{Told, Wanted};
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;
use told::told;

const fn key(kind: Topic) -> &'static str {
    match kind {
        Topic::Access => "access",
        Topic::Secrets => "secrets",
        Topic::Roles => "roles",
        Topic::Settings => "settings",
        Topic::Account => "account",
    }
}

const fn words(kind: Topic) -> &'static str {
    match kind {
        Topic::Access => "activity-access",
        Topic::Secrets => "activity-secrets",
        Topic::Roles => "activity-roles",
        Topic::Settings => "activity-settings",
        Topic::Account => "activity-account",
    }
}

/// What is looked for.
struct Filter {
    search: String,
    kind: Option<Topic>,
    actions: Vec<Action>,
    offered: &'static [Topic],
}

impl Filter {
    fn of(search: Option<&str>, kind: Option<&str>, offered: &'static [Topic]) -> Self {
        let kind = kind.and_then(|wanted| offered.iter().copied().find(|offered| key(*offered) == wanted));
        Self {
            search: search.unwrap_or_default().trim().to_owned(),
            kind,
            actions: kind.map(Topic::actions).unwrap_or_default(),
            offered,
        }
    }

    fn wanted(&self, before: Option<i64>, limit: usize) -> Wanted<'_> {
        Wanted { search: &self.search, actions: &self.actions, before: before.unwrap_or(i64::MAX), limit }
    }

    /// A path with what is looked for.
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

    /// A part of what was found below `base`, as the template `macros/activity.html` takes it.
    fn shown(&self, base: &str, page: &store::Page<Told>, at_start: bool, now: Timestamp) -> Value {
        let (older, newest) = part_links(&self.path(base), "before", page.next, at_start);
        let row =
            |event: &Told| json!({ "when": Time::new(event.at, now), "who": event.actor_name, "what": told(event) });
        let kinds: Vec<_> = self.offered.iter().map(|kind| format!("{}={}", key(*kind), words(*kind))).collect();
        json!({
            "activity": {
                "path": base,
                "search": self.search,
                "kinds": format!("=activity-everything|{}", kinds.join("|")),
                "kind": self.kind.map(key).unwrap_or_default(),
                "filtered": self.kind.is_some() || !self.search.is_empty(),
                "csv": self.path(&format!("{base}.csv")),
                "events": page.rows.iter().map(row).collect::<Vec<_>>(),
                "older": older,
                "newest": newest,
            },
        })
    }
}

#[get("/<place_kind>/<key>/activity?<search>&<kind>&<before>", rank = 1)]
async fn of_place(
    usher: &State<Usher>,
    user: SignedIn,
    place_kind: Kind,
    key: PlaceKey<'_>,
    search: Option<&str>,
    kind: Option<&str>,
    before: Option<i64>,
) -> Shown {
    let place = places::look(usher, &user.actor, place_kind, key.0).await?;
    let filter = Filter::of(search, kind, place_kind.facts().topics);
    let page = places::activity(usher, &user.actor, &place, filter.wanted(before, store::PAGE)).await?;
    let shown = filter.shown(&path_of(&place), &page, before.is_none(), usher.now());
    Ok(place_page("places/activity", &user, &place, &tabs(usher, &user, &place).await?, shown))
}

/// That somebody took a copy is not written down, just as that they looked at the page is not: it holds no secret, and
/// GET changes nothing.
#[get("/<place_kind>/<key>/activity.csv?<search>&<kind>", rank = 1)]
async fn copy(
    usher: &State<Usher>,
    user: SignedIn,
    place_kind: Kind,
    key: PlaceKey<'_>,
    search: Option<&str>,
    kind: Option<&str>,
) -> Result<Csv, Failure> {
    let place = places::look(usher, &user.actor, place_kind, key.0).await?;
    Ok(csv(usher, &user, place, Filter::of(search, kind, place_kind.facts().topics)).await?)
}

fn path_of(place: &Place) -> String {
    format!("{}/activity", place.path())
}

pub fn routes() -> Vec<Route> {
    routes![of_place, copy]
}
