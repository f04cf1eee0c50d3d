//! How many bodies may be under way.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::Error;
use crate::web::limits::network;

/// Bodies under way at once: all, those of one address, and the larger ones of one address.
pub(super) const AT_ONCE: usize = 1024;
pub(super) const OF_ONE: usize = 128;
pub(super) const LARGER_OF_ONE: usize = 8;

#[derive(Clone, Debug)]
pub(super) struct Slots {
    all: Arc<Semaphore>,
    by_address: Arc<Mutex<ByAddress>>,
}

type ByAddress = HashMap<IpAddr, Share>;

/// How many bodies of one address are under way, and how many of them are larger.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    all: usize,
    larger: usize,
}

/// The slot of a body, until dropped.
#[derive(Debug)]
pub struct Slot {
    slots: Slots,
    _permit: OwnedSemaphorePermit,
    ip: IpAddr,
    is_larger: bool,
}

impl Slots {
    pub fn new() -> Self {
        Self { all: Arc::new(Semaphore::new(AT_ONCE)), by_address: Arc::default() }
    }

    /// Waits for nobody: whoever waited would hold a connection.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub fn take(&self, ip: IpAddr) -> Result<Slot, Error> {
        let permit = self.all.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
        let ip = network(ip);
        let mut shares = self.shares();
        let share = shares.entry(ip).or_default();
        if share.all >= OF_ONE {
            return Err(Error::Busy);
        }
        share.all += 1;
        Ok(Slot { slots: self.clone(), _permit: permit, ip, is_larger: false })
    }

    fn shares(&self) -> MutexGuard<'_, ByAddress> {
        // Nothing in here can panic half-way.
        self.by_address.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub fn are_empty(&self) -> bool {
        self.shares().is_empty() && self.all.available_permits() == AT_ONCE
    }
}

impl Slot {
    /// The body turns out to be a larger one.
    ///
    /// # Errors
    /// [`Error::Busy`].
    pub(super) fn grow(&mut self) -> Result<(), Error> {
        if self.is_larger {
            return Ok(());
        }
        let mut shares = self.slots.shares();
        let share = shares.entry(self.ip).or_default();
        if share.larger >= LARGER_OF_ONE {
            return Err(Error::Busy);
        }
        share.larger += 1;
        self.is_larger = true;
        Ok(())
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut shares = self.slots.shares();
        let share = shares.entry(self.ip).or_default();
        share.all -= 1;
        share.larger -= usize::from(self.is_larger);
        if share.all == 0 {
            shares.remove(&self.ip);
        }
    }
}
