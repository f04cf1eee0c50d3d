//! The workers that empty the outbox, one for each carrier: a worker leases due messages, sends them, and records the
//! outcomes. At least once, never twice at the same time, and a failed send undoes nothing. A carrier that stalls
//! delays only its own messages.

pub mod delivery;
pub mod reason;

use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream;
use sea_orm::DatabaseTransaction;
use tokio::sync::watch;

use self::delivery::{Carried, Carry, SendError};
use self::reason::Reason;
use crate::clock::{MAX_CLOCK_SKEW, Timestamp};
use crate::db::{DatabaseUrl, Operation};
use crate::entity::outbox::{Carrier, MessageState};
use crate::error::Error;
use crate::ids::{hex, random_bytes};
use crate::store;
use crate::store::outbox::{LONGEST_PAUSE, Leased, Outcome};
use crate::usher::Usher;

/// Sends begin within this time of a lease …
const BEGIN_WITHIN: Duration = Duration::from_secs(20);
/// … and end, at 60 s each, before it expires.
const LEASE: Duration = Duration::from_secs(90);
/// How long a message is retried before it fails …
const TRIED_FOR: Duration = Duration::from_hours(24);
/// … and at least how often, so that a clock that was wrong for a while fails none.
const TRIED_AT_LEAST: i64 = 10;
/// How long a worker waits after an outage of the database.
const AFTER_AN_OUTAGE: Duration = Duration::from_secs(5);
/// Polling interval: another process may have added messages.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// The shortest wait for the next message.
const SHORTEST_WAIT: Duration = Duration::from_millis(50);

/// Sends one carrier's messages.
pub struct Worker<C> {
    usher: Usher,
    carrier: C,
}

impl<C: Carry> Worker<C> {
    pub fn new(usher: Usher, carrier: C) -> Self {
        Self { usher, carrier }
    }

    /// Sends messages as they come due, until `stop` is true or dropped; finishes those begun.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        self.release_leases().await;
        while !*stop.borrow() {
            let pause = match self.deliver_due().await {
                Ok(_) => self.pause().await,
                // Logged where it is noticed.
                Err(Error::Unavailable(_)) => AFTER_AN_OUTAGE,
                Err(error) => {
                    tracing::error!(%error, "could not process the outbox");
                    AFTER_AN_OUTAGE
                }
            };
            tokio::select! {
                () = self.usher.wakers.of(C::CARRIER).notified() => {}
                () = tokio::time::sleep(pause) => {}
                changed = stop.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Sends all messages due now; returns how many were tried.
    ///
    /// # Errors
    /// When the database cannot be used.
    pub async fn deliver_due(&self) -> Result<usize, Error> {
        let mut tried = 0;
        loop {
            let lease = hex(&random_bytes::<12>());
            let now = self.usher.now();
            let operation = Lease { carrier: C::CARRIER, lease: lease.clone(), now, until: now.plus(LEASE) };
            let leased = self.usher.db.write(operation).await?;
            if leased.is_empty() {
                return Ok(tried);
            }
            tried += leased.len();
            let begun_by = now.plus(BEGIN_WITHIN);
            let outcomes = stream::iter(leased)
                .map(|message| self.deliver(message, begun_by))
                .buffer_unordered(C::AT_ONCE)
                .collect()
                .await;
            self.usher.db.write(Settle { lease, outcomes, now: self.usher.now() }).await?;
        }
    }

    async fn deliver(&self, message: Leased, begun_by: Timestamp) -> Outcome {
        let now = self.usher.now();
        if now > begun_by {
            // Earlier messages took too long: the next lease sends it.
            return Outcome { id: message.id, state: MessageState::Queued, tried: false, fault: None, next_at: now };
        }
        let next_at = now.plus(pause_after(message.attempts));
        let (state, fault) = match self.carrier.carry(&message).await {
            Ok(Carried::Over) => (MessageState::Dropped, None),
            Ok(Carried::Sent) => (MessageState::Sent, None),
            Err(SendError::Permanent(fault)) => (MessageState::Failed, Some(fault)),
            // The retry would be too late: the invitation has expired by then.
            Err(SendError::Temporary(fault))
                if next_at.since(message.created_at) >= TRIED_FOR && message.attempts >= TRIED_AT_LEAST =>
            {
                (MessageState::Failed, Some(fault))
            }
            Err(SendError::Temporary(fault)) => (MessageState::Queued, Some(fault)),
        };
        if fault.is_some() {
            // Shown to the administrator, not logged: the fault may name the recipient.
            tracing::warn!(message = message.uid, kind = ?message.kind, state = ?state, "a message was not sent");
        }
        Outcome { id: message.id, state, tried: true, fault: fault.as_ref().map(Reason::stored), next_at }
    }

    /// Releases the leases of a killed process. With SQLite there is no other process.
    async fn release_leases(&self) {
        if matches!(self.usher.config.database_url, DatabaseUrl::Sqlite(_))
            && let Err(error) = self.usher.db.write(Release { carrier: C::CARRIER, now: self.usher.now() }).await
        {
            tracing::error!(%error, "could not release leases");
        }
    }

    async fn pause(&self) -> Duration {
        match store::outbox::next_due(self.usher.db.read(), C::CARRIER, self.usher.now()).await {
            Ok(Some(due)) => match due.since(self.usher.now()) {
                wait if wait > LONGEST_PAUSE + MAX_CLOCK_SKEW => SHORTEST_WAIT,
                wait => wait.clamp(SHORTEST_WAIT, LOOK_EVERY),
            },
            Ok(None) | Err(_) => LOOK_EVERY,
        }
    }
}

/// Doubles from 2 s to a minute; after some ten minutes doubles again up to an hour.
fn pause_after(attempts: i64) -> Duration {
    let seconds = match u32::try_from(attempts).unwrap_or(u32::MAX) {
        early @ 0..=4 => 2 << early,
        5..=14 => 60,
        late => 60 << (late - 14).min(6),
    };
    Duration::from_secs(seconds).min(LONGEST_PAUSE)
}

#[derive(Clone, Debug)]
struct Lease {
    carrier: Carrier,
    lease: String,
    now: Timestamp,
    until: Timestamp,
}

impl Operation for Lease {
    type Output = Vec<Leased>;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Vec<Leased>, Error> {
        store::outbox::lease(txn, self.carrier, &self.lease, self.now, self.until).await
    }
}

#[derive(Clone, Debug)]
struct Settle {
    lease: String,
    outcomes: Vec<Outcome>,
    now: Timestamp,
}

impl Operation for Settle {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        for outcome in &self.outcomes {
            store::outbox::settle(txn, &self.lease, outcome, self.now).await?;
            if outcome.state == MessageState::Failed {
                store::invitation_links::note_failed_mail(txn, outcome.id, self.now).await?;
            }
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
struct Release {
    carrier: Carrier,
    now: Timestamp,
}

impl Operation for Release {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        store::outbox::release(txn, self.carrier, self.now).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_from_seconds_to_an_hour() {
        let pauses: Vec<u64> = (0..24).map(|attempts| pause_after(attempts).as_secs()).collect();
        assert_eq!(pauses[..7], [2, 4, 8, 16, 32, 60, 60]);
        assert!(pauses.is_sorted());
        assert_eq!(pauses.last(), Some(&3600));
    }
}
