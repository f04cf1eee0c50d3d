//! `user.setPicture`, `user.deletePicture`

use multer::{Field, Multipart};
use rocket::data::ToByteUnit;
use rocket::http::ContentType;
use rocket::{Data, Route, State, post, routes};
use serde_json::{Map, Value, json};

use crate::domain::users::pictures::{self, Crop, File, LONGEST_FILE};
use crate::entity::user::Model;
use crate::error::Error;
use crate::public_url::PublicUrl;
use crate::usher::Usher;
use crate::web::rpc::check::{Check, ID};
use crate::web::rpc::{Answer, Asker, Body, Envelope, Words};

/// What is read of a form at all. A file beyond [`LONGEST_FILE`] is read over, so that it can be answered.
const LONGEST_FORM_MIB: u64 = 32;
/// Bytes of a field that is no file, and how many such fields there may be.
const LONGEST_FIELD: usize = 2048;
const MOST_FIELDS: usize = 100;

const FEWEST_PIXELS: i64 = 200;
const MOST_PIXELS: i64 = 10_000;
/// No picture reaches there: that is told once its size is known. Beyond it numbers of JSON are not exact.
const FARTHEST: i64 = 9_007_199_254_740_991;

#[post("/user.setPicture", data = "<data>")]
async fn set(usher: &State<Usher>, asker: Asker, content_type: Option<&ContentType>, data: Data<'_>) -> Answer {
    let actor = asker.user()?;
    let form = Form::read(content_type, data).await?;
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
    let user = pictures::set(usher, &actor, &id, file, Crop { x, y, size }).await;
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

/// A form with a picture. A body of another type is an empty one.
#[derive(Default)]
struct Form {
    fields: Map<String, Value>,
    picture: Option<File>,
}

impl Form {
    async fn read(content_type: Option<&ContentType>, data: Data<'_>) -> Result<Self, Error> {
        let mut form = Self::default();
        let Some(boundary) =
            content_type.and_then(|content_type| multer::parse_boundary(content_type.to_string()).ok())
        else {
            return Ok(form);
        };
        let mut parts = Multipart::with_reader(data.open(LONGEST_FORM_MIB.mebibytes()), boundary);
        loop {
            match parts.next_field().await {
                Ok(Some(part)) => form.take(part).await?,
                Ok(None) => return Ok(form),
                // Cut off where nothing more is read.
                Err(_) if matches!(form.picture, Some(File::TooLong)) => return Ok(form),
                Err(_) => return Err(Error::BrokenBody),
            }
        }
    }

    async fn take(&mut self, part: Field<'_>) -> Result<(), Error> {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "picture" {
            let file = read_up_to(LONGEST_FILE, part).await?;
            // What a browser sends where no file was chosen.
            self.picture = match file {
                Some(bytes) if bytes.is_empty() => None,
                Some(bytes) => Some(File::Whole(bytes)),
                None => Some(File::TooLong),
            };
            return Ok(());
        }
        let value = read_up_to(LONGEST_FIELD, part).await?.ok_or(Error::TooLarge)?;
        let text = String::from_utf8(value).map_err(|_| Error::BrokenBody)?;
        if self.fields.len() >= MOST_FIELDS {
            return Err(Error::TooLarge);
        }
        self.fields.insert(name, Value::from(text));
        Ok(())
    }
}

/// The bytes of a part; `None` when there are more than `longest`.
async fn read_up_to(longest: usize, mut part: Field<'_>) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let mut fits = true;
    loop {
        match part.chunk().await {
            Ok(Some(chunk)) if fits && bytes.len() + chunk.len() <= longest => bytes.extend_from_slice(&chunk),
            Ok(Some(_)) => {
                fits = false;
                bytes = Vec::new();
            }
            Ok(None) => return Ok(fits.then_some(bytes)),
            // Cut off where nothing more is read.
            Err(_) if !fits => return Ok(None),
            Err(_) => return Err(Error::BrokenBody),
        }
    }
}

pub fn routes() -> Vec<Route> {
    routes![set, delete]
}
