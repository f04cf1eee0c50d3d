//! Every page in each of its states, built once through the front door. Checks for all pages run on these: snapshots,
//! size, valid HTML and, in Chromium, accessibility and pictures.

mod account;
mod accounts;
mod audit;
mod checks;
mod design;
mod environments;
mod errors;
mod exposure;
mod frame;
mod gallery;
mod home;
mod invitations;
mod late;
mod offers;
mod orgs;
mod outline;
mod pages;
mod people;
mod rights;
mod sharing;
mod snapshots;
mod soundness;
mod users;
mod waiting;

use self::pages::Pages;
use self::people::People;
use crate::support::api::Answer;
use crate::support::app::{App, Set};

/// A page as one visitor got it.
pub struct Page {
    /// Template and state: `environments/sharing: many`. The template is below `templates/`, without its extensions.
    pub name: String,
    /// A short note for readers of the gallery.
    pub about: &'static str,
    /// Its path.
    pub path: String,
    pub answer: Answer,
}

/// An installation with realistic data, and its pages.
pub struct Showcase {
    pub app: App,
    pub pages: Vec<Page>,
}

impl Showcase {
    /// Builds the world from the first start on. The result is always the same, except for random values.
    pub async fn build() -> Self {
        // A week, so that nobody is signed out while the clock moves.
        let set = Set::default().with("session_idle_minutes", 10_080).with("rate_limits_enabled", true);
        let app = App::start(set).await;
        let mut pages = Pages::default();
        accounts::before_the_first_superuser(&app, &mut pages).await;
        let people = People::arrive(&app).await;
        accounts::show(&people, &mut pages).await;
        account::show(&people, &mut pages).await;
        home::show(&people, &mut pages).await;
        design::show(&people, &mut pages).await;
        environments::show(&people, &mut pages).await;
        sharing::show(&people, &mut pages).await;
        orgs::show(&people, &mut pages).await;
        invitations::show(&people, &mut pages).await;
        home::show_late(&people, &mut pages).await;
        exposure::show(&people, &mut pages).await;
        users::show(&people, &mut pages).await;
        errors::show(&people, &mut pages).await;
        late::show(&people, &mut pages).await;
        drop(people);
        Self { app, pages: pages.into_all() }
    }
}
