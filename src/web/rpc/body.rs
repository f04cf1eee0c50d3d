//! Request bodies of Yeep's API.

use rocket::data::{self, FromData};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::{Map, Value};

use super::check::{Check, Detail};
use super::dialect::Failure;
use crate::error::Error;
use crate::web::body::{Received, is_json, read_json};

/// A JSON body; an empty one, or one of another content type, is `{}`. Taken as `Result<Body, Error>`: invalid JSON is
/// rejected before anything else.
#[derive(Debug)]
pub struct Body {
    fields: Fields,
    _received: Received,
}

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
        match &self.fields {
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
            Ok(body) => data::Outcome::Success(body),
            Err(error) => data::Outcome::Error((Status::BadRequest, error)),
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Body, Error> {
    let mut received = read_json(request, data).await?;
    let fields = if !is_json(request) || received.bytes().is_empty() {
        Fields::Object(Map::new())
    } else {
        match received.json()? {
            Value::Object(fields) => Fields::Object(fields),
            Value::Array(_) => Fields::List,
            _ => return Err(Error::BrokenBody),
        }
    };
    Ok(Body { fields, _received: received })
}
