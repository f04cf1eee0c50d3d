//! Accounts: their sessions, addresses, keys, and their end.

use std::thread;

use futures_util::future::join_all;
use serde_json::json;

use super::{ROUNDS, in_two_processes, succeeded, successes};
use crate::support::api::environment_body;
use crate::support::app::PASSWORD;
use crate::support::postgres::fresh_database;
use crate::support::process::{Place, wait_for};

in_two_processes! {
    async fn an_ended_session_does_nothing_more(pair: Pair) {
        for round in 0..ROUNDS {
            let address = format!("rosa-{round}@harbor.test");
            let rosa = pair.one.unverified_user(&address).await;
            let elsewhere = pair.elsewhere(&rosa);
            let made = format!("SELECT COUNT(*) FROM environments WHERE owner_id = {}", rosa.id);
            let bodies = (0..6).map(|number| environment_body(&format!("Harbor {round} {number}")));
            let (when_ended, answers) = tokio::join!(
                async {
                    rosa.put("/api/users/logout", json!({})).await.ok();
                    pair.count(&made).await
                },
                join_all(bodies.map(|body| elsewhere.post("/api/environments", body)))
            );
            successes(answers.iter().map(|answer| &answer.status));
            assert_eq!(pair.count(&made).await, when_ended, "a session did something after its end");
        }
    }

    async fn a_deleted_account_leaves_nothing(pair: Pair) {
        let sofia = pair.one.superuser().await;
        for round in 0..ROUNDS {
            let address = format!("rosa-{round}@harbor.test");
            let rosa = pair.one.unverified_user(&address).await;
            let id = pair.one.rpc_as(&address).await.id().await;
            let elsewhere = pair.elsewhere(&rosa);
            let bodies = (0..6).map(|number| environment_body(&format!("Harbor {round} {number}")));
            let (deleted, answers) = tokio::join!(
                sofia.call("user.delete", json!({ "id": id })),
                join_all(bodies.map(|body| elsewhere.post("/api/environments", body)))
            );
            assert!(succeeded(&deleted), "{deleted:?}");
            successes(answers.iter().map(|answer| &answer.status));
            assert_eq!(pair.count("SELECT COUNT(*) FROM environments").await, 0);
        }
    }

    async fn one_owner_of_two_inherits_and_the_other_ends(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let elsewhere = pair.rpc_elsewhere(&sofia);
        for round in 0..ROUNDS {
            let addresses = [format!("rosa-{round}@harbor.test"), format!("tomas-{round}@harbor.test")];
            let rosa = pair.one.user(&addresses[0]).await;
            let tomas = pair.one.user(&addresses[1]).await;
            let environment = rosa.environment(&format!("Harbor {round}")).await;
            tomas.join(&rosa, environment, &addresses[1], true).await;
            let rosas = pair.one.rpc_as(&addresses[0]).await.id().await;
            let tomass = pair.one.rpc_as(&addresses[1]).await.id().await;
            let (one, other) = tokio::join!(
                sofia.call("user.delete", json!({ "id": rosas })),
                elsewhere.call("user.delete", json!({ "id": tomass }))
            );
            assert!(succeeded(&one) && succeeded(&other), "{one:?} {other:?}");
            assert_eq!(pair.count("SELECT COUNT(*) FROM environments").await, 0);
            assert_eq!(pair.count("SELECT COUNT(*) FROM cloud_keys").await, 0);
        }
    }

    async fn keys_get_names_that_are_free(pair: Pair) {
        let rosa = pair.one.unverified_user("rosa@harbor.test").await;
        let elsewhere = pair.elsewhere(&rosa);
        for round in 0..ROUNDS {
            let body = |number| environment_body(&format!("Harbor {round} {number}"));
            let (one, other) = tokio::join!(
                join_all((0..2).map(|number| rosa.post("/api/environments", body(number)))),
                join_all((2..4).map(|number| elsewhere.post("/api/environments", body(number))))
            );
            assert_eq!(successes(one.iter().chain(&other).map(|answer| &answer.status)), 4, "{one:?} {other:?}");
        }
    }

    async fn shared_keys_stay_as_long_as_they_are_used(pair: Pair) {
        let rosa = pair.one.unverified_user("rosa@harbor.test").await;
        let elsewhere = pair.elsewhere(&rosa);
        for round in 0..ROUNDS {
            let made = rosa.post("/api/environments", environment_body(&format!("Harbor {round} 1"))).await.ok();
            let keys = pair.count("SELECT MAX(id) FROM cloud_keys").await;
            let mut second = environment_body(&format!("Harbor {round} 2"));
            second["keysId"] = json!(keys);
            let path = format!("/api/environments/{}", made["id"]);
            let (deleted, created) =
                tokio::join!(rosa.delete(&path), elsewhere.post("/api/environments", second));
            assert_eq!(deleted.status, 200, "{deleted:?}");
            let is_created = successes([&created.status]);
            assert_eq!(pair.count("SELECT COUNT(*) FROM cloud_keys").await, i64::try_from(is_created).unwrap());
            if is_created == 1 {
                rosa.delete(&format!("/api/environments/{}", created.ok()["id"])).await.ok();
            }
        }
        assert_eq!(pair.count("SELECT COUNT(*) FROM cloud_keys").await, 0, "unused keys are left");
    }

    async fn an_address_counts_for_one(pair: Pair) {
        let api = [pair.one.api(), pair.other.api()];
        for round in 0..ROUNDS {
            let address = format!("rosa-{round}@harbor.test");
            let body = json!({ "email": address, "password": PASSWORD, "agreeToTerms": true });
            let (one, other) = tokio::join!(
                api[0].post("/api/users/signup", body.clone()),
                api[1].post("/api/users/signup", body)
            );
            assert_eq!(successes([&one.status, &other.status]), 1, "{one:?} {other:?}");
        }
    }

    async fn one_link_to_a_new_password_works(pair: Pair) {
        pair.one.unverified_user("rosa@harbor.test").await;
        let api = [pair.one.api(), pair.other.api()];
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                api[0].forget_password("rosa@harbor.test"),
                api[1].forget_password("rosa@harbor.test")
            );
            assert_eq!(successes([&one.status, &other.status]), 2);
            assert_eq!(pair.count("SELECT COUNT(*) FROM password_resets WHERE used_at IS NULL").await, 1);
        }
    }

    async fn a_user_has_so_many_addresses_at_most(pair: Pair) {
        let rosa = pair.one.user("rosa@harbor.test").await;
        for number in 0..7 {
            pair.one.browser_of(&rosa).add_address(&format!("rosa-{number}@harbor.test")).await;
        }
        let mut browsers = Vec::new();
        for number in 0..6 {
            let app = if number % 2 == 0 { &pair.one } else { &pair.other };
            let mut browser = app.browser_of(&rosa);
            browser.get("/account").await;
            browsers.push((browser, format!("rosa+{number}@harbor.test")));
        }
        join_all(browsers.iter_mut().map(|(browser, address)| async move {
            browser.submit("Add this address", &[("email", address), ("password", PASSWORD)]).await;
        }))
        .await;
        assert_eq!(pair.count("SELECT COUNT(*) FROM addresses").await, 10);
    }

    async fn the_first_superuser_is_made_once(pair: Pair) {
        let token = pair.one.setup_token().await;
        let mut browsers = Vec::new();
        for number in 0..4 {
            let app = if number % 2 == 0 { &pair.one } else { &pair.other };
            let mut browser = app.browser();
            browser.get(&format!("/setup/{token}")).await;
            browsers.push((browser, format!("sofia-{number}")));
        }
        join_all(browsers.iter_mut().map(|(browser, name)| async move {
            let address = format!("{name}@orbit.test");
            let fields =
                [("username", name.as_str()), ("fullName", "Sofia"), ("email", &address), ("password", PASSWORD)];
            browser.submit("Make the first administrator", &fields).await;
        }))
        .await;
        let statuses: Vec<u16> = browsers.iter().map(|(browser, _)| browser.status).collect();
        assert_eq!(successes(&statuses), 1, "{statuses:?}");
        assert_eq!(pair.count("SELECT COUNT(*) FROM users").await, 1);
    }

    async fn wrong_codes_are_counted_exactly(pair: Pair, rate_limits_enabled = true) {
        let rosa = pair.one.unverified_user("rosa@harbor.test").await;
        let elsewhere = pair.elsewhere(&rosa);
        for _ in 0..10 {
            let (one, other) = tokio::join!(
                join_all((0..2).map(|_| rosa.accept("00000000"))),
                join_all((0..2).map(|_| elsewhere.accept("ffffffff")))
            );
            successes(one.iter().chain(&other).map(|answer| &answer.status));
        }
        // Limited are thirty in an hour: of what was tried beyond, nothing was counted but what ran at once.
        let counted = pair.count("SELECT MAX(count) FROM throttles").await;
        assert!((30..34).contains(&counted), "{counted}");
    }
}

/// Eight clients of one account never stop creating environments; its deletion is answered all the same, and nothing
/// comes after it.
#[test]
fn what_ends_access_does_not_starve() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(database) = runtime.block_on(fresh_database()) else { return };
    let places = [Place::default(), Place::default()].map(|place| {
        place
            .with("database_url", &database.url)
            .with("rate_limits_enabled", "false")
            .with("master_key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    });
    let sofia =
        ["user", "create", "--superuser", "--username", "sofia", "--email", "sofia@orbit.test", "--full-name", "S"];
    assert!(places[0].run(&sofia, PASSWORD).status.success());
    places[0].create_user("rosa@harbor.test");
    let servers = [places[0].start(), places[1].start()];
    let sofia = servers[0].client();
    sofia.log_in("sofia@orbit.test");
    let users = sofia.get("/api/users").ok();
    let users = users.as_array().unwrap();
    let rosa = users.iter().find(|user| user["email"] == "rosa@harbor.test").unwrap_or_else(|| panic!("{users:?}"));
    let clients: Vec<_> = (0..8)
        .map(|number| {
            let client = servers[number % 2].client();
            client.log_in("rosa@harbor.test");
            thread::spawn(move || {
                let mut made = 0;
                loop {
                    let name = format!("Harbor {number} {made}");
                    let reply = client.post("/api/environments", environment_body(&name));
                    if reply.status != 200 {
                        return (made, reply.status);
                    }
                    made += 1;
                }
            })
        })
        .collect();
    // Once they are at it.
    let rosas = servers[0].client();
    rosas.log_in("rosa@harbor.test");
    wait_for(|| rosas.get("/api/environments").ok().as_array().unwrap().len() >= 40).unwrap();
    let deleted = sofia.delete(&format!("/api/users/{}", rosa["id"]));
    assert_eq!(deleted.status, 200, "{deleted:?}\n{}", servers[0].log());
    for client in clients {
        let (_, status) = client.join().unwrap();
        assert_eq!(status, 403, "an answer to a deleted account");
    }
}
