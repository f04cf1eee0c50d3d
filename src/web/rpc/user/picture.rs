//! `user.setPicture`, `user.deletePicture`

use rocket::http::ContentType;
use rocket::{Data, Route, State, post, routes};
use serde_json::{Map, Value, json};

use crate::domain::users::pictures::{self, Crop, File};
use crate::entity::user::Model;
use crate::error::Error;
use crate::public_url::PublicUrl;
use crate::usher::Usher;
use crate::web::body::Slot;
use crate::web::multipart::{Part, Parts, boundary};
use crate::web::rpc::check::{Check, ID};
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};

const FEWEST_PIXELS: i64 = 200;
const MOST_PIXELS: i64 = 10_000;
/// No picture is that large: the exact check follows once the size is known. Beyond it JSON numbers are not exact.
const FARTHEST: i64 = 9_007_199_254_740_991;

#[post("/user.setPicture", data = "<data>")]
async fn set(
    usher: &State<Usher>,
    asker: Asker,
    slot: Result<Slot, Error>,
    content_type: Option<&ContentType>,
    data: Data<'_>,
) -> Answer {
    let actor = asker.user()?;
    let form = match boundary(content_type) {
        Some(boundary) => Form::read(Parts::of(boundary, data, slot?, &usher.uploads)).await?,
        None => Form::default(),
    };
    let mut check = Check::of(&form.fields);
    let id = check.required_text("id", ID);
    check.raw("picture");
    if form.picture.is_none() {
        check.fault("picture", "any.required");
    }
    let size = check.integer("cropSize", FEWEST_PIXELS, MOST_PIXELS).map(pixels);
    let x = check.integer("cropX", 0, FARTHEST).map_or(0, pixels);
    let y = check.integer("cropY", 0, FARTHEST).map_or(0, pixels);
    let picture = form.picture;
    let (id, file) = check.finish(|| Some((id?, picture?)))?;
    let user = pictures::set(usher, &actor, &id, file, Crop::Pixels { x, y, size }).await;
    Ok(shown(&usher.config.public_url, &user.map_err(|error| Words::of(&actor).failure(error))?))
}

#[post("/user.deletePicture", data = "<body>")]
async fn delete(usher: &State<Usher>, asker: Asker, body: Result<Body, Error>) -> Answer {
    let body = body?;
    let actor = asker.user()?;
    let mut check = body.check()?;
    let id = check.required_text("id", ID);
    let id = check.finish(|| id)?;
    let user = pictures::delete(usher, &actor, &id).await;
    Ok(shown(&usher.config.public_url, &user.map_err(|error| Words::of(&actor).failure(error))?))
}

fn pixels(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn shown(public_url: &PublicUrl, user: &Model) -> Envelope {
    Envelope::ok(json!({ "user": {
        "id": user.uid,
        "picture": user.picture.as_deref().map(|picture| pictures::url(public_url, picture)),
        "updatedAt": user.updated_at.iso(),
    } }))
}

/// A multipart form with a picture. A body of another type counts as empty.
#[derive(Default)]
struct Form {
    fields: Map<String, Value>,
    picture: Option<File>,
}

impl Form {
    async fn read(mut parts: Parts<'_>) -> Result<Self, Error> {
        let mut form = Self::default();
        while let Some(part) = parts.next().await? {
            match part {
                Part::Text(name, value) => {
                    form.fields.insert(name, Value::from(value));
                }
                Part::File(file) => form.picture = parts.read(file).await?,
            }
        }
        Ok(form)
    }
}

pub fn routes() -> Vec<Route> {
    routes![set, delete]
}
