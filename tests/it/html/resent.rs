//! A stale form that is sent again by signing in: to forms of ours only, under its own account, for ten minutes.

use std::time::Duration;

use super::stale::{ROSA, SAME_ORIGIN, SignedOut, TOMAS, accounts, name_of, send, with_a_form};
use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::sharing::Sharing;

on_both! {
    async fn a_token_is_good_for_every_form_of_its_page_and_a_permit_for_one(app: App) {
        accounts(&app).await;
        let (mut browser, token) = with_a_form(&app).await;
        browser.post("/account/language", &format!("csrf={token}&language=en")).await;
        assert_eq!(browser.notice(), "Saved.", "{}", browser.text());

        SignedOut.happen(&app, &mut browser).await;
        browser.post("/account", &format!("csrf={token}&fullName=Rosa+Typed")).await;
        let permit = browser.attribute("input[name=againPermit]", "value").unwrap();
        let body = format!("csrf={token}&againPermit={permit}&fullName=Rosa+Sent");
        // Nobody is signed in.
        assert_eq!(send(&app, &browser, "/account", SAME_ORIGIN, &body).await.status, 409);
        browser.sign_in(TOMAS).await;
        assert_eq!(send(&app, &browser, "/account", SAME_ORIGIN, &body).await.status, 409, "under another account");
        browser.sign_in(ROSA).await;
        let forged = body.replace("againPermit=", "againPermit=1");
        assert_eq!(send(&app, &browser, "/account", SAME_ORIGIN, &forged).await.status, 409, "forged");
        assert_eq!(send(&app, &browser, "/account", None, &body).await.status, 403, "perhaps from elsewhere");
        let password = format!("csrf={token}&againPermit={permit}&email=new@harbor.test&password={PASSWORD}");
        assert_eq!(send(&app, &browser, "/account/addresses", SAME_ORIGIN, &password).await.status, 409, "another form");
        assert_ne!(name_of(&app, ROSA).await, "Rosa Sent");
        assert_eq!(send(&app, &browser, "/account", SAME_ORIGIN, &body).await.status, 303);
        assert_eq!(name_of(&app, ROSA).await, "Rosa Sent");
        app.advance(Duration::from_mins(11));
        let late = body.replace("Rosa+Sent", "Rosa+Late");
        assert_eq!(send(&app, &browser, "/account", SAME_ORIGIN, &late).await.status, 409, "after ten minutes");
    }

    async fn signing_in_to_send_leads_to_forms_of_ours_only(app: App) {
        accounts(&app).await;
        let (mut browser, token) = with_a_form(&app).await;
        SignedOut.happen(&app, &mut browser).await;
        for path in ["", "https://evil.test/", "//evil.test", "/\\evil.test", "/api/users/me", "/nowhere", "/account/",
            "/environments", "/sign-in/again", "/account?next=/", "/account%00", "/account#a",
            "/verify/a?b", "/verify/a\r\nSet-Cookie: a=b", "/verify/%2e%2e", "/account\0"]
        {
            let to: String = form_urlencoded::byte_serialize(path.as_bytes()).collect();
            let body = format!("csrf={token}&againTo={to}&againPassword={}", PASSWORD.replace(' ', "+"));
            let answer = send(&app, &browser, "/sign-in/again", SAME_ORIGIN, &body).await;
            assert_eq!((answer.status, answer.header("Location")), (400, None), "{path}: {answer:?}");
            assert!(answer.session_cookie().is_none(), "{path}");
        }
        let body = format!("csrf={token}&againTo=/account&againPassword={}", PASSWORD.replace(' ', "+"));
        for header in [None, Some(("Sec-Fetch-Site", "cross-site")), Some(("Origin", "https://evil.test"))] {
            let answer = send(&app, &browser, "/sign-in/again", header, &body).await;
            assert_eq!((answer.status, answer.session_cookie()), (403, None), "{header:?}");
        }
        let answer = send(&app, &browser, "/sign-in/again", SAME_ORIGIN, &body).await;
        assert_eq!((answer.status, answer.header("Location")), (307, Some("/account")));
    }

    async fn the_password_of_signing_in_goes_no_further(app: App) {
        accounts(&app).await;
        let (mut browser, token) = with_a_form(&app).await;
        SignedOut.happen(&app, &mut browser).await;
        browser.post("/account", &format!("csrf={token}&fullName={}", "x".repeat(300))).await;
        assert_eq!(browser.status, 409);
        browser.submit("Sign in and send", &[("againPassword", PASSWORD)]).await;
        assert_eq!((browser.status, browser.path.as_str()), (422, "/account"), "{}", browser.text());
        assert!(!browser.body.contains(PASSWORD));
    }

    async fn wrong_passwords_are_counted_as_everywhere(app: App, rate_limits_enabled = true) {
        accounts(&app).await;
        let (mut browser, token) = with_a_form(&app).await;
        SignedOut.happen(&app, &mut browser).await;
        browser.post("/account", &format!("csrf={token}&fullName=Rosa+Typed")).await;
        for _ in 0..10 {
            browser.submit("Sign in and send", &[("againPassword", "wrong horse 1")]).await;
            assert_eq!(browser.status, 422);
        }
        browser.submit("Sign in and send", &[("againPassword", PASSWORD)]).await;
        assert_eq!(browser.status, 429, "{}", browser.text());
        assert_eq!(browser.value("fullName"), "Rosa Typed");
    }

    async fn a_form_that_was_made_is_not_made_again_after_signing_in_anew(app: App) {
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let path = format!("/environments/{}/sharing", rosa.environment);
        let browser = rosa.page().await;
        browser.says_same_origin = true;
        let token = browser.csrf().await;
        let body = format!("csrf={token}&userEmail=nora@quay.test");
        browser.post(&path, &body).await;
        assert_eq!(browser.notice(), "Invited. The mail is on its way.", "{}", browser.text());
        assert_eq!(app.deliver().await.len(), 1);
        // The answer was lost. Meanwhile the same account signed in anew.
        browser.submit("Sign out", &[]).await;
        browser.sign_in("rosa@harbor.test").await;
        browser.post(&path, &body).await;
        assert_eq!(browser.status, 409, "{}", browser.text());
        browser.submit("Send", &[]).await;
        assert_eq!((browser.path.as_str(), browser.status), (path.as_str(), 200), "{}", browser.text());
        assert!(app.deliver().await.is_empty(), "it was made twice");
    }
}
