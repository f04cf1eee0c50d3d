//! A new environment out of what people have: nothing is saved before they have seen what was understood.

use rocket::{Route, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::environments::views::NewEnvironmentView;
use super::take_away::label;
use super::{FormState, Page, SignedIn, Submitted, View};
use crate::formats::import::{self, Imported};
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

/// What was understood of a text, above the form that it fills in.
#[derive(Clone, Serialize)]
pub(in crate::web::html) struct Understood {
    used: Vec<Text>,
    unused: Vec<String>,
    unclear: Vec<usize>,
}

impl Understood {
    fn of(imported: Imported) -> Self {
        let used = imported.values.names().map(label).collect();
        Self { used, unused: imported.unused, unclear: imported.unclear }
    }
}

#[get("/environments/import")]
fn show(user: SignedIn) -> Page {
    Page::new(&user.visitor, &ImportView { form: FormState::empty() })
}

#[post("/environments/import", data = "<form>")]
fn read(user: SignedIn, form: Submitted) -> Page {
    let imported = import::read(form.get("text").unwrap_or_default());
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

#[cfg(test)]
impl Sample for Understood {
    fn samples() -> Vec<Self> {
        let used = vec![Text::of("environments-access-key")];
        vec![
            Self { used: used.clone(), unused: vec!["PORT".to_owned()], unclear: vec![3] },
            Self { used, unused: Vec::new(), unclear: Vec::new() },
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, read]
}
