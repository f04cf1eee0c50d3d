//! Turns at costly work: so many at once, so many more who wait, and nobody else.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;

/// Hands out turns in the order of asking.
#[derive(Clone, Debug)]
pub struct Turns {
    most: usize,
    places: Arc<Semaphore>,
    at_once: Arc<Semaphore>,
    retry_after: Duration,
}

/// A turn, until dropped. It belongs into the work, not beside it: a request whose client has gone is dropped, but its
/// work on another thread goes on.
#[derive(Debug)]
pub struct Turn {
    _turn: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Turns {
    /// `at_once` and `waiting` at most; others are to come back after `retry_after`.
    pub fn new(at_once: usize, waiting: usize, retry_after: Duration) -> Self {
        Self {
            most: at_once + waiting,
            places: Arc::new(Semaphore::new(at_once + waiting)),
            at_once: Arc::new(Semaphore::new(at_once)),
            retry_after,
        }
    }

    /// Waits for a turn.
    ///
    /// # Errors
    /// [`Error::TooMany`] when too many wait already.
    pub async fn take(&self) -> Result<Turn, Error> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| self.full())?;
        let turn = self.at_once.clone().acquire_owned().await.map_err(Error::internal)?;
        Ok(Turn { _turn: turn, _place: place })
    }

    /// Whether a single one has a turn, and nobody waits.
    pub fn is_last(&self) -> bool {
        self.places.available_permits() + 1 == self.most
    }

    /// What those hear who cannot wait.
    pub fn full(&self) -> Error {
        Error::TooMany { retry_after: self.retry_after }
    }
}
