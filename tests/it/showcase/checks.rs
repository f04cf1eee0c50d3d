//! What holds for every page in every state.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};

use super::outline::{REDACTED, outline};
use super::soundness;
use super::{Page, Showcase};

/// HTML, stylesheet and script of a page, uncompressed, in bytes.
const LARGEST: usize = 60_000;

/// The rows of a page that has many.
const MANY: usize = 40;

/// What each box to tick may add: a form that offers a hundred roles is no list of fifty rows.
const LARGEST_BOX: usize = 450;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

impl Page {
    /// Which template the page was made of.
    fn template(&self) -> &str {
        self.name.split_once(": ").map_or(self.name.as_str(), |(template, _)| template)
    }

    /// The name of its snapshot: `environments-sharing__many`.
    fn file_name(&self) -> String {
        let state = self.name.split_once(": ").map_or("", |(_, state)| state);
        format!("{}__{}", self.template().replace('/', "-"), state.replace(", ", "-").replace(' ', "-"))
    }

    /// Rows of tables, items of lists, boxes to tick.
    fn rows(&self) -> usize {
        self.select("main tbody tr, main ul.rows > li, main .checks > .check").len()
    }

    fn select(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.answer.text);
        let selector = Selector::parse(selector).unwrap();
        let found = html.select(&selector);
        found.map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    }
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of the templates of pages.
fn templates() -> BTreeSet<String> {
    let root = here("templates");
    let (mut found, mut folders) = (BTreeSet::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Some(name) = path.strip_prefix(&root).unwrap().to_str().unwrap().strip_suffix(".html.tera") {
                found.insert(name.to_owned());
            }
        }
    }
    found.retain(|name| name != "base" && !name.starts_with("macros/") && !name.starts_with("mail/"));
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_there_and_sound_and_small_and_as_it_was() {
    let Showcase { app, pages } = Showcase::build().await;
    let style = app.api().get("/static/usher.css").await.text.len();
    let script = app.api().get("/static/usher.js").await.text.len();
    are_all_shown(&pages);
    are_sound(&pages);
    are_small(&pages, style + script);
    are_as_they_were(&pages);
}

/// Every template, and every notice.
fn are_all_shown(pages: &[Page]) {
    let shown: BTreeSet<String> = pages.iter().map(|page| page.template().to_owned()).collect();
    assert_eq!(shown, templates());

    let catalogue = std::fs::read_to_string(here("locales/en/common.ftl")).unwrap();
    let notices = catalogue.lines().filter_map(|line| line.strip_prefix("notice-")?.split_once(" = "));
    for (key, words) in notices {
        let name = format!("notice {key}");
        let page = pages.iter().find(|page| page.name.ends_with(&name));
        let page = page.unwrap_or_else(|| panic!("no page shows the notice {key}"));
        let told = page.select("main > p.notice");
        assert_eq!(told.first().map(String::as_str), Some(words), "{}", page.name);
    }
    for page in pages.iter().filter(|page| page.name.ends_with(": many")) {
        assert!(page.rows() >= MANY, "{} has {} rows", page.name, page.rows());
        assert!(!page.select("nav.pages a").is_empty(), "{} leads to no next part", page.name);
    }
}

fn are_sound(pages: &[Page]) {
    let mut faults = Vec::new();
    let mut titles: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for page in pages {
        let mut fault = |text: String| faults.push(format!("{}: {text}", page.name));
        let Page { answer, .. } = page;
        if answer.header("Content-Type") != Some("text/html; charset=utf-8") {
            fault(format!("is {:?}", answer.header("Content-Type")));
        }
        let policy = answer.header("Content-Security-Policy").unwrap_or_default();
        if page.template() == "design/mail" {
            // It frames the mails.
            assert_eq!(policy.replace("; frame-src 'self'", ""), CSP);
        } else if policy != CSP {
            fault(format!("its policy is {policy}"));
        }
        soundness::faults(&answer.text).into_iter().for_each(&mut fault);
        match page.select("title").as_slice() {
            // A dead link is a dead link, whatever it was for.
            [title] if title.ends_with(" – Usher") && answer.status >= 400 && answer.status != 422 => {}
            [title] if title.ends_with(" – Usher") => {
                titles.entry(title.clone()).or_default().insert(page.template());
            }
            others => fault(format!("the title is {others:?}")),
        }
    }
    for (title, templates) in titles.iter().filter(|(_, templates)| templates.len() > 1) {
        faults.push(format!("{title:?} is the title of {templates:?}"));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// `files` is the weight of the stylesheet and the script.
fn are_small(pages: &[Page], files: usize) {
    let weight = |page: &Page| page.answer.text.len() + files;
    let mut heaviest: Vec<(usize, &str)> = pages.iter().map(|page| (weight(page), page.name.as_str())).collect();
    heaviest.sort_unstable_by(|one, other| other.cmp(one));
    heaviest.truncate(8);
    for page in pages {
        let largest = LARGEST + page.select("main .checks > .check").len() * LARGEST_BOX;
        assert!(weight(page) < largest, "{} weighs more than {largest} bytes; the heaviest: {heaviest:#?}", page.name);
    }
}

fn are_as_they_were(pages: &[Page]) {
    let folder = here("tests/it/showcase/snapshots");
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, shown) in REDACTED {
        settings.add_filter(pattern, shown);
    }
    let mut changed = Vec::new();
    for page in pages {
        let mut settings = settings.clone();
        settings.set_description(format!("{} ({})", page.about, page.answer.status));
        // All that have changed are told, not the first one alone.
        let compared = catch_unwind(AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(page.file_name(), outline(&page.answer.text)));
        }));
        if compared.is_err() {
            changed.push(page.name.as_str());
        }
    }
    assert!(changed.is_empty(), "these pages have changed: {changed:#?}");

    let expected: BTreeSet<String> = pages.iter().map(|page| format!("{}.snap", page.file_name())).collect();
    assert_eq!(expected.len(), pages.len(), "two pages have one file");
    let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left_over: Vec<String> = there
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "snap") && !expected.contains(name))
        .collect();
    assert!(left_over.is_empty(), "no page belongs to {left_over:#?}: remove them");
}
