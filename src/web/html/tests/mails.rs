//! Every mail in both formats and every language, with the samples of `/design/mails`.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::Iterable as _;
use serde_json::{Map, Value};
use tera::Tera;

use super::names::{Macros, Names};
use crate::entity::outbox::MessageKind;
use crate::mail::render::{MailView, Renderer};
use crate::mail::samples;
use crate::public_url::PublicUrl;
use crate::words::Language;

fn mails() -> Vec<MailView> {
    let base: PublicUrl = "http://127.0.0.1:8000".parse().unwrap();
    MessageKind::iter().flat_map(|kind| samples::of(kind, &base)).collect()
}

fn folders(tera: &Tera) -> BTreeSet<&str> {
    tera.get_template_names().filter_map(|name| Some(name.split_once('/')?.0)).collect()
}

#[test]
fn every_mail_renders_with_its_samples() {
    let renderer = Renderer::new();
    let mails = mails();
    for mail in &mails {
        for language in Language::ALL {
            let rendered = renderer.render(mail, language).unwrap();
            assert!(!rendered.subject.is_empty() && !rendered.text.is_empty(), "{}", mail.folder());
            assert!(rendered.html.contains("</html>"), "{}", mail.folder());
        }
    }
    assert_eq!(mails.iter().map(MailView::folder).collect::<BTreeSet<_>>(), folders(renderer.engine()));
}

#[test]
fn templates_and_mails_have_the_same_names() {
    let renderer = Renderer::new();
    let tera = renderer.engine();
    let macros = Macros::of(tera);
    let mut samples: BTreeMap<&str, Vec<Map<String, Value>>> = BTreeMap::new();
    for mail in mails() {
        let Ok(Value::Object(fields)) = serde_json::to_value(&mail) else { panic!("{} is no object", mail.folder()) };
        samples.entry(mail.folder()).or_default().push(fields);
    }
    let mut faults = BTreeSet::new();
    let everything: Vec<_> = samples.values().flatten().cloned().collect();
    let mut in_layouts = BTreeSet::new();
    for layout in ["layout.txt", "layout.html"] {
        let mut names = Names::new(&macros, &everything);
        names.walk(&tera.templates[layout].ast);
        faults.extend(names.unknown.iter().map(|unknown| format!("{layout}: {unknown}")));
        let used = everything.iter().flat_map(Map::keys).filter(|name| !names.unused(&everything).contains(*name));
        in_layouts.extend(used.cloned());
    }
    for (folder, samples) in &samples {
        let mut names = Names::new(&macros, samples);
        names.walk(&tera.templates[&format!("{folder}/subject.txt")].ast);
        for body in ["body.txt", "body.html"] {
            tera.templates[&format!("{folder}/{body}")].blocks.values().for_each(|block| names.walk(&block.body));
        }
        faults.extend(names.unknown.iter().map(|unknown| format!("{folder}: {unknown}")));
        let unused = names.unused(samples);
        let unused = unused.iter().filter(|name| !in_layouts.contains(*name));
        faults.extend(unused.map(|name| format!("{folder}: nothing shows `{name}`")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
