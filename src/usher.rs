//! The application without its faces: what every operation works with.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::db::{Db, Operation};
use crate::error::Error;
use crate::keys::Keys;
use crate::outbox::Bells;
use crate::passwords::Passwords;

/// The parts that an operation needs.
#[derive(Clone)]
pub struct Usher {
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub passwords: Passwords,
    /// Rung after a change that may owe somebody a message.
    pub bells: Arc<Bells>,
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
        self.bells.ring();
        Ok(output)
    }
}
