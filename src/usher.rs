//! The application without its interfaces: what every operation works with.

use std::sync::Arc;

use crate::clock::{Clock, Timestamp};
use crate::config::Config;
use crate::db::{Db, Operation};
use crate::error::Error;
use crate::keys::Keys;
use crate::passwords::Passwords;
use crate::turns::Turns;
use crate::uploads::Uploads;
use crate::wakers::Wakers;

/// What an operation needs.
#[derive(Clone)]
pub struct Usher {
    pub db: Db,
    pub keys: Keys,
    pub clock: Clock,
    pub config: Arc<Config>,
    pub passwords: Passwords,
    /// At decoding pictures.
    pub drawing: Turns,
    pub uploads: Uploads,
    /// Wakes the workers after a change that may owe a message.
    pub wakers: Arc<Wakers>,
}

impl Usher {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes a change that may owe a message.
    ///
    /// # Errors
    /// The operation's own.
    pub async fn write_and_mail<O: Operation>(&self, operation: O) -> Result<O::Output, Error> {
        let output = self.db.write(operation).await?;
        self.wakers.wake_all();
        Ok(output)
    }
}
