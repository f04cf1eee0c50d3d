//! `user.forgotPassword`, `user.resetPassword`

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD, Set};
use crate::support::mailbox::Mail;
use crate::support::on_both;

const NEW: &str = "another horse 2";

async fn forget(app: &App, body: Value) -> Mail {
    app.rpc().call("user.forgotPassword", body).await.plain();
    app.mail_to("nadia@orbit.test").await
}

on_both! {
    async fn a_link_gives_a_new_password_once(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let token = forget(&app, json!({ "userKey": "nadia" })).await.token();
        app.advance(Duration::from_secs(10_800 - 1));
        let body = json!({ "token": format!(" {token} "), "password": format!(" {NEW} ") });
        let answer = app.rpc().call("user.resetPassword", body.clone()).await.ok();
        assert_eq!(answer, json!({ "ok": true, "user": { "id": id, "updatedAt": "2026-03-01T11:15:29.250Z" } }));
        app.rpc().call("user.resetPassword", body).await.refused(10027, "Token does not exist or has already expired");
        // The sessions end, and the old password stops working.
        nadia.call("session.info", json!({})).await.masked();
        let log_in = async |password| {
            app.rpc().call("session.create", json!({ "userKey": "nadia", "password": password })).await
        };
        log_in(PASSWORD).await.refused(10002, "Invalid username or password credentials");
        log_in(NEW).await.ok();
    }

    async fn the_mail_goes_to_the_address_that_was_meant(app: App) {
        let sofia = app.superuser().await;
        let body = json!({
            "username": "nadia", "password": PASSWORD, "fullName": "Nadia",
            "emails": [{ "address": "na.dia@gmail.com" }, { "address": "nadia@orbit.test", "isPrimary": true }],
        });
        sofia.call("user.create", body).await.ok();
        let forgot = async |key: &str| {
            app.rpc().call("user.forgotPassword", json!({ "userKey": key })).await.plain();
            app.deliver().await.into_iter().map(|mail| mail.to).collect::<Vec<_>>()
        };
        assert_eq!(forgot(" NADIA ").await, ["nadia@orbit.test"]);
        assert_eq!(forgot("Nadia+x@googlemail.com").await, ["na.dia@gmail.com"]);
    }

    async fn a_token_lives_as_long_as_was_said(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let reset = async |token: &str| {
            app.rpc().call("user.resetPassword", json!({ "token": token, "password": NEW })).await
        };
        let gone = "Token does not exist or has already expired";
        let token = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": 60 })).await.token();
        app.advance(Duration::from_mins(1));
        reset(&token).await.refused(10027, gone);
        let token = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": "0" })).await.token();
        reset(&token).await.refused(10027, gone);
        let first = forget(&app, json!({ "userKey": "nadia" })).await.token();
        let second = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": 2_592_000 })).await.token();
        reset(&first).await.refused(10027, gone);
        app.advance(Duration::from_secs(10_800 - 1));
        reset(&second).await.ok();
        reset("abcdef").await.refused(10027, gone);
    }

    async fn the_unknown_and_the_deactivated_are_refused(app: App) {
        let sofia = app.superuser().await;
        let forgot = async |key: &str| app.rpc().call("user.forgotPassword", json!({ "userKey": key })).await;
        forgot("nadia").await.refused(10001, "User does not exist");
        forgot("nadia@orbit.test").await.refused(10001, "User does not exist");
        let id = sofia.make_user("nadia", &[]).await;
        let token = forget(&app, json!({ "userKey": "nadia" })).await.token();
        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        forgot("Nadia").await.refused(10022, "User \"Nadia\" is deactivated");
        forgot("nadia@orbit.test").await.refused(10022, "User \"nadia@orbit.test\" is deactivated");
        let body = json!({ "token": token, "password": NEW });
        app.rpc().call("user.resetPassword", body.clone()).await.refused(10022, &format!("User {id} is deactivated"));
        assert!(app.deliver().await.is_empty());
        // The token is still valid.
        sofia.call("user.activate", json!({ "id": id })).await.ok();
        app.rpc().call("user.resetPassword", body).await.ok();
    }

    async fn the_bodies_have_their_rules(app: App) {
        let mut rpc = app.rpc();
        // Neither method reads the header.
        rpc.token = Some("forged".to_owned());
        let call = async |method: &str, body| rpc.call(method, body).await;
        call("user.forgotPassword", json!({})).await.invalid(json!([[["userKey"], "any.required"]]));
        let body = json!({ "x": 1, "tokenExpiresInSeconds": 2_592_001, "userKey": "n/" });
        call("user.forgotPassword", body).await.invalid(json!([
            [["userKey"], "string.regex.name"], [["userKey"], "string.email"],
            [["tokenExpiresInSeconds"], "number.max"], [["x"], "object.allowUnknown"],
        ]));
        let body = json!({ "userKey": "nadia", "tokenExpiresInSeconds": -1 });
        call("user.forgotPassword", body).await.invalid(json!([[["tokenExpiresInSeconds"], "number.min"]]));
        call("user.resetPassword", json!({})).await.invalid(json!([
            [["token"], "any.required"], [["password"], "any.required"],
        ]));
        for (token, password, faults) in [
            ("abcde", "p".repeat(51), json!([[["token"], "string.min"], [["password"], "string.max"]])),
            ("abc_def", " 1234567 ".to_owned(), json!([[["token"], "string.regex.name"], [["password"], "string.min"]])),
            ("", String::new(), json!([
                [["token"], "any.empty"], [["token"], "string.min"],
                [["password"], "any.empty"], [["password"], "string.min"],
            ])),
        ] {
            call("user.resetPassword", json!({ "token": token, "password": password })).await.invalid(faults);
        }
        let body = json!({ "token": "t".repeat(101), "password": NEW });
        call("user.resetPassword", body).await.invalid(json!([[["token"], "string.max"]]));
    }

    async fn links_that_die_at_once_keep_nobody_out(app: App, rate_limits_enabled = true) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let ask = async |seconds: u64| {
            let body = json!({ "userKey": "nadia", "tokenExpiresInSeconds": seconds });
            app.rpc().call("user.forgotPassword", body).await.plain();
        };
        let own = forget(&app, json!({ "userKey": "nadia" })).await.token();
        for seconds in [0, 0, 1, 0, 30, 0] {
            ask(seconds).await;
        }
        // Each replaced the one before.
        assert_eq!(app.deliver().await.len(), 1);
        app.advance(Duration::from_mins(1));
        forget(&app, json!({ "userKey": "nadia" })).await;
        let last = forget(&app, json!({ "userKey": "nadia" })).await.token();
        let reset = |token: &str| json!({ "token": token, "password": NEW });
        app.rpc().call("user.resetPassword", reset(&own)).await.refused(10027, "Token does not exist or has already expired");
        app.rpc().call("user.resetPassword", reset(&last)).await.ok();
    }

    async fn a_short_link_stands_beside_a_longer_one(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let own = forget(&app, json!({ "userKey": "nadia" })).await.token();
        let short = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": 60 })).await.token();
        let reset = async |token: &str| {
            app.rpc().call("user.resetPassword", json!({ "token": token, "password": NEW })).await
        };
        reset(&own).await.ok();
        reset(&short).await.refused(10027, "Token does not exist or has already expired");
    }

    async fn a_shorter_link_replaces_no_longer_one(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let half_an_hour = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": 1800 })).await.token();
        for seconds in [0, 1, 1799] {
            forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": seconds })).await;
        }
        let body = json!({ "token": half_an_hour, "password": NEW });
        app.rpc().call("user.resetPassword", body).await.ok();
    }

    async fn of_several_who_ask_the_shortest_life_wins(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let reset = async |token: &str| {
            app.rpc().call("user.resetPassword", json!({ "token": token, "password": NEW })).await
        };
        for lives in [[2_592_000, 7200], [7200, 2_592_000]] {
            let mut token = String::new();
            for life in lives {
                token = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": life })).await.token();
            }
            app.advance(Duration::from_hours(2));
            reset(&token).await.refused(10027, "Token does not exist or has already expired");
        }
        let token = forget(&app, json!({ "userKey": "nadia", "tokenExpiresInSeconds": 2_592_000 })).await.token();
        app.advance(Duration::from_hours(2));
        reset(&token).await.ok();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_usernames_are_off_a_user_is_named_by_an_address() {
    let app = App::start(Set::default().with("usernames_enabled", false)).await;
    app.superuser().await;
    let forgot = async |key: &str| app.rpc().call("user.forgotPassword", json!({ "userKey": key })).await;
    forgot("sofia").await.invalid(json!([[["userKey"], "string.email"]]));
    forgot("sofia@orbit.test").await.plain();
}
