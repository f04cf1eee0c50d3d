//! Request bodies of MyCRT's API.

use std::borrow::Cow;

use rocket::data::{self, FromData, ToByteUnit};
use rocket::http::Status;
use rocket::{Data, Request};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::fields::{Raw, Source};
use crate::web::session::came_by_cookie;

/// A JSON object; an empty body is an empty object. Taken as `Result<Body, Error>`.
#[derive(Debug, Default)]
pub struct Body(Map<String, Value>);

impl Source for Body {
    const TRIMS: bool = false;

    fn raw(&self, field: &str) -> Raw<'_> {
        match self.0.get(field) {
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

fn is_json(request: &Request<'_>) -> bool {
    request.content_type().is_some_and(|content_type| content_type.is_json())
}

async fn read(request: &Request<'_>, data: Data<'_>) -> Result<Body, Error> {
    let bytes = data.open(1.mebibytes()).into_bytes().await.map_err(|_| Error::BrokenBody)?;
    if !bytes.is_complete() {
        return Err(Error::TooLarge);
    }
    if bytes.is_empty() {
        return Ok(Body::default());
    }
    if !is_json(request) {
        // A cross-site form could send this, with the cookie.
        return if came_by_cookie(request) { Err(Error::NotJson) } else { Ok(Body::default()) };
    }
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(fields)) => Ok(Body(fields)),
        _ => Err(Error::BrokenBody),
    }
}
