//! Sections 6 and 8: members.

use std::time::Duration;

use serde_json::json;

use crate::support::app::START;
use crate::support::on_both;

const SECOND: Duration = Duration::from_secs(1);

on_both! {
    async fn members_are_listed_once_with_the_owner(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        app.unverified_user("ines@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        app.advance(SECOND);
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        rosa.invite(id, "ines@harbor.test", true).await;
        for api in [&rosa, &tomas] {
            let mut members = api.get(&format!("/api/environments/{id}/users/list")).await.ok();
            members.as_array_mut().unwrap().sort_by_key(|member| member["acceptedAt"].as_i64());
            let member = |id: i64, address: &str, accepted_at: i64| {
                json!({ "userId": id, "isAdmin": true, "username": address, "acceptedAt": accepted_at })
            };
            let expected = [
                member(rosa.id, "rosa@harbor.test", START.millis()),
                member(tomas.id, "tomas@harbor.test", START.millis() + 1000),
            ];
            assert_eq!(members, json!(expected));
            let count = api.get(&format!("/api/environments/{id}/users/count")).await.ok();
            assert_eq!(count, json!({ "count": 2 }));
        }
    }

    async fn strangers_learn_nothing_of_members(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        rosa.invite(id, "tomas@harbor.test", true).await;
        for question in ["count", "list"] {
            tomas.get(&format!("/api/environments/{id}/users/{question}")).await.refused(401, "Unauthorized");
        }
        for question in ["count", "list", "me"] {
            tomas.get(&format!("/api/environments/{}/users/{question}", id + 1)).await.refused(404, "Not Found");
        }
    }

    async fn everybody_sees_where_they_stand(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/api/environments/{id}/users/me");
        let nothing =
            json!({ "id": 0, "userId": tomas.id, "email": "tomas@harbor.test", "isMember": false, "isAdmin": false });
        assert_eq!(tomas.get(&path).await.ok(), nothing);
        let invite = rosa.invite(id, "tomas@harbor.test", true).await;
        assert_eq!(tomas.get(&path).await.ok(), nothing);

        let membership = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        assert_ne!(invite["id"], membership);
        let plain = json!({
            "id": membership, "userId": tomas.id, "email": "tomas@harbor.test", "isMember": true, "isAdmin": false,
        });
        assert_eq!(tomas.get(&path).await.ok(), plain);
        let owner = rosa.get(&path).await.ok();
        assert_eq!(
            owner,
            json!({
                "id": owner["id"], "userId": rosa.id, "email": "rosa@harbor.test", "isMember": true, "isAdmin": true,
            })
        );
        assert_ne!(owner["id"], membership);
    }
}
