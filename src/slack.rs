//! The carrier of notices to Slack: posts one text to an environment's channel with the environment's token.

mod client;
mod notice;

use self::client::Client;
use crate::config::Config;
use crate::config::slack_url::SlackUrl;
use crate::entity::outbox::Carrier;
use crate::error::Error;
use crate::outbox::Worker;
use crate::outbox::delivery::{Carried, Carry, SendError};
use crate::outbox::reason::Why;
use crate::store::outbox::Leased;
use crate::usher::Usher;

/// Renders notices at the moment of sending, and posts them.
pub struct Notices {
    usher: Usher,
    /// `None`: notices are switched off.
    client: Option<Client>,
}

/// The worker that sends notices.
pub type Notifier = Worker<Notices>;

/// Does not connect yet.
pub fn notifier(usher: &Usher, config: &Config) -> Notifier {
    let client = match &config.slack_url {
        SlackUrl::Off => None,
        SlackUrl::At(base) => Some(Client::new(base)),
    };
    Worker::new(usher.clone(), Notices { usher: usher.clone(), client })
}

impl Carry for Notices {
    const CARRIER: Carrier = Carrier::Slack;
    /// Keeps a channel's notices in order.
    const AT_ONCE: usize = 1;
    const KEPT_FREE: usize = 0;

    async fn carry(&self, notice: &Leased) -> Result<Carried, SendError> {
        let Some(client) = &self.client else { return Ok(Carried::Over) };
        let Some(post) = notice::load(&self.usher, notice).await.map_err(not_now)? else {
            return Ok(Carried::Over);
        };
        client.post(&post).await?;
        Ok(Carried::Sent)
    }
}

fn not_now(error: Error) -> SendError {
    // Outages are logged where they are noticed.
    if !matches!(error, Error::Unavailable(_)) {
        tracing::error!(%error, "could not load a notice");
    }
    SendError::Temporary(Why::NoticeUnread.into())
}
