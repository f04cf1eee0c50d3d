//! Former values of secrets.

use std::time::Duration;

use serde_json::json;

use crate::support::api::two_with_the_same_keys;
use crate::support::on_both;

const DAY: Duration = Duration::from_hours(24);

on_both! {
    async fn none_is_kept_unless_asked_for(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/api/environments/{id}/credentials");
        rosa.put(&path, json!({ "pass": "tides-2" })).await.ok();
        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{id}/secrets/former")).await;
        assert!(browser.shows("Former values are not kept."), "{}", browser.text());
    }

    async fn the_last_ones_are_kept_and_each_look_is_told(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let path = format!("/environments/{id}/secrets/former");
        let mut browser = app.browser_of(&rosa);
        browser.get(&path).await.submit("Save", &[("kept", "2")]).await;
        assert!(!browser.fault("kept").is_empty());
        browser.get(&path).await.submit("Save", &[("kept", "3")]).await;
        for number in 2..7 {
            let new = json!({ "pass": format!("tides-{number}"), "user": "reader" });
            rosa.put(&format!("/api/environments/{id}/credentials"), new).await.ok();
            app.advance(Duration::from_mins(1));
        }
        browser.get(&path).await;
        assert_eq!(browser.select("tbody th"), ["database password"; 3]);
        for number in 3..6 {
            assert!(!browser.shows(&format!("tides-{number}")), "{}", browser.text());
        }
        browser.submit("Reveal", &[]).await;
        assert!(browser.shows("tides-3") && !browser.shows("tides-4"), "one of them: {}", browser.text());
        browser.get(&format!("/environments/{id}/activity")).await;
        assert!(browser.shows("looked at a former value: database password"), "{}", browser.text());

        let reveal = format!("{path}/1/reveal");
        let mut member = app.browser_of(&tomas);
        member.get(&path).await;
        assert_eq!(member.status, 403, "{}", member.text());
        member.get("/environments").await;
        member.post_fields(&reveal, &[]).await;
        assert_eq!(member.status, 403, "{}", member.text());

        // Of another environment.
        let other = rosa.environment("Harbor production").await;
        browser.get("/environments").await;
        browser.post_fields(&format!("/environments/{other}/secrets/former/5/reveal"), &[]).await;
        assert_eq!(browser.status, 404);

        browser.get(&path).await.submit("Save", &[("kept", "1")]).await;
        assert_eq!(browser.select("tbody th"), ["database password"; 1]);
        browser.submit("Save", &[("kept", "0")]).await;
        assert!(browser.shows("Former values are not kept."), "{}", browser.text());
    }

    async fn a_former_value_that_another_environment_has_is_seen_there(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (one, other) = two_with_the_same_keys(&rosa).await;
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{one}/secrets/former");
        browser.get(&path).await.submit("Save", &[("kept", "3")]).await;
        let new = json!({ "accessKey": "AKHARBOR02", "pass": "sweet" });
        rosa.put(&format!("/api/environments/{one}/credentials"), new).await.ok();
        rosa.put(&format!("/api/environments/{one}/credentials"), json!({ "accessKey": "AKHARBOR03" })).await.ok();

        let nora = app.user("nora@harbor.test").await;
        nora.join(&rosa, one, "nora@harbor.test", true).await;
        let exposed = async |who: &str| {
            let answer = rosa.get(&format!("/api/environments/{other}/exposure")).await.ok();
            let exposed = answer["exposed"].as_array().unwrap().iter().filter(|entry| entry["name"] == who);
            exposed.map(|entry| entry["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let told = async || {
            let mut browser = app.browser_of(&rosa);
            browser.get(&format!("/environments/{other}/activity")).await;
            browser.select("td[data-label=What]")
        };
        assert_eq!(exposed("nora").await, Vec::<String>::new());
        let before = told().await;
        let mut nora = app.browser_of(&nora);
        nora.get(&path).await;
        assert_eq!(nora.select("tbody th"), ["access key", "database password", "access key"]);
        for former in 1..=3 {
            nora.get(&path).await.post_fields(&format!("{path}/{former}/reveal"), &[]).await;
            assert_eq!(nora.status, 200, "{}", nora.text());
        }
        assert_eq!(exposed("nora").await, ["accessKey"], "what is present nowhere is listed");
        let after = told().await;
        assert_eq!(after[..after.len() - before.len()], ["looked at the credentials: access key"]);
    }

    async fn none_is_kept_longer_than_thirty_days(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/environments/{id}/secrets/former");
        let mut browser = app.browser_of(&rosa);
        browser.get(&path).await.submit("Save", &[("kept", "10")]).await;
        rosa.put(&format!("/api/environments/{id}/credentials"), json!({ "pass": "tides-2" })).await.ok();
        app.advance(30 * DAY);
        let mut browser = app.browser();
        browser.sign_in("rosa@harbor.test").await;
        browser.get(&path).await;
        assert!(browser.shows("No secret was replaced in the last 30 days."), "{}", browser.text());
        browser.post_fields(&format!("{path}/1/reveal"), &[]).await;
        assert_eq!(browser.status, 404);
    }
}
