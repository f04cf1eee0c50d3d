//! Paginated and searchable lists.

use std::fmt::Display;
use std::ops::Deref;

use rocket::Request;
use rocket::form::{self, FromFormField, ValueField};
use rocket::request::{FromRequest, Outcome};
use serde::Serialize;

use crate::domain::offer::Kind;
use crate::store;

/// Links to the next page and, unless this is it, to the first.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct PartLinks {
    pub older: Option<String>,
    pub newest: Option<String>,
}

impl PartLinks {
    /// `next` is the value of query parameter `field` for the next page.
    pub fn new(path: &str, field: &str, next: Option<impl Display>, at_start: bool) -> Self {
        let joint = if path.contains('?') { '&' } else { '?' };
        Self {
            older: next.map(|next| format!("{path}{joint}{field}={next}")),
            newest: (!at_start).then(|| path.to_owned()),
        }
    }
}

#[cfg(test)]
impl super::Sample for PartLinks {
    fn samples() -> Vec<Self> {
        vec![Self::new("/orgs", "after", Some(7), false)]
    }
}

/// The links of a list that can be searched.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct SearchLinks {
    #[serde(flatten)]
    links: PartLinks,
    /// How many rows were looked through, if the search has not reached the end of the list.
    looked_through: Option<u32>,
}

impl SearchLinks {
    /// As [`PartLinks::new`].
    pub fn new<T>(path: &str, field: &str, page: &store::Page<T>, at_start: bool) -> Self {
        Self::of(PartLinks::new(path, field, page.next, at_start), page)
    }

    pub fn of<T>(links: PartLinks, page: &store::Page<T>) -> Self {
        Self { links, looked_through: page.looked_through }
    }
}

#[cfg(test)]
impl super::Sample for SearchLinks {
    fn samples() -> Vec<Self> {
        vec![Self { links: PartLinks::sample(), looked_through: Some(5000) }]
    }
}

/// The text of a search, in one line without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Search(String);

impl Search {
    /// In characters. Whatever is longer is cut off: the form shows what was searched for.
    pub const LONGEST: usize = 100;

    fn of(text: &str) -> Self {
        let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(Self::LONGEST).collect();
        Self(line.trim().to_owned())
    }
}

impl Deref for Search {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'r> FromFormField<'r> for Search {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        Ok(Self::of(field.value))
    }

    fn default() -> Option<Self> {
        Some(Self(String::new()))
    }
}

/// A list's path with its search query.
pub(super) fn searched(path: &str, search: &str) -> String {
    if search.is_empty() {
        return path.to_owned();
    }
    let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("search", search).finish();
    format!("{path}?{query}")
}

/// A path with the positions of lists, of those that are not at their start.
pub(super) fn with(path: &str, positions: &[(&str, Option<i64>)]) -> String {
    positions.iter().filter_map(|(field, after)| Some((field, (*after)?))).fold(
        path.to_owned(),
        |path, (field, after)| {
            let joint = if path.contains('?') { '&' } else { '?' };
            format!("{path}{joint}{field}={after}")
        },
    )
}

/// The position in each kind's list on a page with several: `?environments=7&orgs=12`.
pub(super) struct Parts(Vec<(Kind, i64)>);

impl Parts {
    /// The first page of every list.
    pub fn first() -> Self {
        Self(Vec::new())
    }

    fn of(&self, kind: Kind) -> Option<i64> {
        self.0.iter().find(|(of, _)| *of == kind).map(|(_, after)| *after)
    }

    /// The id before the page of a kind's list.
    pub fn after(&self, kind: Kind) -> i64 {
        self.of(kind).unwrap_or(0)
    }

    /// The links of a kind's list. The other lists keep their positions.
    pub fn links(&self, path: &str, kind: Kind, next: Option<i64>) -> PartLinks {
        PartLinks::new(&self.path_without(path, Some(kind)), kind.facts().segment, next, self.of(kind).is_none())
    }

    /// A path with the current positions.
    pub fn path(&self, path: &str) -> String {
        self.path_without(path, None)
    }

    fn path_without(&self, path: &str, kind: Option<Kind>) -> String {
        let others = self.0.iter().filter(|(of, _)| Some(*of) != kind);
        let others: Vec<_> = others.map(|(of, after)| (of.facts().segment, Some(*after))).collect();
        with(path, &others)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Parts {
    type Error = std::convert::Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Self::Error> {
        let after = |kind: Kind| Some((kind, request.query_value::<i64>(kind.facts().segment)?.ok()?));
        Outcome::Success(Self(Kind::all().filter_map(after).collect()))
    }
}
