//! The workers that empty the outbox, one for each carrier: a worker leases due messages, sends them, and records the
//! outcomes. At least once, never twice at the same time, and a failed send undoes nothing. A carrier that stalls
//! delays only its own messages, and a slow recipient only theirs.

pub mod delivery;
pub mod reason;

mod round;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sea_orm::{ActiveEnum as _, DatabaseTransaction};
use tokio::sync::watch;

use self::delivery::{Carried, Carry, SendError};
use self::reason::{Extent, Reason};
use self::round::Round;
use crate::clock::{MAX_CLOCK_SKEW, Timestamp};
use crate::db::{DatabaseUrl, Operation};
use crate::entity::outbox::{Carrier, MessageState};
use crate::error::Error;
use crate::store;
use crate::store::outbox::{Due, LONGEST_PAUSE, Leased, Outcome};
use crate::usher::Usher;

/// Sends begin within this time of a lease …
const BEGIN_WITHIN: Duration = Duration::from_secs(20);
/// … and end, at 60 s each, before it expires.
const LEASE: Duration = Duration::from_secs(90);
/// How long a message is retried before it fails …
const TRIED_FOR: Duration = Duration::from_hours(24);
/// … and at least how often, so that a clock that was wrong for a while fails none.
const TRIED_AT_LEAST: i64 = 10;
/// A message that was made due by another, and was refused again, waits this long before the next one makes it due; at
/// the sixth time six times as long.
const HELD_FOR: Duration = Duration::from_mins(10);
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
    /// Whether something other than a message was at fault the last time.
    in_trouble: AtomicBool,
}

/// What became of a message, and when it was begun.
struct Delivered {
    outcome: Outcome,
    begun: Timestamp,
}

impl<C: Carry> Worker<C> {
    pub fn new(usher: Usher, carrier: C) -> Self {
        Self { usher, carrier, in_trouble: AtomicBool::new(false) }
    }

    /// Sends messages as they come due, until `stop` is true or dropped; finishes those begun.
    pub async fn run(&self, mut stop: watch::Receiver<bool>) {
        self.release_leases().await;
        while !*stop.borrow() {
            let pause = match Round::new(self).run(stop.clone()).await {
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
        let (_go_on, stop) = watch::channel(false);
        Round::new(self).run(stop).await
    }

    async fn deliver(&self, message: Leased) -> Delivered {
        let begun = self.usher.now();
        let next_at = begun.plus(pause_after(message.attempts));
        let (state, fault) = match self.carrier.carry(&message).await {
            Ok(Carried::Over) => (MessageState::Dropped, None),
            Ok(Carried::Sent) => (MessageState::Sent, None),
            Err(fault @ SendError::Permanent(_)) => (MessageState::Failed, Some(fault)),
            // The retry would be too late: the invitation has expired by then.
            Err(fault @ SendError::Temporary(_)) if is_given_up(&message, next_at) => {
                (MessageState::Failed, Some(fault))
            }
            Err(fault @ SendError::Temporary(_)) => (MessageState::Queued, Some(fault)),
        };
        let reason = fault.as_ref().map(SendError::reason);
        self.log(&message, state, reason);
        let held_at = match reason.map(|reason| reason.why().extent()) {
            None | Some(Extent::Message) => None,
            Some(Extent::All) => Some(self.usher.now()),
            Some(Extent::SetUp) => Some(self.usher.now().plus(held_for(message.freed))),
        };
        let held_at = held_at.filter(|_| state == MessageState::Queued);
        let fault = reason.map(Reason::stored);
        Delivered { outcome: Outcome { id: message.id, state, tried: true, fault, next_at, held_at }, begun }
    }

    /// Why a message was not sent, without its recipient; and once, that messages are sent again.
    fn log(&self, message: &Leased, state: MessageState, reason: Option<&Reason>) {
        let carrier = C::CARRIER.to_value();
        match reason {
            Some(reason) => {
                if reason.why().extent() != Extent::Message {
                    self.in_trouble.store(true, Ordering::Relaxed);
                }
                tracing::warn!(
                    carrier,
                    id = message.uid,
                    kind = message.kind.to_value(),
                    state = state.to_value(),
                    attempt = message.attempts + 1,
                    reason = reason.why().key(),
                    said = reason.said_without(&message.address),
                    "a message was not sent"
                );
            }
            None if state == MessageState::Sent && self.in_trouble.swap(false, Ordering::Relaxed) => {
                tracing::info!(carrier, "messages are sent again");
            }
            None => {}
        }
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

fn is_given_up(message: &Leased, next_at: Timestamp) -> bool {
    let since = message.resent_at.unwrap_or(message.created_at);
    next_at.since(since) >= TRIED_FOR && message.attempts >= TRIED_AT_LEAST
}

fn held_for(freed: i64) -> Duration {
    HELD_FOR * u32::try_from(freed.clamp(0, 6)).unwrap_or_default()
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
    due: Due,
    lease: String,
    now: Timestamp,
    until: Timestamp,
}

impl Operation for Lease {
    type Output = Vec<Leased>;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Vec<Leased>, Error> {
        store::outbox::lease(txn, self.carrier, self.due, &self.lease, self.now, self.until).await
    }
}

#[derive(Clone, Debug)]
struct Settle {
    carrier: Carrier,
    lease: String,
    outcomes: Vec<Outcome>,
    /// When the last one that went through was begun.
    sent: Option<Timestamp>,
    now: Timestamp,
}

impl Operation for Settle {
    /// How many others are due, now that one has gone through.
    type Output = u64;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<u64, Error> {
        for outcome in &self.outcomes {
            store::outbox::settle(txn, &self.lease, outcome, self.now).await?;
            if outcome.state == MessageState::Failed {
                store::invitation_links::note_failed_mail(txn, outcome.id, self.now).await?;
            }
        }
        match self.sent {
            Some(begun) => store::outbox::free(txn, self.carrier, begun, self.now).await,
            None => Ok(0),
        }
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

    #[test]
    fn a_message_that_is_refused_alone_is_made_due_ever_more_seldom() {
        assert_eq!([0, 1, 2, 6, 7].map(|freed| held_for(freed).as_secs() / 60), [0, 10, 20, 60, 60]);
    }
}
