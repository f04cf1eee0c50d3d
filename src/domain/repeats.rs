//! A request that comes again is made once, and its answer is the outcome of the first.
//!
//! The request's row is written in the transaction of its change: a refused change leaves none, so that it can be tried
//! again. What was answered is never kept, only where it led to, and that sealed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::error::Error;
use crate::ids::{UserId, hex, random_bytes};
use crate::keys::{Keys, Purpose};
use crate::store;
use crate::store::repeats::Asked;
use crate::usher::Usher;

/// How long a request is known.
pub const LIFE: Duration = Duration::from_hours(24);

/// What a request asks for, known again when it comes again.
#[derive(Clone, Debug)]
pub struct Once {
    key: String,
    body: String,
    /// Of this request: it may make several changes.
    nonce: String,
}

impl Once {
    /// `key` tells requests apart that are meant to differ, `body` is all that is asked.
    pub fn of(keys: &Keys, key: &[&[u8]], body: &[&[u8]]) -> Self {
        let digest = |label: &[u8], parts: &[&[u8]]| hex(&keys.mac(Purpose::Repeat, &[&[label], parts].concat()));
        // With the key in it, the digests of equal bodies differ.
        let body = [key, body].concat();
        Self { key: digest(b"key", key), body: digest(b"body", &body), nonce: hex(&random_bytes::<16>()) }
    }

    fn asked(&self, user_id: UserId) -> Asked<'_> {
        Asked { user_id, key: &self.key, body: &self.body }
    }

    /// Notes it in the transaction of its change. Of several at once, the index `repeats_once` lets one through.
    ///
    /// # Errors
    /// [`Error::Repeated`].
    pub(crate) async fn begin(&self, txn: &DatabaseTransaction, user_id: UserId, now: Timestamp) -> Result<(), Error> {
        let known = (now.minus(LIFE), now);
        let is_first = store::repeats::begin(txn, self.asked(user_id), &self.nonce, known).await?;
        if is_first { Ok(()) } else { Err(Error::Repeated) }
    }
}

/// What a user's request asks for, if it is one that is known again. Shared by all that work on the request.
#[derive(Clone, Debug, Default)]
pub struct Request(Arc<State>);

#[derive(Debug, Default)]
struct State {
    once: OnceLock<Once>,
    is_made: AtomicBool,
    is_repeated: AtomicBool,
}

impl Request {
    /// Lets it be known again. Only the first call counts.
    pub fn make_once(&self, once: Once) {
        let _ = self.0.once.set(once);
    }

    pub fn once(&self) -> Option<&Once> {
        self.0.once.get()
    }

    /// Whether a change was made for it.
    pub fn is_made(&self) -> bool {
        self.0.is_made.load(Ordering::Relaxed)
    }

    /// Whether it came before.
    pub fn is_repeated(&self) -> bool {
        self.0.is_repeated.load(Ordering::Relaxed)
    }

    /// Notes that it came before.
    pub fn repeated(&self) -> Error {
        self.0.is_repeated.store(true, Ordering::Relaxed);
        Error::Repeated
    }

    pub(crate) fn note<T>(&self, outcome: Result<T, Error>) -> Result<T, Error> {
        match &outcome {
            Ok(_) => self.0.is_made.store(true, Ordering::Relaxed),
            Err(Error::Repeated) => drop(self.repeated()),
            Err(_) => {}
        }
        outcome
    }
}

/// An earlier request for the same.
#[derive(Debug, PartialEq, Eq)]
pub enum Earlier {
    None,
    /// Its change is made; its outcome is not known, or not yet.
    Made,
    Ended(String),
}

/// What became of an earlier request for the same.
///
/// # Errors
/// When the database cannot be read.
pub async fn earlier(usher: &Usher, user_id: UserId, once: &Once) -> Result<Earlier, Error> {
    let after = usher.now().minus(LIFE);
    let Some(noted) = store::repeats::find(usher.db.read(), once.asked(user_id), after).await? else {
        return Ok(Earlier::None);
    };
    let outcome = noted.outcome.and_then(|sealed| usher.keys.open(COLUMN, &row(&once.key, &noted.nonce), &sealed).ok());
    Ok(outcome.map_or(Earlier::Made, Earlier::Ended))
}

/// Keeps where a request led to, in the background: nobody waits for it, and without it a repeated one leads to its page.
pub fn keep(usher: &Usher, user_id: UserId, once: &Once, outcome: &str) {
    let sealed = usher.keys.seal(COLUMN, &row(&once.key, &once.nonce), outcome);
    usher.db.write_later(Finish { user_id, once: once.clone(), sealed });
}

const COLUMN: &str = "repeats.outcome";

fn row(key: &str, nonce: &str) -> String {
    format!("{key}.{nonce}")
}

#[derive(Clone, Debug)]
struct Finish {
    user_id: UserId,
    once: Once,
    sealed: Vec<u8>,
}

impl Operation for Finish {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        store::repeats::finish(txn, self.once.asked(self.user_id), &self.once.nonce, &self.sealed).await
    }
}
