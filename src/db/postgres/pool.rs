//! The pool: which connections are reused, and which task holds one.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sea_orm::sqlx::postgres::{PgConnection, PgPoolOptions};
use sea_orm::sqlx::{self, Connection as _};

use super::first::Between;
use crate::db::PATIENCE;
use crate::outage::Outages;

/// Makes the commit of this transaction durable, where a setting of the connection does not last. A stronger setting
/// stays.
pub(super) const DURABLE_TRANSACTION: &str = "SELECT set_config('synchronous_commit', 'on', true)
     WHERE current_setting('synchronous_commit') = 'off'";
/// The same for all of a connection.
const DURABLE_CONNECTION: &str = "SELECT set_config('synchronous_commit', 'on', false)
     WHERE current_setting('synchronous_commit') = 'off'";
/// How long an idle connection may take to answer.
const PING_WITHIN: Duration = Duration::from_secs(1);

/// Closes connections from before an outage: they may lead to a server that became a standby, or be in the middle of an
/// abandoned transaction.
pub(super) fn options(outages: &Arc<Outages>, connections: u32, between: Between) -> PgPoolOptions {
    let (before, after) = (outages.clone(), outages.clone());
    PgPoolOptions::new()
        .max_connections(connections)
        // Kept when the server has no more to give.
        .min_connections(1)
        .acquire_timeout(PATIENCE)
        // The pool's own ping has no timeout.
        .test_before_acquire(false)
        .before_acquire(move |connection, about| {
            let is_sound = is_sound(connection, about.age, &before);
            Box::pin(async move { Ok(is_sound && answers(connection).await) })
        })
        .after_release(move |connection, about| {
            let is_sound = is_sound(connection, about.age, &after);
            Box::pin(async move { Ok(is_sound) })
        })
        .after_connect(move |connection, _| Box::pin(set_up(connection, between)))
}

fn is_sound(connection: &PgConnection, age: Duration, outages: &Outages) -> bool {
    let opened_at = Instant::now().checked_sub(age);
    !connection.is_in_transaction() && opened_at.is_none_or(|at| outages.none_since(at))
}

async fn answers(connection: &mut PgConnection) -> bool {
    // Already: if its task were ended now, the connection would be closed.
    set_holder(true);
    let answers = matches!(tokio::time::timeout(PING_WITHIN, connection.ping()).await, Ok(Ok(())));
    set_holder(answers);
    answers
}

/// Without `synchronous_commit` a committed transaction can be lost.
async fn set_up(connection: &mut PgConnection, between: Between) -> sqlx::Result<()> {
    if between == Between::Nothing {
        sqlx::raw_sql(DURABLE_CONNECTION).execute(connection).await?;
    }
    set_holder(true);
    Ok(())
}

tokio::task_local! {
    static HOLDER: Arc<AtomicBool>;
}

/// Whether a waiting task already holds a connection, and so waits for the database itself.
#[derive(Debug, Default)]
pub(super) struct Holder(Arc<AtomicBool>);

impl Holder {
    /// Runs work with this holder.
    pub fn of<T>(&self, work: impl Future<Output = T>) -> impl Future<Output = T> {
        HOLDER.scope(self.0.clone(), work)
    }

    pub fn has_connection(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The task continues without its connection.
pub(super) fn release() {
    set_holder(false);
}

fn set_holder(has_connection: bool) {
    // There is no holder when the pool maintains its own connections.
    let _ = HOLDER.try_with(|holder| holder.store(has_connection, Ordering::Relaxed));
}
