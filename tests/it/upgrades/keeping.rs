//! Writes a dump of the current schema. It is kept when the schema ships; later migrations are tested on it.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{ActiveEnum, ConnectionTrait, Iterable};
use usher::entity::invitation::InvitationState;
use usher::entity::outbox::{Carrier, MessageState};

use super::dump::{Dump, Engine};
use super::{sql, world};
use crate::support::app::{App, Set};
use crate::support::postgres::fresh_database;

/// The bytes 0 to 31, visibly not a real key.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "writes into tests/dumps"]
async fn a_dump_is_kept() {
    let schema = Migrator::migrations().last().unwrap().name().to_owned();
    assert!(!Dump::is_kept(&schema), "the dump exists already; delete it if {schema} has not shipped");
    let database = fresh_database().await.expect("PostgreSQL is needed");
    let set = Set::default().with("rate_limits_enabled", true).with("master_key", KEY);

    let app = App::start(set.clone()).await;
    let memory = world::build(&app).await;
    let opened = app.usher.db.read();
    assert_complete(opened).await;
    Dump::keep(Engine::Sqlite, &schema, KEY, &sql::of_sqlite(opened).await, &memory);

    let app = App::start(set.with("database_url", &database.url)).await;
    let memory = world::build(&app).await;
    assert_complete(app.usher.db.read()).await;
    Dump::keep(Engine::Postgres, &schema, KEY, &sql::of_postgres(&database.dump().await), &memory);
}

/// Asserts that every table has a row, and every state occurs.
async fn assert_complete(database: &impl ConnectionTrait) {
    assert_eq!(sql::empty_tables(database).await, [""; 0]);
    assert_has_all::<InvitationState>(database, "invitations", "state").await;
    assert_has_all::<MessageState>(database, "outbox", "state").await;
    assert_has_all::<Carrier>(database, "outbox", "carrier").await;
}

async fn assert_has_all<T: ActiveEnum<Value = String> + Iterable>(
    database: &impl ConnectionTrait,
    table: &str,
    column: &str,
) {
    let mut expected: Vec<String> = T::iter().map(|one| one.to_value()).collect();
    expected.sort();
    let sql = format!("SELECT DISTINCT {column} AS text FROM {table} ORDER BY text");
    assert_eq!(sql::texts(database, &sql).await, expected, "{column} of {table}");
}
