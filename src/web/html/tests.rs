//! Renders every page template with its samples in every language, without browser or database, and compares the names
//! in template and view.

mod mails;
mod names;
mod shape;
mod views;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use tera::{Context, Tera};

use super::failure::ErrorView;
use super::page::context;
use super::visitor::Common;
use super::{Sample, View};
use crate::web::templates;
use crate::words::{Language, speaking};
use names::{Macros, Names};
use views::views;

/// A view, type-erased.
struct Viewed {
    template: &'static str,
    /// The samples as the template gets them.
    samples: Vec<Map<String, Value>>,
    /// The number of forms in each sample.
    forms: Vec<usize>,
}

fn viewed<V: View + Sample>() -> Viewed {
    let samples = V::samples();
    Viewed {
        template: V::TEMPLATE,
        forms: samples.iter().map(|sample| sample.forms().len()).collect(),
        samples: samples.iter().map(|sample| context(None, sample)).collect(),
    }
}

fn engine() -> Tera {
    let mut tera = Tera::default();
    templates::load(&mut tera).unwrap();
    tera
}

/// What every page shows: signed in, signed out, and unknown visitor.
fn commons() -> Vec<Map<String, Value>> {
    let known = Common::samples().into_iter().map(Some).chain([None]);
    known.map(|common| context(common.as_ref(), &Value::Null)).collect()
}

#[test]
fn every_page_renders_with_its_samples() {
    let tera = engine();
    let mut count = 0;
    for view in views() {
        assert!(!view.samples.is_empty(), "{} has no sample", view.template);
        for (sample, common) in
            view.samples.iter().flat_map(|sample| commons().into_iter().map(move |one| (sample, one)))
        {
            if !common.contains_key("me") && view.template != ErrorView::TEMPLATE {
                continue;
            }
            if common.get("me").is_some_and(Value::is_null) && !is_for_anyone(view.template, sample) {
                continue;
            }
            let values = Value::Object(common.into_iter().chain(sample.clone()).collect());
            let context = Context::from_value(values).unwrap();
            for language in Language::ALL {
                let page = speaking(language, || tera.render(&format!("{}.html", view.template), &context));
                let page = page.unwrap_or_else(|error| panic!("{}: {error:?}", view.template));
                assert!(page.contains("</html>"), "{}", view.template);
                count += 1;
            }
        }
    }
    assert!(count > 200, "{count}");
}

/// Whether the page is also shown signed out.
fn is_for_anyone(template: &str, sample: &Map<String, Value>) -> bool {
    match template {
        // Signed in as somebody other than the invitee.
        "invitations/show" => sample["state"] != "other",
        "welcome" | "forms/again" | ErrorView::TEMPLATE => true,
        _ => template.starts_with("accounts/"),
    }
}

#[test]
fn every_template_has_one_view() {
    let views = views();
    let mut with_view: BTreeSet<String> = BTreeSet::new();
    for view in &views {
        assert!(with_view.insert(format!("{}.html", view.template)), "{} has two views", view.template);
    }
    let tera = engine();
    let pages = tera.get_template_names().filter(|name| !name.starts_with("macros/") && *name != "base.html");
    let pages: BTreeSet<String> = pages.map(str::to_owned).collect();
    assert_eq!(with_view, pages);
}

#[test]
fn a_view_names_all_its_forms() {
    for view in views() {
        for (sample, named) in view.samples.iter().zip(view.forms) {
            let is_form = |value: &Value| value.get("faults").is_some() && value.get("values").is_some();
            let forms: Vec<_> = sample.iter().filter(|(_, value)| is_form(value)).map(|(name, _)| name).collect();
            assert_eq!(forms.len(), named, "{}: {forms:?}", view.template);
        }
    }
}

#[test]
fn templates_and_views_have_the_same_names() {
    let tera = engine();
    let macros = Macros::of(&tera);
    let mut faults = BTreeSet::new();
    // Shared parts have fields that not every page shows: each must be used by some page.
    let (mut parts_used, mut parts_unused) = (BTreeSet::new(), BTreeSet::new());
    let mut everything = commons();
    for view in views() {
        let shown: Vec<_> = commons().into_iter().chain(view.samples.clone()).collect();
        let mut names = Names::new(&macros, &shown);
        for blocks in tera.templates[&format!("{}.html", view.template)].blocks.values() {
            names.walk(&blocks.body);
        }
        faults.extend(names.unknown.iter().map(|unknown| format!("{}: {unknown}", view.template)));
        let mut unused = names.unused(&view.samples);
        // Every form has the same fields.
        unused.retain(|path| ![".values", ".faults", ".fault"].iter().any(|field| path.contains(field)));
        for path in all_paths(&view.samples) {
            match (unused.contains(&path), path.rsplit_once('.')) {
                (true, None) => drop(faults.insert(format!("{}: nothing shows `{path}`", view.template))),
                (true, Some(_)) => drop(parts_unused.insert(of_part(&path))),
                (false, Some(_)) => drop(parts_used.insert(of_part(&path))),
                (false, None) => {}
            }
        }
        everything.extend(view.samples);
    }
    let mut names = Names::new(&macros, &everything);
    names.walk(&tera.templates["base.html"].ast);
    faults.extend(names.unknown.iter().map(|unknown| format!("base: {unknown}")));
    faults.extend(parts_unused.difference(&parts_used).map(|path| format!("nothing shows `{path}`")));
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The last two segments of a path.
fn of_part(path: &str) -> String {
    let names: Vec<&str> = path.split('.').map(|name| name.trim_end_matches("[]")).collect();
    names[names.len().saturating_sub(2)..].join(".")
}

/// The paths of all fields.
fn all_paths(samples: &[Map<String, Value>]) -> BTreeSet<String> {
    fn gather(path: &str, value: &Value, paths: &mut BTreeSet<String>) {
        if !path.ends_with("[]") {
            paths.insert(path.to_owned());
        }
        match value {
            Value::Object(fields) => {
                fields.iter().for_each(|(name, value)| gather(&format!("{path}.{name}"), value, paths));
            }
            Value::Array(values) => values.iter().for_each(|value| gather(&format!("{path}[]"), value, paths)),
            _ => {}
        }
    }
    let mut paths = BTreeSet::new();
    samples.iter().flatten().for_each(|(name, value)| gather(name, value, &mut paths));
    paths
}

#[test]
fn templates_import_the_macros_that_they_call_and_no_others() {
    let tera = engine();
    let imports = tera.templates.values().flat_map(|template| &template.imported_macro_files);
    let files: BTreeMap<&str, &str> = imports.map(|(file, namespace)| (namespace.as_str(), file.as_str())).collect();
    let mut faults = Vec::new();
    for (name, source) in templates::sources() {
        let called: BTreeSet<&str> = called(source);
        // Macros call each other by the namespace under which pages import their file.
        let own = |namespace: &&str| files.get(namespace) == Some(&name.as_str());
        let imported = &tera.templates[&name].imported_macro_files;
        let imported: BTreeSet<&str> = imported.iter().map(|(_, namespace)| namespace.as_str()).collect();
        let missing = called.difference(&imported).copied().filter(|namespace| !own(namespace));
        faults.extend(missing.map(|namespace| format!("{name} does not import {namespace}")));
        faults.extend(imported.difference(&called).map(|namespace| format!("{name} does not call {namespace}")));
        let all = tera.templates[&name].imported_macro_files.iter();
        let other = all.filter(|(file, namespace)| files[namespace.as_str()] != file);
        faults.extend(other.map(|(file, namespace)| format!("{name} calls {file} {namespace}, others do not")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The names before `::`, outside comments.
fn called(source: &str) -> BTreeSet<&str> {
    let code = source.split("{#").filter_map(|part| part.rsplit("#}").next());
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    code.flat_map(|code| {
        code.match_indices("::").map(move |(at, _)| code[..at].rsplit(|c| !is_name(c)).next().unwrap())
    })
    .collect()
}

#[test]
fn a_misspelt_name_is_found() {
    let mut tera = engine();
    let page = "{% if lists.0.plases %}{{ search }}{% endif %}{% for one in lists %}{{ one.id }}{% endfor %}";
    tera.add_raw_template("misspelt.html", page).unwrap();
    let lists = serde_json::json!([{ "id": 1, "places": [], "older": null }]);
    let samples = [Map::from_iter([("lists".to_owned(), lists)])];
    let macros = Macros::of(&tera);
    let mut names = Names::new(&macros, &samples);
    names.walk(&tera.templates["misspelt.html"].ast);
    let unknown = ["no sample has `plases` of `lists.0.plases`", "no sample has `search`"];
    assert_eq!(names.unknown, unknown.map(str::to_owned).into());
    assert_eq!(names.unused(&samples), ["lists[].older", "lists[].places"].map(str::to_owned).into());
}
