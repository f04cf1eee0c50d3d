//! Checks for every page in every state.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use scraper::{Html, Selector};

use super::{Page, Showcase, audit, frame, snapshots, soundness};

/// HTML, stylesheet and script of a page, uncompressed, in bytes.
const LARGEST: usize = 60_000;

/// The rows of a page with a long list.
const MANY: usize = 40;

/// The allowance for each checkbox: a form with a hundred roles is not a list of fifty rows.
const LARGEST_BOX: usize = 450;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 5] = [
    ("Cache-Control", "no-store"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

impl Page {
    /// The page's template.
    pub fn template(&self) -> &str {
        self.name.split_once(": ").map_or(self.name.as_str(), |(template, _)| template)
    }

    /// Its state, if it has several.
    pub fn state(&self) -> &str {
        self.name.split_once(": ").map_or("", |(_, state)| state)
    }

    /// Table rows, list items, checkboxes.
    fn rows(&self) -> usize {
        self.select("main tbody tr, main ul.rows > li, main .checks > .check").len()
    }

    pub fn select(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.answer.text);
        let selector = Selector::parse(selector).unwrap();
        let found = html.select(&selector);
        found.map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    }
}

pub fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The names of page templates.
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
async fn every_page_is_there_and_sound_and_small_and_as_it_was_and_accessible() {
    let showcase = Showcase::build().await;
    let Showcase { app, pages } = &showcase;
    let style = app.api().get("/static/usher.css").await.text.len();
    let script = app.api().get("/static/usher.js").await.text.len();
    are_all_shown(pages);
    are_sound(pages);
    are_small(pages, style + script);
    snapshots::are_as_they_were(pages);
    // Building the world is slow, so it is done once; the browser checks are slower still, so they come last.
    audit::are_accessible(showcase).await;
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
        assert_eq!(page.select("main > p.notice[role=status]:first-child"), [words], "{}", page.name);
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
        for (name, value) in HEADERS {
            if answer.header(name) != Some(value) {
                fault(format!("{name} is {:?}", answer.header(name)));
            }
        }
        soundness::faults(&answer.text).into_iter().for_each(&mut fault);
        frame::faults(page).into_iter().for_each(&mut fault);
        // It shows errors and notices as samples.
        if page.template() != "design/parts" {
            soundness::title_faults(&answer.text).into_iter().for_each(&mut fault);
            let notices = page.select("main > p.notice[role=status]:first-child").len();
            if notices != usize::from(page.state().contains("notice ")) {
                fault(format!("{notices} notices"));
            }
        }
        match page.select("title").as_slice() {
            // Dead links of every purpose share one page.
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

/// `files` is the size of stylesheet and script.
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
