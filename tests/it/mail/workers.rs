//! Several workers on one database: no mail is sent twice at the same time, and none is forgotten.

use std::collections::BTreeMap;
use std::time::Duration;

use super::sharing_by_smtp;
use crate::support::on_both_by_smtp;
use crate::support::smtp::{Behaviour, SmtpServer};

/// The number of mails by address.
fn received(server: &SmtpServer) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for to in server.mails().into_iter().flat_map(|mail| mail.to) {
        *counts.entry(to).or_default() += 1;
    }
    counts
}

on_both_by_smtp! {
    async fn two_at_once_share_the_work(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        for number in 0..90 {
            rosa.invite(&format!("invitee-{number}@harbor.test")).await;
        }
        let (one, other) = (app.mailer_to(&server.url()), app.mailer_to(&server.url()));
        let (one, other) = tokio::join!(one.deliver_due(), other.deliver_due());
        assert_eq!(one.unwrap() + other.unwrap(), 90);
        let counts = received(&server);
        assert_eq!(counts.len(), 91);
        assert!(counts.values().all(|count| *count == 1), "{counts:?}");
    }

    async fn what_one_is_sending_the_other_leaves_alone(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        server.set(Behaviour::Stall);
        let one = app.mailer_to(&server.url());
        let connections = server.connections();
        let sending = tokio::spawn(async move { one.deliver_due().await.unwrap() });
        server.wait_for_connections(connections + 1).await;
        let other = app.mailer_to(&server.url());
        assert_eq!(other.deliver_due().await.unwrap(), 0);
        app.advance(Duration::from_mins(1));
        assert_eq!(other.deliver_due().await.unwrap(), 0, "a mail may take a minute");
        server.set(Behaviour::Accept);
        assert_eq!(sending.await.unwrap(), 1);
        assert_eq!(received(&server)["tomas@harbor.test"], 1);
        assert!(rosa.page().await.shows("Mail sent"));
    }

    async fn what_a_dead_one_was_sending_another_sends(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        server.set(Behaviour::Stall);
        let one = app.mailer_to(&server.url());
        let connections = server.connections();
        let sending = tokio::spawn(async move { one.deliver_due().await.unwrap() });
        server.wait_for_connections(connections + 1).await;
        sending.abort();
        assert!(sending.await.unwrap_err().is_cancelled());

        server.set(Behaviour::Accept);
        app.advance(Duration::from_mins(2));
        let other = app.mailer_to(&server.url());
        assert_eq!(other.deliver_due().await.unwrap(), 1);
        assert_eq!(received(&server)["tomas@harbor.test"], 1);
    }
}
