//! What happened in an environment or org: filtered, part by part, or as a whole to be taken away.

mod csv;
mod told;

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::environments::part_links;
use super::orgs::org_page;
use super::times::Time;
use super::{Failure, Page, Shown, SignedIn};
use crate::clock::Timestamp;
use crate::domain::audit::Topic;
use crate::domain::environments::look;
use crate::domain::orgs;
use crate::domain::places;
use crate::entity::audit_event::Action;
use crate::store;
use crate::store::audit::{Told, Wanted};
use crate::usher::Usher;
use crate::web::path_id::PathId;
use csv::{Csv, csv};
use told::told;

/// The topics that are offered in environments, and in orgs.
const OF_ENVIRONMENTS: [Topic; 3] = [Topic::Access, Topic::Secrets, Topic::Settings];
const OF_ORGS: [Topic; 3] = [Topic::Access, Topic::Roles, Topic::Settings];

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
    offered: [Topic; 3],
}

impl Filter {
    fn of(search: Option<&str>, kind: Option<&str>, offered: [Topic; 3]) -> Self {
        let kind = kind.and_then(|wanted| offered.into_iter().find(|offered| key(*offered) == wanted));
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

#[get("/environments/<id>/activity?<search>&<kind>&<before>")]
async fn of_environment(
    usher: &State<Usher>,
    user: SignedIn,
    id: PathId,
    search: Option<&str>,
    kind: Option<&str>,
    before: Option<i64>,
) -> Shown {
    let filter = Filter::of(search, kind, OF_ENVIRONMENTS);
    let access = look::administered(usher, &user.actor, id.0).await?;
    let page = places::activity(usher, &user.actor, &access.place(), filter.wanted(before, store::PAGE)).await?;
    let shown = filter.shown(&format!("/environments/{}/activity", id.0), &page, before.is_none(), usher.now());
    let page = Page::new("environments/activity", &user.visitor, shown);
    Ok(page.with("environment", json!({ "id": id.0, "name": access.name })))
}

#[get("/orgs/<slug>/activity?<search>&<kind>&<before>")]
async fn of_org(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    search: Option<&str>,
    kind: Option<&str>,
    before: Option<i64>,
) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let filter = Filter::of(search, kind, OF_ORGS);
    let page = places::activity(usher, &user.actor, &seen.org.place(), filter.wanted(before, store::PAGE)).await?;
    let shown = filter.shown(&format!("/orgs/{slug}/activity"), &page, before.is_none(), usher.now());
    Ok(org_page("orgs/activity", &user, &seen, shown))
}

/// That somebody took a copy is not written down, just as that they looked at the page is not: it holds no secret, and
/// GET changes nothing.
#[get("/environments/<id>/activity.csv?<search>&<kind>")]
async fn copy_of_environment(
    usher: &State<Usher>,
    user: SignedIn,
    id: PathId,
    search: Option<&str>,
    kind: Option<&str>,
) -> Result<Csv, Failure> {
    let filter = Filter::of(search, kind, OF_ENVIRONMENTS);
    let access = look::administered(usher, &user.actor, id.0).await?;
    Ok(csv(usher, &user, access.place(), &access.name, filter).await?)
}

#[get("/orgs/<slug>/activity.csv?<search>&<kind>")]
async fn copy_of_org(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    search: Option<&str>,
    kind: Option<&str>,
) -> Result<Csv, Failure> {
    let filter = Filter::of(search, kind, OF_ORGS);
    let seen = orgs::look(usher, &user.actor, slug).await?;
    Ok(csv(usher, &user, seen.org.place(), slug, filter).await?)
}

pub fn routes() -> Vec<Route> {
    routes![of_environment, of_org, copy_of_environment, copy_of_org]
}
