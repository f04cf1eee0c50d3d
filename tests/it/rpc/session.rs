//! `session.create`, `session.info`, `session.destroy`

use std::time::Duration;

use rocket::http::Method::Post;
use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{Told, user_body};

const WRONG: &str = "Invalid username or password credentials";
const WEEK: Duration = Duration::from_hours(7 * 24);

async fn create(app: &App, key: &str, password: &str) -> Told {
    app.rpc().call("session.create", json!({ "userKey": key, "password": password })).await
}

on_both! {
    async fn a_session_is_a_token_for_a_week(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let made = create(&app, "nadia", PASSWORD).await.ok();
        let token = made["token"].as_str().unwrap();
        assert_eq!(made, json!({ "ok": true, "token": token, "expiresIn": 604_800_000 }));
        let nadia = app.rpc_as("nadia").await;
        assert_ne!(nadia.token.as_deref(), Some(token));
        app.advance(WEEK - Duration::from_millis(1));
        nadia.call("session.info", json!({})).await.ok();
        app.advance(Duration::from_millis(1));
        nadia.call("session.info", json!({})).await.refused(401, "Invalid authorization token");
    }

    async fn a_user_is_named_in_several_ways(app: App) {
        let sofia = app.superuser().await;
        let mut body = user_body("nadia");
        body["emails"] = json!([
            { "address": "na.dia@gmail.com", "isPrimary": true },
            { "address": "nadia+o@hotmail.com" },
            { "address": "nadia+o@orbit.test" },
        ]);
        let id = sofia.call("user.create", body).await.ok()["user"]["id"].clone();
        for key in
            ["nadia", " NADIA ", "Nadia+x@GoogleMail.com", " nadia@hotmail.com ", "NADIA+O@orbit.test"]
        {
            let mut nadia = app.rpc();
            nadia.log_in(key).await;
            assert_eq!(json!(nadia.id().await), id, "{key}");
        }
        for key in ["nadia@orbit.test", "na.dia@hotmail.com", "nadi"] {
            create(&app, key, PASSWORD).await.refused(10001, &format!("User \"{key}\" not found"));
        }
    }

    async fn refusals_come_in_their_order(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        create(&app, "nobody", "wrong horse 1").await.refused(10001, "User \"nobody\" not found");
        create(&app, "nadia", "wrong horse 1").await.refused(10002, WRONG);
        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        // The key as sent.
        for key in ["nadia", "Nadia", " nadia@Orbit.test"] {
            for password in [PASSWORD, "wrong horse 1"] {
                create(&app, key, password).await.refused(10022, &format!("User \"{key}\" is deactivated"));
            }
        }
    }

    async fn a_password_is_tried_as_sent_and_trimmed(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        create(&app, "nadia", &format!("  {PASSWORD}\t")).await.ok();
        create(&app, "nadia", &PASSWORD.to_uppercase()).await.refused(10002, WRONG);
        // Set by another client, with spaces that are part of it.
        for (address, password) in
            [("rosa@orbit.test", "  padded pw  ".to_owned()), ("long@orbit.test", "p".repeat(64))]
        {
            let body = json!({ "email": address, "password": password, "agreeToTerms": true });
            app.api().post("/api/users/signup", body).await.ok();
            create(&app, address, &password).await.ok();
        }
        create(&app, "rosa@orbit.test", "padded pw").await.refused(10002, WRONG);
    }

    async fn the_body_has_its_rules(app: App) {
        let call = async |body: Value| app.rpc().call("session.create", body).await;
        call(json!({})).await.invalid(json!([[["userKey"], "any.required"], [["password"], "any.required"]]));
        let body = json!({ "x": 1, "password": "p".repeat(129), "userKey": "n!", "a": 1 });
        call(body).await.invalid(json!([
            [["userKey"], "string.regex.name"], [["userKey"], "string.email"],
            [["password"], "string.max"],
            [["x"], "object.allowUnknown"], [["a"], "object.allowUnknown"],
        ]));
        for (key, kinds) in [
            (json!("n"), vec!["string.min", "string.email"]),
            (json!("n".repeat(31)), vec!["string.max", "string.email"]),
            (json!("nadia@"), vec!["string.regex.name", "string.email"]),
            (json!(format!("{}@{}.test", "n".repeat(40), "o".repeat(60))),
             vec!["string.max", "string.regex.name", "string.max"]),
            (json!(7), vec!["string.base", "string.base"]),
            (json!(null), vec!["string.base", "string.base"]),
            (json!("nad\0ia"), vec!["string.base", "string.base"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([["userKey"], kind])).collect();
            call(json!({ "userKey": key, "password": PASSWORD })).await.invalid(faults);
        }
        for (password, kind) in
            [(json!(" 1234567 "), "string.min"), (json!(12_345_678), "string.base"), (json!("12345678\0"), "string.base")]
        {
            call(json!({ "userKey": "nadia", "password": password })).await.invalid(json!([[["password"], kind]]));
        }
        call(json!({ "userKey": "nadia", "password": "p".repeat(128) })).await
            .refused(10001, "User \"nadia\" not found");
    }

    async fn info_tells_of_the_session_and_its_user(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        app.advance(Duration::from_millis(750));
        let nadia = app.rpc_as("nadia").await;
        let told = nadia.call("session.info", json!({ "anything": [] })).await.ok();
        let token_id = told["session"]["token"]["id"].as_str().unwrap();
        assert!(token_id.len() == 24 && token_id.chars().all(|c| c.is_ascii_hexdigit()), "{token_id}");
        assert_eq!(told["session"]["token"], json!({
            "id": token_id, "issuedAt": "2026-03-01T08:15:31.000Z", "expiresAt": "2026-03-08T08:15:31.000Z",
        }));
        let mut user = told["session"]["user"].clone();
        user.as_object_mut().unwrap().remove("_id");
        assert_eq!(user, json!({
            "id": id, "username": "nadia", "fullName": "nadia of Orbit", "picture": null,
            "emails": [{ "address": "nadia@orbit.test", "isVerified": true, "isPrimary": true }],
            "createdAt": "2026-03-01T08:15:30.250Z", "updatedAt": "2026-03-01T08:15:30.250Z",
        }));
    }

    async fn a_user_without_a_username_has_a_name_all_the_same(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let told = nadia.call("session.info", json!({})).await.ok();
        let user = &told["session"]["user"];
        assert_eq!((user.get("username"), &user["fullName"]), (None, &json!("nadia")), "{user}");
    }

    async fn destroying_ends_this_session_alone(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let other = app.rpc_as("nadia@orbit.test").await;
        nadia.call("session.destroy", json!({ "anything": 1 })).await.plain();
        nadia.call("session.info", json!({})).await.masked();
        nadia.call("session.destroy", json!({})).await.masked();
        other.call("session.info", json!({})).await.ok();
    }

    async fn too_many_wrong_passwords_are_a_real_429(app: App, rate_limits_enabled = true) {
        app.founder("nadia@orbit.test").await;
        for _ in 0..10 {
            create(&app, "nadia@orbit.test", "wrong horse 1").await.refused(10002, WRONG);
        }
        let body = json!({ "userKey": "nadia@orbit.test", "password": PASSWORD });
        let answer = app.api().post("/api/v1/session.create", body.clone()).await;
        assert_eq!(answer.status, 429, "{answer:?}");
        assert_eq!((&answer.json()["ok"], &answer.json()["error"]["code"]), (&json!(false), &json!(429)));
        let wait: u64 = answer.header("Retry-After").unwrap().parse().unwrap();
        assert!((1..=15 * 60).contains(&wait), "{wait}");
        // Failures in the other interfaces count too.
        let login = json!({ "email": "nadia@orbit.test", "password": PASSWORD });
        app.api().send(Post, "/api/users/login", &[("Content-Type", "application/json")], login.to_string()).await
            .too_many(15 * 60);
        app.advance(Duration::from_secs(15 * 60 + 1));
        app.api().post("/api/v1/session.create", body).await.ok();
    }
}
