//! The start page.

use super::pages::Pages;
use super::people::People;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("welcome: signed out", "What this is", visitor.get("/").await);
    people.make("rosa", "Rosa Marlow").await;
    let mut rosa = people.browser_of("rosa").await;
    pages.keep("home: empty", "A new account", rosa.get("/").await);
}
