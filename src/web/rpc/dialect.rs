//! Responses in Yeep's format.

use std::borrow::Cow;
use std::time::Duration;

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use serde_json::{Map, Value, json};

use super::check::Detail;
use super::http_error;
use crate::web::headers::retry_after;

/// The result of a method.
pub type Answer = Result<Envelope, Failure>;

/// JSON with status 200.
#[derive(Debug)]
pub struct Envelope(Value);

impl Envelope {
    /// Success, with the method's own fields.
    pub fn ok(fields: Value) -> Self {
        let mut envelope = Map::new();
        envelope.insert("ok".to_owned(), json!(true));
        if let Value::Object(fields) = fields {
            envelope.extend(fields);
        }
        Self(Value::Object(envelope))
    }

    /// JSON outside the envelope.
    pub fn bare(value: Value) -> Self {
        Self(value)
    }
}

impl<'r> Responder<'r, 'static> for Envelope {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        (ContentType::JSON, self.0.to_string()).respond_to(request)
    }
}

/// A failure in the envelope, or outside of it where the contract says so.
#[derive(Debug)]
pub struct Failure {
    status: Status,
    body: Value,
    retry_after: Option<Duration>,
}

impl Failure {
    pub fn new(code: u32, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        let body = json!({ "ok": false, "error": { "code": code, "message": message } });
        Self { status: Status::Ok, body, retry_after: None }
    }

    /// Validation errors of the body.
    pub fn invalid(details: &[Detail]) -> Self {
        let details: Vec<Value> = details.iter().map(Detail::to_json).collect();
        let error = json!({ "code": 400, "message": "Invalid request body", "details": details });
        Self { status: Status::Ok, body: json!({ "ok": false, "error": error }), retry_after: None }
    }

    /// A single field error.
    pub fn fault(field: &str, kind: &'static str) -> Self {
        Self::invalid(&[Detail::of(field, kind)])
    }

    /// Anonymous caller: 404, so that the method's existence is not revealed.
    pub fn masked() -> Self {
        Self::new(404, "Resource does not exist")
    }

    /// A real status, outside the envelope.
    pub fn outside(status: Status, message: &str) -> Self {
        Self { status, body: http_error(status, message), retry_after: None }
    }

    pub(super) fn with_status(self, status: Status, retry_after: Option<Duration>) -> Self {
        Self { status, retry_after, ..self }
    }
}

impl From<Vec<Detail>> for Failure {
    fn from(details: Vec<Detail>) -> Self {
        Self::invalid(&details)
    }
}

impl<'r> Responder<'r, 'static> for Failure {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::build_from((ContentType::JSON, self.body.to_string()).respond_to(request)?);
        response.status(self.status);
        if let Some(wait) = self.retry_after {
            response.header(retry_after(wait));
        }
        response.ok()
    }
}
