//! The carrier of notices to Slack: one text, posted to an environment's channel with its own token.

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

/// Writes notices at the moment of sending, and posts them.
pub struct Notices {
    usher: Usher,
    /// `None`: no connection to Slack is wanted.
    client: Option<Client>,
}

/// The worker that sends notices.
pub type Notifier = Worker<Notices>;

/// Connects to nothing yet.
pub fn notifier(usher: &Usher, config: &Config) -> Notifier {
    let client = match &config.slack_url {
        SlackUrl::Off => None,
        SlackUrl::At(base) => Some(Client::new(base)),
    };
    Worker::new(usher.clone(), Notices { usher: usher.clone(), client })
}

impl Carry for Notices {
    const CARRIER: Carrier = Carrier::Slack;
    /// A channel hears of things in the order in which they happened.
    const AT_ONCE: usize = 1;

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
    // An outage is logged where it was noticed.
    if !matches!(error, Error::Unavailable(_)) {
        tracing::error!(%error, "a notice could not be written");
    }
    SendError::Temporary(Why::NoticeUnread.into())
}
