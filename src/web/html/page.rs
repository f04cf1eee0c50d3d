//! A page: a template, what it shows, and what every page shows.

use std::time::Duration;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::response::{self, Responder, Response};
use rocket_dyn_templates::Template;
use serde::Serialize;
use serde_json::{Map, Value};

use super::form::FormState;
use super::visitor::{Common, Visitor, language_of};
use crate::web::headers::retry_after;
use crate::words;

/// A page to be shown.
pub struct Page {
    template: &'static str,
    context: Map<String, Value>,
    status: Status,
    retry_after: Option<Duration>,
}

impl Page {
    /// The page of a template (its name without the endings) for a visitor.
    pub fn new(template: &'static str, visitor: &Visitor, shown: Value) -> Self {
        Self::of_anyone(template, Some(&visitor.common), shown)
    }

    /// The page of a template for whoever looks, should nothing be known of them.
    pub fn of_anyone(template: &'static str, common: Option<&Common>, shown: Value) -> Self {
        let mut context = match serde_json::to_value(common) {
            Ok(Value::Object(common)) => common,
            _ => Map::new(),
        };
        if let Value::Object(shown) = shown {
            context.extend(shown);
        }
        Self { template, context, status: Status::Ok, retry_after: None }
    }

    #[must_use]
    pub fn with_status(mut self, status: Status) -> Self {
        self.status = status;
        self
    }

    /// Adds a form in its present state.
    #[must_use]
    pub fn with_form(self, state: FormState) -> Self {
        self.with_named_form("form", state)
    }

    /// Adds a form under another name, on a page that has two.
    #[must_use]
    pub fn with_named_form(mut self, name: &str, state: FormState) -> Self {
        if let Some(status) = state.status() {
            self.status = status;
        }
        self.retry_after = self.retry_after.or(state.retry_after());
        self.with(name, state)
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.context.insert(name.to_owned(), serde_json::to_value(value).unwrap_or(Value::Null));
        self
    }

    #[must_use]
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let template = Template::render(format!("{}.html", self.template), self.context);
        // The template is rendered here and now, on this thread.
        let page = words::speaking(language_of(request), || template.respond_to(request))?;
        let mut response = Response::build_from(page);
        response.header(Header::new("Vary", "Accept-Language"));
        response.status(self.status);
        if let Some(wait) = self.retry_after {
            response.header(retry_after(wait));
        }
        response.ok()
    }
}
