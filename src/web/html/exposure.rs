//! Who knows the secrets of an environment, and replacing them.

pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use super::environments::head;
use super::lists::{SearchLinks, with};
use super::places::PlaceView;
use super::replaced::{Form, ReplacedNotice};
use super::secrets::called;
use super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use crate::domain::environments::change::{self, Replacement};
use crate::domain::environments::look;
use crate::domain::exposure;
use crate::error::Error;
use crate::fields::{Fields, Reason, RowId};
use crate::ids::{EnvironmentId, UserId};
use crate::store::environments::Access;
use crate::store::secrets::Field;
use crate::store::sightings::Side;
use crate::usher::Usher;
use crate::web::environment_fields;
use crate::web::secret_names::SecretName;
use crate::words::Text;
use views::{DismissView, People, ReplaceView, SecretChoice, SecretRow, SecretsView};

fn path_of(id: EnvironmentId) -> String {
    format!("/environments/{id}/secrets")
}

/// The requested pages of the two lists.
#[derive(Clone, Copy, Debug)]
struct Parts {
    out: Option<i64>,
    inside: Option<i64>,
}

impl Parts {
    /// The path of a list, where the other one keeps its position.
    fn path(self, id: EnvironmentId, side: Side) -> String {
        let other = match side {
            Side::Out => ("inside", self.inside),
            Side::In => ("out", self.out),
        };
        with(&path_of(id), &[other])
    }
}

#[get("/environments/<id>/secrets?<out>&<inside>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    out: Option<i64>,
    inside: Option<i64>,
) -> PageResult {
    let (access, secrets) = exposure::secrets(usher, &user.actor, id).await?;
    let (parts, now) = (Parts { out, inside }, usher.now());
    let view = SecretsView {
        head: head(&access),
        secrets: secrets.iter().map(|present| SecretRow::of(present, now)).collect(),
        out: people(usher, &access, Side::Out, out, &parts.path(id, Side::Out)).await?,
        inside: people(usher, &access, Side::In, inside, &parts.path(id, Side::In)).await?,
    };
    Ok(Page::new(&user.visitor, &view))
}

/// A page of those who know secrets.
async fn people(usher: &Usher, access: &Access, side: Side, after: Option<i64>, path: &str) -> Result<People, Error> {
    let field = match side {
        Side::Out => "out",
        Side::In => "inside",
    };
    let page = exposure::of_environment(usher, access, side, after.unwrap_or(0)).await?;
    Ok(People::of(&page.rows, SearchLinks::new(path, field, &page, after.is_none()), usher.now()))
}

async fn dismiss_page(
    usher: &Usher,
    user: &SignedIn,
    id: EnvironmentId,
    person: UserId,
    ticked: Option<&[Field]>,
    form: FormState,
) -> PageResult {
    let (access, known) = exposure::of_one(usher, &user.actor, id, person).await?;
    let view = DismissView {
        place: PlaceView::of(&access.place()),
        person: known.first().map(called).unwrap_or_default().to_owned(),
        person_id: person,
        boxes: known.iter().map(|known| SecretChoice::of(known, ticked)).collect(),
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/environments/<id>/secrets/dismiss?<person>")]
async fn ask_to_dismiss(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, person: i64) -> PageResult {
    dismiss_page(usher, &user, id, UserId(person), None, FormState::empty()).await
}

#[post("/environments/<id>/secrets/dismiss", data = "<form>")]
async fn dismiss(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let person = person(&form)?;
    let outcome = async {
        let (fields, reason) = dismissal(&form)?;
        exposure::dismiss(usher, &user.actor, id, fields, person, reason).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(path_of(id)).saying(Notice::Dismissed))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(dismiss_page(usher, &user, id, person, Some(&ticked(&form)), state).await?))
        }
    }
}

fn person(form: &Submitted) -> Result<UserId, Error> {
    let mut fields = Fields::of(form);
    let user_id = fields.required::<RowId>("userId");
    fields.finish(|| user_id).map(|id| UserId(id.0))
}

/// The secrets of the ticked boxes.
fn ticked(form: &Submitted) -> Vec<Field> {
    let names = form.all("field").into_iter().filter_map(SecretName::named);
    let mut fields: Vec<Field> = names.map(|name| name.0).collect();
    fields.sort();
    fields.dedup();
    fields
}

fn dismissal(form: &Submitted) -> Result<(Vec<Field>, Reason), Error> {
    let mut fields = Fields::of(form);
    let first = fields.required::<SecretName>("field");
    let reason = fields.required::<Reason>("reason");
    fields.finish(|| first.and(Some((ticked(form), reason?))))
}

async fn replace_page(usher: &Usher, user: &SignedIn, id: EnvironmentId, form: FormState) -> PageResult {
    let access = look::administered(usher, &user.actor, id).await?;
    Ok(Page::new(&user.visitor, &ReplaceView { place: PlaceView::of(&access.place()), form }))
}

#[get("/environments/<id>/secrets/replace")]
async fn ask_to_replace(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    replace_page(usher, &user, id, FormState::empty()).await
}

#[post("/environments/<id>/secrets/replace", data = "<form>")]
async fn replace(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let secrets = match environment_fields::replacement(&form) {
        Ok(secrets) => secrets,
        Err(error) => return again(usher, &user, id, FormState::again(&form, error)?).await,
    };
    if Replacement::is_empty(&secrets) {
        let state = FormState::refused(&form, "accessKey", Text::of("fault-nothing-to-replace"));
        return again(usher, &user, id, state).await;
    }
    let replaced = change::replace(usher, &user.actor, id, secrets).await?;
    Ok(Ok(Go::to(path_of(id)).saying_which(&ReplacedNotice { form: Form::Secrets, replaced })))
}

/// The form again.
async fn again(usher: &Usher, user: &SignedIn, id: EnvironmentId, form: FormState) -> FormResult {
    Ok(Err(replace_page(usher, user, id, form).await?))
}

pub fn routes() -> Vec<Route> {
    routes![show, ask_to_dismiss, dismiss, ask_to_replace, replace]
}
