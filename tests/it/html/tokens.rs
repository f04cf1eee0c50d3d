//! Access tokens: created, shown once, used in both APIs, revoked.

use std::time::Duration;

use rocket::http::Method;
use serde_json::json;

use crate::support::api::Answer;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::Rpc;

const DAY: Duration = Duration::from_hours(24);
const WEEK: &str = "604800";
const YEAR: &str = "31536000";

/// A browser of a new user with a verified address.
async fn rosa(app: &App) -> Browser<'_> {
    let api = app.user("rosa@harbor.test").await;
    app.browser_of(&api)
}

/// Creates a token by the page; returns it.
async fn make(browser: &mut Browser<'_>, name: &str, life: &str) -> String {
    browser.get("/account/tokens").await;
    browser.submit("Make a token", &[("name", name), ("expiresInSeconds", life), ("password", PASSWORD)]).await;
    assert_eq!((browser.status, browser.path.as_str()), (200, "/account/tokens"), "{}", browser.text());
    browser.value("token")
}

fn program<'a>(app: &'a App, token: &str) -> Rpc<'a> {
    let mut program = app.rpc();
    program.token = Some(token.to_owned());
    program
}

async fn me_of_mycrt(app: &App, token: &str) -> Answer {
    app.api().send(Method::Get, "/api/users/me", &[("Authorization", &format!("Bearer {token}"))], "").await
}

async fn works(app: &App, token: &str) -> bool {
    let yeep = program(app, token).call("session.info", json!({})).await.0.json()["ok"] == json!(true);
    assert_eq!(me_of_mycrt(app, token).await.status == 200, yeep, "the APIs differ");
    yeep
}

on_both! {
    async fn a_token_acts_as_its_user_in_both_apis(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "Nightly <backup>", WEEK).await;
        assert!(token.starts_with("usher_") && token.len() > 70, "{token}");
        assert_eq!(rosa.header("Cache-Control"), Some("no-store"));
        assert_eq!(rosa.attribute("button[data-copy]", "data-copy").as_deref(), Some("token"));
        assert!(!rosa.cookies().contains(&token) && !rosa.header("Location").is_some_and(|to| to.contains(&token)));

        let info = program(&app, &token).call("session.info", json!({})).await.ok();
        assert_eq!(info["session"]["user"]["emails"][0]["address"], "rosa@harbor.test");
        assert_eq!(info["session"]["token"]["expiresAt"], "2026-03-08T08:15:30.250Z");
        assert_eq!(me_of_mycrt(&app, &token).await.ok()["email"], "rosa@harbor.test");
        program(&app, &token).call("org.create", json!({ "name": "Orbit Labs", "slug": "orbit" })).await.ok();

        // Shown once: no page shows it again.
        for path in ["/account/tokens", "/account", "/account/sessions"] {
            assert!(!rosa.get(path).await.body.contains(&token), "{path}");
        }
        rosa.get("/account/tokens").await;
        assert_eq!(rosa.select("tbody th"), ["Nightly <backup>"]);
        assert_eq!(rosa.select("td[data-label=Expires]"), ["in 7 days"]);
        rosa.get("/account/sessions").await;
        assert_eq!(rosa.select("tbody tr").len(), 1, "the token is listed as a session: {}", rosa.text());
    }

    async fn a_token_works_as_long_as_was_chosen(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "A week", WEEK).await;
        let long = make(&mut rosa, "A year", YEAR).await;
        app.advance(7 * DAY - Duration::from_millis(1));
        assert!(works(&app, &token).await);
        app.advance(Duration::from_millis(1));
        assert!(!works(&app, &token).await);
        program(&app, &token).call("session.info", json!({})).await.refused(401, "Invalid authorization token");
        rosa.sign_in("rosa@harbor.test").await.get("/account/tokens").await;
        assert_eq!(rosa.select("tbody th"), ["A year"]);
        app.advance(358 * DAY - Duration::from_millis(1));
        assert!(works(&app, &long).await, "it has not been used for a year");
        app.advance(Duration::from_millis(1));
        assert!(!works(&app, &long).await);
    }

    async fn the_last_use_is_told(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "Backup", WEEK).await;
        assert_eq!(rosa.select("td[data-label='Last used']"), ["never"]);
        assert!(works(&app, &token).await);
        // A use is recorded after the response.
        for _ in 0..10_000 {
            if rosa.get("/account/tokens").await.select("td[data-label='Last used']") == ["just now"] {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("the use of the token was never recorded: {}", rosa.text());
    }

    async fn a_token_is_revoked_by_a_page_that_asks(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "Backup", WEEK).await;
        let other = make(&mut rosa, "Other", WEEK).await;
        let ask = rosa.attribute("tr:last-child a[href$='/revoke']", "href").unwrap();
        for _ in 0..2 {
            rosa.get(&ask).await;
            assert!(rosa.shows("Revoke this token?") && rosa.shows("Backup"), "{}", rosa.text());
        }
        assert!(works(&app, &token).await, "GET changed something");

        let mut tomas = app.browser();
        tomas.sign_up("tomas@harbor.test").await;
        assert_eq!(tomas.get(&ask).await.status, 404, "another's token");
        assert_eq!(tomas.post_fields(&ask, &[]).await.status, 404);
        let as_sign_in = ask.replace("tokens", "sessions").replace("/revoke", "/end");
        assert_eq!(rosa.post_fields(&as_sign_in, &[]).await.status, 404, "the token is listed as a session");
        assert!(works(&app, &token).await);

        rosa.get(&ask).await.submit("Revoke", &[]).await;
        assert_eq!(rosa.path, "/account/tokens", "{}", rosa.text());
        assert_eq!(rosa.notice(), "Revoked. Programs that use this token are shut out.");
        assert_eq!(rosa.select("tbody th"), ["Other"]);
        assert!(!works(&app, &token).await && works(&app, &other).await);
        assert_eq!(rosa.get(&ask).await.status, 404);
        assert_eq!(rosa.post_fields(&ask, &[]).await.status, 404);
        // A sign-in session cannot be revoked as a token.
        let end = rosa.get("/account/sessions").await.attribute("tbody button", "formaction").unwrap();
        let as_token = end.replace("sessions", "tokens").replace("/end", "/revoke");
        assert_eq!(rosa.post_fields(&as_token, &[]).await.status, 404);
        assert_eq!(rosa.get("/account").await.path, "/account");
    }

    async fn a_program_gives_its_token_up(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "Backup", WEEK).await;
        program(&app, &token).call("session.destroy", json!({})).await.plain();
        assert!(!works(&app, &token).await);
        assert!(rosa.get("/account/tokens").await.select("tbody tr").is_empty());
    }

    async fn tokens_stay_when_devices_are_signed_out_and_go_with_the_password(app: App) {
        let mut rosa = rosa(&app).await;
        let token = make(&mut rosa, "Backup", WEEK).await;
        app.browser().sign_in("rosa@harbor.test").await;
        rosa.get("/account/sessions").await.submit("End all others", &[]).await;
        assert!(works(&app, &token).await);

        rosa.get("/account").await;
        assert!(rosa.shows("your access tokens stop working"), "{}", rosa.text());
        let new = "another horse 2";
        let fields = [("oldPassword", PASSWORD), ("newPassword", new), ("newPasswordAgain", new)];
        rosa.submit("Change the password", &fields).await;
        assert!(!works(&app, &token).await);
    }

    async fn what_does_not_fit_comes_back(app: App) {
        let mut rosa = rosa(&app).await;
        let of_101 = "x".repeat(101);
        for (name, life, field, fault) in [
            ("", WEEK, "name", "Enter a name."),
            ("  ", WEEK, "name", "Enter a name."),
            (of_101.as_str(), WEEK, "name", "Use at most 100 characters."),
            ("Backup", "60", "expiresInSeconds", "Choose how long the token works."),
            ("Backup", "for ever", "expiresInSeconds", "Choose how long the token works."),
        ] {
            rosa.get("/account/tokens").await;
            rosa.submit("Make a token", &[("name", name), ("expiresInSeconds", life), ("password", PASSWORD)]).await;
            assert_eq!((rosa.status, rosa.fault(field).as_str()), (422, fault), "{name} {life}");
            assert_eq!(rosa.value("name"), name);
        }
        assert!(rosa.get("/account/tokens").await.select("tbody tr").is_empty());
        make(&mut rosa, &"ä".repeat(100), YEAR).await;
    }

    async fn making_one_asks_for_the_password(app: App) {
        let mut rosa = rosa(&app).await;
        for (password, fault) in [("", "Enter a password."), ("wrong horse 1", "This is not your present password.")] {
            rosa.get("/account/tokens").await;
            rosa.submit("Make a token", &[("name", "Backup"), ("password", password)]).await;
            assert_eq!((rosa.status, rosa.fault("password").as_str()), (422, fault));
            assert_eq!((rosa.value("name").as_str(), rosa.value("token").as_str()), ("Backup", ""));
        }
        assert!(rosa.get("/account/tokens").await.select("tbody tr").is_empty());
    }

    async fn there_are_fifty_tokens_at_most(app: App) {
        let mut rosa = rosa(&app).await;
        for number in 0..50 {
            make(&mut rosa, &format!("Program {number}"), WEEK).await;
        }
        rosa.get("/account/tokens").await;
        assert_eq!(rosa.select("tbody tr").len(), 50);
        let one_more = [("name", "One more"), ("expiresInSeconds", WEEK), ("password", PASSWORD)];
        rosa.submit("Make a token", &one_more).await;
        assert_eq!(rosa.status, 422);
        assert!(rosa.shows("You have 50 tokens, and more are not possible. Revoke one first."), "{}", rosa.text());
        assert_eq!((rosa.value("name").as_str(), rosa.value("token").as_str()), ("One more", ""));
        let ask = rosa.attribute("a[href$='/revoke']", "href").unwrap();
        rosa.post_fields(&ask, &[]).await;
        make(&mut rosa, "One more", WEEK).await;
        // Expired ones do not count.
        app.advance(7 * DAY);
        rosa.sign_in("rosa@harbor.test").await;
        make(&mut rosa, "After a week", WEEK).await;
    }

    async fn a_token_opens_no_page(app: App) {
        let mut rosa = rosa(&app).await;
        let bearer = format!("Bearer {}", make(&mut rosa, "Backup", WEEK).await);
        let mut visitor = app.browser();
        let csrf = visitor.get("/sign-in").await.csrf().await;
        let mut program = app.api();
        program.cookie = Some(visitor.cookies());
        let answer = program.send(Method::Get, "/account", &[("Authorization", &bearer)], "").await;
        assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in?next=%2Faccount")));
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        let body = format!("csrf={csrf}&name=Another&expiresInSeconds={YEAR}");
        let answer = program.send(Method::Post, "/account/tokens", &[("Authorization", &bearer), form], &body).await;
        assert_eq!((answer.status, answer.header("Location")), (303, Some("/sign-in")));
        assert_eq!(rosa.get("/account/tokens").await.select("tbody tr").len(), 1, "it created another token");
    }

    async fn sign_ins_say_from_where_and_are_paged(app: App) {
        let mut api = app.api();
        api.sign_up("rosa@harbor.test").await;
        api.remote = Some("203.0.113.5:4711".parse().unwrap());
        api.log_in("rosa@harbor.test").await;
        let mut rosa = app.browser_of(&api);
        rosa.get("/account/sessions").await;
        assert!(rosa.shows("from 203.0.113.5"), "{}", rosa.text());
        app.rpc_as("rosa@harbor.test").await;
        rosa.get("/account/sessions").await;
        assert_eq!(rosa.select("tbody .badge"), ["Program", "This one"]);

        for _ in 0..50 {
            app.browser().sign_in("rosa@harbor.test").await;
        }
        rosa.get("/account/sessions").await;
        assert_eq!(rosa.select("tbody tr").len(), 50);
        let more = rosa.attribute("nav.pages a", "href").unwrap();
        rosa.get(&more).await;
        assert_eq!(rosa.select("tbody .badge"), ["Program", "This one"]);
        rosa.submit("End all others", &[]).await;
        assert_eq!(rosa.select("tbody .badge"), ["This one"]);
    }
}
