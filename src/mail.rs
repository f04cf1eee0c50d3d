//! The mail carrier: composes and sends mails.

mod access;
pub mod message;
pub mod render;
#[cfg(debug_assertions)]
pub mod samples;
pub mod transport;
mod view;

use lettre::message::Mailbox;

use self::message::{Letter, compose};
use self::render::Renderer;
use self::transport::{CONNECTIONS, Transport};
use crate::config::Config;
use crate::config::mail_url::{MailUrl, MailUrlError};
use crate::entity::outbox::Carrier;
use crate::error::Error;
use crate::outbox::Worker;
use crate::outbox::delivery::{Carried, Carry, SendError};
use crate::outbox::reason::Why;
use crate::plain_text::clean;
use crate::store::outbox::Leased;
use crate::usher::Usher;
use crate::words::{Language, Text};

/// Renders mails at the moment of sending, and sends them.
pub struct Mails {
    usher: Usher,
    transport: Transport,
    renderer: Renderer,
    from: Mailbox,
}

/// The worker that sends mails.
pub type Mailer = Worker<Mails>;

/// # Errors
/// When the mail server's URL asks for encryption and TLS cannot be set up.
pub fn mailer(usher: &Usher, config: &Config) -> Result<Mailer, MailUrlError> {
    let by_url = match &config.mail_url {
        MailUrl::Smtp(url) => url.hello.clone(),
        MailUrl::File(_) => None,
    };
    let hello = config.mail_hello.clone().or(by_url).unwrap_or_else(|| config.public_url.host().into());
    let transport = Transport::new(&config.mail_url, &hello, config.mail_ca.as_ref())?;
    if let Err(error) = transport.remove_unfinished() {
        tracing::warn!(%error, "could not remove unfinished mails of a killed process");
    }
    let mails = Mails { usher: usher.clone(), transport, renderer: Renderer::new(), from: config.mail_from.clone() };
    Ok(Worker::new(usher.clone(), mails))
}

impl Carry for Mails {
    const CARRIER: Carrier = Carrier::Mail;
    const AT_ONCE: usize = CONNECTIONS - 1;
    const KEPT_FREE: usize = 1;

    async fn carry(&self, mail: &Leased) -> Result<Carried, SendError> {
        let Some(addressed) = view::load(&self.usher, mail).await.map_err(not_now)? else {
            return Ok(Carried::Over);
        };
        let rendered = self.renderer.render(&addressed.view, addressed.language).map_err(never)?;
        let letter = Letter {
            to: mail.address.clone(),
            to_name: addressed.to_name,
            from_name: addressed.by.and_then(|name| self.by_way_of_us(&name, addressed.language)),
            reply_to: addressed.reply_to,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            message_id: mail.uid.clone(),
            date: mail.created_at.into(),
        };
        let message = compose(&letter, &self.from).map_err(never)?;
        self.transport.send(&message).await?;
        Ok(Carried::Sent)
    }
}

impl Mails {
    /// The sender's name of a mail that a person causes: `Rosa Marlow via Usher`. `None` if nothing of theirs is left.
    fn by_way_of_us(&self, name: &str, language: Language) -> Option<String> {
        let name: String = clean(name).trim().chars().take(LONGEST_NAME).collect();
        let service = self.from.name.as_deref().unwrap_or("Usher");
        let by = Text::of("mails-via").with("who", name.as_str()).with("service", service);
        (!name.is_empty()).then(|| by.in_language(language))
    }
}

/// What lists of mails can show of a name.
const LONGEST_NAME: usize = 60;

fn not_now(error: Error) -> SendError {
    // Outages are logged where they are noticed.
    if !matches!(error, Error::Unavailable(_)) {
        tracing::error!(%error, "could not load a mail");
    }
    SendError::Temporary(Why::MailUnread.into())
}

fn never(error: impl std::fmt::Display) -> SendError {
    tracing::error!(%error, "could not compose a mail");
    SendError::Permanent(Why::MailUnwritable.into())
}
