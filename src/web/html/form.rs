//! Forms: what was submitted, and how it is shown again.

mod read;
mod stale;
mod upload;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use rocket::Request;
use rocket::http::Status;
use serde::Serialize;

use super::words::{self, FormError};
pub use read::Resent;
pub use stale::{Owner, Stale, stale};
pub use upload::{Upload, is_stale_without_session};

use crate::domain::repeats::Once;
use crate::error::Error;
use crate::fields::{Raw, Source};
use crate::web::body::Received;
use crate::web::kept::{self, Bound};
use crate::web::path_id::Uid;
use crate::words::Text;

/// The fields of a submitted form. Requires a fresh CSRF token, so that no handler can take a cross-site form.
#[derive(Debug, Default)]
pub struct Submitted {
    fields: Vec<(String, String)>,
    /// The secrets among them, sealed, by field.
    kept: BTreeMap<&'static str, String>,
    /// The secrets that were kept for too long.
    lost: Vec<&'static str>,
    /// What tells a form of nobody from all others.
    once: Option<Once>,
    /// Counts until the form has been worked on.
    _received: Option<Received>,
}

impl Submitted {
    /// The value of a field.
    pub fn get(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }
}

impl Submitted {
    /// The non-empty values of a repeated field.
    pub fn all(&self, field: &str) -> Vec<&str> {
        let values = self.fields.iter().filter(|(name, value)| name == field && !value.is_empty());
        values.map(|(_, value)| value.as_str()).collect()
    }

    /// The uids in a repeated field.
    pub fn uids(&self, field: &str) -> Vec<String> {
        self.all(field).into_iter().filter_map(Uid::read).map(|uid| uid.0.to_owned()).collect()
    }

    /// What tells the form from all others, if nobody is signed in.
    pub fn once(&self) -> Option<&Once> {
        self.once.as_ref()
    }

    /// All fields but ours.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The values to fill in again.
    fn refill(&self) -> BTreeMap<String, String> {
        let values = self.fields.iter().filter(|(name, _)| !NEVER_REFILLED.contains(&name.as_str())).cloned();
        let kept = self.kept.iter().map(|(field, sealed)| (format!("{KEPT_PREFIX}{field}"), sealed.clone()));
        values.chain(kept).collect()
    }

    /// Fills empty fields with the secrets that were kept for them, and seals all secrets for the next page.
    fn keep(&mut self, request: &Request<'_>, bound: Bound<'_>) {
        for field in KEPT {
            if self.get(field).is_none_or(str::is_empty)
                && let Some(sealed) = self.get(&format!("{KEPT_PREFIX}{field}"))
            {
                match kept::open(request, bound, field, sealed) {
                    Some(secret) => match self.fields.iter_mut().find(|(name, _)| name == field) {
                        Some((_, value)) => *value = secret,
                        None => self.fields.push((field.to_owned(), secret)),
                    },
                    None => self.lost.push(field),
                }
            }
            if let Some(secret) = self.get(field).filter(|secret| !secret.is_empty()) {
                self.kept.insert(field, kept::seal(request, bound, field, secret));
            }
        }
        self.fields.retain(|(name, _)| !name.starts_with(KEPT_PREFIX));
    }
}

impl Source for Submitted {
    const TRIMS: bool = true;

    fn raw(&self, field: &str) -> Raw<'_> {
        match self.get(field) {
            // Missing would mean that a secret stays as it is.
            None | Some("") if self.lost.contains(&field) => Raw::Other,
            None | Some("") => Raw::Missing,
            // Browsers submit line breaks as CR LF.
            Some(text) => Raw::Text(Cow::Borrowed(text)),
        }
    }
}

/// A form to show: its values and errors.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormState {
    values: BTreeMap<String, String>,
    faults: BTreeMap<&'static str, Text>,
    fault: Option<Text>,
    #[serde(skip)]
    status: Option<Status>,
    #[serde(skip)]
    retry_after: Option<Duration>,
}

/// Secrets that are kept sealed. Passwords of accounts are not: they are typed again.
pub const KEPT: [&str; 5] = ["accessKey", "secretKey", "user", "pass", "token"];
/// What the names of the hidden fields begin with that hold them. They are among the values of a form.
pub const KEPT_PREFIX: &str = "kept-";

/// Fields that are never filled in again.
const NEVER_REFILLED: [&str; 8] =
    ["password", "oldPassword", "newPassword", "newPasswordAgain", "secretKey", "pass", "token", "csrf"];

impl FormState {
    pub fn empty() -> Self {
        Self::default()
    }

    /// A form with values.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { values, ..Self::default() }
    }

    /// The submitted form again, with errors beside its fields.
    ///
    /// # Errors
    /// An error that no form shows.
    pub fn again(submitted: &Submitted, error: Error) -> Result<Self, Error> {
        let retry_after = match &error {
            Error::TooMany { retry_after } => Some(*retry_after),
            _ => None,
        };
        let mut state = Self {
            values: submitted.refill(),
            status: Some(if retry_after.is_some() { Status::TooManyRequests } else { Status::UnprocessableEntity }),
            retry_after,
            ..Self::default()
        };
        match words::form_error(error)? {
            FormError::Fields(faults) => state.faults = faults.into_iter().collect(),
            FormError::Form(fault) => state.fault = Some(fault),
        }
        Ok(state)
    }

    /// The submitted form again, without an error.
    pub fn submitted(submitted: &Submitted) -> Self {
        Self { values: submitted.refill(), ..Self::default() }
    }

    /// Fills in a field that otherwise never is.
    #[must_use]
    pub fn keeping(mut self, submitted: &Submitted, fields: &[&str]) -> Self {
        for field in fields {
            if let Some(value) = submitted.get(field) {
                self.values.insert((*field).to_owned(), value.to_owned());
            }
        }
        self
    }

    /// The submitted form again, with an error beside one field.
    pub fn refused(submitted: &Submitted, field: &'static str, text: Text) -> Self {
        let mut state = Self { status: Some(Status::UnprocessableEntity), ..Self::default() };
        state.values = submitted.refill();
        state.faults.insert(field, text);
        state
    }

    /// A form of a GET with errors beside its fields.
    #[must_use]
    pub fn refusing(mut self, faults: impl IntoIterator<Item = (&'static str, Text)>) -> Self {
        self.faults.extend(faults);
        self.status = Some(Status::UnprocessableEntity);
        self
    }

    /// A form with an error that was not submitted, for the design pages.
    #[cfg(debug_assertions)]
    #[must_use]
    pub fn with_fault(mut self, field: &'static str, text: Text) -> Self {
        self.faults.insert(field, text);
        self
    }

    /// Replaces a value.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: String) -> Self {
        self.values.insert(name.to_owned(), value);
        self
    }

    pub fn status(&self) -> Option<Status> {
        self.status
    }

    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

#[cfg(test)]
impl super::sample::Sample for FormState {
    /// A submitted form with errors, and an empty one. [`FormState::of`] is for fields that a template reads by name.
    fn samples() -> Vec<Self> {
        let fault = Text::of("rule-name");
        let again = Self {
            faults: BTreeMap::from([("name", fault.clone())]),
            fault: Some(fault),
            status: Some(Status::UnprocessableEntity),
            ..Self::of([("name", "Rosa Marlow"), ("kept-pass", "0000sealed")])
        };
        vec![again, Self::empty()]
    }
}
