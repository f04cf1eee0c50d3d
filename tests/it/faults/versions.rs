//! Several versions on one database, as in a rolling upgrade.

use migration::{MigrationName, SchemaManager, mark_breaking};
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection};

use super::on_both_databases;
use crate::support::process::{Place, Process, free_port, wait_for};

struct Later;

impl MigrationName for Later {
    fn name(&self) -> &'static str {
        "m20991231_000001_later"
    }
}

async fn connect(place: &Place) -> DatabaseConnection {
    let file = format!("sqlite://{}", place.data("usher.sqlite3").display());
    Database::connect(place.value("database_url").unwrap_or(file)).await.unwrap()
}

/// What a later version does to the database, as far as this one can see.
async fn upgrade(connection: &DatabaseConnection) {
    let sql = format!("INSERT INTO seaql_migrations (version, applied_at) VALUES ('{}', 4102358400)", Later.name());
    connection.execute_unprepared(&sql).await.unwrap();
}

fn readiness(server: &Process) -> (u16, String) {
    let reply = server.client().get("/health/ready");
    (reply.status, reply.text)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn work_on_what_a_later_one_has_added_to() {
    for place in on_both_databases().await {
        place.create_user("rosa@harbor.test");
        upgrade(&connect(&place).await).await;
        let server = place.start();
        server.client().log_in("rosa@harbor.test");
        assert_eq!(readiness(&server).0, 200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stay_ready_while_a_later_one_adds_and_not_when_it_breaks() {
    for place in on_both_databases().await {
        let server = place.start();
        let connection = connect(&place).await;
        upgrade(&connection).await;
        wait_for(|| readiness_was_checked_anew(&server)).unwrap();
        assert_eq!(readiness(&server).0, 200);

        mark_breaking(&SchemaManager::new(&connection), &Later).await.unwrap();
        wait_for(|| readiness(&server) == (503, "the database's schema is not the one that this version needs".into()))
            .unwrap();
    }
}

/// A check is cached for some seconds.
fn readiness_was_checked_anew(server: &Process) -> bool {
    let checks = |server: &Process| server.client().get("/health/ready").text;
    checks(server) == "OK"
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refuse_to_start_on_what_a_later_one_has_broken() {
    for mut place in on_both_databases().await {
        place.create_user("rosa@harbor.test");
        let connection = connect(&place).await;
        mark_breaking(&SchemaManager::new(&connection), &Later).await.unwrap();
        upgrade(&connection).await;
        place.set("port", free_port().to_string());
        let output = place.run(&[], "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
        let version = env!("CARGO_PKG_VERSION");
        assert!(told.contains(&format!("upgraded by Usher {version} ({})", Later.name())), "{told}");
        assert!(told.contains(&format!("this Usher {version} is too old")), "{told}");
    }
}
