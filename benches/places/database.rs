//! Writing to a database directly, on either kind.

use std::thread::sleep;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, Statement};

/// Executes statements.
pub fn write(url: &str, statements: impl IntoIterator<Item = String>) {
    on(url, async |connection| {
        for sql in statements {
            connection.execute_unprepared(&sql).await.expect("the rows fit the schema");
        }
    });
}

/// Waits until all messages are sent.
pub fn await_outbox(url: &str) {
    const PAUSE: Duration = Duration::from_millis(200);

    let is_empty = async |connection: &DatabaseConnection| {
        let sql = "SELECT id FROM outbox WHERE state = 'queued' LIMIT 1";
        let backend = connection.get_database_backend();
        connection.query_one_raw(Statement::from_string(backend, sql)).await.expect("it is a query").is_none()
    };
    while !on(url, is_empty) {
        sleep(PAUSE);
    }
}

/// Does something with one connection: statements may form a transaction.
fn on<T>(url: &str, work: impl AsyncFnOnce(&DatabaseConnection) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1);
        let connection = Database::connect(options).await.expect("it opens");
        let outcome = work(&connection).await;
        connection.close().await.expect("it closes");
        outcome
    })
}

/// The id of the user with an address.
pub fn user(address: &str) -> String {
    format!("(SELECT user_id FROM addresses WHERE normal = '{address}')")
}

/// Their uid.
pub fn uid_of(address: &str) -> String {
    format!("(SELECT uid FROM users WHERE id = {})", user(address))
}

/// Proves every address.
pub fn verify_everybody(now: i64) -> String {
    format!("UPDATE addresses SET verified_at = {now} WHERE verified_at IS NULL;")
}

/// Gives a user every right.
pub fn make_superuser(address: &str, now: i64) -> String {
    format!(
        "INSERT INTO assignments (user_id, role_id, created_at)
         SELECT {}, id, {now} FROM roles WHERE is_system AND org_id IS NULL;",
        user(address)
    )
}
