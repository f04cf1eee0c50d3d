//! Wakes the outbox workers.

use tokio::sync::Notify;

use crate::entity::outbox::Carrier;

/// One waker per carrier.
#[derive(Debug, Default)]
pub struct Wakers {
    mail: Notify,
    slack: Notify,
}

impl Wakers {
    pub fn wake_all(&self) {
        self.mail.notify_one();
        self.slack.notify_one();
    }

    /// What a carrier's worker waits for.
    pub(crate) fn of(&self, carrier: Carrier) -> &Notify {
        match carrier {
            Carrier::Mail => &self.mail,
            Carrier::Slack => &self.slack,
        }
    }
}
