//! A new environment out of what people have: nothing is saved before they have seen what was understood.

use rocket::{Route, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::environments::views::{NewEnvironmentView, Understood};
use super::{FormState, Page, SignedIn, Submitted, View};
use crate::formats::import;
use crate::words::Text;

#[derive(Serialize)]
pub(super) struct ImportView {
    form: FormState,
}

impl View for ImportView {
    const TEMPLATE: &'static str = "environments/import";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[get("/environments/import")]
fn show(user: SignedIn) -> Page {
    Page::new(&user.visitor, &ImportView { form: FormState::empty() })
}

#[post("/environments/import", data = "<form>")]
fn read(user: SignedIn, form: Submitted) -> Page {
    let mut imported = import::read(form.get("text").unwrap_or_default());
    // The fields that they fill in have one line, and browsers would join several.
    imported.leave_out(|value| value.contains(['\n', '\r']));
    if imported.values.names().next().is_none() {
        let form = FormState::refused(&form, "text", Text::of("fault-nothing-understood"));
        return Page::new(&user.visitor, &ImportView { form });
    }
    let values = imported.values.clone();
    let filled = values.names().filter_map(|name| Some((name.field(), values.get(name)?)));
    let form = FormState::of(filled);
    Page::new(&user.visitor, &NewEnvironmentView { form, understood: Some(Understood::of(imported)), imported: true })
}

#[cfg(test)]
impl Sample for ImportView {
    fn samples() -> Vec<Self> {
        FormState::samples().into_iter().map(|form| Self { form }).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, read]
}
