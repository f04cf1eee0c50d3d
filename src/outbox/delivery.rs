//! What a carrier does, and what it says of it.

use std::future::Future;

use super::reason::Reason;
use crate::entity::outbox::Carrier;
use crate::store::outbox::Leased;

/// Why a message did not leave, and whether it is to be tried again.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Worth another try.
    #[error("{0:?}")]
    Temporary(Reason),
    /// This message will never be taken.
    #[error("{0:?}")]
    Permanent(Reason),
}

/// What became of a message that was to be carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The other side has it.
    Sent,
    /// What it told of is over: nobody is to get it.
    Over,
}

/// A way for messages.
pub trait Carry: Send + Sync {
    /// Whose messages it takes.
    const CARRIER: Carrier;
    /// Messages that are carried at once.
    const AT_ONCE: usize;

    /// Carries one message, within a minute.
    ///
    /// # Errors
    /// Why it did not leave.
    fn carry(&self, message: &Leased) -> impl Future<Output = Result<Carried, SendError>> + Send;
}
