//! The users of the showcase.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use rocket::http::Method;
use serde_json::{Value, json};

use usher::clock::Timestamp;

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::rpc::Rpc;

pub const MINUTE: Duration = Duration::from_mins(1);
pub const HOUR: Duration = Duration::from_hours(1);
pub const DAY: Duration = Duration::from_hours(24);

/// The longest full name that a form accepts, with spaces.
pub const LONG_NAME: &str =
    "Bartholomäus Maximilian Theodor von und zu Hohenberg-Sonnenfeld, genannt Baltasar der Ältere vom See";

/// The longest full name without spaces.
pub const LONG_WORD: &str =
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorsitzendenstellve";

/// The longest name of an org, with spaces.
pub const LONG_TITLE: &str =
    "The Society for the Preservation, Restoration and Careful Illumination of Old Lighthouses and Ships";

/// The longest name of an org without spaces.
pub const LONG_TITLE_WORD: &str =
    "Rheinschifffahrtspolizeiverordnungsüberwachungsgesellschaftsgebäudereinigungsgenossenschaftsverband";

const GIVEN: [&str; 10] = ["Ada", "Bruno", "Clara", "Dario", "Elif", "Femi", "Greta", "Hugo", "Iris", "Jonas"];
const FAMILY: [&str; 6] = ["Lindqvist", "Okafor", "Moreau", "Novak", "Sato", "Tanner"];

/// The users, and the superuser who created their accounts.
pub struct People<'a> {
    pub app: &'a App,
    pub sofia: Rpc<'a>,
    /// Ids by username.
    pub ids: BTreeMap<String, String>,
    /// Sessions of guests, with their start: hashing passwords is slow.
    guests: Mutex<BTreeMap<String, (Option<String>, Timestamp)>>,
}

impl<'a> People<'a> {
    /// They join over some weeks.
    pub async fn arrive(app: &'a App) -> Self {
        let mut people = Self { app, sofia: app.rpc(), ids: BTreeMap::new(), guests: Mutex::default() };
        people.sofia.log_in("sofia").await;
        people.come("rosa", "Rosa Marlow").await;
        people.come("tomas", "Tomas Vale").await;
        app.advance(23 * DAY + 5 * HOUR);
        people.sofia.log_in("sofia").await;
        people.come("mara", "Mara Quist").await;
        people.come("noa", "נועה לוי").await;
        people.come("layla", "ليلى حداد").await;
        app.advance(8 * DAY + 2 * HOUR);
        people.sofia.log_in("sofia").await;
        people.come("baltasar", LONG_NAME).await;
        people.come("captain", LONG_WORD).await;
        people.come("stan", "Stan Kowalski").await;
        people.come("oskar", "Oskar Lund").await;
        for (number, (given, family)) in crowd().enumerate() {
            if number % 8 == 7 {
                app.advance(3 * HOUR);
            }
            people.come(&username(given, family), &format!("{given} {family}")).await;
        }
        app.advance(25 * MINUTE);
        people
    }

    async fn come(&mut self, username: &str, full_name: &str) {
        let id = self.make(username, full_name).await;
        self.ids.insert(username.to_owned(), id);
    }

    /// Creates an account with a verified address; returns its id.
    pub async fn make(&self, username: &str, full_name: &str) -> String {
        let body = json!({
            "username": username,
            "password": PASSWORD,
            "fullName": full_name,
            "emails": [{ "address": format!("{username}@harbor.test"), "isVerified": true, "isPrimary": true }],
        });
        text(&self.sofia.call("user.create", body).await.ok()["user"]["id"])
    }

    /// A browser signed in as a user.
    pub async fn browser_of(&self, username: &str) -> Browser<'a> {
        let mut browser = self.app.browser();
        browser.sign_in(username).await;
        assert_eq!(browser.path, "/", "{}", browser.text());
        browser
    }

    /// An API client signed in as a user.
    pub async fn api_of(&self, username: &str) -> Api<'a> {
        let mut api = self.app.api();
        api.log_in(&address(username)).await;
        api
    }

    /// An API client of a guest, with the session of the last time.
    pub async fn guest(&self, username: &str) -> Api<'a> {
        let now = self.app.clock.now();
        let known = self.guests.lock().unwrap().get(username).cloned();
        if let Some((cookie, since)) = known
            && now.since(since) < 5 * DAY
        {
            let mut api = self.app.api();
            api.cookie = cookie;
            return api;
        }
        let api = self.api_of(username).await;
        self.guests.lock().unwrap().insert(username.to_owned(), (api.cookie.clone(), now));
        api
    }

    /// Submits a form of the page without following the redirect.
    pub async fn send(&self, browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) {
        let csrf = browser.csrf().await;
        let fields = [&[("csrf", csrf.as_str())][..], fields].concat();
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("Content-Type", "application/x-www-form-urlencoded"), ("Cookie", &browser.cookies())];
        let answer = self.app.api().send(Method::Post, path, &headers, body).await;
        assert!(matches!(answer.status, 200 | 303), "{path}: {answer:?}");
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

pub fn address(username: &str) -> String {
    format!("{username}@harbor.test")
}

fn username(given: &str, family: &str) -> String {
    format!("{given}.{family}").to_lowercase()
}

/// Sixty people.
fn crowd() -> impl Iterator<Item = (&'static str, &'static str)> {
    FAMILY.iter().flat_map(|family| GIVEN.iter().map(move |given| (*given, *family)))
}

/// The usernames of sixty people.
pub fn crew() -> Vec<String> {
    crowd().map(|(given, family)| username(given, family)).collect()
}
