//! Request bodies of Yeep's API.

use rocket::data::{self, FromData, ToByteUnit};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::{Map, Value};

use super::check::{Check, Detail};
use super::dialect::Failure;
use crate::error::Error;

/// A JSON body; an empty one, or one of another content type, is `{}`. Taken as `Result<Body, Error>`: invalid JSON is
/// rejected before anything else.
#[derive(Debug)]
pub struct Body(Fields);

#[derive(Debug)]
enum Fields {
    Object(Map<String, Value>),
    /// A list: an error inside the envelope.
    List,
}

impl Body {
    /// The fields of the object.
    ///
    /// # Errors
    /// The body is a list.
    pub fn check(&self) -> Result<Check<'_>, Failure> {
        match &self.0 {
            Fields::Object(fields) => Ok(Check::of(fields)),
            Fields::List => Err(Failure::invalid(&[Detail::new(&[], "object.base")])),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromData<'r> for Body {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> data::Outcome<'r, Self> {
        match read(request, data).await {
            Ok(fields) => data::Outcome::Success(Self(fields)),
            Err(error) => data::Outcome::Error((Status::BadRequest, error)),
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Fields, Error> {
    let is_json = request.content_type().is_some_and(|content_type| content_type.is_json());
    let bytes = data.open(1.mebibytes()).into_bytes().await.map_err(|_| Error::BrokenBody)?;
    if !bytes.is_complete() {
        return Err(Error::TooLarge);
    }
    if !is_json || bytes.is_empty() {
        return Ok(Fields::Object(Map::new()));
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(fields)) => Ok(Fields::Object(fields)),
        Ok(Value::Array(_)) => Ok(Fields::List),
        _ => Err(Error::BrokenBody),
    }
}
