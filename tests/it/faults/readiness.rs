//! Readiness writes, but little.

use std::time::Instant;

use sea_orm::{ConnectionTrait as _, Database, Statement};

use super::on_both_databases;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_durable_write_is_enough_for_all_who_ask() {
    for place in on_both_databases().await {
        let begun = Instant::now();
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
        let row = connection.query_one_raw(statement).await.unwrap().expect("readiness wrote nothing");
        let checks: i64 = row.try_get("", "checks").unwrap();
        let most = i64::try_from(begun.elapsed().as_secs() / 5).unwrap() + 1;
        assert!((1..=most).contains(&checks), "{checks} writes for 200 probes, instead of {most}");
    }
}
