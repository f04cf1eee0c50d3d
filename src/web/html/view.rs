//! Views: one struct a page, beside its handler.

use rocket::http::Status;
use serde::Serialize;

use super::form::FormState;

/// What a page's template shows. Tests render every template with the samples of its view, and compare the names in
/// both (`tests.rs`).
pub trait View: Serialize {
    /// The template's name without its extensions.
    const TEMPLATE: &'static str;

    /// The page's forms. A submitted one sets the status.
    fn forms(&self) -> Vec<&FormState> {
        Vec::new()
    }

    /// The status unless a form sets it.
    fn status(&self) -> Status {
        Status::Ok
    }
}
