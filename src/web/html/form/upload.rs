//! Forms with a file.

use rocket::Request;
use rocket::data::{self, Data, FromData};

use super::{Submitted, read};
use crate::domain::users::pictures::File;
use crate::error::Error;
use crate::web::client::{check_origin, usher};
use crate::web::multipart::{Part, Parts, boundary};
use crate::web::{body, csrf};

/// The fields and file of a submitted form. Like [`super::Submitted`], it requires a valid CSRF token.
#[derive(Debug)]
pub struct Upload {
    pub form: Submitted,
    pub file: Option<File>,
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Upload {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        let upload = match boundary(request.content_type()) {
            Some(boundary) => read_parts(request, boundary, data).await,
            None => read(request, data).await.map(|form| Self { form, file: None }),
        };
        match upload {
            Ok(upload) => data::Outcome::Success(upload),
            Err(error) => data::Outcome::Error((body::status_of(&error), error)),
        }
    }
}

async fn read_parts(request: &Request<'_>, boundary: String, data: Data<'_>) -> Result<Upload, Error> {
    check_origin(request)?;
    let slot = body::begin(request)?;
    let mut parts = Parts::of(boundary, data, slot, &usher(request).uploads);
    let mut upload = Upload { form: Submitted::default(), file: None };
    while let Some(part) = parts.next().await? {
        match part {
            Part::Text(name, value) => upload.form.fields.push((name, value)),
            Part::File(file) => {
                // The token comes before the file, so nothing of a cross-site form's file is kept.
                check_token(request, &upload.form).await?;
                upload.file = parts.read(file).await?;
            }
        }
    }
    check_token(request, &upload.form).await?;
    Ok(upload)
}

async fn check_token(request: &Request<'_>, form: &Submitted) -> Result<(), Error> {
    let token = form.get(csrf::FIELD).unwrap_or_default();
    if csrf::fits(request, token).await { Ok(()) } else { Err(Error::CrossOrigin) }
}
