//! The page of each form: where a GET of the path that the form is sent to leads, so that Reload and Back never end at a
//! path that only takes forms.

use rocket::http::Method;
use rocket::route::{Handler, Outcome};
use rocket::{Data, Request, Route};

use super::go::Go;
use crate::domain::offer::{Facts, Kind};

/// Behind every route of ours.
const LAST: isize = 1000;

/// The paths that take forms, with the page of each.
pub struct FormPages(Vec<(Vec<String>, Target)>);

#[derive(Clone, Copy)]
enum Target {
    /// The path's first segments, so many.
    Beginning(usize),
    /// The members of the place, in the path's beginning.
    Members,
    /// Its open invitations.
    Invitations,
    OwnInvitations,
}

/// Where the page of a form is not at the beginning of its path.
const OTHERS: [(&str, Target); 6] = [
    ("/<kind>/<key>/members/<member>/promote", Target::Members),
    ("/<kind>/<key>/invitations/<id>/link", Target::Invitations),
    ("/<kind>/<key>/invitations/<id>/resend", Target::Invitations),
    ("/<kind>/<key>/invitations/<id>/revoke", Target::Invitations),
    ("/invitations/mine/<id>/accept", Target::OwnInvitations),
    ("/invitations/mine/<id>/decline", Target::OwnInvitations),
];

/// A page of the place in the path's beginning.
fn of_place(path: &[&str], page: fn(&Facts) -> &'static str) -> Option<String> {
    let [segment, key, ..] = path else { return None };
    let kind = Kind::all().find(|kind| kind.facts().segment == *segment)?;
    Some(format!("/{segment}/{key}/{}", page(kind.facts())))
}

/// Pages that need a query: their own path shows nothing without it.
const NEED_A_QUERY: [&str; 1] = ["/environments/<id>/secrets/dismiss"];

impl FormPages {
    pub fn of(routes: &[Route]) -> Self {
        let paths = |method| routes.iter().filter(move |route| route.method == method).map(|route| route.uri.path());
        let pages: Vec<Vec<String>> =
            paths(Method::Get).filter(|path| !NEED_A_QUERY.contains(path)).map(segments_of).collect();
        let target = |path: &str| {
            if let Some((_, other)) = OTHERS.iter().find(|(of, _)| *of == path) {
                return *other;
            }
            let segments = segments_of(path);
            let is_page = |count: &usize| pages.iter().any(|page| is_same(page, &segments[..*count]));
            Target::Beginning((0..=segments.len()).rev().find(is_page).unwrap_or(0))
        };
        let mut forms: Vec<_> = paths(Method::Post).map(|path| (segments_of(path), target(path))).collect();
        // A path with a word matches before one with an open segment.
        forms.sort_by_key(|(segments, _)| segments.iter().filter(|segment| is_open(segment)).count());
        Self(forms)
    }

    /// The page of the form that is sent to this path; `None` if none is. No path of ours has a sign that could end it or
    /// lead elsewhere.
    pub fn page(&self, path: &str) -> Option<String> {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let path: Vec<&str> = path.strip_prefix('/')?.split('/').collect();
        if path.iter().any(|segment| segment.is_empty() || !segment.chars().all(is_plain)) {
            return None;
        }
        let (_, target) = self.0.iter().find(|(pattern, _)| fits(pattern, &path))?;
        match target {
            Target::Beginning(count) => Some(format!("/{}", path[..*count].join("/"))),
            Target::Members => of_place(&path, |facts| facts.members_page),
            Target::Invitations => of_place(&path, |facts| facts.invitations_page),
            Target::OwnInvitations => Some("/invitations".to_owned()),
        }
    }
}

fn segments_of(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect()
}

fn is_open(segment: &str) -> bool {
    segment.starts_with('<')
}

fn is_same(one: &[String], other: &[String]) -> bool {
    let same = |(one, other): (&String, &String)| one == other || (is_open(one) && is_open(other));
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn fits(pattern: &[String], path: &[&str]) -> bool {
    pattern.len() == path.len() && pattern.iter().zip(path).all(|(open, one)| is_open(open) || open == one)
}

/// The page of the form that this request sends.
pub fn of_request(request: &Request<'_>) -> Option<String> {
    of_path(request, request.uri().path().as_str())
}

/// The page of the form that is sent to a path.
pub fn of_path(request: &Request<'_>, path: &str) -> Option<String> {
    request.rocket().state::<FormPages>()?.page(path)
}

/// A GET of each path that only takes a form.
pub fn routes(routes: &[Route]) -> Vec<Route> {
    let pages: Vec<&str> = routes
        .iter()
        .filter(|route| route.method == Method::Get)
        .map(|route| route.uri.path())
        .filter(|path| !NEED_A_QUERY.contains(path))
        .collect();
    let forms = routes.iter().filter(|route| route.method == Method::Post && !pages.contains(&route.uri.path()));
    forms.map(|form| Route::ranked(form.rank + LAST, Method::Get, form.uri.path(), ToPage)).collect()
}

/// Leads to the page of the form.
#[derive(Clone)]
struct ToPage;

#[rocket::async_trait]
impl Handler for ToPage {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match of_request(request) {
            Some(page) => Outcome::from(request, Go::to(page)),
            None => Outcome::forward(data, rocket::http::Status::NotFound),
        }
    }
}
