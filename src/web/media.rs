//! Users' pictures.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, Route, State, get, routes};

use crate::domain::users::pictures;
use crate::error::Error;
use crate::usher::Usher;
use crate::web::path_id::FileName;

/// A new picture has a new name; a removed one should not stay cached for long.
const FOR_A_DAY: &str = "public, max-age=86400";

#[derive(Responder)]
struct Served {
    content: Vec<u8>,
    content_type: ContentType,
    cache: Header<'static>,
}

#[get("/<file>")]
async fn picture(usher: &State<Usher>, file: FileName<'_>) -> Result<Option<Served>, Status> {
    match pictures::find(usher, file.0).await {
        Ok(found) => Ok(found.map(|picture| Served {
            content: picture.content,
            content_type: ContentType::parse_flexible(&picture.content_type).unwrap_or(ContentType::Binary),
            cache: Header::new("Cache-Control", FOR_A_DAY),
        })),
        Err(error) => {
            super::log::fault(&error);
            Err(match error {
                Error::Unavailable(_) => Status::ServiceUnavailable,
                _ => Status::InternalServerError,
            })
        }
    }
}

pub fn routes() -> Vec<Route> {
    routes![picture]
}
