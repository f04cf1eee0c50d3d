//! The page of a form that came too late: what was typed, and one button that sends it.
//!
//! 409: the form meets another sign-in than the one it was made in. Nothing is wrong with it, nothing was done, and it can
//! be sent again. A form that may not be ours is 403 and shows nothing.

mod fields;

use rocket::Request;
use rocket::http::Status;
use serde::Serialize;

use self::fields::{Typed, typed};
use super::form::{FormState, Owner, Stale, stale};
use super::form_pages;
use super::go::Go;
use super::page::Page;
#[cfg(test)]
use super::sample::Sample;
use super::view::View;
use super::visitor::{Common, known};
use crate::web::kept::{self, Bound};

/// What happened since the form was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Why {
    SignedOut,
    OtherAccount,
    /// Of the same account.
    OtherSession,
}

#[derive(Serialize)]
pub(super) struct AgainView {
    why: Why,
    owner: Owner,
    /// Of whoever is signed in now.
    now: Option<String>,
    /// Whether its account is to sign in first.
    signs_in: bool,
    /// Where the button sends the form.
    action: String,
    /// The path that the form is for, if its account is to sign in first.
    target: Option<String>,
    /// To send the form there once more with its stale token, by which it is known if it was made before.
    permit: String,
    token: String,
    typed: Vec<Typed>,
    hidden: Vec<(String, String)>,
    /// The page of the form.
    page: String,
    /// A file, which is not kept.
    has_file: bool,
    form: FormState,
}

impl View for AgainView {
    const TEMPLATE: &'static str = "forms/again";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }

    fn status(&self) -> Status {
        Status::Conflict
    }
}

/// The answer to the stale form of this request, if it has one.
pub fn answer(request: &Request<'_>) -> Option<Result<Page, Go>> {
    let stale = stale(request)?;
    let Some(owner) = &stale.owner else {
        // Nobody can send it again as nobody.
        return Some(Err(Go::to(page_of(request, stale))));
    };
    Some(Ok(page(request, known(request), stale, owner, FormState::submitted(&stale.form))))
}

fn page_of(request: &Request<'_>, stale: &Stale) -> String {
    form_pages::of_path(request, &stale.path).unwrap_or_else(|| "/".to_owned())
}

/// The page of a stale form. `state` holds the faults of signing in.
pub fn page(request: &Request<'_>, common: Option<&Common>, stale: &Stale, owner: &Owner, state: FormState) -> Page {
    let signed_in = common.and_then(Common::me);
    let why = match &signed_in {
        None => Why::SignedOut,
        Some(me) if me.uid == owner.uid => Why::OtherSession,
        Some(_) => Why::OtherAccount,
    };
    let bound = Bound { account: Some(&owner.uid), path: &stale.path };
    let signs_in = why != Why::OtherSession;
    let (typed, hidden) = typed(&stale.form);
    let view = AgainView {
        why,
        owner: owner.clone(),
        signs_in,
        now: signed_in.filter(|_| why == Why::OtherAccount).map(|me| me.email.clone()),
        action: if signs_in { PATH.to_owned() } else { stale.path.clone() },
        target: signs_in.then(|| stale.path.clone()),
        permit: kept::permit(request, bound),
        token: stale.form.get(crate::web::csrf::FIELD).unwrap_or_default().to_owned(),
        typed,
        hidden,
        page: page_of(request, stale),
        has_file: stale.has_file,
        form: state,
    };
    Page::of_anyone(common, &view)
}

/// Where a stale form is sent with the password of its account.
pub const PATH: &str = "/sign-in/again";

#[cfg(test)]
impl Sample for AgainView {
    fn samples() -> Vec<Self> {
        let owner = || Owner {
            id: crate::ids::UserId(7),
            uid: "000000000000000000000000".to_owned(),
            name: "Rosa Marlow".to_owned(),
            email: "rosa@harbor.test".to_owned(),
        };
        let view = |why: Why, has_file: bool| {
            let signs_in = why != Why::OtherSession;
            Self {
                why,
                owner: owner(),
                now: (why == Why::OtherAccount).then(|| "tomas@harbor.test".to_owned()),
                action: if signs_in { PATH } else { "/environments/7/sharing" }.to_owned(),
                target: signs_in.then(|| "/environments/7/sharing".to_owned()),
                signs_in,
                permit: "0.0000sample".to_owned(),
                token: "0000sample".to_owned(),
                typed: Typed::samples(),
                hidden: vec![("isAdmin".to_owned(), "true".to_owned())],
                page: "/environments/7/sharing".to_owned(),
                has_file,
                form: FormState::sample(),
            }
        };
        let bare = Self { typed: Vec::new(), hidden: Vec::new(), ..view(Why::SignedOut, false) };
        [Why::SignedOut, Why::OtherAccount, Why::OtherSession]
            .map(|why| view(why, false))
            .into_iter()
            .chain([bare, view(Why::OtherSession, true), view(Why::SignedOut, true)])
            .collect()
    }
}
