//! A slow recipient holds up nobody else's mail, and a mail that somebody waits for overtakes all others.

use std::time::{Duration, Instant};

use tokio::time::timeout;

use super::sharing_by_smtp;
use crate::support::app::App;
use crate::support::on_both_by_smtp;
use crate::support::sharing::Sharing;
use crate::support::smtp::{Behaviour, SmtpServer};

const PATIENCE: Duration = Duration::from_secs(10);

/// The state of the mails on the sharing page, awaited.
async fn page_until(rosa: &mut Sharing<'_>, what: &str, is_so: impl Fn(&str) -> bool) {
    let seen = async {
        while !is_so(&rosa.page().await.text()) {
            tokio::task::yield_now().await;
        }
    };
    assert!(timeout(PATIENCE, seen).await.is_ok(), "{what}: {}", rosa.browser.text());
}

fn to(server: &SmtpServer) -> Vec<String> {
    server.mails().into_iter().flat_map(|mail| mail.to).collect()
}

async fn forget(app: &App) {
    app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@harbor.test")]).await;
}

on_both_by_smtp! {
    async fn a_slow_recipient_holds_up_nobody(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::StallFor("slow"));
        rosa.invite("slow@harbor.test").await;
        for number in 0..3 {
            rosa.invite(&format!("first{number}@harbor.test")).await;
        }
        let mailer = app.mailer_to(&server.url());
        let delivery = tokio::spawn(async move { mailer.deliver_due().await.unwrap() });
        server.wait_for_mails(4).await;
        // What was delivered is noted while the slow one is under way, and what comes later leaves.
        page_until(&mut rosa, "the first", |text| text.matches("Mail sent").count() == 3).await;
        for number in 0..10 {
            rosa.invite(&format!("later{number}@harbor.test")).await;
        }
        server.wait_for_mails(14).await;
        page_until(&mut rosa, "the later", |text| text.matches("Mail sent").count() == 13).await;
        assert!(!delivery.is_finished());
        server.set(Behaviour::Accept);
        assert_eq!(timeout(PATIENCE, delivery).await.unwrap().unwrap(), 14);
        assert!(to(&server).contains(&"slow@harbor.test".to_owned()));
    }

    async fn a_reset_overtakes_a_batch_of_invitations(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        // More than are leased at once, and none of them moves.
        server.set(Behaviour::StallFor("guest"));
        for number in 0..70 {
            rosa.invite(&format!("guest{number}@harbor.test")).await;
        }
        forget(&app).await;
        let mailer = app.mailer_to(&server.url());
        let delivery = tokio::spawn(async move { mailer.deliver_due().await.unwrap() });
        server.wait_for_mails(2).await;
        assert_eq!(to(&server)[1], "rosa@harbor.test");
        server.set(Behaviour::Accept);
        assert_eq!(timeout(6 * PATIENCE, delivery).await.unwrap().unwrap(), 71);
        assert_eq!(server.mails().len(), 72);
    }

    async fn a_reset_leaves_while_every_invitation_is_stuck(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::StallFor("slow"));
        for number in 0..8 {
            rosa.invite(&format!("slow{number}@harbor.test")).await;
        }
        let connections = server.connections();
        let mailer = app.mailer_to(&server.url());
        let delivery = tokio::spawn(async move { mailer.deliver_due().await.unwrap() });
        // One connection is kept already.
        server.wait_for_connections(connections + 3).await;
        forget(&app).await;
        server.wait_for_mails(2).await;
        assert_eq!(to(&server)[1], "rosa@harbor.test");
        server.set(Behaviour::Accept);
        assert_eq!(timeout(PATIENCE, delivery).await.unwrap().unwrap(), 9);
        assert_eq!(server.mails().len(), 10);
    }

    async fn what_was_delivered_is_noted_at_once(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::StallFor("slow"));
        rosa.invite("slow@harbor.test").await;
        rosa.invite("swift@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        let delivery = tokio::spawn(async move { mailer.deliver_due().await.unwrap() });
        server.wait_for_mails(2).await;
        let arrived = Instant::now();
        page_until(&mut rosa, "the swift one", |text| text.contains("Mail sent")).await;
        // 50 ms, and the page; generous, since other tests run beside this one.
        assert!(arrived.elapsed() < Duration::from_secs(5), "{:?}", arrived.elapsed());
        server.set(Behaviour::Accept);
        delivery.await.unwrap();
    }
}
