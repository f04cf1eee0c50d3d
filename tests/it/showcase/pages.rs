//! Collects the pages.

use super::Page;
use crate::support::api::Answer;
use crate::support::browser::Browser;

#[derive(Default)]
pub struct Pages(Vec<Page>);

impl Pages {
    /// Keeps the browser's current page, and checks that it is the intended one.
    #[track_caller]
    pub fn keep(&mut self, name: &str, about: &'static str, browser: &Browser<'_>) {
        self.keep_refusal(200, name, about, browser);
    }

    /// Keeps a page with another status.
    #[track_caller]
    pub fn keep_refusal(&mut self, status: u16, name: &str, about: &'static str, browser: &Browser<'_>) {
        self.keep_answer(status, name, about, &browser.path, browser.answer.clone().unwrap());
    }

    /// Keeps a page that was fetched without a browser.
    #[track_caller]
    pub fn keep_answer(&mut self, status: u16, name: &str, about: &'static str, path: &str, answer: Answer) {
        assert_eq!(answer.status, status, "{name}: {}", answer.text);
        assert!(self.0.iter().all(|page| page.name != name), "two pages have the name {name}");
        self.0.push(Page { name: name.to_owned(), about, path: path.to_owned(), answer });
    }

    pub fn into_all(self) -> Vec<Page> {
        self.0
    }
}
