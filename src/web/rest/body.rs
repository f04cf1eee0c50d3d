//! Request bodies of MyCRT's API.

use std::borrow::Cow;

use rocket::data::{self, FromData};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::fault::Rule;
use crate::fields::{Raw, Source};
use crate::web::body::{Received, is_json, read_json};
use crate::web::session::came_by_cookie;

/// A JSON object; an empty body is an empty object. Taken as `Result<Body, Error>`.
#[derive(Debug)]
pub struct Body {
    fields: Map<String, Value>,
    _received: Received,
}

impl Body {
    /// A list of texts.
    ///
    /// # Errors
    /// [`Rule::Choice`] for anything else.
    pub fn list(&self, field: &str) -> Result<Option<Vec<&str>>, Rule> {
        match self.fields.get(field) {
            None => Ok(None),
            Some(Value::Array(texts)) => {
                texts.iter().map(|text| text.as_str().ok_or(Rule::Choice)).collect::<Result<_, _>>().map(Some)
            }
            Some(_) => Err(Rule::Choice),
        }
    }
}

impl Source for Body {
    const TRIMS: bool = false;

    fn raw(&self, field: &str) -> Raw<'_> {
        match self.fields.get(field) {
            None => Raw::Missing,
            Some(Value::String(text)) => Raw::Text(Cow::Borrowed(text)),
            Some(Value::Bool(value)) => Raw::Bool(*value),
            // A fraction is a number too, but never an id: it maps to 0.
            Some(Value::Number(number)) => {
                Raw::Integer(number.as_i64().unwrap_or(if number.is_u64() { i64::MAX } else { 0 }))
            }
            Some(Value::Null | Value::Array(_) | Value::Object(_)) => Raw::Other,
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

/// An ignored body. What a cross-site form could send is still rejected. Taken as `Result<NoBody, Error>`.
#[derive(Debug)]
pub struct NoBody;

#[rocket::async_trait]
impl<'r> FromData<'r> for NoBody {
    type Error = Error;

    async fn from_data(request: &'r Request<'_>, mut data: Data<'r>) -> data::Outcome<'r, Self> {
        if data.peek(1).await.is_empty() || is_json(request) || !came_by_cookie(request) {
            data::Outcome::Success(Self)
        } else {
            data::Outcome::Error((Status::UnsupportedMediaType, Error::NotJson))
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Body, Error> {
    let mut received = read_json(request, data).await?;
    let fields = if received.bytes().is_empty() {
        Map::new()
    } else if is_json(request) {
        match received.json()? {
            Value::Object(fields) => fields,
            _ => return Err(Error::BrokenBody),
        }
    } else if came_by_cookie(request) {
        // A cross-site form could send this, with the cookie.
        return Err(Error::NotJson);
    } else {
        Map::new()
    };
    Ok(Body { fields, _received: received })
}
