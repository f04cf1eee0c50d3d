//! What wakes the workers.

use tokio::sync::Notify;

use crate::entity::outbox::Carrier;

/// Wakes the worker of each carrier.
#[derive(Debug, Default)]
pub struct Wakers {
    mail: Notify,
    slack: Notify,
}

impl Wakers {
    /// Wakes all of them.
    pub fn wake_all(&self) {
        self.mail.notify_one();
        self.slack.notify_one();
    }

    /// What the worker of a carrier waits for.
    pub(crate) fn of(&self, carrier: Carrier) -> &Notify {
        match carrier {
            Carrier::Mail => &self.mail,
            Carrier::Slack => &self.slack,
        }
    }
}
