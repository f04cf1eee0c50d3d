//! Every page in every state that it has, made once through the front door. What holds for all pages is asked of
//! these: snapshots, size, sound HTML; in Chromium, accessibility and pictures.

mod accounts;
mod audit;
mod errors;
mod gallery;
mod home;
mod pages;
mod people;

use self::pages::Pages;
use self::people::People;
use crate::support::api::Answer;
use crate::support::app::{App, Set};

/// A page as one visitor got it.
pub struct Page {
    /// Template and state: `environments/sharing: many`. What stands before the colon is the template below
    /// `templates/`, without its endings.
    pub name: String,
    /// What a reader of the gallery should know, in a few words.
    pub about: &'static str,
    pub answer: Answer,
}

/// An installation with a believable past, and its pages.
pub struct Showcase {
    pub app: App,
    pub pages: Vec<Page>,
}

impl Showcase {
    /// Tells the story from the first start on. It is the same whenever it is told, but for what is random.
    pub async fn build() -> Self {
        // A week, so that nobody is signed out while the clock moves.
        let app = App::start(Set::default().with("session_idle_minutes", 10_080)).await;
        let mut pages = Pages::default();
        accounts::before_the_first_superuser(&app, &mut pages).await;
        let people = People::arrive(&app).await;
        accounts::show(&app, &mut pages).await;
        home::show(&people, &mut pages).await;
        errors::show(&people, &mut pages).await;
        drop(people);
        Self { app, pages: pages.into_all() }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_html() {
    let showcase = Showcase::build().await;
    let stylesheet = showcase.app.api().get("/static/usher.css").await;
    assert!(!stylesheet.text.is_empty());
    for page in &showcase.pages {
        assert!(page.answer.header("Content-Type").unwrap().starts_with("text/html"), "{}: {}", page.name, page.about);
    }
}
