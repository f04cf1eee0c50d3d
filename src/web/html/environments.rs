//! Environments: list, create, show, reveal, edit, hand over, delete.

pub(super) mod owner;
pub(super) mod views;

use std::collections::BTreeSet;

use rocket::{Route, State, get, post, routes};

use super::apart::apart;
use super::lists::PartLinks;
use super::places::{PlaceHead, PlaceView, Tab};
use super::replaced::{Form, ReplacedNotice};
use super::secrets::called;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use crate::domain::access::policy;
use crate::domain::environments::change;
use crate::domain::environments::look::{self, Seen, Shown};
use crate::domain::environments::sealing::Credentials;
use crate::domain::environments::{self, handover, members};
use crate::domain::exposure;
use crate::ids::EnvironmentId;
use crate::store::environments::Access;
use crate::store::secrets::Field;
use crate::store::sightings::Known;
use crate::store::{self, PAGE};
use crate::usher::Usher;
use crate::web::environment_fields;
use crate::words::Text;
use owner::Candidate;
use views::{DeleteView, EditView, EnvironmentRow, EnvironmentView, EnvironmentsView, NewEnvironmentView};

/// The tabs that the visitor may open.
pub(super) fn tabs(access: &Access) -> Vec<Tab> {
    let place = access.place();
    let mut tabs = vec![Tab::overview(&place), Tab::members(&place)];
    if policy::may_administer(access) {
        tabs.extend([
            Tab::of(&place, "secrets", Text::of("environments-secrets")),
            Tab::activity(&place),
            Tab::of(&place, "slack", Text::of("environments-slack")),
        ]);
    }
    tabs
}

/// The head of an environment's pages.
pub(super) fn head(access: &Access) -> PlaceHead {
    PlaceHead::new(&access.place(), tabs(access))
}

#[get("/environments?<after>")]
async fn list(usher: &State<Usher>, user: SignedIn, after: Option<i64>) -> PageResult {
    let page = environments::page(usher, &user.actor, after.unwrap_or(0), PAGE).await?;
    let view = EnvironmentsView {
        environments: page.rows.iter().map(|listed| EnvironmentRow::of(listed, user.actor.user_id)).collect(),
        links: PartLinks::new("/environments", "after", page.next, after.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/environments/new")]
fn new_page(user: SignedIn) -> Page {
    Page::new(&user.visitor, &NewEnvironmentView { form: FormState::empty(), understood: None, imported: false })
}

#[post("/environments/new", data = "<form>")]
async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
    let outcome = async { environments::create(usher, &user.actor, environment_fields::new_environment(&form)?).await };
    match outcome.await {
        Ok(created) => Ok(Ok(Go::to(format!("/environments/{}", created.id)).saying(Notice::Created))),
        Err(error) => {
            let imported = form.get("imported") == Some("true");
            let state = FormState::again(&form, error)?;
            // What was pasted is not at hand any more.
            let form = if imported { state.keeping(&form, &["secretKey", "pass"]) } else { state };
            Ok(Err(Page::new(&user.visitor, &NewEnvironmentView { form, understood: None, imported })))
        }
    }
}

#[get("/environments/<id>")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    let seen = environments::look(usher, &user.actor, id).await?;
    overview(usher, &user, &seen, None).await
}

#[post("/environments/<id>/reveal", data = "<_form>")]
async fn reveal(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> PageResult {
    let (seen, credentials) = environments::reveal(usher, &user.actor, id, Shown::on_page()).await?;
    overview(usher, &user, &seen, credentials.as_ref()).await
}

async fn overview(usher: &Usher, user: &SignedIn, seen: &Seen, credentials: Option<&Credentials>) -> PageResult {
    let details = &seen.details;
    let members = members::count(usher, &user.actor, details.id).await?;
    let is_admin = policy::may_administer(&seen.access);
    let exposed = if is_admin { exposed(&exposure::out_of(usher, &seen.access).await?) } else { None };
    let view = EnvironmentView {
        head: head(&seen.access),
        environment: views::EnvironmentDetails::of(details, credentials, usher.now()),
        revealed: credentials.is_some(),
        withheld: !policy::may_see_credentials(&seen.access),
        is_admin,
        exposed,
        is_owner: policy::is_owner(&seen.access),
        members,
    };
    Ok(Page::new(&user.visitor, &view))
}

/// How many people the sentence about exposed secrets names.
const NAMED: usize = 3;

/// That secrets are known to people without access.
fn exposed(out: &store::Page<Known>) -> Option<Text> {
    let secrets: BTreeSet<Field> = out.rows.iter().map(|known| known.field).collect();
    if secrets.is_empty() {
        return None;
    }
    let people = out.rows.chunk_by(|one, next| one.user_id == next.user_id);
    let people: Vec<&str> = people.filter_map(|known| known.first().map(called)).collect();
    let others = people.len().saturating_sub(NAMED);
    let mut names: Vec<Text> =
        people.iter().take(NAMED).map(|name| Text::of("exposed-person").with("name", apart(name))).collect();
    if out.next.is_some() {
        names.push(Text::of("exposed-many-others"));
    } else if others > 0 {
        names.push(Text::of("exposed-others").with("number", others));
    }
    Some(Text::of("exposed").with("secrets", secrets.len()).with("people", names))
}

async fn edit_page_of(
    usher: &Usher,
    user: &SignedIn,
    id: EnvironmentId,
    form: Option<FormState>,
    owner_form: FormState,
) -> PageResult {
    look::administered(usher, &user.actor, id).await?;
    let seen = environments::look(usher, &user.actor, id).await?;
    let details = &seen.details;
    let form = form.unwrap_or_else(|| {
        FormState::of([
            ("envName", details.name.as_str()),
            ("region", &details.region),
            ("bucket", &details.bucket),
            ("prefix", details.prefix.as_deref().unwrap_or_default()),
            ("dbName", &details.db_name),
            ("host", &details.host),
            ("instance", &details.instance),
            ("parameterGroup", details.parameter_group.as_deref().unwrap_or_default()),
        ])
    });
    let is_owner = policy::is_owner(&seen.access);
    let page = if is_owner { Some(handover::successors(usher, &user.actor, id, "", 0).await?.1) } else { None };
    let candidates = page.as_ref().map_or(&[][..], |page| page.rows.as_slice()).iter().map(Candidate::of);
    let view = EditView {
        place: PlaceView::of(&seen.access.place()),
        is_owner,
        candidates: candidates.collect(),
        more_candidates: page.as_ref().is_some_and(|page| page.next.is_some()),
        form,
        owner_form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/environments/<id>/edit")]
async fn edit_page(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    edit_page_of(usher, &user, id, None, FormState::empty()).await
}

#[post("/environments/<id>/edit", data = "<form>")]
async fn edit(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let outcome = async { change::change(usher, &user.actor, id, environment_fields::change(&form)?).await };
    match outcome.await {
        Ok(replaced) => {
            let go = Go::to(format!("/environments/{id}"));
            let is_plain = replaced.same.is_empty();
            let notice = ReplacedNotice { form: Form::All, replaced };
            Ok(Ok(if is_plain { go.saying(Notice::Saved) } else { go.saying_which(&notice) }))
        }
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(edit_page_of(usher, &user, id, Some(state), FormState::empty()).await?))
        }
    }
}

#[get("/environments/<id>/delete")]
async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    let access = look::administered(usher, &user.actor, id).await?;
    let place = PlaceView::of(&access.place());
    Ok(Page::new(&user.visitor, &DeleteView { place, action: format!("/environments/{id}/delete") }))
}

#[post("/environments/<id>/delete", data = "<_form>")]
async fn delete(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, _form: Submitted) -> Result<Go, Failure> {
    environments::delete(usher, &user.actor, id).await?;
    Ok(Go::to("/environments").saying(Notice::Deleted))
}

pub fn routes() -> Vec<Route> {
    [routes![list, new_page, create, show, reveal, edit_page, edit, ask_to_delete, delete], owner::routes()].concat()
}
