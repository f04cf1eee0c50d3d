//! A locked database: 503 with Retry-After, no internal error and no hang.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};
use serde_json::json;
use usher::outage::{Cause, Outage};

use crate::support::api::{Answer, environment_body};
use crate::support::app::{App, Set};
use crate::support::postgres::fresh_database;
use crate::support::rpc::org;

async fn connect(url: String) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).idle_timeout(None::<Duration>).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

#[track_caller]
fn assert_busy(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:?}");
    let seconds: u64 = answer.header("Retry-After").unwrap_or_else(|| panic!("{answer:?}")).parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

/// All writes are rejected with Retry-After, and succeed later.
async fn write_while(app: &App, other: DatabaseConnection, lock: &[&str]) {
    let rosa = app.unverified_user("rosa@harbor.test").await;
    app.unverified_user("tomas@harbor.test").await;
    let environment = rosa.environment("Harbor staging").await;
    app.deliver().await;
    let invitation = json!({ "environmentId": environment, "userEmail": "tomas@harbor.test", "isAdmin": false });
    let mut browser = app.browser();
    let (name, value) = rosa.cookie.as_deref().unwrap().split_once('=').unwrap();
    browser.set_cookie(name, value);
    browser.get("/environments/new").await;
    let rpc = app.rpc_as("rosa@harbor.test").await;
    let org = org(&rpc, "harbor").await;
    for statement in lock {
        other.execute_unprepared(statement).await.unwrap();
    }
    let begun = Instant::now();
    let (called, invited, made, page) = tokio::join!(
        rpc.call("user.invite", json!({ "userKey": "tomas@harbor.test", "orgId": org })),
        rosa.post("/api/environment/invites", invitation.clone()),
        rosa.post("/api/environments", environment_body("Harbor other")),
        browser.submit(
            "Make the environment",
            &[
                ("envName", "Harbor third"),
                ("accessKey", "AKHARBOR01"),
                ("secretKey", "s3cr3t"),
                ("region", "eu-west-1"),
                ("bucket", "harbor-logs"),
                ("dbName", "tides"),
                ("host", "tides.db.harbor.test"),
                ("user", "reader"),
                ("pass", "salt-water"),
                ("instance", "tides-1"),
            ]
        )
    );
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    for answer in [&called.0, &invited, &made] {
        assert_busy(answer);
    }
    let told = called.0.json();
    assert_eq!((&told["ok"], &told["error"]["code"]), (&json!(false), &json!(503)), "{told}");
    assert_busy(page.answer.as_ref().unwrap());
    assert!(page.shows("Just a moment"), "{}", page.text());

    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert!(app.deliver().await.is_empty(), "a rejected change was made");
    let listed = rosa.get("/api/environments").await.ok();
    assert_eq!(listed.as_array().unwrap().len(), 1, "a rejected change was made");
    rosa.post("/api/environment/invites", invitation).await.ok();
    rosa.post("/api/environments", environment_body("Harbor other")).await.ok();
    assert_eq!(app.deliver().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_answers_503() {
    let app = App::start(Set::default()).await;
    let other = connect(format!("sqlite://{}", app.data_dir().join("usher.sqlite3").display())).await;
    write_while(&app, other, &["BEGIN IMMEDIATE"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_answers_503() {
    let Some(database) = fresh_database().await else { return };
    let app = App::start(Set::default().with("database_url", &database.url)).await;
    let other = connect(database.url).await;
    let lock = ["BEGIN", "LOCK TABLE environments, invitations, outbox IN EXCLUSIVE MODE"];
    write_while(&app, other, &lock).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_read_while_sqlite_is_locked() {
    let app = App::start(Set::default()).await;
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let environment = rosa.environment("Harbor staging").await;
    let other = connect(format!("sqlite://{}", app.data_dir().join("usher.sqlite3").display())).await;
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let begun = Instant::now();
    rosa.get("/api/environments").await.ok();
    for page in ["/", "/environments", "/invitations", "/account", "/health/live"] {
        assert_eq!(rosa.get(page).await.status, 200, "{page}");
    }
    assert_eq!(rosa.get(&format!("/environments/{environment}/sharing")).await.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

/// More changes than there are connections to change something, all of them behind a locked table.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_are_read_while_changes_wait_on_postgres() {
    let Some(database) = fresh_database().await else { return };
    let app = App::start(Set::default().with("database_url", &database.url)).await;
    let rosa = app.unverified_user("rosa@harbor.test").await;
    rosa.environment("Harbor staging").await;
    let other = connect(database.url).await;
    for statement in ["BEGIN", "LOCK TABLE cloud_keys IN EXCLUSIVE MODE"] {
        other.execute_unprepared(statement).await.unwrap();
    }
    let changes = (0..20).map(|number| rosa.post("/api/environments", environment_body(&format!("Quay {number}"))));
    let read = async {
        // Until as many wait as can; they give up after ten seconds.
        let asked = Instant::now();
        let waiting = "SELECT COUNT(*) AS number FROM pg_locks WHERE NOT granted";
        loop {
            let waiting = Statement::from_string(DbBackend::Postgres, waiting);
            let row = other.query_one_raw(waiting).await.unwrap().unwrap();
            if row.try_get::<i64>("", "number").unwrap() >= 4 {
                break;
            }
            assert!(asked.elapsed() < Duration::from_secs(10), "the changes do not wait");
        }
        let begun = Instant::now();
        for page in ["/", "/environments", "/search?search=harbor"] {
            assert_eq!(rosa.get(page).await.status, 200, "{page}");
        }
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
        other.execute_unprepared("ROLLBACK").await.unwrap();
    };
    let (changed, ()) = tokio::join!(join_all(changes), read);
    assert!(changed.iter().all(|answer| answer.status == 200), "{changed:?}");
}

/// A search that cannot go on ends after two seconds, with a page that says so; nothing else waits for it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_that_takes_too_long_is_ended_on_postgres() {
    let Some(database) = fresh_database().await else { return };
    let app = App::start(Set::default().with("database_url", &database.url)).await;
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let environment = rosa.environment("Harbor staging").await;
    let other = connect(database.url).await;
    for statement in ["BEGIN", "LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE"] {
        other.execute_unprepared(statement).await.unwrap();
    }
    let path = format!("/environments/{environment}/activity?search=rosa");
    let begun = Instant::now();
    let searches = join_all((0..8).map(|_| rosa.get(&path)));
    let pages = async {
        assert_eq!(rosa.get("/environments").await.status, 200);
        begun.elapsed()
    };
    let (searched, page_after) = tokio::join!(searches, pages);
    assert!(page_after < Duration::from_secs(1), "{page_after:?}");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    for answer in searched {
        assert_busy(&answer);
        assert!(answer.text.contains("That takes too long"), "{answer:?}");
    }
    other.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(rosa.get(&path).await.status, 200);
}

/// SQLite: a statement that never ends is interrupted, and its connection is free for the next.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_that_takes_too_long_is_ended_on_sqlite() {
    let app = App::start(Set::default()).await;
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT MAX(i) FROM n";
    for sql in [endless, "SELECT 1", endless, "SELECT 1"] {
        let begun = Instant::now();
        let outcome = app.usher.db.search().query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
        assert!(begun.elapsed() < Duration::from_secs(4), "{sql}: {:?}", begun.elapsed());
        match outcome {
            Ok(row) => assert!(sql == "SELECT 1" && row.is_some(), "{sql}"),
            Err(error) => {
                assert_eq!(Outage::of(&error).unwrap().cause, Cause::TooLong, "{error}");
                assert_eq!(sql, endless);
            }
        }
    }
}
