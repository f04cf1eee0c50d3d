//! The application without its faces: what every operation works with.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::db::{Db, Operation};
use crate::error::Error;
use crate::keys::Keys;
use crate::passwords::Passwords;
use crate::wakers::Wakers;

/// The parts that an operation needs.
#[derive(Clone)]
pub struct Usher {
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub passwords: Passwords,
    /// Woken after a change that may owe somebody a message.
    pub wakers: Arc<Wakers>,
}

impl Usher {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes a change that may owe somebody a message.
    ///
    /// # Errors
    /// The operation's own.
    pub async fn write_and_mail<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let output = self.db.write(operation).await?;
        self.wakers.wake_all();
        Ok(output)
    }
}
