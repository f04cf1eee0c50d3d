//! The inviting side: a user with an environment, on its sharing page.

use super::api::Api;
use super::app::App;
use super::browser::Browser;
use super::mailbox::Mail;

pub struct Sharing<'a> {
    pub browser: Browser<'a>,
    pub api: Api<'a>,
    pub environment: i64,
    app: &'a App,
}

impl<'a> Sharing<'a> {
    /// A user with a verified address, who may invite newcomers, and an environment.
    pub async fn by_verified(app: &'a App, address: &str) -> Self {
        let api = app.user(address).await;
        Self::of(app, api).await
    }

    /// A user's new environment "Harbor staging".
    pub async fn of(app: &'a App, api: Api<'a>) -> Self {
        Self::named(app, api, "Harbor staging").await
    }

    /// A user's new environment of this name.
    pub async fn named(app: &'a App, api: Api<'a>, name: &str) -> Self {
        let environment = api.environment(name).await;
        let mut sharing = Self { browser: app.browser(), api, environment, app };
        sharing.share_cookie();
        sharing
    }

    /// After a session has expired.
    pub async fn log_in_again(&mut self, address: &str) {
        self.api.log_in(address).await;
        self.share_cookie();
    }

    fn share_cookie(&mut self) {
        let (name, value) = self.api.cookie.as_deref().unwrap().split_once('=').unwrap();
        self.browser.set_cookie(name, value);
    }

    /// The current sharing page.
    pub async fn page(&mut self) -> &mut Browser<'a> {
        let path = format!("/environments/{}/sharing", self.environment);
        self.browser.get(&path).await;
        assert_eq!(self.browser.status, 200, "{}", self.browser.body);
        &mut self.browser
    }

    /// Invites by the page, newcomers too.
    pub async fn invite(&mut self, address: &str) {
        self.page().await.submit("Invite", &[("userEmail", address)]).await;
        assert_eq!(self.browser.status, 200, "{}", self.browser.text());
    }

    /// Invites by the page; returns the invitee's mail.
    pub async fn invite_by_mail(&mut self, address: &str) -> Mail {
        self.invite(address).await;
        self.app.mail_to(address).await
    }

    /// Clicks a button of the page, such as Revoke.
    pub async fn press(&mut self, button: &str) {
        self.page().await.submit(button, &[]).await;
        assert_eq!(self.browser.status, 200, "{}", self.browser.text());
    }
}
