//! The pages: HTML forms that work without JavaScript. A POST answers 303, or with the form filled in again and its
//! errors.

mod account;
mod accounts;
mod activity;
mod again;
mod apart;
mod definitions;
#[cfg(debug_assertions)]
mod design;
mod environments;
mod exposure;
mod failed_messages;
mod failure;
mod form;
mod form_pages;
mod former;
mod go;
mod home;
mod import;
mod invitations;
mod lists;
mod members;
mod narrowed;
mod note;
mod offers;
mod orgs;
mod page;
mod pending;
mod permissions;
mod places;
mod repeats;
mod replaced;
mod resent;
#[cfg(test)]
mod sample;
mod secrets;
mod sharing;
mod slack;
mod take_away;
#[cfg(test)]
mod tests;
mod ticked;
mod times;
mod users;
mod view;
mod visitor;
mod words;

use rocket::{Build, Rocket, Route};

use failure::Failure;
use form::{FormState, Submitted};
use form_pages::FormPages;
use go::{Go, Notice};
use page::Page;
use places::Tab;
#[cfg(test)]
use sample::Sample;
use view::View;
use visitor::{SignedIn, Visitor};

use crate::domain::offer::Kind;
use crate::domain::places::PlaceAccess;
use crate::web::cookies::SetCookies;

/// The result of a page's route.
type PageResult = Result<Page, Failure>;
/// The result of a form's route: a redirect, or the page again.
type FormResult = Result<Result<Go, Page>, Failure>;

fn tabs(access: &PlaceAccess) -> Vec<Tab> {
    match access {
        PlaceAccess::Environment(access) => environments::tabs(access),
        PlaceAccess::Org(seen) => orgs::tabs(seen),
    }
}

/// The routes for one kind of place: list, create, show, members, open invitations, delete, and whatever else it has.
fn routes_of(kind: Kind) -> Vec<Route> {
    match kind {
        Kind::Environment => [
            environments::routes(),
            exposure::routes(),
            former::routes(),
            import::routes(),
            sharing::routes(),
            slack::routes(),
            take_away::routes(),
        ]
        .concat(),
        Kind::Org => orgs::routes(),
    }
}

fn routes() -> Vec<Route> {
    let shared = [
        home::routes(),
        accounts::routes(),
        account::routes(),
        members::routes(),
        activity::routes(),
        invitations::routes(),
        offers::routes(),
        places::routes(),
        users::routes(),
        failed_messages::routes(),
        definitions::routes(),
        #[cfg(debug_assertions)]
        design::routes(),
    ];
    Kind::all().map(routes_of).chain(shared).flatten().chain(resent::routes()).collect()
}

/// Mounts the pages.
pub fn mount(rocket: Rocket<Build>) -> Rocket<Build> {
    let routes = routes();
    rocket
        .manage(FormPages::of(&routes))
        // Before cookies are written: the outcome of the first of two forms has a notice.
        .attach(repeats::Outcomes)
        .attach(SetCookies)
        .mount("/", form_pages::routes(&routes))
        .mount("/", resent::turned_away(&routes))
        .mount("/", routes)
        .register("/", failure::catchers())
}
