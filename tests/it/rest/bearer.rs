//! Section 2: bearer tokens of the Yeep API work here too.

use std::time::Duration;

use rocket::http::Method::{Get, Post, Put};
use serde_json::json;

use super::session::LOGIN_ROUTES;
use crate::support::api::environment_body;
use crate::support::on_both;

const JSON: (&str, &str) = ("Content-Type", "application/json");
const WEEK: Duration = Duration::from_hours(7 * 24);

on_both! {
    async fn a_bearer_opens_every_route(app: App) {
        app.unverified_user("rosa@harbor.test").await;
        for (method, path) in LOGIN_ROUTES {
            let rosa = app.rpc_as("rosa@harbor.test").await;
            let bearer = format!("Bearer {}", rosa.token.as_deref().unwrap());
            let answer = app.api().send(method, path, &[JSON, ("Authorization", &bearer)], "{}").await;
            assert!(!answer.text.contains("\"login required\""), "{method} {path}: {answer:?}");
            assert!(answer.status < 500 && answer.session_cookie().is_none(), "{method} {path}: {answer:?}");
        }
    }

    async fn its_scheme_may_be_written_in_any_case(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let rpc = app.rpc_as("rosa@harbor.test").await;
        for scheme in ["bearer", "BEARER", "Bearer"] {
            let bearer = format!("{scheme} {}", rpc.token.as_deref().unwrap());
            let me = app.api().send(Get, "/api/users/me", &[("Authorization", &bearer)], "").await;
            assert_eq!(me.ok()["id"], rosa.id, "{scheme}");
            // A bad one does not fall back to the cookie.
            let bad = format!("{scheme} x");
            let me = rosa.send(Get, "/api/users/me", &[("Authorization", &bad)], "").await;
            me.refused(403, "login required");
        }
    }

    async fn a_proxys_own_authorization_says_nothing(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for header in ["Basic cm9zYTpwYXNz", "Digest username=\"rosa\"", "Negotiate YII", "x", ""] {
            let headers = [JSON, ("Authorization", header)];
            rosa.send(Get, "/api/users/me", &headers, "").await.ok();
            let elsewhere = [JSON, ("Authorization", header), ("Origin", "https://evil.test")];
            rosa.send(Post, "/api/environments", &elsewhere, "{}").await.refused_somehow(403);
        }
        let rpc = app.rpc_as("rosa@harbor.test").await;
        let bearer = format!("Bearer {}", rpc.token.as_deref().unwrap());
        let both = [("Authorization", "Basic cm9zYTpwYXNz"), ("Authorization", &*bearer)];
        app.api().send(Get, "/api/users/me", &both, "").await.ok();
    }

    async fn what_is_done_with_it_is_the_users(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let rpc = app.rpc_as("rosa@harbor.test").await;
        let bearer = format!("Bearer {}", rpc.token.as_deref().unwrap());
        // Browsers never add a bearer token: the origin does not matter.
        let headers = [JSON, ("Authorization", &*bearer), ("Origin", "https://evil.test")];
        let body = environment_body("Harbor staging").to_string();
        let made = app.api().send(Post, "/api/environments", &headers, body).await.ok();
        assert_eq!(made["ownerId"], rosa.id);
        // It takes precedence over a cookie.
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let me = tomas.send(Get, "/api/users/me", &headers[1..], "").await;
        assert_eq!((me.ok()["id"].clone(), me.session_cookie()), (json!(rosa.id), None));
        // Ending it removes no cookie.
        let out = tomas.send(Put, "/api/users/logout", &headers[1..], "").await;
        assert_eq!((out.ok(), out.session_cookie()), (json!({}), None));
        rpc.call("session.info", json!({})).await.masked();
        for (method, path) in LOGIN_ROUTES {
            tomas.send(method, path, &headers, "{}").await.refused(403, "login required");
        }
        rosa.get("/api/users/me").await.ok();
        tomas.get("/api/users/me").await.ok();
    }

    async fn it_ends_with_its_week_and_with_its_user(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("rosa", &[]).await;
        let rosa = app.rpc_as("rosa").await;
        let bearer = format!("Bearer {}", rosa.token.as_deref().unwrap());
        let me = async || app.api().send(Get, "/api/users/me", &[("Authorization", &bearer)], "").await;
        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        me().await.refused(403, "login required");
        sofia.call("user.activate", json!({ "id": id })).await.ok();
        // It does not slide: used or not, it lives a week.
        app.advance(WEEK - Duration::from_millis(1));
        me().await.ok();
        app.advance(Duration::from_millis(1));
        me().await.refused(403, "login required");
    }
}
