//! `POST /api/environments/:id/reveal`: an environment's values in a format. Not in MyCRT's API.

use rocket::http::ContentType;
use rocket::{Route, State, post, routes};

use super::body::Body;
use super::dialect::Refusal;
use crate::domain::environments::take_away::take_away;
use crate::error::Error;
use crate::fault::Rule;
use crate::ids::EnvironmentId;
use crate::store::secrets::Field;
use crate::usher::Usher;
use crate::web::secret_names::SecretName;
use crate::web::session::ApiUser;
use crate::web::take_away::wanted;

#[post("/<id>/reveal", data = "<body>")]
async fn reveal(
    usher: &State<Usher>,
    asker: Result<ApiUser, Error>,
    id: EnvironmentId,
    body: Result<Body, Error>,
) -> Result<(ContentType, String), Refusal> {
    let actor = asker?.0;
    let body = body?;
    let wanted = wanted(&body, fields(&body))?;
    let content_type = if wanted.format.is_json() { ContentType::JSON } else { ContentType::Plain };
    let text = take_away(usher, &actor, id, wanted).await?;
    Ok((content_type, text.expose().to_owned()))
}

/// The secrets that are wanted; `None`: all that the format has.
fn fields(body: &Body) -> Result<Option<Vec<Field>>, Rule> {
    let Some(names) = body.list("fields")? else { return Ok(None) };
    let named = |name: &str| SecretName::named(name).map(|name| name.0).ok_or(Rule::Choice);
    names.into_iter().map(named).collect::<Result<_, _>>().map(Some)
}

pub fn routes() -> Vec<Route> {
    routes![reveal]
}
