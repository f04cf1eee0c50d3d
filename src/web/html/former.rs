//! Former values of an environment's secrets, for its administrators.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::places::PlaceView;
use super::secrets::secret;
use super::times::Time;
use super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::environments::former;
use crate::fields::Fields;
use crate::ids::{EnvironmentId, FormerSecretId};
use crate::usher::Usher;
use crate::words::Text;

#[derive(Serialize)]
pub(super) struct FormerView {
    place: PlaceView,
    former: Vec<FormerRow>,
    keeps: bool,
    form: FormState,
}

impl View for FormerView {
    const TEMPLATE: &'static str = "environments/former";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Clone, Serialize)]
struct FormerRow {
    id: FormerSecretId,
    secret: Text,
    replaced: Time,
    by: String,
    /// `None`: not revealed.
    value: Option<String>,
}

async fn page(
    usher: &Usher,
    user: &SignedIn,
    id: EnvironmentId,
    revealed: Option<(FormerSecretId, String)>,
    form: Option<FormState>,
) -> PageResult {
    let (access, kept, former) = former::list(usher, &user.actor, id).await?;
    let now = usher.now();
    let rows = former.into_iter().map(|former| FormerRow {
        id: former.id,
        secret: secret(former.field),
        replaced: Time::new(former.replaced_at, now),
        by: former.replaced_by,
        value: revealed.as_ref().filter(|(shown, _)| *shown == former.id).map(|(_, value)| value.clone()),
    });
    let view = FormerView {
        place: PlaceView::of(&access.place()),
        former: rows.collect(),
        keeps: kept > 0,
        form: form.unwrap_or_else(|| FormState::of([("kept", kept.to_string().as_str())])),
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/environments/<id>/secrets/former")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    page(usher, &user, id, None, None).await
}

#[post("/environments/<id>/secrets/former", data = "<form>")]
async fn set_kept(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let kept = fields.required("kept");
        former::set_kept(usher, &user.actor, id, fields.finish(|| kept)?).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(format!("/environments/{id}/secrets/former")).saying(Notice::Saved))),
        Err(error) => Ok(Err(page(usher, &user, id, None, Some(FormState::again(&form, error)?)).await?)),
    }
}

#[post("/environments/<id>/secrets/former/<former_id>/reveal", data = "<_form>")]
async fn reveal(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    former_id: FormerSecretId,
    _form: Submitted,
) -> PageResult {
    let value = former::reveal(usher, &user.actor, id, former_id).await?;
    page(usher, &user, id, Some((former_id, value.expose().to_owned())), None).await
}

#[cfg(test)]
impl Sample for FormerView {
    fn samples() -> Vec<Self> {
        let row = |value: Option<&str>| FormerRow {
            id: FormerSecretId(7),
            secret: Text::of("secret-db-pass"),
            replaced: Time::sample(),
            by: "Rosa Marlow".to_owned(),
            value: value.map(str::to_owned),
        };
        let view = |keeps, former| Self { place: PlaceView::sample(), former, keeps, form: FormState::sample() };
        vec![view(true, vec![row(None), row(Some("salt-water"))]), view(true, Vec::new()), view(false, Vec::new())]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, set_kept, reveal]
}
