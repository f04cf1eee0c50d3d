//! Section 2: cross-site requests.

use rocket::http::Method::{Delete, Get, Options, Post, Put};
use serde_json::json;

use super::session::LOGIN_ROUTES;
use crate::support::api::environment_body;
use crate::support::app::PASSWORD;
use crate::support::on_both;

const JSON: (&str, &str) = ("Content-Type", "application/json");

const ELSEWHERE: [(&str, &str); 10] = [
    ("Origin", "https://evil.test"),
    ("Origin", "null"),
    ("Origin", ""),
    ("Origin", "http://127.0.0.1:8001"),
    ("Origin", "https://127.0.0.1:8000"),
    ("Origin", "http://localhost:8000"),
    ("Origin", "http://127.0.0.1:8000.evil.test"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "same-site"),
    ("Sec-Fetch-Site", "CROSS-SITE"),
];

const HERE: [(&str, &str); 3] =
    [("Origin", "http://127.0.0.1:8000"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none")];

/// Bodies that a cross-site form or script can send without a preflight.
const NOT_JSON: [Option<&str>; 4] =
    [Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data; boundary=x"), None];

on_both! {
    async fn another_origin_changes_nothing_with_the_cookie(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let body = environment_body("Harbor staging").to_string();
        for elsewhere in ELSEWHERE {
            rosa.send(Post, "/api/environments", &[JSON, elsewhere], &body).await.refused_somehow(403);
        }
        assert_eq!(rosa.get("/api/environments").await.ok(), json!([]));
        for (method, path) in LOGIN_ROUTES.into_iter().filter(|(method, _)| *method != Get) {
            let answer = rosa.send(method, path, &[JSON, ELSEWHERE[0]], "{}").await;
            assert_eq!(answer.status, 403, "{method} {path}: {answer:?}");
        }
        rosa.get("/api/users/me").await.ok();
        for (number, here) in HERE.into_iter().enumerate() {
            let body = environment_body(&format!("Harbor {number}")).to_string();
            rosa.send(Post, "/api/environments", &[JSON, here], body).await.ok();
        }
    }

    async fn an_origin_that_is_hidden_counts_as_ours_when_the_browser_says_so(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let null = ("Origin", "null");
        for (number, site) in ["none", "same-site", "cross-site", ""].into_iter().enumerate() {
            let body = environment_body(&format!("Harbor {number}")).to_string();
            let headers = [JSON, null, ("Sec-Fetch-Site", site)];
            rosa.send(Post, "/api/environments", &headers, body).await.refused_somehow(403);
        }
        let both = [JSON, null, ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "cross-site")];
        rosa.send(Post, "/api/environments", &both, "{}").await.refused_somehow(403);
        let evil = [JSON, ("Origin", "https://evil.test"), ("Sec-Fetch-Site", "same-origin")];
        rosa.send(Post, "/api/environments", &evil, "{}").await.refused_somehow(403);
        let headers = [JSON, null, ("Sec-Fetch-Site", "same-origin")];
        rosa.send(Post, "/api/environments", &headers, environment_body("Harbor").to_string()).await.ok();
    }

    async fn another_origin_logs_nobody_in_or_up(app: App) {
        let nobody = app.api();
        nobody.sign_up("rosa@harbor.test").await;
        let login = json!({ "email": "rosa@harbor.test", "password": PASSWORD }).to_string();
        let signup = json!({ "email": "tomas@harbor.test", "password": PASSWORD, "agreeToTerms": true }).to_string();
        for elsewhere in ELSEWHERE {
            let answer = nobody.send(Post, "/api/users/login", &[JSON, elsewhere], &login).await;
            answer.refused_somehow(403);
            assert_eq!(answer.session_cookie(), None);
            nobody.send(Post, "/api/users/signup", &[JSON, elsewhere], &signup).await.refused_somehow(403);
        }
        nobody.send(Post, "/api/users/signup", &[JSON, HERE[0]], &signup).await.ok();
        nobody.send(Post, "/api/users/login", &[JSON, HERE[1]], &login).await.ok();
    }

    async fn reading_never_allows_other_origins(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let answer = rosa.send(Get, "/api/users/me", &[ELSEWHERE[0]], "").await;
        answer.ok();
        let asked = ("Access-Control-Request-Method", "PUT");
        let preflight = rosa.send(Options, "/api/users/me", &[ELSEWHERE[0], asked], "").await;
        assert_ne!(preflight.status, 200);
        for (name, value) in answer.headers.iter().chain(&preflight.headers) {
            assert!(!name.to_lowercase().starts_with("access-control-"), "{name}: {value}");
        }
    }

    async fn with_the_cookie_a_body_must_be_declared_as_json(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let body = environment_body("Harbor staging").to_string();
        for declared in NOT_JSON {
            let headers: Vec<_> = declared.map(|declared| ("Content-Type", declared)).into_iter().collect();
            for (method, path) in LOGIN_ROUTES.into_iter().filter(|(method, _)| *method != Get) {
                if path.starts_with("/api/users/1") || path.contains("deleteLogs") {
                    continue;
                }
                let answer = rosa.send(method, path, &headers, &body).await;
                assert_eq!(answer.status, 415, "{method} {path} {declared:?}: {answer:?}");
                answer.refused_somehow(415);
            }
            for path in ["/api/users/signup", "/api/users/login", "/api/users/forgotPassword"] {
                rosa.send(Post, path, &headers, &body).await.refused_somehow(415);
            }
            rosa.send(Put, "/api/users/resetPassword", &headers, &body).await.refused_somehow(415);
            rosa.send(Delete, "/api/environments/1", &headers, &body).await.refused_somehow(415);
        }
        rosa.get("/api/users/me").await.ok();
        assert_eq!(rosa.get("/api/environments").await.ok(), json!([]));
    }

    async fn json_may_name_its_charset(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for declared in ["application/json; charset=utf-8", "Application/JSON"] {
            let headers = [("Content-Type", declared)];
            let answer = rosa.send(Post, "/api/validate/environmentName", &headers, r#"{"name":"Harbor"}"#).await;
            assert_eq!(answer.ok(), json!({ "value": true }));
        }
    }

    async fn without_the_cookie_another_body_is_a_bad_one(app: App) {
        let nobody = app.api();
        let login = json!({ "email": "rosa@harbor.test", "password": PASSWORD }).to_string();
        for declared in NOT_JSON {
            let headers: Vec<_> = declared.map(|declared| ("Content-Type", declared)).into_iter().collect();
            assert_eq!(nobody.send(Post, "/api/users/login", &headers, &login).await.status, 400);
            nobody.send(Post, "/api/environments", &headers, &login).await.refused(403, "login required");
        }
    }
}
