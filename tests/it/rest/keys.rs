//! Section 9: stored keys.

use serde_json::json;

use crate::support::api::environment_body;
use crate::support::on_both;

on_both! {
    async fn ones_own_keys_are_in_clear(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        assert_eq!(rosa.get("/api/awsKeys").await.ok(), json!([]));
        let mut body = environment_body("Harbor staging");
        body["keysName"] = json!("harborKeys");
        let made = rosa.post("/api/environments", body).await.ok();
        let id = &made["awsKeysId"];
        let keys = json!({
            "id": id, "accessKey": "AKHARBOR01", "secretKey": "s3cr3t/harbor+1", "region": "eu-west-1",
            "name": "harborKeys", "userId": rosa.id,
        });
        assert_eq!(rosa.get("/api/awsKeys").await.ok(), json!([keys]));
        assert_eq!(rosa.get(&format!("/api/awsKeys/{id}")).await.ok(), keys);
    }

    async fn anothers_keys_are_forbidden_even_to_members(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let made = rosa.post("/api/environments", environment_body("Harbor staging")).await.ok();
        tomas.join(&rosa, made["id"].as_i64().unwrap(), "tomas@harbor.test", true).await;
        let id = made["awsKeysId"].as_i64().unwrap();
        tomas.get(&format!("/api/awsKeys/{id}")).await.refused(403, "Forbidden");
        tomas.get(&format!("/api/awsKeys/{}", id + 1)).await.refused(404, "Not Found");
        assert_eq!(tomas.get("/api/awsKeys").await.ok(), json!([]));
    }
}
