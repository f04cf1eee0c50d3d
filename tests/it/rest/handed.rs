//! Stored keys of an environment that was handed over belong to its new owner only.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::api::{Api, environment_body};
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;

/// Creates an environment with its own keys, or with stored ones; returns id and keys.
async fn environment(api: &Api<'_>, name: &str, keys_id: Option<&Value>) -> (i64, Value) {
    let mut body = environment_body(name);
    match keys_id {
        Some(id) => body["keysId"] = id.clone(),
        None => body["keysName"] = json!("harborKeys"),
    }
    let made = api.post("/api/environments", body).await.ok();
    (made["id"].as_i64().unwrap(), made["awsKeysId"].clone())
}

async fn keys(api: &Api<'_>) -> Vec<(Value, Value)> {
    let keys = api.get("/api/awsKeys").await.ok();
    keys.as_array().unwrap().iter().map(|keys| (keys["name"].clone(), keys["secretKey"].clone())).collect()
}

fn named(name: &str) -> (Value, Value) {
    (json!(name), json!("s3cr3t/harbor+1"))
}

async fn hand_over(owner: &mut Browser<'_>, environment: i64, to: i64) {
    let path = format!("/environments/{environment}/owner/confirmed");
    owner.post_fields(&path, &[("userId", &to.to_string())]).await;
    assert_eq!(owner.status, 200, "{}", owner.text());
}

/// How often the activity shows a look at the credentials.
async fn looks(app: &App, owner: &Api<'_>, environment: i64) -> usize {
    let mut page = app.browser_of(owner);
    page.get(&format!("/environments/{environment}/activity")).await;
    page.select("td[data-label=What]").iter().filter(|told| told.contains("looked at the credentials")).count()
}

on_both! {
    async fn keys_of_one_environment_go_to_its_new_owner(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (id, keys_id) = environment(&rosa, "Harbor staging", None).await;
        environment(&tomas, "Harbor of Tomas", None).await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        hand_over(&mut app.browser_of(&rosa), id, tomas.id).await;

        rosa.get(&format!("/api/awsKeys/{keys_id}")).await.refused(403, "Forbidden");
        assert_eq!(keys(&rosa).await, []);
        assert_eq!(keys(&tomas).await, [named("harborKeys 2"), named("harborKeys")]);
        assert_eq!(tomas.get(&format!("/api/environments/{id}")).await.ok()["keysName"], "harborKeys 2");
    }

    async fn keys_of_several_are_copied(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (id, keys_id) = environment(&rosa, "Harbor staging", None).await;
        let (other, _) = environment(&rosa, "Harbor live", Some(&keys_id)).await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let mut page = app.browser_of(&rosa);
        hand_over(&mut page, id, tomas.id).await;
        assert_eq!(keys(&tomas).await, [named("harborKeys")]);

        // From now on each changes alone.
        page.get(&format!("/environments/{other}/edit")).await.submit("Save", &[("secretKey", "an0ther+1")]).await;
        assert_eq!(keys(&tomas).await, [named("harborKeys")]);
        assert_eq!(keys(&rosa).await, [(json!("harborKeys"), json!("an0ther+1"))]);
        let mut page = app.browser_of(&tomas);
        page.get(&format!("/environments/{id}")).await.submit("Reveal credentials", &[]).await;
        assert!(page.shows("s3cr3t/harbor+1"), "{}", page.text());
    }

    async fn an_account_that_ends_leaves_each_heir_keys_of_their_own(app: App) {
        let master = Api::superuser(&app, "master@harbor.test").await;
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let ines = app.user("ines@harbor.test").await;
        let (id, keys_id) = environment(&rosa, "Harbor staging", None).await;
        let (other, _) = environment(&rosa, "Harbor live", Some(&keys_id)).await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        ines.join(&rosa, other, "ines@harbor.test", true).await;
        master.delete(&format!("/api/users/{}", rosa.id)).await.ok();
        for successor in [&tomas, &ines] {
            assert_eq!(keys(successor).await, [named("harborKeys")]);
        }
        let ids = [&tomas, &ines].map(|successor| successor.get("/api/awsKeys"));
        let [one, two] = ids;
        assert_ne!(one.await.ok()[0]["id"], two.await.ok()[0]["id"]);
    }

    async fn looking_at_stored_keys_is_told_of_in_every_environment(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (id, keys_id) = environment(&rosa, "Harbor staging", None).await;
        let (other, _) = environment(&rosa, "Harbor live", Some(&keys_id)).await;
        let lone = rosa.environment("Harbor of old").await;
        let paths = [("/api/awsKeys".to_owned(), 1, [1, 1, 1]), (format!("/api/awsKeys/{keys_id}"), 60, [2, 2, 1])];
        for (path, minutes, expected) in paths {
            app.advance(Duration::from_mins(minutes));
            rosa.get(&path).await.ok();
            let told = [looks(&app, &rosa, id).await, looks(&app, &rosa, other).await, looks(&app, &rosa, lone).await];
            assert_eq!(told, expected, "{path}");
        }
        tomas.get(&format!("/api/awsKeys/{keys_id}")).await.refused(403, "Forbidden");
        assert_eq!(looks(&app, &rosa, id).await, 2);
    }

    async fn revealing_keys_by_one_environment_is_told_of_in_all_that_use_them(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, keys_id) = environment(&rosa, "Harbor staging", None).await;
        let (other, _) = environment(&rosa, "Harbor live", Some(&keys_id)).await;
        let mut page = app.browser_of(&rosa);
        page.get(&format!("/environments/{id}")).await.submit("Reveal credentials", &[]).await;
        assert_eq!((looks(&app, &rosa, id).await, looks(&app, &rosa, other).await), (1, 1));
        let tomas = app.user("tomas@harbor.test").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        assert_eq!((looks(&app, &rosa, id).await, looks(&app, &rosa, other).await), (2, 2));
        app.advance(Duration::from_hours(1));
        // Database user and password belong to this one only.
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        assert_eq!((looks(&app, &rosa, id).await, looks(&app, &rosa, other).await), (3, 2));
    }

    async fn being_told_slacks_token_is_told_of(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (id, _) = environment(&rosa, "Harbor staging", None).await;
        let path = format!("/api/environments/{id}/slack");
        rosa.post(&path, json!({ "token": "xoxb-1", "channel": "C0HARBOR" })).await.ok();
        rosa.put(&path, json!({ "token": "xoxb-2" })).await.ok();
        let looks = async || {
            let mut page = app.browser_of(&rosa);
            let told = page.get(&format!("/environments/{id}/activity")).await.select("td[data-label=What]");
            assert!(!told.iter().any(|told| told.contains("credentials")), "{told:?}");
            told.iter().filter(|told| *told == "looked at the token for Slack").count()
        };
        assert_eq!(looks().await, 0, "setting a token counted as a look");
        for (number, body) in [(1, json!({})), (2, json!({ "isOn": false }))] {
            assert_eq!(rosa.put(&path, body).await.ok()["token"], "xoxb-2");
            assert_eq!(looks().await, number);
        }
    }
}
