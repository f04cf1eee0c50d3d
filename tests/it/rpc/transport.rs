//! Section 1: verbs, bodies, the envelope and authentication.

use rocket::http::Method::{Delete, Get, Options, Post, Put};
use rocket::http::{ContentType, Status};
use serde_json::{Value, json};

use super::NEED_A_USER;
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::Told;

/// Every method that works without a user.
const PUBLIC: [&str; 4] = ["session.create", "user.forgotPassword", "user.resetPassword", "user.join"];

/// Calls a method with a raw header.
async fn authorized(app: &App, method: &str, header: &str) -> Told {
    let headers = [("Authorization", header), ("Content-Type", "application/json")];
    Told(app.api().send(Post, &format!("/api/v1/{method}"), &headers, "{}").await)
}

#[track_caller]
fn is_outside(told: &Told, status: u16) {
    assert_eq!(told.0.status, status, "{told:?}");
    let body = told.0.json();
    let reason = Status::from_code(status).unwrap().reason_lossy();
    assert_eq!((&body["statusCode"], &body["error"]), (&json!(status), &json!(reason)), "{body}");
    assert!(body["message"].is_string() && body.get("ok").is_none(), "{body}");
}

on_both! {
    async fn ping_is_answered_without_an_envelope(app: App) {
        for headers in [&[][..], &[("Authorization", "Basic x")]] {
            let answer = app.api().send(Get, "/api/v1/ping", headers, "").await;
            assert_eq!(answer.ok(), json!({ "ping": "pong" }));
            assert_eq!(answer.header("Content-Type"), Some("application/json"));
        }
    }

    async fn no_body_and_a_body_of_another_type_are_empty_ones(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let org = br#"{"name":"Orbit","slug":"orbit"}"#;
        let missing = json!([[["name"], "any.required"], [["slug"], "any.required"]]);
        for (content_type, body) in [
            (ContentType::JSON, &b""[..]),
            (ContentType::Plain, org),
            (ContentType::Form, b"name=Orbit&slug=orbit"),
            (ContentType::Plain, b"{"),
        ] {
            for method in ["user.list", "role.list", "permission.list"] {
                let answer = nadia.send(method, content_type.clone(), body.to_vec()).await;
                assert_eq!(answer.ok().as_object().unwrap().len(), 2, "{answer:?}");
            }
            nadia.send("org.create", content_type, body.to_vec()).await.invalid(missing.clone());
        }
        let header = format!("Bearer {}", nadia.token.as_deref().unwrap());
        let answer = app.api().send(Post, "/api/v1/org.create", &[("Authorization", &header)], "").await;
        Told(answer).invalid(missing);
        let utf8 = ContentType::parse_flexible("application/json; charset=utf-8").unwrap();
        let answer = nadia.send("org.create", utf8, org.to_vec()).await;
        answer.ok();
        assert_eq!(answer.0.header("Content-Type"), Some("application/json"));
    }

    async fn what_is_no_json_is_refused_before_anything_else(app: App) {
        let mut rpc = app.founder("nadia@orbit.test").await;
        for token in [rpc.token.clone(), Some("forged".to_owned()), None] {
            rpc.token = token;
            for method in NEED_A_USER.iter().chain(&PUBLIC).filter(|method| **method != "user.setPicture") {
                for body in ["{", "7", "\"text\"", " ", "{}{}", "{'id':1}"] {
                    is_outside(&rpc.send(method, ContentType::JSON, body.into()).await, 400);
                }
            }
        }
        let huge = json!({ "name": "x".repeat(1 << 20) }).to_string();
        let told = rpc.send("org.create", ContentType::JSON, huge.into_bytes()).await;
        assert!([400, 413].contains(&told.0.status), "{told:?}");
        is_outside(&told, told.0.status);
    }

    async fn a_list_is_no_object(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let ignored = ["session.info", "session.destroy", "user.setPicture"];
        for method in NEED_A_USER.iter().filter(|method| !ignored.contains(method)) {
            nadia.call(method, json!([{}])).await.invalid(json!([[[], "object.base"]]));
            app.rpc().call(method, json!([])).await.masked();
        }
        for method in PUBLIC {
            app.rpc().call(method, json!([])).await.invalid(json!([[[], "object.base"]]));
        }
        nadia.call("session.info", json!([])).await.ok();
    }

    async fn what_is_no_method_is_not_found(app: App) {
        let api = app.api();
        for path in ["org.nothing", "org", "", "org.create/x", "ORG.CREATE", "user._doc"] {
            is_outside(&Told(api.send(Post, &format!("/api/v1/{path}"), &[], "").await), 404);
        }
        for method in NEED_A_USER.iter().chain(&PUBLIC) {
            for verb in [Get, Put, Delete, Options] {
                let answer = api.send(verb, &format!("/api/v1/{method}"), &[], "").await;
                assert!([404, 405].contains(&answer.status), "{verb} {method} {answer:?}");
            }
        }
        assert!([404, 405].contains(&api.send(Post, "/api/v1/ping", &[], "").await.status));
    }

    async fn nobody_finds_a_method_that_needs_a_user(app: App) {
        for method in NEED_A_USER {
            for body in [json!({}), json!({ "id": 7, "unknown": null })] {
                app.rpc().call(method, body).await.masked();
            }
        }
    }

    async fn a_bearer_header_is_read_strictly(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let token = nadia.token.clone().unwrap();
        // Ended, but with its original expiry: genuine, without a session.
        let ended = app.rpc_as("nadia@orbit.test").await;
        ended.call("session.destroy", json!({})).await.plain();
        let (schema, bad) = ("Invalid authorization schema", "Invalid authorization token");
        let mut other = token.clone().into_bytes();
        let last = other.len() - 1;
        other[last] = if other[last] == b'0' { b'1' } else { b'0' };
        let other = String::from_utf8(other).unwrap();
        for method in NEED_A_USER.iter().chain(&["user.join"]) {
            for header in [token.clone(), "Basic x".into(), String::new()] {
                authorized(&app, method, &header).await.refused(401, schema);
            }
            for header in ["Bearer", "Bearer ", "Bearer x", &format!("Bearer  {token}"), &format!("Bearer {other}")] {
                authorized(&app, method, header).await.refused(401, bad);
            }
        }
        for method in NEED_A_USER {
            ended.call(method, json!({})).await.masked();
        }
        for scheme in ["Bearer", "bearer", "BEARER"] {
            authorized(&app, "session.info", &format!("{scheme} {token}")).await.ok();
        }
    }

    async fn four_methods_never_read_the_header(app: App) {
        app.founder("nadia@orbit.test").await;
        for method in ["session.create", "user.forgotPassword", "user.resetPassword"] {
            for header in ["Basic x", "Bearer x", ""] {
                authorized(&app, method, header).await.refused(400, "Invalid request body");
            }
        }
        let mut rpc = app.rpc();
        rpc.token = Some("forged".to_owned());
        rpc.call("session.create", json!({ "userKey": "nadia@orbit.test", "password": PASSWORD })).await.ok();
        rpc.call("user.forgotPassword", json!({ "userKey": "nadia@orbit.test" })).await.plain();
    }

    async fn faults_are_told_whole(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let answer = nadia.call("org.create", json!({ "name": "Orbit", "slug": "o".repeat(31) })).await.0.ok();
        assert_eq!((&answer["error"]["code"], &answer["error"]["message"]), (&json!(400), &json!("Invalid request body")));
        let details = answer["error"]["details"].as_array().unwrap();
        assert_eq!((&details[0]["path"], &details[0]["type"]), (&json!(["slug"]), &json!("string.max")));
        assert!(details[0]["message"].as_str().unwrap().starts_with("\"slug\" "), "{answer}");
    }

    async fn of_unknown_properties_the_first_are_told(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let unknown = |count: usize| (0..count).map(|number| (format!("u{number}"), json!(0)));
        let org: String = nadia.call("org.create", json!({ "name": "Orbit", "slug": "orbit" })).await.ok()["org"]["id"].as_str().unwrap().into();
        let named = |told: &Told| told.0.json()["error"]["details"].as_array().unwrap().clone();

        let mut body: serde_json::Map<String, Value> = unknown(50_000).collect();
        body.insert("slug".to_owned(), json!("o"));
        let told = nadia.call("org.create", Value::Object(body)).await;
        let details = named(&told);
        assert_eq!((&details[0]["path"], &details[1]["path"]), (&json!(["name"]), &json!(["slug"])));
        let last: Vec<&Value> = details[2..].iter().map(|detail| &detail["path"][0]).collect();
        assert_eq!(last, (0..20).map(|number| json!(format!("u{number}"))).collect::<Vec<_>>().iter().collect::<Vec<_>>());

        // At all depths together.
        let role = |number: usize| {
            let id = [("id".to_owned(), json!(format!("{number:024x}")))];
            Value::Object(id.into_iter().chain(unknown(30)).collect())
        };
        let roles: Vec<Value> = (0..100).map(role).collect();
        let told = nadia.call("user.invite", json!({ "userKey": "ines@orbit.test", "orgId": org, "roles": roles })).await;
        let mut details = named(&told);
        details.retain(|detail| detail["type"] == "object.allowUnknown");
        assert_eq!(details.len(), 20, "{details:?}");
        assert_eq!(details[0]["path"], json!(["roles", 0, "u0"]));
    }

    async fn a_body_may_begin_with_a_byte_order_mark(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let body = "\u{feff}{\"name\":\"Orbit\",\"slug\":\"orbit\"}";
        nadia.send("org.create", ContentType::JSON, body.into()).await.ok();
        for body in ["\u{feff}", "\u{feff}\u{feff}{}"] {
            is_outside(&nadia.send("org.create", ContentType::JSON, body.into()).await, 400);
        }
    }

    async fn no_other_origin_may_read(app: App) {
        let api = app.api();
        let origin = [("Origin", "https://evil.test"), ("Access-Control-Request-Method", "POST")];
        for verb in [Get, Post, Options] {
            for path in ["/api/v1/ping", "/api/v1/session.create"] {
                let answer = api.send(verb, path, &origin, "").await;
                let allowed: Vec<&(String, String)> =
                    answer.headers.iter().filter(|(name, _)| name.to_lowercase().starts_with("access-control-")).collect();
                assert!(allowed.is_empty(), "{allowed:?}");
            }
        }
    }

    async fn ids_and_times_have_one_form(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let mut last = String::new();
        for number in 0..5 {
            let made = nadia.call("org.create", json!({ "name": "Orbit", "slug": format!("orbit{number}") })).await.ok();
            let Value::String(id) = &made["org"]["id"] else { panic!("{made}") };
            assert!(id.len() == 24 && id.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')), "{id}");
            assert!(*id > last, "{id} after {last}");
            last.clone_from(id);
            assert_eq!(made["org"]["createdAt"], "2026-03-01T08:15:30.250Z");
        }
    }
}
