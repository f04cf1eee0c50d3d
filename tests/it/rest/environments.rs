//! Section 5: showing, renaming and deleting environments.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::api::{code_of, environment_body};
use crate::support::on_both;

const PATH: &str = "/api/environments";

fn full(id: i64, owner: i64, keys: &Value) -> Value {
    json!({
        "id": id, "envName": "Harbor staging", "ownerId": owner, "username": "rosa@harbor.test",
        "keysId": keys, "keysName": "myKeys", "accessKey": "", "secretKey": "", "region": "eu-west-1",
        "dbName": "tides", "host": "tides.db.harbor.test", "user": "reader", "pass": "salt-water",
        "instance": "tides-1", "parameterGroup": "tides-params", "bucket": "harbor-logs", "prefix": null,
    })
}

on_both! {
    async fn a_member_sees_the_full_form_without_the_keys(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let id = made["id"].as_i64().unwrap();
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        for api in [&rosa, &tomas] {
            let answer = api.get(&format!("{PATH}/{id}")).await;
            assert_eq!(answer.ok(), full(id, rosa.id, &made["awsKeysId"]));
        }
    }

    async fn what_was_given_is_kept_to_the_letter(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let mut body = environment_body("Harbor staging");
        let odd = " '\";--<b>{{ 7 }}\u{202e}🦀 ";
        for (field, value) in [
            ("user", odd),
            ("pass", odd),
            ("instance", odd),
            ("region", "EU-West-1"),
            ("prefix", ""),
            ("keysName", "harbor Keys"),
        ] {
            body[field] = json!(value);
        }
        body.as_object_mut().unwrap().remove("parameterGroup");
        let id = rosa.post(PATH, body).await.ok()["id"].clone();
        let seen = rosa.get(&format!("{PATH}/{id}")).await.ok();
        for (field, value) in [
            ("user", json!(odd)),
            ("pass", json!(odd)),
            ("instance", json!(odd)),
            ("region", json!("eu-west-1")),
            ("prefix", json!("")),
            ("parameterGroup", json!(null)),
            ("keysName", json!("harbor Keys")),
        ] {
            assert_eq!(seen[field], value, "{field}");
        }
    }

    async fn strangers_see_nothing(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("{PATH}/{id}");
        rosa.invite(id, "tomas@harbor.test", true).await;
        tomas.get(&path).await.refused(401, "Unauthorized");
        tomas.put(&path, environment_body("Harbor live")).await.refused(401, "Unauthorized");
        tomas.delete(&path).await.refused(401, "Unauthorized");
        assert_eq!(tomas.get(PATH).await.ok(), json!([]));
        tomas.get(&format!("{PATH}/{}", id + 1)).await.refused(404, "Not Found");
        rosa.get(&path).await.ok();
    }

    async fn the_list_holds_each_membership_once(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let made = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let id = made["id"].as_i64().unwrap();
        rosa.invite(id, "tomas@harbor.test", true).await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let own = tomas.environment("Harbor of Tomas").await;
        for api in [&rosa, &tomas] {
            let listed = api.get(PATH).await.ok();
            let listed = listed.as_array().unwrap();
            let found: Vec<&Value> = listed.iter().filter(|one| one["id"] == id).collect();
            assert_eq!(found.len(), 1, "{listed:?}");
            for (field, value) in [
                ("name", json!("Harbor staging")),
                ("ownerId", json!(rosa.id)),
                ("email", json!("rosa@harbor.test")),
                ("awsKeysId", made["awsKeysId"].clone()),
                ("dbId", made["dbId"].clone()),
                ("s3Id", made["s3Id"].clone()),
            ] {
                assert_eq!(found[0][field], value, "{field}");
            }
            assert!(!listed.iter().any(|one| one.to_string().contains("salt-water")));
        }
        let listed = tomas.get(PATH).await.ok();
        assert_eq!(listed.as_array().unwrap().len(), 2);
        assert!(listed.as_array().unwrap().iter().any(|one| one["id"] == own));
    }

    async fn an_administrator_renames(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        ines.join(&rosa, id, "ines@harbor.test", true).await;
        let path = format!("{PATH}/{id}");
        let mut body = environment_body("Harbor live");
        for (field, value) in
            [("pass", "other-water"), ("accessKey", "AKOTHER"), ("region", "us-east-1"), ("bucket", "other-logs")]
        {
            body[field] = json!(value);
        }
        tomas.put(&path, body.clone()).await.refused(401, "Unauthorized");
        assert_eq!(ines.put(&path, body.clone()).await.ok(), json!({}));
        let seen = tomas.get(&path).await.ok();
        assert_eq!(seen["envName"], "Harbor live");
        for (field, value) in [("pass", "salt-water"), ("region", "eu-west-1"), ("bucket", "harbor-logs")] {
            assert_eq!(seen[field], value, "renaming changed {field}");
        }
        body["host"] = json!("");
        rosa.put(&path, body.clone()).await.invalid(&["host"]);
        tomas.put(&path, body.clone()).await.invalid(&["host"]);
        body["host"] = json!("h");
        let unknown = id + 1;
        let answer = rosa.put(&format!("{PATH}/{unknown}"), body).await;
        answer.refused(404, &format!("Environment {unknown} does not exist"));
    }

    async fn a_rename_to_a_taken_name_is_refused(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.environment("Harbor live").await;
        let path = format!("{PATH}/{id}");
        for name in ["Harbor live", "HARBOR LIVE"] {
            let answer = rosa.put(&path, environment_body(name)).await;
            answer.refused(400, "Environment with same name already exists");
        }
        tomas.put(&path, environment_body("Harbor live")).await.refused(401, "Unauthorized");
        for own in ["Harbor staging", "HARBOR staging"] {
            rosa.put(&path, environment_body(own)).await.ok();
            assert_eq!(rosa.get(&path).await.ok()["envName"], own);
        }
        rosa.put(&path, environment_body("Harbor third")).await.ok();
        tomas.environment("Harbor staging").await;
    }

    async fn of_simultaneous_renames_to_one_name_one_succeeds(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let mut ids = Vec::new();
        for number in 0..5 {
            ids.push(rosa.environment(&format!("Harbor {number}")).await);
        }
        let paths: Vec<String> = ids.iter().map(|id| format!("{PATH}/{id}")).collect();
        let answers = join_all(paths.iter().map(|path| rosa.put(path, environment_body("Harbor one")))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(400, "Environment with same name already exists");
        }
    }

    async fn an_administrator_deletes(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let nils = app.unverified_user("nils@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let membership = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        ines.join(&rosa, id, "ines@harbor.test", true).await;
        let invite = rosa.invite(id, "nils@harbor.test", false).await;
        let path = format!("{PATH}/{id}");
        tomas.delete(&path).await.refused(401, "Unauthorized");
        tomas.delete(&format!("{path}?deleteLogs=1")).await.invalid(&["deleteLogs"]);
        rosa.get(&path).await.ok();

        let answer = ines.delete(&format!("{path}?deleteLogs=true")).await;
        assert_eq!(answer.ok()["affectedRows"], 1);
        for api in [&rosa, &tomas, &ines] {
            assert_eq!(api.get(PATH).await.ok(), json!([]));
            api.get(&path).await.refused(404, "Not Found");
        }
        rosa.delete(&path).await.refused(404, "Not Found");
        tomas.end_membership(membership).await.refused(404, "Not Found");
        nils.end_membership(&invite["id"]).await.refused(404, "Not Found");
        let answer = nils.accept(code_of(&invite)).await;
        answer.refused_somehow(404);
        let message = answer.json()["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with("Environment ") && message.ends_with(" does not exist"), "{message}");
    }

    async fn keys_stay_while_another_environment_uses_them(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let first = rosa.post(PATH, environment_body("Harbor staging")).await.ok();
        let mut body = environment_body("Harbor live");
        body["keysId"] = first["awsKeysId"].clone();
        let second = rosa.post(PATH, body).await.ok();
        let keys = format!("/api/awsKeys/{}", first["awsKeysId"]);
        rosa.delete(&format!("{PATH}/{}", first["id"])).await.ok();
        assert_eq!(rosa.get(&keys).await.ok()["accessKey"], "AKHARBOR01");
        let seen = rosa.get(&format!("{PATH}/{}", second["id"])).await.ok();
        assert_eq!((&seen["keysId"], &seen["keysName"]), (&first["awsKeysId"], &json!("myKeys")));
        rosa.delete(&format!("{PATH}/{}", second["id"])).await.ok();
        rosa.get(&keys).await.refused(404, "Not Found");
    }
}
