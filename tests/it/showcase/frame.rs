//! The frame around each page's main part: one snapshot for each kind of visitor and language, so that a new menu entry
//! changes one snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use scraper::{Html, Selector};

use super::Page;
use super::outline::frame;

/// A page for each frame.
const FRAMES: [(&str, &str); 10] = [
    ("Signed out", "welcome: signed out"),
    ("Signed out, in German", "welcome: german"),
    ("Signed out, accounts by invitation alone", "accounts/sign_in: by invitation"),
    ("Signed out, accounts by invitation alone, in German", "errors/error: 404, german"),
    ("Signed in", "home: empty"),
    ("Signed in, in German", "home: busy, german"),
    ("May read users", "users/list: reader"),
    ("May read users, in German", "users/list: searched, german"),
    ("Ticket", "invitations/show: newcomer"),
    ("Ticket, in German", "invitations/show: newcomer, german"),
];

/// The frames as one text, and the differences on other pages.
pub fn frames(pages: &[Page]) -> (String, Vec<String>) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut text = String::new();
    for (visitor, name) in FRAMES {
        let page = pages.iter().find(|page| page.name == name).unwrap_or_else(|| panic!("no page {name}"));
        let found = frame(&page.answer.text);
        writeln!(text, "# {visitor}\n\n{found}").unwrap();
        if let Some(same) = known.insert(found, visitor) {
            panic!("one frame for {same:?} and {visitor:?}");
        }
    }
    let strange = pages.iter().filter(|page| !known.contains_key(&frame(&page.answer.text)));
    (text, strange.map(|page| format!("{}: its frame is none of those that are held", page.name)).collect())
}

/// The parts of the frame that depend on the page: language, and the current menu entry.
pub fn faults(page: &Page) -> Vec<String> {
    let html = Html::parse_document(&page.answer.text);
    let mut faults = Vec::new();
    let expected = if page.name.ends_with("german") { "de" } else { "en" };
    if html.root_element().attr("lang") != Some(expected) {
        faults.push(format!("its language is {:?}", html.root_element().attr("lang")));
    }
    let path = page.path.split('?').next().unwrap();
    for entry in html.select(&Selector::parse("header a:not(.brand)").unwrap()) {
        let href = entry.attr("href").unwrap();
        let marked = match entry.attr("aria-current") {
            None => false,
            Some("true") => true,
            Some(other) => panic!("{}: {href} is marked as {other}", page.name),
        };
        if marked != is_within(path, href) {
            faults.push(format!("at {path}, {href} is {}marked", if marked { "" } else { "not " }));
        }
    }
    faults
}

/// Whether a page belongs to a menu entry.
fn is_within(path: &str, entry: &str) -> bool {
    match entry {
        // Pages below these are also for others: visitors with a link, and whoever is signed in.
        "/invitations" | "/sign-in" => path == entry,
        "/users" => path.starts_with(entry) || path.starts_with("/roles") || path == "/activity",
        _ => path == entry || path.starts_with(&format!("{entry}/")),
    }
}
