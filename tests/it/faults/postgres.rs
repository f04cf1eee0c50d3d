//! A PostgreSQL that is unavailable or not the primary: 503 and no internal error, and recovery once it is back.

use std::time::{Duration, Instant};

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};
use serde_json::json;

use crate::support::api::{Answer, environment_body};
use crate::support::app::{App, Set};
use crate::support::forwarder::Forwarder;
use crate::support::postgres::{OwnCluster, fresh_database};
use crate::support::process::{Place, free_port, wait_for};

#[track_caller]
fn assert_later(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(answer.header("Retry-After").is_some(), "{answer:?}");
}

/// As after a fail-over: the connections lead to a server that became a standby.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_became_a_standby_is_left_for_the_primary() {
    let Some(database) = fresh_database().await else { return };
    let mut options = ConnectOptions::new(&database.url);
    let primary = Database::connect(options.max_connections(1).to_owned()).await.unwrap();
    let app = App::start(Set::default().with("database_url", &database.url)).await;
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let program = app.rpc_as("rosa@harbor.test").await;
    let name = database.url.rsplit('/').next().unwrap();
    let to_standby = format!("ALTER DATABASE {name} SET default_transaction_read_only = on");
    let to_primary = format!("ALTER DATABASE {name} RESET default_transaction_read_only");
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for sql in [to_standby.as_str(), cut] {
        primary.execute_unprepared(sql).await.unwrap();
    }

    for number in 0..4 {
        let body = environment_body(&format!("Harbor {number}"));
        let org = json!({ "name": "Harbor", "slug": format!("harbor-{number}") });
        let (one, other, called) = tokio::join!(
            rosa.post("/api/environments", body.clone()),
            rosa.post("/api/environments", body),
            program.call("org.create", org)
        );
        for answer in [&one, &other, &called.0] {
            assert_later(answer);
        }
        rosa.get("/api/environments").await.ok();
    }

    primary.execute_unprepared(&to_primary).await.unwrap();
    let made = futures_util::future::join_all((0..20).map(|number| {
        let rosa = &rosa;
        async move { rosa.post("/api/environments", environment_body(&format!("Again {number}"))).await }
    }));
    made.await.iter().for_each(|answer| drop(answer.ok()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_is_a_hot_standby_is_read_and_not_written() {
    let Some(mut cluster) = OwnCluster::start() else { return };
    let place = Place::default().with("database_url", cluster.create_database().url);
    place.create_user("rosa@harbor.test");
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    cluster.become_standby();
    wait_for(|| rosa.get("/api/environments").status == 200).unwrap();
    for number in 0..3 {
        let reply = rosa.post("/api/environments", environment_body(&format!("Harbor {number}")));
        assert_eq!(reply.status, 503, "{reply:?}");
        assert!(reply.header("Retry-After").is_some());
    }
    wait_for(|| server.client().get("/health/ready").status == 503).unwrap();
    assert!(server.log().contains("it is read-only"), "{}", server.log());
    cluster.become_primary();
    server.wait_until_ready();
    rosa.environment();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_refuses_connections_holds_nobody_up() {
    let Some(database) = fresh_database().await else { return };
    let forwarder = Forwarder::to(&database.url).await;
    let place = Place::default().with("database_url", forwarder.url());
    place.create_user("rosa@harbor.test");
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");

    forwarder.refuse();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let reply = rosa.post("/api/environments", environment_body("Harbor staging"));
                assert_eq!(reply.status, 503, "{reply:?}");
                assert_eq!(rosa.get("/").status, 503);
            });
        }
    });
    assert!(begun.elapsed() < Duration::from_secs(5), "held up for {:?}", begun.elapsed());
    wait_for(|| server.client().get("/health/ready").status == 503).unwrap();
    let told = || server.log().lines().filter(|line| line.contains("the server refuses the connection")).count();
    wait_for(|| told() > 0).unwrap();
    assert_eq!(told(), 1, "{}", server.log());

    forwarder.accept();
    wait_for(|| rosa.get("/api/environments").status == 200).unwrap();
    rosa.environment();
    server.wait_until_ready();
}

/// The output of a start with this database.
fn start_on(url: &str) -> String {
    let place = Place::default().with("port", free_port().to_string()).with("database_url", url);
    let output = place.run(&[], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
    assert!(told.starts_with("usher: configuration: database_url:") && !told.contains("hunter2"), "{told}");
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_cannot_be_had_is_told_with_the_reason_at_start() {
    let refused = start_on("postgres://usher:hunter2@127.0.0.1:1/usher");
    assert!(refused.contains("refuses the connection"), "{refused}");
    let unknown = start_on("postgres://usher:hunter2@no-such-host.invalid/usher");
    assert!(unknown.contains("host name does not resolve"), "{unknown}");

    let Some(database) = fresh_database().await else { return };
    let (server, _) = database.url.rsplit_once('/').unwrap();
    let missing = start_on(&format!("{server}/nothing"));
    assert!(missing.contains("database \"nothing\" does not exist"), "{missing}");
    let (_, host) = server.rsplit_once('@').unwrap();
    let wrong = start_on(&format!("postgres://usher:hunter2@{host}/postgres"));
    assert!(wrong.contains("password authentication failed"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn that_is_not_in_utf_8_is_refused() {
    let Some(database) = fresh_database().await else { return };
    let connection = Database::connect(&database.url).await.unwrap();
    let (server, name) = database.url.rsplit_once('/').unwrap();
    let latin = format!("{name}_latin");
    let sql = format!("CREATE DATABASE {latin} ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0");
    connection.execute_unprepared(&sql).await.unwrap();
    let told = start_on(&format!("{server}/{latin}"));
    assert!(told.contains("encoding is LATIN1") && told.contains("UTF8"), "{told}");
}
