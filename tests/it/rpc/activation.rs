//! `user.deactivate`, `user.activate`

use std::time::Duration;

use serde_json::json;

use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::rpc::{USER_WRITE, org};

const UNKNOWN: &str = "0123456789abcdef01234567";

on_both! {
    async fn a_deactivated_user_is_nobody_until_activated(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        app.advance(Duration::from_millis(750));
        let answer = sofia.call("user.deactivate", json!({ "id": id.to_uppercase() })).await.ok();
        let at = "2026-03-01T08:15:31.000Z";
        assert_eq!(answer, json!({ "ok": true, "user": { "id": id, "deactivatedAt": at, "updatedAt": at } }));
        nadia.call("session.info", json!({})).await.masked();
        let log_in = async || app.rpc().call("session.create", json!({ "userKey": "nadia", "password": PASSWORD })).await;
        log_in().await.refused(10022, "User \"nadia\" is deactivated");
        app.advance(Duration::from_secs(1));
        let answer = sofia.call("user.activate", json!({ "id": id })).await.ok();
        let user = json!({ "id": id, "deactivatedAt": null, "updatedAt": "2026-03-01T08:15:32.000Z" });
        assert_eq!(answer, json!({ "ok": true, "user": user }));
        assert_eq!(nadia.id().await, id);
        log_in().await.ok();
    }

    async fn messages_name_the_key_as_sent(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let orbit = org(&sofia, "orbit").await;
        let log_in = async |key: &str| {
            app.rpc().call("session.create", json!({ "userKey": key, "password": PASSWORD })).await
        };
        log_in(" Oleg").await.refused(10001, "User \" Oleg\" not found");
        log_in(" Oleg@Orbit.test ").await.refused(10001, "User \" Oleg@Orbit.test \" not found");
        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        for key in ["Nadia", " NADIA ", "Nadia@Orbit.test"] {
            let deactivated = format!("User \"{key}\" is deactivated");
            log_in(key).await.refused(10022, &deactivated);
            sofia.call("user.invite", json!({ "userKey": key, "orgId": orbit })).await.refused(10022, &deactivated);
        }
    }

    async fn it_may_come_later(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let answer = sofia.call("user.deactivate", json!({ "id": id, "deactivateAfterSeconds": "60" })).await.ok();
        assert_eq!(answer["user"]["deactivatedAt"], "2026-03-01T08:16:30.250Z");
        assert_eq!(answer["user"]["updatedAt"], "2026-03-01T08:15:30.250Z");
        app.advance(Duration::from_millis(59_999));
        assert_eq!(nadia.id().await, id);
        app.rpc_as("nadia").await;
        app.advance(Duration::from_millis(1));
        nadia.call("session.info", json!({})).await.masked();
    }

    async fn the_right_comes_before_the_user(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        for method in ["user.deactivate", "user.activate"] {
            app.rpc().call(method, json!({})).await.masked();
            nadia.call(method, json!({})).await.invalid(json!([[["id"], "any.required"]]));
            nadia.call(method, json!({ "id": id })).await.forbidden("nadia");
            nadia.call(method, json!({ "id": UNKNOWN })).await.forbidden("nadia");
            sofia.call(method, json!({ "id": UNKNOWN })).await.refused(10001, "User does not exist");
        }
        sofia.grant(&id, None, USER_WRITE).await;
        nadia.call("user.activate", json!({ "id": id })).await.ok();
    }

    async fn the_body_has_its_rules(app: App) {
        let sofia = app.superuser().await;
        let after = async |seconds| {
            sofia.call("user.deactivate", json!({ "id": UNKNOWN, "deactivateAfterSeconds": seconds })).await
        };
        for (seconds, kind) in [
            (json!(-1), "number.min"),
            (json!(220_752_001), "number.max"),
            (json!(1.5), "number.integer"),
            (json!("soon"), "number.base"),
            (json!(null), "number.base"),
        ] {
            after(seconds).await.invalid(json!([[["deactivateAfterSeconds"], kind]]));
        }
        after(json!(220_752_000)).await.refused(10001, "User does not exist");
        let body = json!({ "id": "xyz", "deactivateAfterSeconds": 1 });
        sofia.call("user.activate", body).await.invalid(json!([
            [["id"], "string.length"], [["id"], "string.hex"], [["deactivateAfterSeconds"], "object.allowUnknown"],
        ]));
    }
}
