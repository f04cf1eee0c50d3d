//! Section 2: the session cookie and its lifetime.

use std::time::Duration;

use rocket::http::Method::{self, Delete, Get, Post, Put};
use serde_json::json;

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

/// Every route that requires a login.
pub const LOGIN_ROUTES: [(Method, &str); 23] = [
    (Put, "/api/users/logout"),
    (Get, "/api/users/me"),
    (Get, "/api/users"),
    (Delete, "/api/users/1"),
    (Put, "/api/users/changePassword"),
    (Get, "/api/environments"),
    (Get, "/api/environments/1"),
    (Post, "/api/environments"),
    (Put, "/api/environments/1"),
    (Delete, "/api/environments/1?deleteLogs=perhaps"),
    (Post, "/api/environment/invites"),
    (Post, "/api/environments/invites"),
    (Put, "/api/environments/invites/accept"),
    (Put, "/api/environments/invites/promote"),
    (Delete, "/api/environments/invites/1"),
    (Get, "/api/environments/1/users/count"),
    (Get, "/api/environments/1/users/list"),
    (Get, "/api/environments/1/users/me"),
    (Get, "/api/awsKeys"),
    (Get, "/api/awsKeys/1"),
    (Post, "/api/validate/invites"),
    (Post, "/api/validate/environmentName"),
    (Post, "/api/validate/credentials/name"),
];

const HOUR: Duration = Duration::from_hours(1);
const SECOND: Duration = Duration::from_secs(1);

/// A cookie's name, value and attributes, sorted.
fn parts(cookie: &str) -> (&str, &str, Vec<&str>) {
    let (pair, attributes) = cookie.split_once(';').unwrap();
    let (name, value) = pair.split_once('=').unwrap();
    let mut attributes: Vec<&str> = attributes.split(';').map(str::trim).collect();
    attributes.sort_unstable();
    (name, value, attributes)
}

/// Makes a slow change, so that what the previous request left to be recorded is recorded.
async fn settle(app: &App, address: &str) {
    app.api().sign_up(address).await;
}

on_both! {
    async fn ping_needs_no_login(app: App) {
        let answer = app.api().get("/api/ping").await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "OK"));
        assert!(answer.header("Content-Type").unwrap().starts_with("text/plain"), "{answer:?}");
    }

    async fn a_login_sets_an_opaque_cookie(app: App) {
        let rosa = app.api();
        rosa.sign_up("rosa@harbor.test").await;
        let login = json!({ "email": "rosa@harbor.test", "password": PASSWORD });
        let answer = rosa.post("/api/users/login", login).await;
        let (name, value, attributes) = parts(answer.session_cookie().unwrap());
        assert_eq!(name, "usher_session");
        assert!(value.len() >= 22 && !value.contains("rosa"), "{value}");
        assert_eq!(attributes, ["HttpOnly", "Max-Age=7200", "Path=/", "SameSite=Lax"]);
    }

    async fn every_use_sets_the_cookie_again(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for answer in [rosa.get("/api/users/me").await, rosa.get("/api/environments/77").await] {
            let (name, value, attributes) = parts(answer.session_cookie().unwrap());
            assert_eq!(rosa.cookie, Some(format!("{name}={value}")));
            assert_eq!(attributes, ["HttpOnly", "Max-Age=7200", "Path=/", "SameSite=Lax"]);
        }
    }

    async fn with_https_the_cookie_is_bound_to_the_host(app: App) {
        let app = app.restarted_with("public_url", "https://usher.harbor.test").await;
        let mut rosa = app.unverified_user("rosa@harbor.test").await;
        let answer = rosa.get("/api/users/me").await;
        answer.ok();
        let (name, secret, attributes) = parts(answer.session_cookie().unwrap());
        assert_eq!(name, "__Host-usher_session");
        assert_eq!(attributes, ["HttpOnly", "Max-Age=7200", "Path=/", "SameSite=Lax", "Secure"]);

        for name in ["usher_session", "%5F%5FHost-usher_session", "__host-usher_session"] {
            rosa.cookie = Some(format!("{name}={secret}"));
            rosa.get("/api/users/me").await.refused(403, "login required");
        }
    }

    async fn without_https_the_bound_cookie_is_not_read(app: App) {
        let mut rosa = app.unverified_user("rosa@harbor.test").await;
        rosa.cookie = rosa.cookie.map(|cookie| format!("__Host-{cookie}"));
        rosa.get("/api/users/me").await.refused(403, "login required");
    }

    async fn a_login_comes_before_everything_else(app: App) {
        let mut nobody = app.api();
        for cookie in [None, Some("usher_session=made-up"), Some("usher_session="), Some("usher_session")] {
            nobody.cookie = cookie.map(str::to_owned);
            for (method, path) in LOGIN_ROUTES {
                let answer = nobody.json(method, path, json!({})).await;
                assert_eq!(answer.status, 403, "{method} {path}: {answer:?}");
                answer.refused(403, "login required");
            }
        }
        nobody.cookie = None;
        nobody
            .send(Post, "/api/environments", &[("Content-Type", "application/json")], "{")
            .await
            .refused(403, "login required");
    }

    async fn a_session_lives_two_hours_after_its_last_use(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for another in ["tomas@harbor.test", "ines@harbor.test"] {
            app.advance(2 * HOUR - SECOND);
            rosa.get("/api/users/me").await.ok();
            settle(&app, another).await;
        }
        app.advance(2 * HOUR);
        let answer = rosa.get("/api/users/me").await;
        answer.refused(403, "login required");
        assert!(!answer.session_cookie().is_some_and(|cookie| cookie.contains("Max-Age=7200")), "{answer:?}");
    }

    async fn an_unused_session_ends_after_two_hours(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.advance(2 * HOUR);
        for (method, path) in LOGIN_ROUTES {
            rosa.json(method, path, json!({})).await.refused(403, "login required");
        }
    }

    async fn the_sliding_life_is_set_in_minutes(app: App) {
        let app = app.restarted_with("session_idle_minutes", 5).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.advance(Duration::from_secs(299));
        let answer = rosa.get("/api/users/me").await;
        answer.ok();
        assert!(answer.session_cookie().unwrap().contains("Max-Age=300"), "{answer:?}");
        settle(&app, "tomas@harbor.test").await;
        app.advance(Duration::from_mins(5));
        rosa.get("/api/users/me").await.refused(403, "login required");
    }

    async fn no_session_outlives_seven_days(app: App) {
        let app = app.restarted_with("session_idle_minutes", 4 * 24 * 60).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.advance(84 * HOUR);
        rosa.get("/api/users/me").await.ok();
        settle(&app, "tomas@harbor.test").await;
        app.advance(84 * HOUR - SECOND);
        rosa.get("/api/users/me").await.ok();
        settle(&app, "ines@harbor.test").await;
        app.advance(SECOND);
        rosa.get("/api/users/me").await.refused(403, "login required");
    }

    async fn sessions_survive_a_restart(app: App) {
        let cookie = app.unverified_user("rosa@harbor.test").await.cookie;
        let app = app.restarted_with("sign_up_open", false).await;
        let mut rosa = app.api();
        rosa.cookie = cookie;
        assert_eq!(rosa.get("/api/users/me").await.ok()["email"], "rosa@harbor.test");
    }

    async fn a_logout_ends_one_session_at_once(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let mut elsewhere = app.api();
        elsewhere.log_in("rosa@harbor.test").await;
        assert_ne!(rosa.cookie, elsewhere.cookie);

        let answer = rosa.put("/api/users/logout", json!({})).await;
        assert_eq!(answer.ok(), json!({}));
        let (_, value, attributes) = parts(answer.session_cookie().unwrap());
        assert!(value.is_empty() && attributes.contains(&"Max-Age=0"), "{answer:?}");
        rosa.get("/api/users/me").await.refused(403, "login required");
        rosa.put("/api/users/logout", json!({})).await.refused(403, "login required");
        elsewhere.get("/api/users/me").await.ok();
    }

    async fn a_logout_needs_no_body(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        assert_eq!(rosa.send(Put, "/api/users/logout", &[], "").await.ok(), json!({}));
    }

    async fn the_session_of_the_pages_works_here(app: App) {
        let mut browser = app.browser();
        browser.sign_up("rosa@harbor.test").await;
        let mut rosa = app.api();
        rosa.cookie = Some(format!("usher_session={}", browser.cookie("usher_session").unwrap()));
        assert_eq!(rosa.get("/api/users/me").await.ok()["email"], "rosa@harbor.test");
    }

    async fn a_bearer_that_is_bad_never_falls_back_to_the_cookie(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let secret = rosa.cookie.as_ref().unwrap().split_once('=').unwrap().1.to_owned();
        for header in ["Bearer made-up", &format!("bearer {secret}"), "Bearer"] {
            for (method, path) in [(Get, "/api/users/me"), (Put, "/api/users/logout")] {
                let answer = rosa.send(method, path, &[("Authorization", header)], "").await;
                answer.refused(403, "login required");
            }
        }
        rosa.get("/api/users/me").await.ok();
    }
}
