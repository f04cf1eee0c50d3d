//! Error pages.

use super::pages::Pages;
use super::people::People;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    let about = "Nothing is at this address";
    pages.keep_refusal(404, "errors/error: 404", about, visitor.get("/nowhere").await);
}
