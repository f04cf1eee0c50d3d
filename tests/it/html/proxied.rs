//! Pages behind a proxy that adds or hides headers.

use rocket::http::Method::{Get, Post};

use super::forms::FORM;
use crate::support::app::PASSWORD;
use crate::support::on_both;

const BASIC: (&str, &str) = ("Authorization", "Basic cm9zYTpwYXNz");
/// What browsers send for our own forms where a proxy has set `Referrer-Policy: no-referrer`.
const HIDDEN: [(&str, &str); 2] = [("Origin", "null"), ("Sec-Fetch-Site", "same-origin")];

on_both! {
    async fn people_sign_in_behind_http_basic_auth_and_without_an_origin(app: App) {
        app.unverified_user("rosa@harbor.test").await;
        let mut browser = app.browser();
        let token = browser.get("/sign-in").await.csrf().await;
        let mut sender = app.api();
        sender.cookie = Some(browser.cookies());
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("email", "rosa@harbor.test"), ("password", PASSWORD), ("csrf", &token)])
            .finish();
        let signed_in = sender.send(Post, "/sign-in", &[FORM, BASIC, HIDDEN[0], HIDDEN[1]], &body).await;
        assert_eq!(signed_in.status, 303, "{signed_in:?}");
        sender.cookie = Some(signed_in.session_cookie().unwrap().split(';').next().unwrap().to_owned());
        for path in ["/", "/account", "/environments/new"] {
            let page = sender.send(Get, path, &[BASIC], "").await;
            assert!(page.status == 200 && page.text.contains("Sign out"), "{path}: {page:?}");
        }
        // A leaked token does not open pages.
        let token = app.rpc_as("rosa@harbor.test").await.token.unwrap();
        let bearer = format!("Bearer {token}");
        let page = sender.send(Get, "/account", &[BASIC, ("Authorization", &bearer)], "").await;
        assert_eq!(page.header("Location"), Some("/sign-in?next=%2Faccount"), "{page:?}");
    }

    async fn text_behind_a_link_does_not_break_it(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        app.browser_of(&rosa).get(&format!("/environments/{environment}/sharing")).await
            .submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let token = app.mail_to("nora@harbor.test").await.token();
        let bare = app.browser().get(&format!("/invitations/{token}")).await.text();
        assert!(bare.contains("Harbor staging"), "{bare}");
        for behind in [".", ")", "%3E", "%20", "%0D%0A", ").", "%E2%80%9D", "/", ",%C2%A0", "%22"] {
            let mut browser = app.browser();
            assert_eq!(browser.get(&format!("/invitations/{token}{behind}")).await.text(), bare, "{behind}");
            let page = app.browser_of(&rosa).get(&format!("/environments/{environment}{behind}")).await.status;
            assert_eq!(page, 200, "{behind}");
        }
        let mut browser = app.browser();
        browser.get(&format!("/invitations/{token}%3E.")).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((browser.status, browser.title().as_str()), (200, "Harbor staging – Usher"), "{}", browser.text());

        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "nora@harbor.test")]).await;
        let token = app.mail_to("nora@harbor.test").await.token();
        assert_eq!(app.browser().get(&format!("/password/reset/{token}).")).await.status, 200);
        // Programs say what they mean.
        assert_eq!(rosa.get(&format!("/api/environments/{environment}.")).await.status, 404);
    }
}
