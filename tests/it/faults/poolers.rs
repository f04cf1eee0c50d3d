//! PgBouncer between Usher and PostgreSQL: it works, or is refused with a line that says what to do.

use futures_util::future::join_all;

use crate::support::api::environment_body;
use crate::support::app::{App, Set};
use crate::support::needs::say_skipped;
use crate::support::pgbouncer::{PgBouncer, knows_statements};
use crate::support::postgres::fresh_database;
use crate::support::process::Place;

const LOSES: &str = "loses prepared statements: set its pool_mode to session, or take PgBouncer 1.21 or newer with \
                     max_prepared_statements = 200";

fn told(url: &str) -> String {
    let output = Place::default().with("database_url", url).run(&["migrate"], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
    assert!(told.starts_with("usher: configuration: database_url: "), "{told}");
    told
}

/// Many changes and pages at once.
async fn work_through(url: &str) {
    let app = App::start(Set::default().with("database_url", url)).await;
    let rosa = app.user("rosa@harbor.test").await;
    let rosa = &rosa;
    let work = (0..60).map(|number| async move {
        let made = rosa.post("/api/environments", environment_body(&format!("Harbor {number}"))).await.ok();
        rosa.get("/api/environments").await.ok();
        let search = format!("/environments/{}/sharing?search=rosa", made["id"]);
        assert_eq!(rosa.get(&search).await.status, 200);
    });
    join_all(work).await;
    // At the next start, its connections have been used by others.
    app.restarted_with("sign_up_open", false).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_for_each_session_works() {
    let Some(database) = fresh_database().await else { return };
    let Some(bouncer) = PgBouncer::start(&database.url, "pool_mode = session") else { return };
    work_through(&bouncer.url(&database.url)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_for_each_transaction_is_refused_where_statements_are_lost() {
    let Some(database) = fresh_database().await else { return };
    let settings = if knows_statements() { "max_prepared_statements = 0" } else { "" };
    for pool in ["", "server_round_robin = 1", "ignore_startup_parameters = extra_float_digits, options"] {
        let settings = format!("pool_mode = transaction\n{settings}\n{pool}");
        let Some(bouncer) = PgBouncer::start(&database.url, &settings) else { return };
        let url = bouncer.url(&database.url);
        for _ in 0..2 {
            let told = told(&url);
            assert!(told.contains(LOSES), "{pool}: {told}\n{}", bouncer.log());
        }
    }
    let settings = format!("pool_mode = statement\n{settings}");
    let Some(bouncer) = PgBouncer::start(&database.url, &settings) else { return };
    let told = told(&bouncer.url(&database.url));
    assert!(told.contains(LOSES), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_single_connection_is_refused() {
    let Some(database) = fresh_database().await else { return };
    let Some(bouncer) = PgBouncer::start(&database.url, "pool_mode = session\ndefault_pool_size = 1") else { return };
    let told = told(&bouncer.url(&database.url));
    assert!(told.contains("default_pool_size"), "{told}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_for_each_transaction_works_where_statements_are_known() {
    let Some(database) = fresh_database().await else { return };
    if !knows_statements() {
        return say_skipped("PgBouncer is older than 1.21");
    }
    let settings = "pool_mode = transaction\nmax_prepared_statements = 200\ndefault_pool_size = 4";
    let Some(bouncer) = PgBouncer::start(&database.url, settings) else { return };
    work_through(&bouncer.url(&database.url)).await;
}
