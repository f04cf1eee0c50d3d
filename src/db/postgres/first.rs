//! The first connection: waits for a server that is starting, and finds out what is between it and us.

use std::borrow::Cow;
use std::future::Future;
use std::time::{Duration, Instant};

use sea_orm::sqlx::error::DatabaseError;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection};
use sea_orm::sqlx::{self, Connection as _, Row as _};

use super::connection_error;
use crate::db::{OpenError, PATIENCE};
use crate::outage::{Cause, Outage};

/// Pause between attempts to connect at start.
const START_AGAIN: Duration = Duration::from_millis(200);
/// A setting that PostgreSQL takes from whoever connects and keeps for the session. Poolers refuse or forget it.
const MARK: &str = "usher.direct";
/// How often another connection asks which of the pooler's it gets. One that takes turns gives all of them first.
const TRIES: usize = 200;
/// How long a pooler may take to open another connection.
const ANOTHER_WITHIN: Duration = Duration::from_secs(5);

/// What is between us and the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// Nothing, or a pooler that gives each of our connections one of its own.
    Nothing,
    /// A pooler that gives each transaction another connection: settings of a session do not hold. Prepared statements
    /// do, since the pooler knows them.
    SharedConnections,
}

/// Connects. A server that is still starting, as after a reboot, is waited for.
///
/// # Errors
/// When there is no connection in time, or a pooler would mix up prepared statements.
pub(super) async fn connect(options: &PgConnectOptions) -> Result<(PgConnection, Between), OpenError> {
    let (mut connection, is_direct) = wait_for_connection(options).await?;
    if is_direct {
        return Ok((connection, Between::Nothing));
    }
    let between = look_behind_pooler(&mut connection, options).await?;
    if between == Between::SharedConnections {
        tracing::info!("a pooler in front of the database gives each transaction another connection");
    }
    Ok((connection, between))
}

/// Returns whether the connection leads to the server itself.
async fn wait_for_connection(options: &PgConnectOptions) -> Result<(PgConnection, bool), OpenError> {
    let deadline = Instant::now() + PATIENCE;
    let marked = options.clone().options([(MARK, "on")]);
    let mut takes_mark = true;
    loop {
        let options = if takes_mark { &marked } else { options };
        let tried = tokio::time::timeout(PATIENCE, PgConnection::connect_with(options)).await;
        let error = match tried {
            Ok(Ok(mut connection)) => {
                let is_direct = takes_mark && has_mark(&mut connection).await.map_err(connection_error)?;
                return Ok((connection, is_direct));
            }
            Ok(Err(error)) if takes_mark && may_be_about_mark(&error) => {
                takes_mark = false;
                continue;
            }
            Ok(Err(error)) => error,
            Err(_) => sqlx::Error::PoolTimedOut,
        };
        if !is_starting(&error) || Instant::now() >= deadline {
            return Err(connection_error(error).into());
        }
        tokio::time::sleep(START_AGAIN).await;
    }
}

async fn has_mark(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let row = sqlx::raw_sql("SELECT current_setting('usher.direct', true)").fetch_one(connection).await?;
    Ok(row.try_get::<Option<String>, _>(0)?.as_deref() == Some("on"))
}

/// Whether the setting may be refused, rather than us. Poolers do so by 08P01.
fn may_be_about_mark(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| code == "08P01" || !is_starting(error))
}

fn is_starting(error: &sqlx::Error) -> bool {
    // Waiting does not fix a wrong password or database.
    let is_misconfigured = code(error).is_some_and(|code| code.starts_with("28") || code == "3D000");
    let cause = Outage::of_driver(error).map(|outage| outage.cause);
    !is_misconfigured
        && matches!(cause, Some(Cause::Refused | Cause::NoSuchHost | Cause::Stopping | Cause::Exhausted | Cause::Lost))
}

/// Whether a pooler gives each transaction another of its connections: then another of ours gets, sooner or later, the one
/// that `first` has just used. A statement that `first` has prepared must be known at the next one as well.
///
/// # Errors
/// When it is not: our statements would meet those of others, under the same names.
async fn look_behind_pooler(first: &mut PgConnection, options: &PgConnectOptions) -> Result<Between, OpenError> {
    let used = prepared_pid(first).await.map_err(refusal)?;
    let mut other = soon(PgConnection::connect_with(options)).await?.map_err(connection_error)?;
    let mut found = Between::Nothing;
    for _ in 0..TRIES {
        let got = soon(begin(&mut other)).await?.map_err(|error| match code(&error).as_deref() {
            // Not even a transaction keeps its connection.
            Some("08P01") => OpenError::LosesStatements,
            _ => refusal(error),
        })?;
        if got == used {
            // Taken: `first` gets another.
            soon(prepared_pid(first)).await?.map_err(refusal)?;
            found = Between::SharedConnections;
        }
        sqlx::raw_sql("ROLLBACK").execute(&mut other).await.map_err(connection_error)?;
        if found == Between::SharedConnections {
            break;
        }
    }
    // The pooler cleans up in any case.
    let _ = other.close().await;
    Ok(found)
}

/// What needs a second connection of the pooler's.
async fn soon<T>(work: impl Future<Output = T>) -> Result<T, OpenError> {
    tokio::time::timeout(ANOTHER_WITHIN, work).await.map_err(|_| OpenError::OneConnection)
}

/// The process that serves this connection, by a prepared statement.
async fn prepared_pid(connection: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(connection).await
}

/// Begins a transaction; returns the process that serves it. Prepares nothing.
async fn begin(connection: &mut PgConnection) -> sqlx::Result<i32> {
    let row = sqlx::raw_sql("BEGIN; SELECT pg_backend_pid()").fetch_one(connection).await?;
    row.try_get(0)
}

fn refusal(error: sqlx::Error) -> OpenError {
    match Outage::of_driver(&error) {
        Some(outage) if outage.cause == Cause::Mixed => OpenError::LosesStatements,
        _ => connection_error(error).into(),
    }
}

fn code(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(DatabaseError::code).map(Cow::into_owned)
}
