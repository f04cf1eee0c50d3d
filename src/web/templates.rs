//! The page templates, compiled into the program.

use include_dir::{Dir, DirEntry, include_dir};
use rocket::fairing::Fairing;
use rocket_dyn_templates::Template;
use rocket_dyn_templates::tera::{Error, Result, Tera, Value};

use super::{assets, faces};
use crate::words;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The template engine. `x/y.html.tera` is registered as `x/y.html`, which turns on escaping.
pub fn fairing() -> impl Fairing {
    Template::try_custom(|engines| Ok(load(&mut engines.tera)?))
}

/// Registers the functions and templates of pages.
pub fn load(tera: &mut Tera) -> Result<()> {
    tera.register_function("asset", asset);
    faces::register(tera);
    words::register(tera);
    tera.add_raw_templates(page_templates(&FILES))
}

/// Template sources by name.
#[cfg(test)]
pub fn sources() -> Vec<(String, &'static str)> {
    page_templates(&FILES)
}

fn page_templates(dir: &'static Dir<'static>) -> Vec<(String, &'static str)> {
    let mut templates = Vec::new();
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => templates.extend(page_templates(dir)),
            DirEntry::File(file) => {
                let name = file.path().to_str().and_then(|name| name.strip_suffix(".tera"));
                if let (Some(name), Some(content)) = (name, file.contents_utf8()) {
                    templates.push((name.to_owned(), content));
                }
            }
        }
    }
    templates
}

fn asset(arguments: &std::collections::HashMap<String, Value>) -> Result<Value> {
    let name = arguments.get("name").and_then(Value::as_str).unwrap_or_default();
    assets::url(name).map(Value::from).ok_or_else(|| Error::msg(format!("there is no static file {name:?}")))
}
