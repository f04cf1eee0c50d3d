//! The pages: real HTML forms that work without JavaScript. A POST is answered with 303, or with the page
//! again, filled in, when something was wrong.

mod account;
mod accounts;
mod activity;
mod definitions;
#[cfg(debug_assertions)]
mod design;
mod environments;
mod failure;
mod form;
mod go;
mod home;
mod initials;
mod invitations;
mod lists;
mod members;
mod narrowed;
mod offers;
mod orgs;
mod page;
mod pending;
mod permissions;
mod places;
#[cfg(test)]
mod sample;
mod sharing;
mod slack;
#[cfg(test)]
mod tests;
mod ticked;
mod times;
mod users;
mod view;
mod visitor;
mod words;

use rocket::{Catcher, Route};

use failure::Failure;
use form::{FormState, Submitted};
use go::{Go, Notice};
use page::Page;
use places::Tab;
#[cfg(test)]
use sample::Sample;
use view::View;
use visitor::{SignedIn, Visitor};

use crate::domain::offer::{Kind, Place};
use crate::error::Error;
use crate::usher::Usher;

/// What a route for a page answers.
type Shown = Result<Page, Failure>;
/// What a route for a form answers: the way on, or the page again.
type Done = Result<Result<Go, Page>, Failure>;

/// Which fields one will see of a place, not their values, by the keys of the words.
const fn fields(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Environment => &environments::FIELDS,
        Kind::Org => &[],
    }
}

/// The pages of a place that the visitor may open.
async fn tabs(usher: &Usher, user: &SignedIn, place: &Place) -> Result<Vec<Tab>, Error> {
    match place.kind {
        Kind::Environment => environments::tabs_of(usher, user, place).await,
        Kind::Org => orgs::tabs_of(usher, user, place).await,
    }
}

/// The pages that only places of a kind have: the list, a new one, the place itself, its members and open invitations,
/// deleting it, and what else there is.
fn routes_of(kind: Kind) -> Vec<Route> {
    match kind {
        Kind::Environment => [environments::routes(), sharing::routes(), slack::routes()].concat(),
        Kind::Org => orgs::routes(),
    }
}

/// All pages.
pub fn routes() -> Vec<Route> {
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
        definitions::routes(),
        #[cfg(debug_assertions)]
        design::routes(),
    ];
    Kind::all().map(routes_of).chain(shared).flatten().collect()
}

/// The pages where no route answers.
pub fn catchers() -> Vec<Catcher> {
    failure::catchers()
}
