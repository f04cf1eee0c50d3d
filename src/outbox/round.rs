//! One round of a worker: leases, sends and settles, all at the same time, until nothing is due.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use futures_util::future::{BoxFuture, Fuse, FusedFuture as _, FutureExt as _};
use futures_util::stream::{FuturesUnordered, StreamExt as _};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::delivery::Carry;
use super::{BEGIN_WITHIN, Delivered, LEASE, LOOK_EVERY, Lease, Settle, Worker};
use crate::clock::Timestamp;
use crate::entity::outbox::MessageState;
use crate::error::Error;
use crate::ids::{MessageId, hex, random_bytes};
use crate::store::outbox::{Due, LEASED, Leased, Outcome};

/// How long an outcome waits for others, to be recorded together.
const GATHERED_FOR: Duration = Duration::from_millis(15);
/// How many outcomes are recorded at once, without waiting for more.
const GATHERED: usize = 64;
/// How often recording is tried: what was sent and not recorded would be sent again …
const RECORDED_AT_MOST: u32 = 3;
/// … and the pause in between.
const RECORDED_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// A message that waits for a connection, and until when it may.
type Waiting = (Leased, Timestamp);

/// What a lease found, whether there may be more, and when to look again.
struct Found {
    messages: Vec<Leased>,
    now: Timestamp,
    due: Due,
    look_at: Instant,
}

/// What could not be recorded.
struct Unrecorded {
    error: Error,
    outcomes: Vec<Outcome>,
    sent: Option<Timestamp>,
}

pub(super) struct Round<'a, C> {
    worker: &'a Worker<C>,
    lease: String,
    /// Those that somebody waits for.
    awaited: VecDeque<Waiting>,
    ordinary: VecDeque<Waiting>,
    sending: FuturesUnordered<BoxFuture<'a, (bool, Delivered)>>,
    /// How many of those being sent nobody waits for.
    ordinary_sending: usize,
    /// All that is leased: a clock that is set forward ends leases early.
    ids: HashSet<MessageId>,
    outcomes: Vec<Outcome>,
    /// When the last one that went through was begun.
    sent: Option<Timestamp>,
    settle_at: Instant,
    leasing: Fuse<BoxFuture<'a, Result<Found, Error>>>,
    settling: Fuse<BoxFuture<'a, Result<u64, Unrecorded>>>,
    /// Whether there may be something to lease.
    more: bool,
    /// Whether there may be something that somebody waits for.
    more_awaited: bool,
    /// When to look whether there is.
    look_at: Instant,
    tried: usize,
    /// Whether a message was given back, which is due.
    given_back: bool,
    unrecorded: u32,
    failed: Option<Error>,
    stopping: bool,
}

impl<'a, C: Carry> Round<'a, C> {
    pub fn new(worker: &'a Worker<C>) -> Self {
        Self {
            worker,
            lease: hex(&random_bytes::<12>()),
            awaited: VecDeque::new(),
            ordinary: VecDeque::new(),
            sending: FuturesUnordered::new(),
            ordinary_sending: 0,
            ids: HashSet::new(),
            outcomes: Vec::new(),
            sent: None,
            settle_at: Instant::now(),
            leasing: Fuse::terminated(),
            settling: Fuse::terminated(),
            more: true,
            more_awaited: false,
            look_at: Instant::now() + LOOK_EVERY,
            tried: 0,
            given_back: false,
            unrecorded: 0,
            failed: None,
            stopping: false,
        }
    }

    /// Until nothing is due; how many were tried. When `stop` is true or dropped, only what was begun is finished.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) -> Result<usize, Error> {
        let woken = self.worker.usher.wakers.of(C::CARRIER);
        loop {
            self.stopping |= *stop.borrow();
            self.begin();
            self.lease_more();
            self.settle();
            if self.is_idle() {
                return self.failed.map_or(Ok(self.tried), Err);
            }
            let may_settle = !self.outcomes.is_empty() && self.settling.is_terminated();
            tokio::select! {
                Some((is_awaited, delivered)) = self.sending.next(), if !self.sending.is_empty() => {
                    self.note(is_awaited, delivered);
                }
                found = &mut self.leasing, if !self.leasing.is_terminated() => self.take(found),
                settled = &mut self.settling, if !self.settling.is_terminated() => self.note_settled(settled),
                () = sleep_until(self.settle_at), if may_settle => {}
                () = woken.notified(), if !self.stopping => (self.more, self.more_awaited) = (true, true),
                () = sleep_until(self.look_at) => {
                    (self.more, self.more_awaited) = (true, true);
                    self.look_at = Instant::now() + LOOK_EVERY;
                }
                changed = stop.changed(), if !self.stopping => self.stopping |= changed.is_err(),
            }
        }
    }

    /// Begins as much as there are connections for.
    fn begin(&mut self) {
        let now = self.worker.usher.now();
        let stopping = self.stopping;
        // Earlier messages took too long, or the server stops: the next lease sends these.
        let is_late = move |(_, begun_by): &Waiting| stopping || now > *begun_by;
        while let Some((message, _)) = self
            .awaited
            .pop_front_if(|waiting| is_late(waiting))
            .or_else(|| self.ordinary.pop_front_if(|waiting| is_late(waiting)))
        {
            let given_back = Outcome {
                id: message.id,
                state: MessageState::Queued,
                tried: false,
                fault: None,
                next_at: now,
                held_at: None,
            };
            self.gather(given_back);
        }
        if self.unrecorded > 0 {
            // What could not be recorded either would be sent again.
            return;
        }
        while self.sending.len() < C::AT_ONCE + C::KEPT_FREE
            && let Some((message, _)) = self.awaited.pop_front()
        {
            self.send(true, message);
        }
        while self.has_room()
            && let Some((message, _)) = self.ordinary.pop_front()
        {
            self.ordinary_sending += 1;
            self.send(false, message);
        }
    }

    /// Whether there is a connection for a message that nobody waits for.
    fn has_room(&self) -> bool {
        self.ordinary_sending < C::AT_ONCE && self.sending.len() < C::AT_ONCE + C::KEPT_FREE
    }

    fn send(&mut self, is_awaited: bool, message: Leased) {
        let worker = self.worker;
        self.sending.push(async move { (is_awaited, worker.deliver(message).await) }.boxed());
    }

    fn note(&mut self, is_awaited: bool, Delivered { outcome, begun }: Delivered) {
        self.ordinary_sending -= usize::from(!is_awaited);
        self.tried += 1;
        if outcome.state == MessageState::Sent {
            self.sent = self.sent.max(Some(begun));
        }
        self.gather(outcome);
    }

    fn gather(&mut self, outcome: Outcome) {
        if self.outcomes.is_empty() {
            self.settle_at = Instant::now() + GATHERED_FOR;
        }
        self.outcomes.push(outcome);
    }

    /// Leases more when there are connections for it; also while none is free, if somebody may be waiting.
    fn lease_more(&mut self) {
        if !self.leasing.is_terminated() || self.stopping || self.failed.is_some() {
            return;
        }
        let due = if self.more && self.has_room() && self.ordinary.is_empty() {
            self.more = false;
            Due::All
        } else if self.more_awaited && C::KEPT_FREE > 0 {
            Due::Awaited
        } else {
            return;
        };
        self.more_awaited = false;
        let (worker, lease, now) = (self.worker, self.lease.clone(), self.worker.usher.now());
        let operation = Lease { carrier: C::CARRIER, due, lease, now, until: now.plus(LEASE) };
        let leasing = async move {
            let messages = worker.usher.db.write(operation).await?;
            let pause = if messages.is_empty() { worker.pause().await } else { LOOK_EVERY };
            Ok(Found { messages, now, due, look_at: Instant::now() + pause })
        };
        self.leasing = leasing.boxed().fuse();
    }

    fn take(&mut self, found: Result<Found, Error>) {
        let found = match found {
            Ok(found) => found,
            Err(error) => {
                self.failed = Some(error);
                return;
            }
        };
        self.look_at = found.look_at;
        // Until a lease finds nothing: more may have come due meanwhile.
        self.more |= !found.messages.is_empty() && found.due == Due::All;
        self.more_awaited |= found.messages.len() >= LEASED && found.due == Due::Awaited;
        let begin_by = found.now.plus(BEGIN_WITHIN);
        for message in found.messages {
            if self.ids.insert(message.id) {
                let queue =
                    if message.kind.is_awaited() && C::KEPT_FREE > 0 { &mut self.awaited } else { &mut self.ordinary };
                queue.push_back((message, begin_by));
            }
        }
    }

    /// Records what has come together.
    fn settle(&mut self) {
        let is_last = self.sending.is_empty() && self.unrecorded == 0;
        let is_due = is_last || self.outcomes.len() >= GATHERED || Instant::now() >= self.settle_at;
        if !self.settling.is_terminated() || self.outcomes.is_empty() || !is_due {
            return;
        }
        let (outcomes, sent) = (std::mem::take(&mut self.outcomes), self.sent.take());
        for outcome in &outcomes {
            self.ids.remove(&outcome.id);
            self.given_back |= !outcome.tried;
        }
        let worker = self.worker;
        let (lease, now) = (self.lease.clone(), worker.usher.now());
        let settling = async move {
            let operation = Settle { carrier: C::CARRIER, lease, outcomes: outcomes.clone(), sent, now };
            worker.usher.db.write(operation).await.map_err(|error| Unrecorded { error, outcomes, sent })
        };
        self.settling = settling.boxed().fuse();
    }

    fn note_settled(&mut self, settled: Result<u64, Unrecorded>) {
        match settled {
            Ok(freed) => {
                self.unrecorded = 0;
                self.more |= freed > 0 || self.given_back;
                self.given_back = false;
            }
            Err(Unrecorded { error, outcomes, sent }) => {
                self.unrecorded += 1;
                self.failed = Some(error);
                if self.unrecorded < RECORDED_AT_MOST {
                    self.outcomes.extend(outcomes);
                    self.sent = self.sent.max(sent);
                    self.settle_at = Instant::now() + RECORDED_AGAIN_AFTER;
                } else {
                    // Their leases expire.
                    self.awaited.clear();
                    self.ordinary.clear();
                }
            }
        }
    }

    fn is_idle(&self) -> bool {
        self.sending.is_empty()
            && self.awaited.is_empty()
            && self.ordinary.is_empty()
            && self.outcomes.is_empty()
            && self.leasing.is_terminated()
            && self.settling.is_terminated()
    }
}
