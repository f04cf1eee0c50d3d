//! What templates show: a struct for each page, beside its handler.

use rocket::http::Status;
use serde::Serialize;

use super::form::FormState;

/// What the template of a page shows. The tests render every template with the samples of its view, and compare the names
/// in both (`tests.rs`).
pub trait View: Serialize {
    /// The template's name without the endings.
    const TEMPLATE: &'static str;

    /// The forms on the page. One that came back decides the status.
    fn forms(&self) -> Vec<&FormState> {
        Vec::new()
    }

    /// The status when no form came back.
    fn status(&self) -> Status {
        Status::Ok
    }
}
