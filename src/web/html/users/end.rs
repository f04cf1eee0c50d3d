//! Ending an account: the effects on the user's places, and the confirmation pages.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::known::KnownEverywhere;
use super::path_of;
use super::views::{Person, numbers};
use crate::domain::accounts::delete::Unowned;
use crate::domain::exposure;
#[cfg(test)]
use crate::domain::offer::Kind;
use crate::domain::offer::{Effect, Place};
use crate::domain::users::people::{self, EndPreview};
use crate::domain::users::{activation, delete};
use crate::error::{EnvironmentError, Error};
use crate::fields::Fields;
use crate::usher::Usher;
use crate::web::path_id::Uid;
use crate::words::Text;

/// Things of one sort that a confirmation page names; the rest is counted.
const NAMED: usize = 20;

/// A place by name.
#[derive(Clone, Debug, Serialize)]
struct Named {
    kind: &'static str,
    name: String,
}

/// A place that gets another owner.
#[derive(Clone, Debug, Serialize)]
struct Passing {
    #[serde(flatten)]
    place: Named,
    successor: String,
}

/// A place without another administrator, and where to appoint one.
#[derive(Clone, Debug, Serialize)]
struct Alone {
    #[serde(flatten)]
    place: Named,
    members: String,
    path: String,
}

impl Named {
    fn of(place: &Place) -> Self {
        Self { kind: place.kind.word(), name: place.name.clone() }
    }
}

impl Alone {
    fn of(place: &Place) -> Self {
        Self { place: Named::of(place), members: place.members_path(), path: place.path() }
    }
}

/// The first of the affected places, and the number of the others.
fn named<T>(preview: &EndPreview, row: impl Fn(&Place, &Effect) -> Option<T>) -> (Vec<T>, usize) {
    let mut rows: Vec<T> =
        preview.affected.iter().filter_map(|affected| row(&affected.place, &affected.effect)).collect();
    let more = rows.len().saturating_sub(NAMED);
    rows.truncate(NAMED);
    (rows, more)
}

fn alone_of(preview: &EndPreview) -> (Vec<Alone>, usize) {
    named(preview, |place, effect| matches!(effect, Effect::LeftAlone).then(|| Alone::of(place)))
}

/// Confirmation before a user is deactivated.
#[derive(Serialize)]
pub(in crate::web::html) struct DeactivateView {
    person: Person,
    known: KnownEverywhere,
    alone: Vec<Alone>,
    alone_more: usize,
}

impl View for DeactivateView {
    const TEMPLATE: &'static str = "users/deactivate";
}

/// Confirmation before an account is deleted.
#[derive(Serialize)]
pub(in crate::web::html) struct DeleteUserView {
    person: Person,
    known: KnownEverywhere,
    is_superuser: bool,
    memberships: Text,
    invitations: i64,
    passing: Vec<Passing>,
    passing_more: usize,
    lost: Vec<Named>,
    lost_more: usize,
    stuck: Vec<Named>,
    stuck_more: usize,
    alone: Vec<Alone>,
    alone_more: usize,
    form: FormState,
}

impl View for DeleteUserView {
    const TEMPLATE: &'static str = "users/delete";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[get("/users/<uid>/deactivate")]
async fn ask_to_deactivate(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
    let preview = people::preview_end(usher, &user.actor, uid.0).await?;
    let (alone, alone_more) = alone_of(&preview);
    let person = Person::of(&preview.person.listed, usher.now());
    let known = known(usher, &user, &preview).await?;
    Ok(Page::new(&user.visitor, &DeactivateView { person, known, alone, alone_more }))
}

/// What the person of a preview knows now.
async fn known(usher: &Usher, user: &SignedIn, preview: &EndPreview) -> Result<KnownEverywhere, Failure> {
    let listed = &preview.person.listed;
    let everywhere = exposure::everywhere(usher, &user.actor, listed.id).await?;
    Ok(KnownEverywhere::of(&everywhere, listed.called(), usher.now()))
}

async fn delete_page(usher: &Usher, user: &SignedIn, uid: &str, form: FormState) -> PageResult {
    let preview = people::preview_end(usher, &user.actor, uid).await?;
    let (passing, passing_more) = named(&preview, |place, effect| match effect {
        Effect::PassesTo(successor) => Some(Passing { place: Named::of(place), successor: successor.clone() }),
        Effect::Deleted | Effect::Unowned | Effect::LeftAlone => None,
    });
    let (lost, lost_more) =
        named(&preview, |place, effect| matches!(effect, Effect::Deleted).then(|| Named::of(place)));
    let (stuck, stuck_more) =
        named(&preview, |place, effect| matches!(effect, Effect::Unowned).then(|| Named::of(place)));
    let (alone, alone_more) = alone_of(&preview);
    let listed = &preview.person.listed;
    let view = DeleteUserView {
        person: Person::of(listed, usher.now()),
        known: known(usher, user, &preview).await?,
        is_superuser: preview.person.is_superuser,
        memberships: Text::of("users-delete-memberships").with("places", numbers(&preview.numbers, listed.id)),
        invitations: preview.invitations,
        passing,
        passing_more,
        lost,
        lost_more,
        stuck,
        stuck_more,
        alone,
        alone_more,
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/users/<uid>/deactivate", data = "<_form>")]
async fn deactivate(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, _form: Submitted) -> Result<Go, Failure> {
    activation::deactivate_another(usher, &user.actor, uid.0).await?;
    Ok(Go::to(path_of(uid.0)).saying(Notice::Deactivated))
}

#[post("/users/<uid>/activate", data = "<_form>")]
async fn activate(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, _form: Submitted) -> Result<Go, Failure> {
    activation::activate(usher, &user.actor, uid.0).await?;
    Ok(Go::to(path_of(uid.0)).saying(Notice::Activated))
}

#[get("/users/<uid>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
    delete_page(usher, &user, uid.0, FormState::empty()).await
}

#[post("/users/<uid>/delete", data = "<form>")]
async fn delete_user(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let deleted = fields.optional("unowned").unwrap_or(false);
        let unowned = fields.finish(|| Some(if deleted { Unowned::Deleted } else { Unowned::Refused }))?;
        delete::delete_another(usher, &user.actor, uid.0, unowned).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/users").saying(Notice::AccountDeleted))),
        Err(error @ Error::Environment(EnvironmentError::NoSuccessor(_))) => {
            Ok(Err(delete_page(usher, &user, uid.0, FormState::again(&form, error)?).await?))
        }
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
impl Sample for Named {
    fn samples() -> Vec<Self> {
        Kind::all().map(|kind| Self { kind: kind.word(), name: "Harbor Labs".to_owned() }).collect()
    }
}

#[cfg(test)]
impl Sample for Alone {
    fn samples() -> Vec<Self> {
        let (members, path) = ("/orgs/harbor-labs/members".to_owned(), "/orgs/harbor-labs".to_owned());
        vec![Self { place: Named::sample(), members, path }]
    }
}

#[cfg(test)]
impl Sample for DeactivateView {
    fn samples() -> Vec<Self> {
        let view = |known, alone, alone_more| Self { person: Person::sample(), known, alone, alone_more };
        let [known, nothing] = [0, 1].map(|number| KnownEverywhere::samples().swap_remove(number));
        vec![view(known, Alone::samples(), 2), view(nothing, Vec::new(), 0)]
    }
}

#[cfg(test)]
impl Sample for DeleteUserView {
    fn samples() -> Vec<Self> {
        let view = |stuck: Vec<Named>, alone: Vec<Alone>, more| Self {
            person: Person::sample(),
            known: KnownEverywhere::sample(),
            is_superuser: true,
            memberships: Text::of("users-delete-memberships").with("places", Vec::<Text>::new()),
            invitations: 2,
            passing: vec![Passing { place: Named::sample(), successor: "Rosa Marlow".to_owned() }],
            passing_more: more,
            lost: Named::samples(),
            lost_more: more,
            stuck,
            stuck_more: more,
            alone,
            alone_more: more,
            form: FormState::sample(),
        };
        vec![
            view(Named::samples(), Vec::new(), 2),
            view(Vec::new(), Vec::new(), 0),
            view(Vec::new(), Alone::samples(), 2),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![ask_to_deactivate, deactivate, activate, ask_to_delete, delete_user]
}
