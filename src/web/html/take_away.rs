//! An environment's values in a format, to copy or download.

use rocket::http::ContentType;
use rocket::response::{self, Responder, Response};
use rocket::{Request, Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::places::PlaceView;
use super::{Failure, FormState, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::access::policy;
use crate::domain::environments::look;
use crate::domain::environments::take_away::take_away;
use crate::error::{AccountError, EnvironmentError, Error};
use crate::formats::{Format, Name, Unfit};
use crate::ids::EnvironmentId;
use crate::secret::Secret;
use crate::usher::Usher;
use crate::web::take_away::wanted;
use crate::words::Text;

#[derive(Serialize)]
pub(super) struct TakeAwayView {
    place: PlaceView,
    /// `None`: nothing is revealed yet.
    text: Option<String>,
    form: FormState,
}

impl View for TakeAwayView {
    const TEMPLATE: &'static str = "environments/take_away";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// A page, or a file.
#[derive(Responder)]
enum Given {
    Page(Page),
    File(File),
}

struct File {
    format: Format,
    text: Secret,
}

impl<'r> Responder<'r, 'static> for File {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let name = self.format.file_name();
        Response::build_from((ContentType::Plain, self.text.expose().to_owned()).respond_to(request)?)
            .raw_header("Content-Disposition", format!("attachment; filename=\"{name}\""))
            .ok()
    }
}

async fn page(usher: &Usher, user: &SignedIn, id: EnvironmentId, text: Option<&Secret>, form: FormState) -> PageResult {
    let access = look::access(usher, &user.actor, id).await?;
    if !policy::may_see_credentials(&access) {
        return Err(Error::from(AccountError::Unproved).into());
    }
    let text = text.map(|text| text.expose().to_owned());
    Ok(Page::new(&user.visitor, &TakeAwayView { place: PlaceView::of(&access.place()), text, form }))
}

#[get("/environments/<id>/take-away")]
async fn show(usher: &State<Usher>, user: SignedIn, id: EnvironmentId) -> PageResult {
    page(usher, &user, id, None, FormState::of([("format", Format::Dotenv.name())])).await
}

#[post("/environments/<id>/take-away", data = "<form>")]
async fn take(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Result<Given, Failure> {
    let taken = async {
        let wanted = wanted(&form, Ok(None))?;
        let format = wanted.format;
        Ok((format, take_away(usher, &user.actor, id, wanted).await?))
    };
    let (text, state) = match taken.await {
        Ok((format, text)) if form.get("as") == Some("file") => return Ok(Given::File(File { format, text })),
        Ok((_, text)) => (Some(text), FormState::submitted(&form)),
        Err(Error::Environment(EnvironmentError::Unfit(unfit))) => {
            (None, FormState::refused(&form, "format", words(unfit)))
        }
        Err(error) => (None, FormState::again(&form, error)?),
    };
    Ok(Given::Page(page(usher, &user, id, text.as_ref(), state).await?))
}

fn words(unfit: Unfit) -> Text {
    Text::of("fault-unfit").with("value", vec![label(unfit.name)])
}

/// What a value is called.
pub(super) fn label(name: Name) -> Text {
    Text::of(match name {
        Name::AccessKey => "environments-access-key",
        Name::SecretKey => "environments-secret-key",
        Name::Region => "environments-region",
        Name::Bucket => "environments-bucket",
        Name::Prefix => "environments-prefix",
        Name::Host => "environments-host",
        Name::DbName => "environments-db-name",
        Name::DbUser => "environments-user",
        Name::DbPass => "environments-password",
        Name::Instance => "environments-instance",
        Name::ParameterGroup => "environments-parameter-group",
    })
}

#[cfg(test)]
impl Sample for TakeAwayView {
    fn samples() -> Vec<Self> {
        let view = |text: Option<&str>| Self {
            place: PlaceView::sample(),
            text: text.map(str::to_owned),
            form: FormState::sample(),
        };
        vec![view(Some("DB_PASSWORD='salt-water'\n")), view(None)]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, take]
}
