//! Mails: content, when they are sent, and when not.

mod access;
mod clock;
mod delivery;
mod failures;
mod kinds;
mod names;
mod notes;
mod parts;
mod queue;
mod refusals;
mod secrecy;
mod servers;
mod timeliness;
mod workers;

use crate::support::app::App;
use crate::support::mailbox::Mail;
use crate::support::sharing::Sharing;
use crate::support::smtp::SmtpServer;

/// A user who may invite newcomers, with mails delivered to an SMTP server.
pub async fn sharing_by_smtp<'a>(app: &'a App, server: &SmtpServer) -> Sharing<'a> {
    let api = app.unverified_user("rosa@harbor.test").await;
    let mail = next_mail(app, server).await;
    app.browser_of(&api).get(&mail.link()).await.submit("Confirm this address", &[]).await;
    Sharing::of(app, api).await
}

/// Sends what is due, and returns the next mail that the SMTP server received.
async fn next_mail(app: &App, server: &SmtpServer) -> Mail {
    app.deliver().await;
    Mail::parse(&server.next_mail().await.data)
}
