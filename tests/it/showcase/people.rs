//! Who lives in the world of the pages.

use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::rpc::Rpc;

/// The people, and the superuser who made their accounts.
pub struct People<'a> {
    pub app: &'a App,
    pub sofia: Rpc<'a>,
}

impl<'a> People<'a> {
    pub async fn arrive(app: &'a App) -> Self {
        let mut sofia = app.rpc();
        sofia.log_in("sofia@harbor.test").await;
        Self { app, sofia }
    }

    /// Makes an account with a verified address; its id.
    pub async fn make(&self, username: &str, full_name: &str) -> String {
        let body = json!({
            "username": username,
            "password": PASSWORD,
            "fullName": full_name,
            "emails": [{ "address": format!("{username}@harbor.test"), "isVerified": true, "isPrimary": true }],
        });
        self.sofia.call("user.create", body).await.ok()["user"]["id"].as_str().unwrap().to_owned()
    }

    /// A browser in which somebody is signed in.
    pub async fn browser_of(&self, username: &str) -> Browser<'a> {
        let mut browser = self.app.browser();
        browser.sign_in(username).await;
        assert_eq!(browser.path, "/", "{}", browser.text());
        browser
    }
}
