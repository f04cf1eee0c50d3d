//! Handing an environment over to a member.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::{Search, SearchLinks, searched};
use super::super::places::PlaceView;
use super::super::secrets::{KnownView, Whose};
use super::super::{Failure, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::edit_page_of;
use crate::domain::environments::handover;
use crate::domain::exposure;
use crate::error::Error;
use crate::fields::{Fields, RowId};
use crate::ids::{EnvironmentId, UserId};
use crate::store::members::Membership;
use crate::usher::Usher;

/// A member who may become the owner.
#[derive(Clone, Serialize)]
pub(in crate::web::html) struct Candidate {
    id: UserId,
    name: String,
    email: String,
}

impl Candidate {
    pub fn of(member: &Membership) -> Self {
        Self { id: member.user_id, name: member.name.clone(), email: member.address.clone() }
    }
}

/// The members to whom the owner may hand over.
#[derive(Serialize)]
pub(in crate::web::html) struct CandidatesView {
    pub place: PlaceView,
    pub candidates: Vec<Candidate>,
    pub search: String,
    #[serde(flatten)]
    pub links: SearchLinks,
}

impl View for CandidatesView {
    const TEMPLATE: &'static str = "environments/owner";
}

/// Confirmation before an environment is handed over.
#[derive(Serialize)]
pub(in crate::web::html) struct HandOverView {
    pub place: PlaceView,
    pub candidate: Candidate,
    pub action: String,
    /// What the former owner goes on knowing.
    pub known: Option<KnownView>,
}

impl View for HandOverView {
    const TEMPLATE: &'static str = "environments/hand_over";
}

fn chosen_successor(form: &Submitted) -> Result<UserId, Error> {
    let mut fields = Fields::of(form);
    let user_id = fields.required::<RowId>("userId");
    fields.finish(|| user_id).map(|id| UserId(id.0))
}

/// A page of its own: there may be too many candidates for the list on the edit page.
#[get("/environments/<id>/owner?<search>&<after>")]
async fn find_successor(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    search: Search,
    after: Option<i64>,
) -> PageResult {
    let (access, page) = handover::successors(usher, &user.actor, id, &search, after.unwrap_or(0)).await?;
    let path = searched(&format!("/environments/{id}/owner"), &search);
    let view = CandidatesView {
        place: PlaceView::of(&access.place()),
        candidates: page.rows.iter().map(Candidate::of).collect(),
        search: search.to_string(),
        links: SearchLinks::new(&path, "after", &page, after.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/environments/<id>/owner", data = "<form>")]
async fn ask_to_hand_over(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> PageResult {
    let to = match chosen_successor(&form) {
        Ok(to) => to,
        Err(error) => {
            let state = FormState::again(&form, error)?;
            return edit_page_of(usher, &user, id, None, state).await;
        }
    };
    let (access, successor) = handover::successor(usher, &user.actor, id, to).await?;
    let known = exposure::in_place(usher, &access.place(), user.actor.user_id).await?;
    let view = HandOverView {
        place: PlaceView::of(&access.place()),
        candidate: Candidate::of(&successor),
        action: format!("/environments/{id}/owner/confirmed"),
        known: known.map(|known| KnownView::of(&known, Whose::YoursStill, usher.now())),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/environments/<id>/owner/confirmed", data = "<form>")]
async fn hand_over(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Result<Go, Failure> {
    handover::hand_over(usher, &user.actor, id, chosen_successor(&form)?).await?;
    Ok(Go::to(format!("/environments/{id}")).saying(Notice::HandedOver))
}

#[cfg(test)]
impl Sample for Candidate {
    fn samples() -> Vec<Self> {
        let (name, email) = ("Tomas Vale".to_owned(), "tomas@harbor.test".to_owned());
        vec![Self { id: UserId(7), name, email }]
    }
}

#[cfg(test)]
impl Sample for CandidatesView {
    fn samples() -> Vec<Self> {
        let view = |candidates, search: &str, links| Self {
            place: PlaceView::sample(),
            candidates,
            search: search.to_string(),
            links,
        };
        vec![
            view(Candidate::samples(), "tomas", SearchLinks::sample()),
            view(Vec::new(), "tomas", SearchLinks::default()),
            view(Vec::new(), "", SearchLinks::sample()),
            view(Vec::new(), "", SearchLinks::default()),
        ]
    }
}

#[cfg(test)]
impl Sample for HandOverView {
    fn samples() -> Vec<Self> {
        let action = "/environments/7/owner/confirmed".to_owned();
        let known = KnownView::samples().into_iter().map(Some).chain([None]);
        let view =
            |known| Self { place: PlaceView::sample(), candidate: Candidate::sample(), action: action.clone(), known };
        known.map(view).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![find_successor, ask_to_hand_over, hand_over]
}
