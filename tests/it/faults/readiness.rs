//! Readiness writes, and does not write much.

use sea_orm::{ConnectionTrait as _, Database, Statement};

use super::on_both_databases;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_durable_write_is_enough_for_all_who_ask() {
    for place in on_both_databases().await {
        let server = place.start();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let client = server.client();
                    (0..25).for_each(|_| assert_eq!(client.get("/health/ready").status, 200));
                });
            }
        });
        let file = format!("sqlite://{}", place.data("usher.sqlite3").display());
        let connection = Database::connect(place.value("database_url").unwrap_or(file)).await.unwrap();
        let sql = "SELECT CAST(value AS BIGINT) AS checks FROM installation WHERE name = 'checks'";
        let statement = Statement::from_string(connection.get_database_backend(), sql);
        let row = connection.query_one_raw(statement).await.unwrap().expect("readiness has written nothing");
        let checks: i64 = row.try_get("", "checks").unwrap();
        // Two, if the five seconds of the first were over before the last asked.
        assert!((1..=3).contains(&checks), "{checks} writes for 200 probes");
    }
}
