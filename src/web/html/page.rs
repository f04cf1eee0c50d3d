//! A rendered page: a template, its view, and what every page shows.

use std::borrow::Cow;
use std::time::Duration;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::response::{self, Responder, Response};
use rocket_dyn_templates::Template;
use serde::Serialize;
use serde_json::{Map, Value};

use super::view::View;
use super::visitor::{Common, Visitor, language_of};
use crate::email_address::shown;
use crate::web::headers::retry_after;
use crate::words;

pub struct Page {
    template: &'static str,
    context: Map<String, Value>,
    status: Status,
    retry_after: Option<Duration>,
}

impl Page {
    /// The page for a visitor.
    pub fn new(visitor: &Visitor, view: &impl View) -> Self {
        Self::of_anyone(Some(&visitor.common), view)
    }

    /// The page for an unknown visitor. A submitted form sets the status.
    pub fn of_anyone<V: View>(common: Option<&Common>, view: &V) -> Self {
        let forms = view.forms();
        Self {
            template: V::TEMPLATE,
            context: context(common, view),
            status: forms.iter().find_map(|form| form.status()).unwrap_or_else(|| view.status()),
            retry_after: forms.iter().find_map(|form| form.retry_after()),
        }
    }

    #[must_use]
    pub fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.retry_after = wait;
        self
    }
}

/// The template's context: what every page shows, and the view.
pub(super) fn context(common: Option<&Common>, view: &impl Serialize) -> Map<String, Value> {
    let fields = |value: serde_json::Result<Value>| match value {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    };
    let mut context = fields(serde_json::to_value(common));
    context.extend(fields(serde_json::to_value(view)));
    context.values_mut().for_each(show_addresses);
    context
}

/// Addresses as people read them: texts that are nothing but one.
fn show_addresses(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(shown) = shown(text) {
                *text = shown;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(show_addresses),
        Value::Object(fields) => fields.values_mut().for_each(show_addresses),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let template = Template::render(format!("{}.html", self.template), self.context);
        // Rendered synchronously on this thread: the current language is thread-local.
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
