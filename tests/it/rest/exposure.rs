//! Who knows which secrets, for programs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::api::{Api, environment_body, two_with_the_same_keys};
use crate::support::app::{App, START};
use crate::support::on_both;

const HOUR: Duration = Duration::from_hours(1);

/// Rosa's environment, and Tomas, who came by the page and has seen nothing.
async fn shared(app: &App) -> (Api<'_>, Api<'_>, i64) {
    let rosa = app.user("rosa@harbor.test").await;
    let tomas = app.user("tomas@harbor.test").await;
    let id = rosa.environment("Harbor staging").await;
    let invite = rosa.invite(id, "tomas@harbor.test", false).await;
    let mut browser = app.browser_of(&tomas);
    browser.get("/invitations").await;
    browser.post_fields(&format!("/invitations/mine/{}/accept", invite["id"]), &[]).await;
    (rosa, tomas, id)
}

async fn remove(owner: &Api<'_>, member: &Api<'_>, id: i64) {
    owner.end_membership(member.membership(id).await).await.ok();
}

/// The entries about who is out: name, field, way and times.
async fn exposed(owner: &Api<'_>, id: i64) -> Vec<(String, String, String, i64)> {
    let answer = owner.get(&format!("/api/environments/{id}/exposure")).await.ok();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let entries = answer["exposed"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            (text(&entry["email"]), text(&entry["field"]), text(&entry["way"]), entry["times"].as_i64().unwrap())
        })
        .collect()
}

fn entry(field: &str, way: &str, times: i64) -> (String, String, String, i64) {
    ("tomas@harbor.test".to_owned(), field.to_owned(), way.to_owned(), times)
}

/// The credentials events in the activity.
async fn looks(app: &App, owner: &Api<'_>, id: i64) -> usize {
    let mut browser = app.browser_of(owner);
    browser.get(&format!("/environments/{id}/activity.csv")).await;
    browser.text().matches("looked at the credentials").count()
}

on_both! {
    async fn what_a_program_was_given_is_known(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        assert_eq!(exposed(&rosa, id).await, [], "he is in");
        remove(&rosa, &tomas, id).await;
        assert_eq!(exposed(&rosa, id).await, [entry("user", "json", 1), entry("pass", "json", 1)]);
    }

    async fn an_answer_to_accepting_is_known(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        remove(&rosa, &tomas, id).await;
        let all = ["accessKey", "secretKey", "user", "pass"].map(|field| entry(field, "accept", 1));
        assert_eq!(exposed(&rosa, id).await, all);
    }

    async fn what_a_page_showed_is_known(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let mut browser = app.browser_of(&tomas);
        browser.get(&format!("/environments/{id}")).await;
        browser.post_fields(&format!("/environments/{id}/reveal"), &[]).await;
        assert!(browser.shows("s3cr3t/harbor+1"));
        remove(&rosa, &tomas, id).await;
        let all = ["accessKey", "secretKey", "user", "pass"].map(|field| entry(field, "page", 1));
        assert_eq!(exposed(&rosa, id).await, all);
    }

    async fn what_was_never_seen_is_not_known(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        remove(&rosa, &tomas, id).await;
        assert_eq!(exposed(&rosa, id).await, []);
    }

    async fn stored_keys_are_known_wherever_they_are_used(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let made = rosa.post("/api/environments", environment_body("Harbor staging")).await.ok();
        let (staging, keys_id) = (made["id"].as_i64().unwrap(), made["awsKeysId"].clone());
        let mut body = environment_body("Harbor production");
        body["keysId"] = keys_id.clone();
        let production = rosa.post("/api/environments", body).await.ok()["id"].as_i64().unwrap();
        tomas.join(&rosa, staging, "tomas@harbor.test", false).await;
        remove(&rosa, &tomas, staging).await;
        let keys = ["accessKey", "secretKey"].map(|field| entry(field, "accept", 1));
        assert_eq!(exposed(&rosa, production).await, keys);

        // The keys of staging alone are replaced: those of production are the ones that he knows.
        let new = json!({ "accessKey": "AKHARBOR02", "secretKey": "s3cr3t/harbor+2" });
        rosa.put(&format!("/api/environments/{staging}/credentials"), new).await.ok();
        let of_database = ["user", "pass"].map(|field| entry(field, "accept", 1));
        assert_eq!(exposed(&rosa, staging).await, of_database);
        assert_eq!(exposed(&rosa, production).await, keys);
    }

    async fn access_elsewhere_is_access(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let made = rosa.post("/api/environments", environment_body("Harbor staging")).await.ok();
        let (staging, keys_id) = (made["id"].as_i64().unwrap(), made["awsKeysId"].clone());
        let mut body = environment_body("Harbor production");
        body["keysId"] = keys_id;
        let production = rosa.post("/api/environments", body).await.ok()["id"].as_i64().unwrap();
        tomas.join(&rosa, staging, "tomas@harbor.test", false).await;
        tomas.join(&rosa, production, "tomas@harbor.test", false).await;
        remove(&rosa, &tomas, staging).await;
        assert_eq!(exposed(&rosa, staging).await, ["user", "pass"].map(|field| entry(field, "accept", 1)));
        rosa.delete(&format!("/api/environments/{production}")).await.ok();
        let all = [entry("accessKey", "accept", 2), entry("secretKey", "accept", 2)];
        assert_eq!(exposed(&rosa, staging).await[..2], all, "the other way in is gone");
    }

    async fn a_changed_secret_is_ticked_off(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        remove(&rosa, &tomas, id).await;
        let path = format!("/api/environments/{id}/credentials");
        let replaced = rosa.put(&path, json!({ "pass": "tides-2027", "user": "reader" })).await.ok();
        assert_eq!(replaced, json!({ "changed": ["pass"], "same": ["user"] }));
        assert_eq!(exposed(&rosa, id).await, [entry("user", "json", 1)]);
        let replaced = rosa.put(&path, json!({ "user": "harbor2" })).await.ok();
        assert_eq!(replaced, json!({ "changed": ["user"], "same": [] }));
        assert_eq!(exposed(&rosa, id).await, []);
        rosa.put(&path, json!({ "pass": "" })).await.invalid(&["pass"]);
        tomas.put(&path, json!({ "pass": "tides-2028" })).await.refused(401, "Unauthorized");
    }

    async fn who_comes_back_is_not_out(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        remove(&rosa, &tomas, id).await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        assert_eq!(exposed(&rosa, id).await, []);
        remove(&rosa, &tomas, id).await;
        assert_eq!(exposed(&rosa, id).await.len(), 4);
        assert_eq!(exposed(&rosa, id).await[2], entry("user", "accept", 2), "the sighting is kept");
    }

    async fn whoever_changes_a_secret_knows_it(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let pass = |value: &str| json!({ "pass": value });
        tomas.put(&format!("/api/environments/{id}/credentials"), pass("tides-2027")).await.ok();
        remove(&rosa, &tomas, id).await;
        assert_eq!(exposed(&rosa, id).await[3], entry("pass", "entered", 1));
    }

    async fn a_program_that_polls_makes_an_event_an_hour(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let path = format!("/api/environments/{id}");
        for _ in 0..3 {
            tomas.get(&path).await.ok();
            app.advance(Duration::from_mins(10));
        }
        assert_eq!(looks(&app, &rosa, id).await, 1);
        app.advance(HOUR);
        tomas.get(&path).await.ok();
        tomas.get(&path).await.ok();
        assert_eq!(looks(&app, &rosa, id).await, 2);
        // Somebody else has an event of their own, and so has a new secret.
        rosa.get(&path).await.ok();
        assert_eq!(looks(&app, &rosa, id).await, 3);
        rosa.put(&format!("{path}/credentials"), json!({ "pass": "tides-2027" })).await.ok();
        tomas.get(&path).await.ok();
        assert_eq!(looks(&app, &rosa, id).await, 4);
        for _ in 0..3 {
            rosa.get("/api/awsKeys").await.ok();
        }
        assert_eq!(looks(&app, &rosa, id).await, 5);
        remove(&rosa, &tomas, id).await;
        let answer = rosa.get(&format!("{path}/exposure")).await.ok();
        let user = &answer["exposed"][0];
        assert_eq!((&user["field"], &user["times"]), (&json!("user"), &json!(6)));
        assert_eq!(user["firstAt"], START.millis());
        assert_eq!(user["lastAt"], START.millis() + 90 * 60 * 1000);
    }

    async fn a_look_in_another_way_does_not_stand_for_a_programs(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let mut browser = app.browser_of(&tomas);
        let path = format!("/api/environments/{id}");
        for told in [2, 4] {
            browser.get(&format!("/environments/{id}")).await;
            browser.post_fields(&format!("/environments/{id}/reveal"), &[]).await;
            for _ in 0..3 {
                tomas.get(&path).await.ok();
            }
            assert_eq!(looks(&app, &rosa, id).await, told);
        }
        // The owner has seen the keys on a page, and her program gets them.
        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{id}")).await;
        browser.post_fields(&format!("/environments/{id}/reveal"), &[]).await;
        for _ in 0..3 {
            rosa.get("/api/awsKeys").await.ok();
        }
        assert_eq!(looks(&app, &rosa, id).await, 6);
    }

    async fn each_of_several_keys_with_the_same_values_is_told_of(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (one, other) = two_with_the_same_keys(&rosa).await;
        let hand_over = async |from: &Api<'_>, to: &Api<'_>| {
            let mut browser = app.browser_of(from);
            browser.get(&format!("/environments/{one}/edit")).await;
            let to = to.id.to_string();
            browser.post_fields(&format!("/environments/{one}/owner/confirmed"), &[("userId", &to)]).await;
            assert_eq!(browser.status, 200, "{}", browser.text());
        };
        tomas.join(&rosa, one, "tomas@harbor.test", false).await;
        let before = (looks(&app, &rosa, one).await, looks(&app, &rosa, other).await);
        // There and back: a copy comes home.
        hand_over(&rosa, &tomas).await;
        hand_over(&tomas, &rosa).await;
        for _ in 0..2 {
            assert_eq!(rosa.get("/api/awsKeys").await.ok().as_array().unwrap().len(), 2);
        }
        let after = (looks(&app, &rosa, one).await, looks(&app, &rosa, other).await);
        assert_eq!(after, (before.0 + 1, before.1 + 1));
    }

    async fn a_page_makes_an_event_each_time(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let mut browser = app.browser_of(&tomas);
        for _ in 0..2 {
            browser.get(&format!("/environments/{id}")).await;
            browser.post_fields(&format!("/environments/{id}/reveal"), &[]).await;
        }
        assert_eq!(looks(&app, &rosa, id).await, 2);
    }

    async fn only_administrators_see_who_knows_what(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let stranger = app.user("ines@harbor.test").await;
        let path = format!("/api/environments/{id}/exposure");
        tomas.get(&path).await.refused(401, "Unauthorized");
        stranger.get(&path).await.refused(401, "Unauthorized");
        rosa.get("/api/environments/99/exposure").await.refused(404, "Environment 99 does not exist");
        app.api().get(&path).await.refused(403, "login required");
    }

    async fn an_exposure_is_dismissed_with_a_word(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        let path = format!("/api/environments/{id}/exposure/dismiss");
        let dismissal = json!({ "userId": tomas.id, "field": "pass", "reason": "The database is gone" });
        let refusal = "Nobody without access knows this secret, or it was dismissed already";
        rosa.post(&path, dismissal.clone()).await.refused(409, refusal);
        remove(&rosa, &tomas, id).await;
        tomas.post(&path, dismissal.clone()).await.refused(401, "Unauthorized");
        rosa.post(&path, json!({ "userId": tomas.id, "field": "port", "reason": "\n" })).await.invalid(&["field", "reason"]);
        let of_key = json!({ "userId": tomas.id, "field": "secretKey", "reason": "never seen" });
        rosa.post(&path, of_key).await.refused(409, refusal);
        assert_eq!(exposed(&rosa, id).await.len(), 2);
        rosa.post(&path, dismissal.clone()).await.ok();
        assert_eq!(exposed(&rosa, id).await, [entry("user", "json", 1)]);
        rosa.post(&path, dismissal).await.refused(409, refusal);
        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{id}/activity.csv")).await;
        assert!(browser.text().contains("The database is gone"), "{}", browser.text());

        // Seen again, it counts again.
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        remove(&rosa, &tomas, id).await;
        assert_eq!(exposed(&rosa, id).await.len(), 4);
    }

    async fn a_deleted_account_keeps_its_name(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let sofia = app.superuser().await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        sofia.call("user.delete", json!({ "id": format!("{}", user_uid(&app, "tomas@harbor.test").await) })).await.ok();
        let answer = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
        let entries = answer["exposed"].as_array().unwrap();
        assert_eq!(entries.len(), 4);
        assert!(entries.iter().all(|entry| entry["userId"] == tomas.id && entry["email"].is_null()));
        assert!(!entries[0]["name"].as_str().unwrap().is_empty());
    }

    async fn the_deactivated_have_no_access(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let sofia = app.superuser().await;
        tomas.get(&format!("/api/environments/{id}")).await.ok();
        let uid = json!({ "id": user_uid(&app, "tomas@harbor.test").await });
        sofia.call("user.deactivate", uid.clone()).await.ok();
        assert_eq!(exposed(&rosa, id).await.len(), 2);
        let told = sofia.call("user.exposure", uid.clone()).await.ok();
        let entry = |field: &str| {
            json!({
                "environment": { "id": id, "name": "Harbor staging" }, "field": field, "way": "json", "times": 1,
                "firstAt": START.iso(), "lastAt": START.iso(), "isCertain": true,
            })
        };
        assert_eq!(told["exposed"], json!([entry("user"), entry("pass")]));
        sofia.call("user.activate", uid.clone()).await.ok();
        assert_eq!(exposed(&rosa, id).await, []);
        assert_eq!(sofia.call("user.exposure", uid).await.ok()["exposed"], json!([]));
    }

    async fn only_superusers_ask_about_a_person(app: App) {
        let (_rosa, _tomas, _) = shared(&app).await;
        let sofia = app.superuser().await;
        sofia.make_user("otto", &[]).await;
        let otto = app.rpc_as("otto").await;
        let uid = json!({ "id": user_uid(&app, "tomas@harbor.test").await });
        otto.call("user.exposure", uid).await.forbidden("otto");
        sofia.call("user.exposure", json!({ "id": "0123456789abcdef01234567" })).await.refused(10001, "User does not exist");
        sofia.call("user.exposure", json!({})).await.invalid(json!([[["id"], "any.required"]]));
    }
}

async fn user_uid(app: &App, address: &str) -> String {
    let sofia = app.rpc_as("sofia").await;
    let users = sofia.call("user.list", json!({ "limit": 500 })).await.ok();
    let users = users["users"].as_array().unwrap();
    let is_it = |user: &&Value| user.to_string().contains(address);
    users.iter().find(is_it).unwrap()["id"].as_str().unwrap().to_owned()
}
