//! Forms with a file.

use rocket::Request;
use rocket::data::{self, Data, FromData};

use super::Submitted;
use super::read::{self, admit, read, status_of};
use crate::domain::users::pictures::File;
use crate::error::Error;
use crate::web::body;
use crate::web::client::{check_origin, is_surely_ours, usher};
use crate::web::csrf::{self, Judgement};
use crate::web::multipart::{Part, Parts, boundary};

/// The fields and file of a submitted form. Like [`super::Submitted`], it requires a fresh CSRF token.
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
            Err(error) => data::Outcome::Error((status_of(&error), error)),
        }
    }
}

/// Sent twice, a file is saved twice, as one.
async fn read_parts(request: &Request<'_>, boundary: String, data: Data<'_>) -> Result<Upload, Error> {
    let mut parts = begin(request, boundary, data)?;
    let mut upload = Upload { form: Submitted::default(), file: None };
    while let Some(part) = parts.next().await? {
        match part {
            Part::Text(name, value) => upload.form.fields.push((name, value)),
            Part::File(file) => {
                // The token comes before the file, so nothing of a cross-site form's file is kept.
                let token = upload.form.get(csrf::FIELD).unwrap_or_default();
                if csrf::judge(request, token).await != Judgement::Fresh {
                    upload.form = admit(request, upload.form, read::File::Some).await?;
                }
                upload.file = parts.read(file).await?;
            }
        }
    }
    upload.form = admit(request, upload.form, read::File::None).await?;
    Ok(upload)
}

/// Reads a form that a route did not take because nobody is signed in: whether it is stale, and so was remembered. Of a
/// file nothing is read.
pub async fn is_stale_without_session(request: &Request<'_>, data: Data<'_>) -> bool {
    if !is_surely_ours(request) {
        return false;
    }
    let _refused = match boundary(request.content_type()) {
        Some(boundary) => admit_fields(request, boundary, data).await.map(drop),
        None => async { admit(request, read::fields(request, data).await?, read::File::None).await.map(drop) }.await,
    };
    super::stale(request).is_some()
}

/// The fields before the file.
async fn admit_fields(request: &Request<'_>, boundary: String, data: Data<'_>) -> Result<Submitted, Error> {
    let mut parts = begin(request, boundary, data)?;
    let mut form = Submitted::default();
    while let Some(part) = parts.next().await? {
        match part {
            Part::Text(name, value) => form.fields.push((name, value)),
            Part::File(_) => return admit(request, form, read::File::Some).await,
        }
    }
    admit(request, form, read::File::None).await
}

fn begin<'r>(request: &Request<'_>, boundary: String, data: Data<'r>) -> Result<Parts<'r>, Error> {
    check_origin(request)?;
    Ok(Parts::of(boundary, data, body::begin(request)?, &usher(request).uploads))
}
