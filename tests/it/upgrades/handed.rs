//! Environments that were handed over while their keys stayed with the former owner, as earlier versions did.

use sea_orm::ConnectionTrait as _;
use serde_json::Value;
use usher::clock::Timestamp;

use super::dump::{Dump, Engine};
use crate::support::api::Api;
use crate::support::app::App;

/// Tomas now owns Rosa's environment.
const HANDED_OVER: &str = "UPDATE environments SET owner_id = 3 WHERE id = 1";

/// Another environment of Rosa's uses the same keys.
const SHARED: &str = "
INSERT INTO environments (uid, owner_id, cloud_keys_id, name, name_key, bucket, prefix, db_name, host, db_user, db_pass,
                          instance, parameter_group, created_at, updated_at)
SELECT 'second', 2, 1, 'Second', 'second', bucket, prefix, db_name, host, db_user, db_pass, instance, parameter_group,
       created_at, updated_at FROM environments WHERE id = 1";

async fn keys(app: &App, address: &str) -> Vec<Value> {
    let mut api: Api<'_> = app.api();
    api.log_in(address).await;
    api.get("/api/awsKeys").await.ok().as_array().unwrap().clone()
}

async fn on_all(engine: Engine) {
    for dump in Dump::all(engine) {
        for (rows, left) in [(vec![HANDED_OVER], 0), (vec![SHARED, HANDED_OVER], 1)] {
            let Some(set) = engine.empty().await else { return };
            let app = App::start_on(set, Timestamp(dump.memory.at), async |data_dir, database| {
                dump.load(data_dir, database).await;
                for sql in &rows {
                    database.execute_unprepared(sql).await.unwrap();
                }
            })
            .await;
            assert_eq!(keys(&app, "rosa@orbit.test").await.len(), left);
            let inherited = keys(&app, "tomas@orbit.test").await;
            assert_eq!((inherited.len(), &inherited[0]["secretKey"]), (1, &Value::from("s3cr3t/harbor+1")));
            let app = app.restarted_with("rate_limits_enabled", false).await;
            assert_eq!(keys(&app, "tomas@orbit.test").await, inherited);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_follow_the_owner_on_sqlite() {
    on_all(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_follow_the_owner_on_postgres() {
    on_all(Engine::Postgres).await;
}
