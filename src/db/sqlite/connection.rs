//! Opens connections to SQLite.

use std::time::{Duration, Instant};

use sea_orm::sqlx::sqlite::SqliteConnection;
use sea_orm::sqlx::{self, Connection as _};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

use crate::db::{PATIENCE, SEARCH_PATIENCE};

/// How long a connection waits for another program's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::db) enum Access {
    Read,
    /// To read for so long that it is ended.
    Search,
    Write,
}

/// Opens connections to an existing database file.
///
/// # Errors
/// When it cannot be opened.
pub(in crate::db) async fn connect(url: &str, connections: u32, access: Access) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |options| {
            let options = options
                .create_if_missing(false)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
                .statement_cache_capacity(512)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("secure_delete", "ON");
            if access == Access::Write { options } else { options.pragma("query_only", "ON") }
        })
        .map_sqlx_sqlite_pool_opts(move |pool| match access {
            // Each statement acquires a connection.
            Access::Search => pool
                .after_connect(|connection, _| Box::pin(limit(connection)))
                .before_acquire(|connection, _| Box::pin(async move { limit(connection).await.map(|()| true) })),
            // `begin` within a transaction would be a savepoint, and its commit would keep nothing.
            Access::Read | Access::Write => {
                pool.before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            }
        });
    Database::connect(options).await
}

/// How many instructions of its virtual machine SQLite executes between two looks at the clock: some tenths of a
/// millisecond.
const LOOK_EVERY: i32 = 10_000;

/// Ends the next statement when it takes too long. Nothing else would: a statement whose caller has gone runs on.
async fn limit(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let deadline = Instant::now() + SEARCH_PATIENCE;
    connection.lock_handle().await?.set_progress_handler(LOOK_EVERY, move || Instant::now() < deadline);
    Ok(())
}
