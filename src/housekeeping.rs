//! Deletes expired sessions, throttle counts, settled messages, former values of secrets and requests that may have been
//! repeated.

use std::time::Duration;

use sea_orm::DatabaseTransaction;
use tokio::sync::watch;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::environments::former;
use crate::domain::{repeats, throttle};
use crate::error::Error;
use crate::store;
use crate::usher::Usher;

/// How long settled messages are kept.
const KEEP: Duration = Duration::from_hours(30 * 24);
/// Not at start: the machine's clock may still be wrong, and deletion is final.
const EVERY: Duration = Duration::from_hours(1);

/// Deletes expired rows periodically, until `stop` is true or dropped.
pub async fn run(usher: Usher, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => sweep(&usher).await,
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// In small changes, so that nobody waits for all of them.
async fn sweep(usher: &Usher) {
    let now = usher.now();
    let idle_since = now.minus(usher.config.session_idle);
    loop {
        match usher.db.write(Sweep { now, idle_since }).await {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => return tracing::warn!(%error, "could not delete expired rows"),
        }
    }
}

#[derive(Clone, Debug)]
struct Sweep {
    now: Timestamp,
    idle_since: Timestamp,
}

impl Operation for Sweep {
    /// Whether there may be more.
    type Output = bool;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<bool, Error> {
        let sessions = store::sessions::sweep(txn, self.now, self.idle_since).await?;
        let throttles = store::throttles::sweep(txn, self.now, throttle::LONGEST_WINDOW).await?;
        let messages = store::outbox::sweep(txn, self.now.minus(KEEP)).await?;
        let former = store::former_secrets::sweep(txn, self.now.minus(former::LIFE)).await?;
        let repeats = store::repeats::sweep(txn, self.now.minus(repeats::LIFE)).await?;
        Ok(sessions || throttles || messages || former || repeats)
    }
}
