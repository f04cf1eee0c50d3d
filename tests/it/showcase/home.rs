//! The start page.

use super::pages::Pages;
use super::people::People;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("welcome: signed out", "What this is", visitor.get("/").await);
    visitor.languages = Some("de");
    pages.keep("welcome: german", "What this is, in German", visitor.get("/").await);
    let mut jonas = people.browser_of("jonas.tanner").await;
    pages.keep("home: empty", "A new account", jonas.get("/").await);
}

/// With more to show.
pub async fn show_late(people: &People<'_>, pages: &mut Pages) {
    let mut rosa = people.browser_of("rosa").await;
    pages.keep("home: busy", "Environments and orgs", rosa.get("/").await);
    pages.keep(
        "search: some",
        "Environments and orgs with that in their names",
        rosa.get("/search?search=harbor").await,
    );
    pages.keep("search: nothing found", "No such name", rosa.get("/search?search=lighthouse").await);
    rosa.languages = Some("de");
    pages.keep("home: busy, german", "The same in German", rosa.get("/").await);
    pages.keep("search: nothing found, german", "In German", rosa.get("/search?search=lighthouse").await);
    for (username, state, about) in [
        ("noa", "right to left", "A Hebrew name"),
        ("baltasar", "long name", "A hundred characters"),
        ("captain", "one long word", "A hundred characters in one word"),
    ] {
        let mut browser = people.browser_of(username).await;
        pages.keep(&format!("home: {state}"), about, browser.get("/").await);
    }
    let mut bruno = people.browser_of("bruno.okafor").await;
    pages.keep("home: more than it names", "Ten of many orgs, with long names", bruno.get("/").await);
}
