//! The start page, signed in and signed out, and the search that it leads to.

#[cfg(test)]
use std::iter;

use rocket::{Route, State, get, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::invitations::Waiting;
use super::lists::{Parts, Search, SearchLinks, searched};
use super::places::JoinedRow;
use super::times::Time;
use super::{Page, PageResult, SignedIn, View, Visitor};
use crate::clock::Timestamp;
use crate::config::mail_url::MailUrl;
use crate::domain::accounts::setup;
use crate::domain::actor::Actor;
use crate::domain::offer::{Kind, Place};
use crate::domain::{exposure, failed_messages, invitations, places};
use crate::ids::InvitationId;
use crate::setup_link;
use crate::store::neglected::Neglected;
use crate::usher::Usher;

/// Places of each kind on the start page.
const SOME: usize = 10;

/// The start page, signed out.
#[derive(Serialize)]
pub(super) struct WelcomeView {
    /// Nobody administers the installation yet: where its set-up link is.
    setup_link: Option<String>,
}

impl View for WelcomeView {
    const TEMPLATE: &'static str = "welcome";
}

/// The start page, signed in.
#[derive(Serialize)]
pub(super) struct HomeView {
    /// For whoever has nothing here yet.
    first_steps: Option<FirstSteps>,
    invitations: Vec<Waiting>,
    lists: Vec<PlacesOfKind>,
    /// Whether there are messages that failed, for superusers.
    unsent: bool,
    failed_mails: Vec<FailedMail>,
    ending: Vec<Ending>,
    exposed: Vec<Exposed>,
    /// Whether there are more of these.
    more_exposed: bool,
}

impl View for HomeView {
    const TEMPLATE: &'static str = "home";
}

/// What to do first: confirm the address, make an environment, invite.
#[derive(Serialize)]
struct FirstSteps {
    confirmed: bool,
    /// Where mails are, if they are written to files.
    mail_directory: Option<String>,
}

impl FirstSteps {
    fn of(usher: &Usher, actor: &Actor) -> Self {
        let mail_directory = match &usher.config.mail_url {
            MailUrl::File(directory) => Some(directory.display().to_string()),
            MailUrl::Smtp(_) => None,
        };
        Self { confirmed: actor.verified, mail_directory }
    }
}

/// Some of the visitor's places of one kind.
#[derive(Serialize)]
struct PlacesOfKind {
    kind: &'static str,
    /// The element id of the list.
    id: &'static str,
    path: String,
    places: Vec<JoinedRow>,
    may_create: bool,
}

/// An invitation by the visitor whose mail failed.
#[derive(Serialize)]
struct FailedMail {
    target: String,
    address: String,
    href: String,
}

impl FailedMail {
    fn of(invitation: &Neglected) -> Self {
        Self {
            target: invitation.place.name.clone(),
            address: invitation.invitee.clone(),
            href: invitation.place.invitations_path(),
        }
    }
}

/// An invitation by the visitor that expires soon, or that has expired and for which a new link was requested.
#[derive(Serialize)]
struct Ending {
    id: InvitationId,
    target: String,
    address: String,
    expires: Time,
    expired: bool,
    resend: String,
}

impl Ending {
    fn of(invitation: &Neglected, now: Timestamp) -> Self {
        let place = &invitation.place;
        Self {
            id: invitation.invitation_id,
            target: place.name.clone(),
            address: invitation.invitee.clone(),
            expires: Time::new(invitation.expires_at, now),
            expired: invitation.link_asked_at.is_some(),
            resend: format!("{}/invitations/{}/resend", place.path(), invitation.invitation_id),
        }
    }
}

/// An environment of the visitor with secrets to be changed.
#[derive(Serialize)]
struct Exposed {
    name: String,
    href: String,
}

impl Exposed {
    fn of(place: &Place) -> Self {
        Self { name: place.name.clone(), href: format!("{}/secrets", place.path()) }
    }
}

#[get("/")]
async fn start(usher: &State<Usher>, visitor: Visitor) -> PageResult {
    let Some(actor) = &visitor.actor else {
        let path = || setup_link::path(&usher.config).display().to_string();
        let setup_link = if setup::is_done(usher).await? { None } else { Some(path()) };
        return Ok(Page::new(&visitor, &WelcomeView { setup_link }));
    };
    let now = usher.now();
    let mine = invitations::list::mine(usher, actor, i64::MAX).await?;
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let mine = places::mine(usher, actor, kind, "", 0).await?;
        lists.push(PlacesOfKind {
            kind: kind.word(),
            id: kind.facts().segment,
            path: kind.list_path(),
            places: mine.rows.iter().take(SOME).map(JoinedRow::of).collect(),
            may_create: kind.may_create(usher, actor).await?,
        });
    }
    let neglected = invitations::list::neglected(usher, actor).await?;
    let (failed, ending): (Vec<_>, Vec<_>) =
        neglected.iter().partition(|invitation| invitation.mail_failed_at.is_some());
    let exposed = exposure::to_change(usher, actor).await?;
    let has_nothing = mine.rows.is_empty() && lists.iter().all(|list| list.places.is_empty());
    let view = HomeView {
        first_steps: has_nothing.then(|| FirstSteps::of(usher, actor)),
        invitations: mine.rows.iter().map(|found| Waiting::of(found, now)).collect(),
        lists,
        unsent: failed_messages::any(usher, actor).await?,
        failed_mails: failed.into_iter().map(FailedMail::of).collect(),
        ending: ending.into_iter().map(|invitation| Ending::of(invitation, now)).collect(),
        exposed: exposed.rows.iter().map(Exposed::of).collect(),
        more_exposed: exposed.next.is_some(),
    };
    Ok(Page::new(&visitor, &view))
}

/// The results of a search.
#[derive(Serialize)]
pub(super) struct SearchView {
    search: String,
    lists: Vec<FoundOfKind>,
}

impl View for SearchView {
    const TEMPLATE: &'static str = "search";
}

/// One page of the matching places of a kind.
#[derive(Serialize)]
struct FoundOfKind {
    kind: &'static str,
    id: &'static str,
    places: Vec<JoinedRow>,
    #[serde(flatten)]
    links: SearchLinks,
}

/// Searches the visitor's places by name, with one list for each kind.
#[get("/search?<search>")]
async fn search(usher: &State<Usher>, user: SignedIn, search: Search, parts: Parts) -> PageResult {
    let path = searched("/search", &search);
    let mut lists = Vec::new();
    for kind in Kind::all() {
        let found = places::mine(usher, &user.actor, kind, &search, parts.after(kind)).await?;
        lists.push(FoundOfKind {
            kind: kind.word(),
            id: kind.facts().segment,
            places: found.rows.iter().map(JoinedRow::of).collect(),
            links: SearchLinks::of(parts.links(&path, kind, found.next), &found),
        });
    }
    Ok(Page::new(&user.visitor, &SearchView { search: search.to_string(), lists }))
}

#[cfg(test)]
impl Sample for WelcomeView {
    fn samples() -> Vec<Self> {
        vec![Self { setup_link: Some("data/setup-link".to_owned()) }, Self { setup_link: None }]
    }
}

#[cfg(test)]
impl Sample for FirstSteps {
    fn samples() -> Vec<Self> {
        let steps =
            |confirmed, directory: Option<&str>| Self { confirmed, mail_directory: directory.map(str::to_owned) };
        vec![steps(false, Some("data/mail")), steps(false, None), steps(true, None)]
    }
}

#[cfg(test)]
impl Sample for FailedMail {
    fn samples() -> Vec<Self> {
        let (target, address) = ("Harbor staging".to_owned(), "tomas@harbor.test".to_owned());
        vec![Self { target, address, href: "/environments/7/sharing".to_owned() }]
    }
}

#[cfg(test)]
impl Sample for Ending {
    fn samples() -> Vec<Self> {
        let ending = |expired| Self {
            id: InvitationId(7),
            target: "Harbor staging".to_owned(),
            address: "tomas@harbor.test".to_owned(),
            expires: Time::sample(),
            expired,
            resend: "/environments/7/invitations/7/resend".to_owned(),
        };
        vec![ending(false), ending(true)]
    }
}

#[cfg(test)]
impl Sample for Exposed {
    fn samples() -> Vec<Self> {
        vec![Self { name: "Harbor staging".to_owned(), href: "/environments/7/secrets".to_owned() }]
    }
}

#[cfg(test)]
impl Sample for HomeView {
    fn samples() -> Vec<Self> {
        let list = |kind: Kind, places, may_create| PlacesOfKind {
            kind: kind.word(),
            id: kind.facts().segment,
            path: kind.list_path(),
            places,
            may_create,
        };
        let full = Self {
            first_steps: None,
            invitations: Waiting::samples(),
            lists: Kind::all().map(|kind| list(kind, JoinedRow::samples(), true)).collect(),
            unsent: true,
            failed_mails: FailedMail::samples(),
            ending: Ending::samples(),
            exposed: Exposed::samples(),
            more_exposed: true,
        };
        let lists = || {
            Kind::all().flat_map(|kind| [true, false].map(|may_create| list(kind, Vec::new(), may_create))).collect()
        };
        let empty = |first_steps| Self {
            first_steps,
            invitations: vec![],
            lists: lists(),
            unsent: false,
            failed_mails: vec![],
            ending: vec![],
            exposed: vec![],
            more_exposed: false,
        };
        let first = FirstSteps::samples().into_iter().map(Some).chain([None]);
        iter::once(full).chain(first.map(empty)).collect()
    }
}

#[cfg(test)]
impl Sample for SearchView {
    fn samples() -> Vec<Self> {
        let search = |search: &str, places: fn() -> Vec<JoinedRow>, links: fn() -> SearchLinks| {
            let list = |kind: Kind| FoundOfKind {
                kind: kind.word(),
                id: kind.facts().segment,
                places: places(),
                links: links(),
            };
            Self { search: search.to_string(), lists: Kind::all().map(list).collect() }
        };
        vec![
            search("harbor", JoinedRow::samples, SearchLinks::sample),
            search("harbor", Vec::new, SearchLinks::sample),
            search("harbor", Vec::new, SearchLinks::default),
            search("", Vec::new, SearchLinks::default),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![start, search]
}
