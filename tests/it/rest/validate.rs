//! Section 10: checks of names.

use serde_json::json;

use crate::support::api::environment_body;
use crate::support::on_both;

on_both! {
    async fn an_invite_is_checked_for_oneself_alone(app: App) {
        let rosa = app.unverified_user("rosa.diaz@gmail.com").await;
        for (address, admin) in [("nobody@harbor.test", json!(true)), ("tomas@harbor.test", json!("false"))] {
            let body = json!({ "environmentId": 999, "userEmail": address, "isAdmin": admin });
            assert_eq!(rosa.post("/api/validate/invites", body).await.ok(), json!(true));
        }
        for own in ["rosa.diaz@gmail.com", "ROSADIAZ+x@googlemail.com"] {
            let body = json!({ "environmentId": 999, "userEmail": own });
            rosa.post("/api/validate/invites", body).await.refused(409, "Cannot invite yourself to environment");
        }
        rosa.post("/api/validate/invites", json!({})).await.invalid(&["environmentId", "userEmail"]);
        let body = json!({ "environmentId": "x", "userEmail": "x", "isAdmin": "x" });
        rosa.post("/api/validate/invites", body).await.invalid(&["environmentId", "userEmail", "isAdmin"]);
        app.deliver().await;
        let body = json!({ "environmentId": 999, "userEmail": "tomas@harbor.test" });
        rosa.post("/api/validate/invites", body).await.ok();
        assert!(app.deliver().await.is_empty(), "a check invited somebody");
    }

    async fn an_environments_name_is_free_or_taken(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = "/api/validate/environmentName";
        for api in [&rosa, &tomas] {
            for (name, free) in [("Harbor staging", false), ("HARBOR STAGING", false), ("Harbor live", true)] {
                assert_eq!(api.post(path, json!({ "name": name })).await.ok(), json!({ "value": free }));
            }
        }
        rosa.delete(&format!("/api/environments/{id}")).await.ok();
        assert_eq!(tomas.post(path, json!({ "name": "Harbor staging" })).await.ok(), json!({ "value": true }));
    }

    async fn a_name_for_keys_is_taken_per_user(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let mut body = environment_body("Harbor staging");
        body["keysName"] = json!("harborKeys");
        rosa.post("/api/environments", body).await.ok();
        let path = "/api/validate/credentials/name";
        let answer = rosa.post(path, json!({ "keysName": "harborKeys" })).await;
        answer.refused(400, "Keys with same name already exists");
        for (api, name) in [(&rosa, "myKeys"), (&tomas, "harborKeys")] {
            assert_eq!(api.post(path, json!({ "keysName": name })).await.ok(), json!({ "status": 200 }));
        }
    }
}
