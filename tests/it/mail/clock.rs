//! A clock that was ahead for a while: mails are neither delayed until then nor given up.

use std::time::Duration;

use super::sharing_by_smtp;
use crate::support::app::START;
use crate::support::on_both_by_smtp;
use crate::support::smtp::{Behaviour, SmtpServer};

const AHEAD: Duration = Duration::from_hours(400 * 24);

fn has_got(server: &SmtpServer, address: &str) -> bool {
    server.mails().iter().any(|mail| mail.to == [address])
}

on_both_by_smtp! {
    async fn a_mail_is_not_put_off_for_longer_than_any_may_be(app: App, server: SmtpServer) {
        app.advance(AHEAD);
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RefuseTemporarily);
        rosa.invite("tomas@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        app.clock.set(START);
        server.set(Behaviour::Accept);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1, "it waits for 400 days");
        assert!(has_got(&server, "tomas@harbor.test"));
    }

    async fn what_a_dead_process_was_sending_another_sends(app: App, server: SmtpServer) {
        app.advance(AHEAD);
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        server.set(Behaviour::Stall);
        let one = app.mailer_to(&server.url());
        let connections = server.connections();
        let sending = tokio::spawn(async move { one.deliver_due().await.unwrap() });
        server.wait_for_connections(connections + 1).await;
        sending.abort();
        assert!(sending.await.unwrap_err().is_cancelled());
        app.clock.set(START);
        server.set(Behaviour::Accept);
        assert_eq!(app.mailer_to(&server.url()).deliver_due().await.unwrap(), 1);
        assert!(has_got(&server, "tomas@harbor.test"));
    }

    async fn no_mail_is_given_up_at_its_first_try(app: App, server: SmtpServer) {
        app.unverified_user("rosa@harbor.test").await;
        server.set(Behaviour::RefuseTemporarily);
        let mailer = app.mailer_to(&server.url());
        app.advance(AHEAD);
        mailer.deliver_due().await.unwrap();
        app.clock.set(START);
        server.set(Behaviour::Accept);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        assert!(has_got(&server, "rosa@harbor.test"));
    }
}
