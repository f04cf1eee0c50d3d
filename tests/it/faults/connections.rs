//! Few connections to the database, and many requests at once.

use futures_util::future::join_all;
use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use crate::support::api::environment_body;
use crate::support::app::{App, Set};
use crate::support::on_both;
use crate::support::postgres::fresh_database;

/// Changes, pages and searches, all at once and all answered.
async fn crowd(app: &App) {
    let rosa = app.user("rosa@harbor.test").await;
    let environment = rosa.environment("Harbor").await;
    let rosa = &rosa;
    let work = (0..90).map(|number| async move {
        let answer = match number % 3 {
            0 => rosa.post("/api/environments", environment_body(&format!("Harbor {number}"))).await,
            1 => rosa.get("/api/environments").await,
            _ => rosa.get(&format!("/environments/{environment}/sharing?search=rosa")).await,
        };
        assert_eq!(answer.status, 200, "{number}: {answer:?}");
    });
    join_all(work).await;
}

on_both! {
    async fn few_connections_answer_everybody(app: App, database_connections = 3) {
        crowd(&app).await;
    }
}

async fn connections_of(database: &DatabaseConnection, user: &str) -> i64 {
    let sql = format!("SELECT COUNT(*) AS number FROM pg_stat_activity WHERE usename = '{user}'");
    let row = database.query_one_raw(Statement::from_string(database.get_database_backend(), sql)).await.unwrap();
    row.unwrap().try_get("", "number").unwrap()
}

/// A database whose user may have so many connections, and the URL of that user.
async fn limited(connections: u32) -> Option<(DatabaseConnection, String, String)> {
    let url = fresh_database().await?.url;
    let (server, name) = url.rsplit_once('/').unwrap();
    let (_, host) = server.rsplit_once('@').unwrap();
    let user = format!("limited_{name}");
    let database = Database::connect(&url).await.unwrap();
    for sql in [
        format!("CREATE ROLE {user} LOGIN PASSWORD 'tide' CONNECTION LIMIT {connections}"),
        format!("ALTER DATABASE {name} OWNER TO {user}"),
        format!("ALTER SCHEMA public OWNER TO {user}"),
    ] {
        database.execute_unprepared(&sql).await.unwrap();
    }
    let url = format!("postgres://{user}:tide@{host}/{name}");
    Some((database, url, user))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_are_opened_than_are_given() {
    let Some((database, url, user)) = limited(5).await else { return };
    let app = App::start(Set::default().with("database_url", url).with("database_connections", 5)).await;
    crowd(&app).await;
    let number = connections_of(&database, &user).await;
    assert!((3..=5).contains(&number), "{number}");
}

/// The server gives fewer than Usher may take.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_full_is_no_failure_for_who_has_a_connection() {
    let Some((_database, url, _)) = limited(5).await else { return };
    let app = App::start(Set::default().with("database_url", url).with("database_connections", 24)).await;
    crowd(&app).await;
}
