//! The activity of the whole installation, for whoever reads all users, and one's own.

use std::time::Duration;

use rocket::form::FromForm;
use rocket::{Route, State, get, routes};
use serde::Serialize;

use super::download::{Download, Format, List, download};
use super::sentence::{nobody, sentence};
use super::{key, kinds};
use crate::clock::Timestamp;
use crate::domain::activity::{self, Asked};
use crate::domain::audit::Topic;
use crate::store;
use crate::store::activity::Told;
use crate::usher::Usher;
#[cfg(test)]
use crate::web::html::Sample;
use crate::web::html::lists::{Search, SearchLinks};
use crate::web::html::times::Time;
use crate::web::html::users::views::May;
use crate::web::html::{Failure, FormState, Page, PageResult, SignedIn, View};
use crate::words::Text;

const ALL: &str = "/activity";
const OWN: &str = "/account/activity";
const DAY: Duration = Duration::from_hours(24);

/// The filter as it is sent.
#[derive(FromForm)]
struct Query {
    person: Search,
    place: Search,
    kind: Search,
    /// The first day, in UTC.
    from: Search,
    /// The last day.
    to: Search,
}

impl Query {
    fn fields(&self) -> [(&'static str, &str); 5] {
        [("person", &self.person), ("place", &self.place), ("kind", &self.kind), ("from", &self.from), ("to", &self.to)]
    }

    fn form(&self) -> FormState {
        FormState::of(self.fields())
    }

    /// A path with the filter as its query.
    fn path(&self, base: &str) -> String {
        let given = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(given).finish();
        if query.is_empty() { base.to_owned() } else { format!("{base}?{query}") }
    }

    /// What is asked for, or the form with its faults.
    fn read(&self) -> Result<Asked, FormState> {
        let (from, to) = (day(&self.from), day(&self.to));
        let faults: Vec<_> = [("from", from.is_err()), ("to", to.is_err())]
            .into_iter()
            .filter(|(_, is_wrong)| *is_wrong)
            .map(|(field, _)| (field, Text::of("activity-day-rule")))
            .collect();
        let (Ok(from), Ok(to)) = (from, to) else { return Err(self.form().refusing(faults)) };
        Ok(Asked {
            person: self.person.to_string(),
            place: self.place.to_string(),
            topic: Topic::ALL.into_iter().find(|topic| key(*topic) == &*self.kind),
            from,
            until: to.map(|day| day.plus(DAY)),
        })
    }
}

/// The beginning of a day, if one is given.
fn day(text: &str) -> Result<Option<Timestamp>, ()> {
    if text.is_empty() { Ok(None) } else { Timestamp::day(text).map(Some).ok_or(()) }
}

#[derive(Serialize)]
pub(in crate::web::html) struct AllView {
    may: May,
    record: Record,
    form: FormState,
}

impl View for AllView {
    const TEMPLATE: &'static str = "users/activity";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Serialize)]
pub(in crate::web::html) struct OwnView {
    record: Record,
    form: FormState,
}

impl View for OwnView {
    const TEMPLATE: &'static str = "account/activity";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// One page of events, for `macros/activity.html`.
#[derive(Default, Serialize)]
struct Record {
    path: &'static str,
    kinds: String,
    filtered: bool,
    csv: String,
    json: String,
    events: Vec<Row>,
    #[serde(flatten)]
    links: SearchLinks,
}

#[derive(Serialize)]
struct Row {
    when: Time,
    /// Empty: `nobody`.
    who: String,
    nobody: &'static str,
    what: Text,
    place: Option<String>,
    address: Option<String>,
}

impl Row {
    fn of(event: &Told, now: Timestamp) -> Self {
        Self {
            when: Time::new(event.at, now),
            who: event.actor_name.clone(),
            nobody: nobody(event.action),
            what: sentence(event),
            place: event.place_name.clone(),
            address: event.ip.clone(),
        }
    }
}

impl Record {
    /// A list that is not shown, since its filter is wrong.
    fn none(base: &'static str) -> Self {
        Self { path: base, kinds: kinds(&Topic::ALL), filtered: true, ..Self::default() }
    }

    fn of(base: &'static str, query: &Query, page: &store::Page<Told>, at_start: bool, now: Timestamp) -> Self {
        Self {
            filtered: query.fields().iter().any(|(_, value)| !value.is_empty()),
            csv: query.path(&format!("{base}.csv")),
            json: query.path(&format!("{base}.jsonl")),
            events: page.rows.iter().map(|event| Row::of(event, now)).collect(),
            links: SearchLinks::new(&query.path(base), "before", page, at_start),
            ..Self::none(base)
        }
    }
}

#[get("/activity?<before>&<query..>")]
async fn all(usher: &State<Usher>, user: SignedIn, query: Query, before: Option<i64>) -> PageResult {
    let may = May::of(&activity::reading(usher, &user.actor).await?);
    let view = match query.read() {
        Ok(asked) => {
            let start = before.unwrap_or(i64::MAX);
            let page = activity::of_everything(usher, &user.actor, &asked, start, store::PAGE).await?;
            AllView { may, record: Record::of(ALL, &query, &page, before.is_none(), usher.now()), form: query.form() }
        }
        Err(form) => AllView { may, record: Record::none(ALL), form },
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/account/activity?<before>&<query..>")]
async fn own(usher: &State<Usher>, user: SignedIn, query: Query, before: Option<i64>) -> PageResult {
    let view = match query.read() {
        Ok(asked) => {
            let page = activity::own(usher, &user.actor, &asked, before.unwrap_or(i64::MAX), store::PAGE).await?;
            OwnView { record: Record::of(OWN, &query, &page, before.is_none(), usher.now()), form: query.form() }
        }
        Err(form) => OwnView { record: Record::none(OWN), form },
    };
    Ok(Page::new(&user.visitor, &view))
}

/// A file, or the page with what is wrong about the filter.
type FileResult = Result<Result<Download, Page>, Failure>;

async fn all_as(usher: &Usher, user: &SignedIn, query: &Query, format: Format) -> FileResult {
    let may = May::of(&activity::reading(usher, &user.actor).await?);
    match query.read() {
        Ok(asked) => Ok(Ok(download(usher, user, List::Everything(asked), format).await?)),
        Err(form) => Ok(Err(Page::new(&user.visitor, &AllView { may, record: Record::none(ALL), form }))),
    }
}

#[get("/activity.csv?<query..>")]
async fn all_csv(usher: &State<Usher>, user: SignedIn, query: Query) -> FileResult {
    all_as(usher, &user, &query, Format::Csv).await
}

#[get("/activity.jsonl?<query..>")]
async fn all_json(usher: &State<Usher>, user: SignedIn, query: Query) -> FileResult {
    all_as(usher, &user, &query, Format::JsonLines).await
}

async fn own_as(usher: &Usher, user: &SignedIn, query: &Query, format: Format) -> FileResult {
    match query.read() {
        Ok(asked) => Ok(Ok(download(usher, user, List::Own(asked), format).await?)),
        Err(form) => Ok(Err(Page::new(&user.visitor, &OwnView { record: Record::none(OWN), form }))),
    }
}

#[get("/account/activity.csv?<query..>")]
async fn own_csv(usher: &State<Usher>, user: SignedIn, query: Query) -> FileResult {
    own_as(usher, &user, &query, Format::Csv).await
}

#[get("/account/activity.jsonl?<query..>")]
async fn own_json(usher: &State<Usher>, user: SignedIn, query: Query) -> FileResult {
    own_as(usher, &user, &query, Format::JsonLines).await
}

#[cfg(test)]
impl Sample for Record {
    fn samples() -> Vec<Self> {
        let row = |who: &str| Row {
            when: Time::sample(),
            who: who.to_owned(),
            nobody: "activity-somebody",
            what: Text::of("did-member-promoted").with("subject", "Tomas Vale").with("kind", "environment"),
            place: Some("Harbor staging".to_owned()),
            address: Some("192.0.2.7".to_owned()),
        };
        let some = Self {
            csv: "/activity.csv".to_owned(),
            json: "/activity.jsonl".to_owned(),
            events: vec![row("Rosa Marlow"), row("")],
            links: SearchLinks::sample(),
            ..Self::none(ALL)
        };
        vec![some, Self::none(ALL), Self { filtered: false, ..Self::none(ALL) }]
    }
}

#[cfg(test)]
fn sample_form() -> FormState {
    FormState::of([("person", "rosa"), ("place", "Harbor"), ("kind", ""), ("from", "2026-03-01"), ("to", "")])
}

#[cfg(test)]
impl Sample for AllView {
    fn samples() -> Vec<Self> {
        let view = |record| Self { may: May::sample(), record, form: sample_form() };
        Record::samples().into_iter().map(view).collect()
    }
}

#[cfg(test)]
impl Sample for OwnView {
    fn samples() -> Vec<Self> {
        Record::samples().into_iter().map(|record| Self { record, form: sample_form() }).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![all, own, all_csv, all_json, own_csv, own_json]
}
