//! Section 5.2: creating an environment.

use futures_util::future::join_all;
use serde_json::json;

use crate::support::api::environment_body;
use crate::support::on_both;

const PATH: &str = "/api/environments";
const TAKEN: &str = "Environment with same name already exists";

on_both! {
    async fn the_answer_is_the_short_form(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        for field in ["id", "awsKeysId", "dbId", "s3Id"] {
            assert!(made[field].as_i64().unwrap() > 0, "{field}: {made}");
        }
        for (field, value) in
            [("name", json!("Harbor staging")), ("ownerId", json!(rosa.id)), ("username", json!("rosa@harbor.test"))]
        {
            assert_eq!(made[field], value);
        }
        for secret in ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"] {
            assert!(!made.to_string().contains(secret), "{made}");
        }
    }

    async fn the_maker_is_owner_and_administrator(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let me = rosa.get(&format!("{PATH}/{id}/users/me")).await.ok();
        assert_eq!((&me["isMember"], &me["isAdmin"]), (&json!(true), &json!(true)));
        assert_eq!(rosa.get(&format!("{PATH}/{id}/users/count")).await.ok(), json!({ "count": 1 }));
    }

    async fn a_name_is_taken_for_everybody_in_any_case(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        rosa.environment("Harbor staging").await;
        for api in [&rosa, &tomas] {
            for name in ["Harbor staging", "HARBOR STAGING"] {
                api.post(PATH, environment_body(name)).await.refused(400, TAKEN);
            }
        }
        assert_eq!(tomas.get(PATH).await.ok(), json!([]));
        assert_eq!(tomas.get("/api/awsKeys").await.ok(), json!([]));
    }

    async fn of_simultaneous_creations_with_one_name_one_succeeds(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let creations = (0..8).map(|number| {
            let name = if number % 2 == 0 { "Harbor staging" } else { "harbor STAGING" };
            (if number % 3 == 0 { &rosa } else { &tomas }).post(PATH, environment_body(name))
        });
        let answers = join_all(creations).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(400, TAKEN);
        }
        let stored = [&rosa, &tomas].map(|api| api.get("/api/awsKeys"));
        let stored = join_all(stored).await;
        assert_eq!(stored.iter().map(|keys| keys.ok().as_array().unwrap().len()).sum::<usize>(), 1);
    }

    async fn of_simultaneous_creations_with_one_keys_name_one_succeeds(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let answers = join_all((0..4).map(|number| {
            let mut body = environment_body(&format!("Harbor {number}"));
            body["keysName"] = json!("harborKeys");
            rosa.post(PATH, body)
        }))
        .await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(400, "Keys with same name already exists");
        }
        assert_eq!(rosa.get(PATH).await.ok().as_array().unwrap().len(), 1);
    }

    async fn simultaneous_creations_find_free_names_for_keys(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let answers =
            join_all((0..4).map(|number| rosa.post(PATH, environment_body(&format!("Harbor {number}"))))).await;
        for answer in answers {
            answer.ok();
        }
        let keys = rosa.get("/api/awsKeys").await.ok();
        let mut names: Vec<&str> = keys.as_array().unwrap().iter().map(|keys| keys["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 4, "{keys}");
        assert!(names.contains(&"myKeys"), "{keys}");
    }

    async fn stored_keys_are_used_again(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let first = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let mut body = environment_body("Harbor live");
        body["keysId"] = json!(first["awsKeysId"].to_string());
        body["accessKey"] = json!("AKOTHER");
        let second = rosa.post(PATH, body).await.ok();
        assert_eq!(second["awsKeysId"], first["awsKeysId"]);
        let keys = rosa.get("/api/awsKeys").await.ok();
        assert_eq!(keys.as_array().unwrap().len(), 1, "{keys}");
        assert_eq!(keys[0]["accessKey"], "AKHARBOR01");
    }

    async fn stored_keys_must_be_ones_own(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let mut body = environment_body("Harbor live");
        body["keysId"] = made["awsKeysId"].clone();
        tomas.post(PATH, body.clone()).await.refused(403, "Keys don't belong to user");
        body["keysId"] = json!(made["awsKeysId"].as_i64().unwrap() + 100);
        tomas.post(PATH, body.clone()).await.refused(404, "Keys do not exist");
        body["envName"] = json!("Harbor staging");
        tomas.post(PATH, body).await.refused(400, TAKEN);
        assert_eq!(tomas.get(PATH).await.ok(), json!([]));
    }

    async fn names_of_keys_are_taken_per_user(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let mut body = environment_body("Harbor staging");
        body["keysName"] = json!("harborKeys");
        rosa.post(PATH, body.clone()).await.ok();
        rosa.post(PATH, body.clone()).await.refused(400, TAKEN);
        body["envName"] = json!("Harbor live");
        rosa.post(PATH, body.clone()).await.refused(400, "Keys with same name already exists");
        tomas.post(PATH, body).await.ok();
        assert_eq!(tomas.get("/api/awsKeys").await.ok()[0]["name"], "harborKeys");
    }

    async fn with_stored_keys_the_fields_of_new_ones_are_needed_all_the_same(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let mut body = environment_body("Harbor live");
        body["keysId"] = made["awsKeysId"].clone();
        for field in ["accessKey", "secretKey", "region"] {
            body.as_object_mut().unwrap().remove(field);
        }
        rosa.post(PATH, body).await.invalid(&["accessKey", "secretKey", "region"]);
    }

    async fn with_stored_keys_a_name_for_keys_is_not_looked_at(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let mut body = environment_body("Harbor live");
        body["keysId"] = made["awsKeysId"].clone();
        body["keysName"] = json!("myKeys");
        rosa.post(PATH, body).await.ok();
    }

    async fn a_name_is_free_again_after_deleting(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let first = rosa.environment("Harbor staging").await;
        rosa.delete(&format!("{PATH}/{first}")).await.ok();
        let second = rosa.environment("Harbor staging").await;
        assert_ne!(first, second, "an id was reused");
    }
}
