//! The design pages for developers.

use super::pages::Pages;
use super::people::People;

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut visitor = people.app.browser();
    pages.keep("design/parts: all", "Every part that pages are made of", visitor.get("/design").await);
    visitor.languages = Some("de");
    pages.keep("design/parts: german", "The same in German", visitor.get("/design").await);
    visitor.languages = None;
    pages.keep("design/mails: all", "Every mail in every language", visitor.get("/design/mails").await);
    pages.keep("design/mail: invitation", "One kind of mail", visitor.get("/design/mails/invitation").await);
}
