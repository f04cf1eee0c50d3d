//! The first superuser, closed sign-up, and who may still join.

use crate::support::api::environment_body;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

/// The first superuser, signed in.
async fn first_superuser(app: &App) -> Browser<'_> {
    let mut ada = app.browser();
    ada.get(&format!("/setup/{}", app.setup_token().await)).await;
    let fields = [("username", "ada"), ("fullName", "Ada Lind"), ("email", "ada@harbor.test"), ("password", PASSWORD)];
    ada.submit("Make the first administrator", &fields).await;
    ada
}

/// An invitation to a new environment for an address without an account.
async fn invited(app: &App, inviter: &Browser<'_>, name: &str, address: &str) -> String {
    let mut api = app.api();
    api.cookie = Some(inviter.cookies());
    let id = api.post("/api/environments", environment_body(name)).await.ok()["id"].as_i64().unwrap();
    let mut browser = app.browser_of(&api);
    browser.get(&format!("/environments/{id}/sharing")).await.submit("Invite", &[("userEmail", address)]).await;
    app.mail_to(address).await.link()
}

on_both! {
    async fn the_first_superuser_is_made_once(app: App) {
        let link = format!("/setup/{}", app.setup_token().await);
        let mut visitor = app.browser();
        assert_eq!(visitor.get("/setup/Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v").await.status, 404);
        visitor.get(&link).await.submit("Make the first administrator", &[("username", "admin"), ("email", "x")]).await;
        assert_eq!(visitor.status, 422);
        assert_eq!((visitor.value("username").as_str(), visitor.value("email").as_str()), ("admin", "x"));
        assert!(!visitor.fault("email").is_empty() && !visitor.fault("password").is_empty());

        let ada = first_superuser(&app).await;
        assert_eq!((ada.status, ada.path.as_str()), (200, "/"), "{}", ada.text());
        assert_eq!(ada.notice(), "Welcome! You are the administrator of this installation.");
        let mut api = app.api();
        api.cookie = Some(ada.cookies());
        assert_eq!(api.get("/api/users/").await.status, 200, "the superuser's list of users");
        assert_eq!(app.user("rosa@harbor.test").await.get("/api/users/").await.status, 403);
        assert!(app.browser_of(&api).get("/account").await.shows("Confirmed"));

        for fields in [&[][..], &[("username", "eve"), ("email", "eve@harbor.test"), ("password", PASSWORD)]] {
            visitor.post_fields(&link, fields).await;
            assert_eq!(visitor.status, 404, "{}", visitor.text());
        }
        assert_eq!(visitor.get(&link).await.status, 404);
        assert!(visitor.shows("The first administrator is made already"), "{}", visitor.text());
        assert_eq!(app.browser().sign_in("eve@harbor.test").await.status, 422);
    }

    async fn closed_sign_up_is_closed(app: App, sign_up_open = false) {
        let mut visitor = app.browser();
        visitor.get("/").await;
        assert!(visitor.shows("New accounts are made by invitation."), "{}", visitor.text());
        assert_eq!(visitor.attribute("a[href^='/sign-up']", "href"), None);
        visitor.get("/sign-in").await;
        assert_eq!(visitor.attribute("a[href^='/sign-up']", "href"), None);
        visitor.get("/sign-up").await;
        assert!(visitor.status == 403 && visitor.shows("Sign-up is closed"), "{}", visitor.text());
        visitor.post_fields("/sign-up", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]).await;
        assert!(visitor.status == 403 && visitor.shows("Sign-up is closed"), "{}", visitor.text());
        assert_eq!(visitor.sign_in("rosa@harbor.test").await.status, 422);
    }

    async fn a_newcomer_with_an_invitation_joins_though_sign_up_is_closed(app: App, sign_up_open = false) {
        let ada = first_superuser(&app).await;
        let link = invited(&app, &ada, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.get(&link).await.submit("Join", &[("username", "Nora"), ("password", PASSWORD)]).await;
        assert_eq!(nora.notice(), "Welcome! You are in.");
        assert!(nora.title().contains("Harbor staging"), "{}", nora.text());
        nora.get("/account").await;
        assert!(nora.shows("Confirmed") && nora.shows("nora@harbor.test"), "{}", nora.text());
        assert_eq!(app.browser().sign_in("nora").await.path, "/");
    }

    async fn a_newcomers_form_with_faults_comes_back(app: App) {
        let ada = first_superuser(&app).await;
        let link = invited(&app, &ada, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        for (username, password, field, fault) in [
            ("nora", "short", "password", "Use 8 to 64 characters."),
            ("nora", "", "password", "Enter a password."),
            ("n", PASSWORD, "username", "Use 2 to 30 letters, digits or the signs _ - ."),
            ("ADA", PASSWORD, "username", "This username is taken. Choose another one."),
            ("postmaster", PASSWORD, "username", "This username is taken. Choose another one."),
        ] {
            nora.get(&link).await;
            nora.submit("Join", &[("fullName", "Nora Quay"), ("username", username), ("password", password)]).await;
            assert_eq!((nora.status, nora.fault(field).as_str()), (422, fault), "{username}");
            assert_eq!((nora.value("fullName").as_str(), nora.value("username").as_str()), ("Nora Quay", username));
            assert!(!nora.body.contains(PASSWORD) && nora.cookie("usher_session").is_none());
        }
        nora.submit("Join", &[("username", "nora"), ("password", PASSWORD)]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
    }

    async fn without_usernames_nobody_gets_one(app: App, usernames_enabled = false) {
        let ada = first_superuser(&app).await;
        let link = invited(&app, &ada, "Harbor staging", "nora@harbor.test").await;
        let mut nora = app.browser();
        nora.get(&link).await.submit("Join", &[("username", "nora"), ("password", PASSWORD)]).await;
        assert!(nora.shows("Welcome! You are in."), "{}", nora.text());
        assert_eq!(app.browser().sign_in("nora").await.status, 422, "the unsolicited field was used");
    }
}
