//! Who knows which secrets.

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use serde_json::json;

use super::{Pair, ROUNDS, in_two_processes, succeeded};
use crate::support::api::code_of;

/// Until as many changes wait for a lock.
async fn wait_for_locks(pair: &Pair, changes: i64) {
    let begun = Instant::now();
    while pair.count("SELECT COUNT(DISTINCT pid) FROM pg_locks WHERE NOT granted").await < changes {
        assert!(begun.elapsed() < Duration::from_secs(10), "nothing waits");
    }
}

/// How many sightings of the present password of the one environment a user has.
async fn knows_password(pair: &Pair, user_id: i64) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM environment_secrets s JOIN sightings g ON g.version = s.version
         WHERE s.field = 'db_pass' AND g.user_id = {user_id}"
    );
    pair.count(&sql).await
}

in_two_processes! {
    async fn a_sighting_names_the_version_that_the_answer_held(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let tomas = pair.elsewhere(&tomas);
        let path = format!("/api/environments/{id}");
        for round in 0..ROUNDS {
            let new = format!("salt-water-{round}");
            let credentials = format!("{path}/credentials");
            let (answer, changed) = tokio::join!(tomas.get(&path), rosa.put(&credentials, json!({ "pass": new })));
            assert_eq!(changed.ok()["changed"], json!(["pass"]));
            let held_the_new = answer.ok()["pass"] == json!(new);
            assert_eq!(knows_password(&pair, tomas.id).await, i64::from(held_the_new), "round {round}");
        }
    }

    async fn what_was_seen_at_the_last_moment_is_exposed(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let tomas = pair.elsewhere(&tomas);
        let path = format!("/api/environments/{id}");
        for round in 0..ROUNDS {
            // Nothing of the new password is known yet.
            let membership = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
            let new = json!({ "pass": format!("salt-water-{round}") });
            rosa.put(&format!("{path}/credentials"), new).await.ok();
            let (seen, removed) = tokio::join!(tomas.get(&path), rosa.end_membership(membership));
            removed.ok();
            assert!(matches!(seen.status, 200 | 401), "{seen:?}");
            let exposure = rosa.get(&format!("{path}/exposure")).await.ok();
            let exposed = exposure["exposed"].as_array().unwrap().iter();
            let is_exposed = exposed.clone().any(|entry| entry["field"] == "pass");
            assert_eq!(is_exposed, seen.status == 200, "round {round}: {exposure}");
        }
    }

    async fn what_accepting_gave_out_as_the_account_ended_is_exposed(pair: Pair, rate_limits_enabled = false) {
        let sofia = pair.one.superuser().await;
        let rosa = pair.one.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut given_out = 0;
        for round in 0..2 * ROUNDS {
            let address = format!("tomas-{round}@harbor.test");
            let tomas = pair.one.user(&address).await;
            let uid = pair.one.rpc_as(&address).await.id().await;
            let invite = rosa.invite(id, &address, false).await;
            let elsewhere = pair.elsewhere(&tomas);
            let method = if round % 2 == 0 { "user.deactivate" } else { "user.delete" };
            let (accepted, ended) =
                tokio::join!(elsewhere.accept(code_of(&invite)), sofia.call(method, json!({ "id": uid })));
            assert!(succeeded(&ended), "{ended:?}");
            assert!(accepted.status < 500, "{accepted:?}");
            let exposure = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
            let exposed = exposure["exposed"].as_array().unwrap().iter();
            let exposed = exposed.filter(|entry| entry["userId"] == tomas.id).count();
            let expected = if accepted.status == 200 { 4 } else { 0 };
            assert_eq!(exposed, expected, "round {round}: {accepted:?}");
            given_out += expected;
        }
        assert!(given_out > 0, "nobody was quick enough");
    }

    async fn keys_that_were_read_as_they_changed_hands_are_exposed(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        let tomas = pair.one.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let path = format!("/api/environments/{id}");
        // The owner does not know the new one.
        tomas.put(&format!("{path}/credentials"), json!({ "accessKey": "AKHARBOR02" })).await.ok();
        let mut browser = pair.one.browser_of(&rosa);
        browser.get(&format!("/environments/{id}/edit")).await;
        let membership = rosa.membership(id).await;

        // Noting waits, handing over and removing go on if they may.
        let version = "SELECT version FROM environment_secrets WHERE field = 'access_key'";
        let held = pair.database.begin().await.unwrap();
        held.execute_unprepared(&format!("SELECT uid FROM secret_versions WHERE uid IN ({version}) FOR UPDATE"))
            .await
            .unwrap();
        let elsewhere = pair.elsewhere(&rosa);
        let reading = elsewhere.get("/api/awsKeys");
        let ending = async {
            wait_for_locks(&pair, 1).await;
            let ending = async {
                let new_owner = tomas.id.to_string();
                let path = format!("/environments/{id}/owner/confirmed");
                browser.post_fields(&path, &[("userId", &new_owner)]).await;
                tomas.end_membership(membership).await.ok();
            };
            let mut ending = Box::pin(ending);
            tokio::select! {
                () = &mut ending => held.rollback().await.unwrap(),
                () = wait_for_locks(&pair, 2) => {
                    held.rollback().await.unwrap();
                    ending.await;
                }
            }
        };
        let (read, ()) = tokio::join!(reading, ending);
        assert_eq!(read.ok()[0]["accessKey"], "AKHARBOR02");
        let exposure = tomas.get(&format!("{path}/exposure")).await.ok();
        let exposed = exposure["exposed"].as_array().unwrap();
        let fields: Vec<_> = exposed.iter().map(|entry| entry["field"].as_str().unwrap()).collect();
        assert!(fields.contains(&"accessKey"), "{exposure}");
    }
}
