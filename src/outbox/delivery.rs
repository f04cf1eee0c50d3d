//! The interface of a carrier.

use std::future::Future;

use super::reason::Reason;
use crate::entity::outbox::Carrier;
use crate::store::outbox::Leased;

/// Why a message was not sent, and whether to retry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Retry.
    #[error("{0:?}")]
    Temporary(Reason),
    /// Do not retry.
    #[error("{0:?}")]
    Permanent(Reason),
}

impl SendError {
    pub const fn reason(&self) -> &Reason {
        match self {
            Self::Temporary(reason) | Self::Permanent(reason) => reason,
        }
    }
}

/// The outcome for a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Sent,
    /// It was obsolete and not sent.
    Over,
}

/// Sends messages of one kind of carrier.
pub trait Carry: Send + Sync {
    const CARRIER: Carrier;
    /// Messages sent concurrently.
    const AT_ONCE: usize;
    /// How many more, if somebody [waits for them](crate::entity::outbox::MessageKind::is_awaited).
    const KEPT_FREE: usize;

    /// Sends one message, within a minute.
    ///
    /// # Errors
    /// Why it was not sent.
    fn carry(&self, message: &Leased) -> impl Future<Output = Result<Carried, SendError>> + Send;
}
