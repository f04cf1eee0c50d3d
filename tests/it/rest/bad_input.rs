//! Section 1: invalid paths and bodies.

use rocket::http::Method::{self, Delete, Get, Post, Put};
use serde_json::{Value, json};

use crate::support::api::environment_body;
use crate::support::on_both;

const JSON: [(&str, &str); 1] = [("Content-Type", "application/json")];

/// Every route with a body, with its required fields.
const BODIES: [(Method, &str, &[&str]); 11] = [
    (Post, "/api/users/signup", &["email", "password", "agreeToTerms"]),
    (Post, "/api/users/login", &["email", "password"]),
    (Post, "/api/users/forgotPassword", &["email"]),
    (Put, "/api/users/resetPassword", &["resetToken", "newPassword", "newPasswordAgain"]),
    (Put, "/api/users/changePassword", &["oldPassword", "newPassword", "newPasswordAgain"]),
    (Post, "/api/environment/invites", &["environmentId", "userEmail"]),
    (Post, "/api/environments/invites", &["environmentId", "userEmail"]),
    (Put, "/api/environments/invites/accept", &["inviteCode"]),
    (Put, "/api/environments/invites/promote", &["envUserId"]),
    (Post, "/api/validate/environmentName", &["name"]),
    (Post, "/api/validate/credentials/name", &["keysName"]),
];

const ENVIRONMENT: [&str; 10] =
    ["envName", "accessKey", "secretKey", "region", "bucket", "dbName", "host", "user", "pass", "instance"];

on_both! {
    async fn every_missing_field_is_named_in_order(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let environments: [(Method, &str, &[&str]); 2] =
            [(Post, "/api/environments", &ENVIRONMENT), (Put, "/api/environments/1", &ENVIRONMENT)];
        for (method, path, fields) in BODIES.into_iter().chain(environments) {
            let expected: Vec<Value> = fields
                .iter()
                .map(|field| json!({ "message": format!("\"{field}\" is required"), "path": [field] }))
                .collect();
            for answer in [
                rosa.send(method, path, &[], "").await,
                rosa.send(method, path, &JSON, "").await,
                rosa.json(method, path, json!({})).await,
            ] {
                assert_eq!((answer.status, answer.json()), (400, json!(expected)), "{method} {path}");
            }
        }
    }

    async fn null_stands_for_no_value(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for (method, path, fields) in BODIES {
            let body: Value = fields.iter().map(|field| ((*field).to_owned(), Value::Null)).collect();
            rosa.json(method, path, body).await.invalid(fields);
        }
        let mut body = environment_body("Harbor staging");
        let optional = ["keysId", "keysName", "prefix", "parameterGroup"];
        for field in optional {
            body[field] = Value::Null;
        }
        rosa.post("/api/environments", body).await.invalid(&optional);
        let body = json!({ "environmentId": 1, "userEmail": "tomas@harbor.test", "isAdmin": null });
        rosa.post("/api/environment/invites", body).await.invalid(&["isAdmin"]);
    }

    async fn lists_and_objects_are_no_values(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for (method, path, fields) in BODIES {
            for value in [json!([]), json!({}), json!(["rosa@harbor.test"])] {
                let body: Value = fields.iter().map(|field| ((*field).to_owned(), value.clone())).collect();
                rosa.json(method, path, body).await.invalid(fields);
            }
        }
    }

    async fn a_body_may_begin_with_a_byte_order_mark(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let body = format!("\u{feff}{}", environment_body("Harbor staging"));
        rosa.send(Post, "/api/environments", &JSON, body).await.ok();
        rosa.send(Post, "/api/environments", &JSON, "\u{feff}").await.refused_somehow(400);
    }

    async fn broken_bodies_are_refused(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let deep = "[".repeat(100_000);
        let broken: [&[u8]; 14] = [
            b"{",
            b"}",
            b"[]",
            b"null",
            b"7",
            b"\"text\"",
            b" ",
            b"{}{}",
            b"{'name':1}",
            b"{\"name\":\"\xff\xfe\"}",
            b"\xef\xbb\xbf{",
            b"{\"name\":\"\\ud800\"}",
            b"\0",
            deep.as_bytes(),
        ];
        for (method, path, _) in BODIES {
            for body in broken {
                let answer = rosa.send(method, path, &JSON, body).await;
                assert_eq!(answer.status, 400, "{method} {path} {:?}: {answer:?}", &body[..body.len().min(20)]);
                answer.json();
            }
        }
        rosa.get("/api/users/me").await.ok();
    }

    async fn a_huge_body_is_refused(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let huge = json!({ "name": "x".repeat(1 << 20) }).to_string();
        for (method, path, _) in BODIES {
            rosa.send(method, path, &JSON, &huge).await.refused_somehow(413);
        }
        let large = json!({ "name": "Harbor", "more": "x".repeat((1 << 20) - 100) });
        assert_eq!(rosa.post("/api/validate/environmentName", large).await.ok(), json!({ "value": true }));
    }

    async fn unknown_fields_are_ignored(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let mut body = environment_body("Harbor staging");
        for (field, value) in [("id", json!(77)), ("ownerId", json!(null)), ("__proto__", json!({})), ("", json!([]))] {
            body[field] = value;
        }
        let made = rosa.post("/api/environments", body).await.ok();
        assert_eq!(made["ownerId"], rosa.id);
        assert_ne!(made["id"], 77);
    }

    async fn an_id_is_made_of_digits(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let none = ["+1", "-1", "1.0", "1e3", "x", "0x1", "1%20", "%201", "1%00", "%D9%A1", "1;2", "null"];
        for id in none {
            for (method, path) in [
                (Get, format!("/api/environments/{id}")),
                (Put, format!("/api/environments/{id}")),
                (Delete, format!("/api/environments/{id}")),
                (Get, format!("/api/environments/{id}/users/count")),
                (Get, format!("/api/environments/{id}/users/list")),
                (Get, format!("/api/environments/{id}/users/me")),
                (Delete, format!("/api/environments/invites/{id}")),
                (Get, format!("/api/awsKeys/{id}")),
                (Delete, format!("/api/users/{id}")),
            ] {
                let answer = rosa.json(method, &path, environment_body("Harbor staging")).await;
                assert_eq!(answer.status, 404, "{method} {path}: {answer:?}");
                answer.refused(404, "Not Found");
            }
        }
    }

    async fn an_id_that_is_too_big_does_not_exist(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for id in ["0", "00", "2147483648", "9223372036854775807", "9223372036854775808", &"9".repeat(300)] {
            for path in [
                format!("/api/environments/{id}"),
                format!("/api/environments/{id}/users/count"),
                format!("/api/environments/{id}/users/list"),
                format!("/api/environments/{id}/users/me"),
                format!("/api/awsKeys/{id}"),
            ] {
                rosa.get(&path).await.refused(404, "Not Found");
            }
            rosa.delete(&format!("/api/environments/{id}")).await.refused(404, "Not Found");
            rosa.end_membership(id).await.refused(404, "Not Found");
            let answer = rosa.put("/api/environments/invites/promote", json!({ "envUserId": id })).await;
            answer.refused(404, "Not Found");
            let mut body = environment_body("Harbor staging");
            let answer = rosa.put(&format!("/api/environments/{id}"), body.clone()).await;
            answer.refused_somehow(404);
            assert!(answer.json()["message"].as_str().unwrap().starts_with("Environment "), "{answer:?}");
            body["keysId"] = json!(id);
            rosa.post("/api/environments", body).await.refused(404, "Keys do not exist");
        }
    }

    async fn leading_zeros_change_no_id(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        assert_eq!(rosa.get(&format!("/api/environments/000{id}")).await.ok()["id"], id);
    }

    async fn a_trailing_slash_changes_nothing(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        for path in ["/api/users/me", "/api/environments", "/api/awsKeys", &format!("/api/environments/{id}/users/me")]
        {
            let (bare, slashed) = (rosa.get(path).await, rosa.get(&format!("{path}/")).await);
            assert_eq!(bare.ok(), slashed.ok());
        }
        rosa.delete(&format!("/api/environments/{id}/?deleteLogs=x")).await.invalid(&["deleteLogs"]);
        rosa.post("/api/environments/", environment_body("Harbor live")).await.ok();
        rosa.post("/api/environment/invites/", json!({})).await.invalid(&["environmentId", "userEmail"]);
        assert_eq!(app.api().get("/api/ping/").await.text, "OK");
    }

    async fn the_singular_path_answers_too(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.post("/api/environment", environment_body("Harbor staging")).await.ok()["id"].as_i64().unwrap();
        for rest in ["", &format!("/{id}"), &format!("/{id}/users/count"), &format!("/{id}/users/list"), "/999"] {
            let (one, many) = (format!("/api/environment{rest}"), format!("/api/environments{rest}"));
            let (one, many) = (rosa.get(&one).await, rosa.get(&many).await);
            assert_eq!((one.status, one.text), (many.status, many.text));
        }
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let accept = json!({ "inviteCode": invite["inviteCode"] });
        tomas.put("/api/environment/invites/accept", accept).await.ok();
    }

    async fn what_is_no_route_is_not_found(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for (method, path) in [
            (Get, "/api"),
            (Get, "/api/"),
            (Get, "/api/nothing"),
            (Get, "/api/users/signup"),
            (Post, "/api/users/me"),
            (Put, "/api/environments"),
            (Get, "/api/environments/invites"),
            (Get, "/api/environments/invites/accept"),
            (Get, "/api/environments/1/users"),
            (Get, "/api/environments/1/users/nobody"),
            (Get, "/api/%00"),
            (Get, "/api/%F0%9F%A6%80"),
        ] {
            let answer = rosa.send(method, path, &[], "").await;
            assert_eq!(answer.status, 404, "{method} {path}: {answer:?}");
            answer.refused(404, "Not Found");
        }
    }
}
