//! Delivery to a mail server.

use std::time::Duration;

use super::{next_mail, sharing_by_smtp};
use crate::support::app::{App, Set};
use crate::support::mailbox::{Mail, urls};
use crate::support::on_both_by_smtp;
use crate::support::smtp::{Behaviour, SmtpServer};

on_both_by_smtp! {
    async fn a_mail_arrives_with_text_and_html(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        app.deliver().await;
        let received = server.next_mail().await;
        assert_eq!((received.from.as_str(), received.to), ("usher@localhost", vec!["tomas@harbor.test".to_owned()]));
        let mail = Mail::parse(&received.data);
        assert!(mail.text.contains("rosa@harbor.test") && mail.html.contains("invites you to Harbor staging"), "{}", mail.raw);
        assert_eq!(urls(&mail.text), urls(&mail.html));
        assert_eq!(app.browser().get(&mail.link()).await.status, 200);
        assert!(rosa.page().await.shows("Mail sent"));
        assert!(app.deliver().await.is_empty());
        assert_eq!(server.mails().len(), 2, "one to confirm the address, one to invite");
    }

    async fn a_retried_mail_carries_the_same_link(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::TakeAndClose);
        rosa.invite("tomas@harbor.test").await;
        let first = next_mail(&app, &server).await;
        assert!(rosa.page().await.shows("Mail is waiting"), "{}", rosa.browser.text());

        server.set(Behaviour::Accept);
        app.advance(Duration::from_secs(2));
        let second = next_mail(&app, &server).await;
        assert_eq!(first.link(), second.link());
        assert_eq!(first.text, second.text);
        assert_eq!(first.message_id, second.message_id, "the Message-ID changed");
    }

    async fn many_mails_take_few_connections(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        for round in 0..3 {
            for number in 0..20 {
                rosa.invite(&format!("invitee-{round}-{number}@harbor.test")).await;
            }
            app.deliver().await;
        }
        let mails = server.mails();
        assert_eq!(mails.len(), 61);
        let mut to: Vec<&String> = mails.iter().flat_map(|mail| &mail.to).collect();
        to.sort_unstable();
        to.dedup();
        assert_eq!(to.len(), 61, "somebody got two mails");
        assert!(server.connections() <= 4, "{} connections", server.connections());
    }

    async fn a_kept_connection_that_died_is_replaced(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.close_connections().await;
        rosa.invite("tomas@harbor.test").await;
        assert_eq!(next_mail(&app, &server).await.to, "tomas@harbor.test");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn usher_signs_in_where_it_must() {
    let server = SmtpServer::start().await;
    server.set(Behaviour::RequireAuth { user: "usher", password: "hunter2" });
    let app = App::start(Set::default().with("mail_url", server.url_with_credentials())).await;
    let mut rosa = sharing_by_smtp(&app, &server).await;
    rosa.invite("tomas@harbor.test").await;
    assert_eq!(next_mail(&app, &server).await.to, "tomas@harbor.test");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_is_no_fault_of_the_mail() {
    let server = SmtpServer::start().await;
    let app = App::start(Set::default().with("mail_url", server.url())).await;
    let mut rosa = sharing_by_smtp(&app, &server).await;
    server.set(Behaviour::RequireAuth { user: "usher", password: "hunter2" });
    let wrong = app.mailer_to(&server.url_with_credentials().replace("hunter2", "hunter3"));
    rosa.invite("tomas@harbor.test").await;
    wrong.deliver_due().await.unwrap();
    let page = rosa.page().await;
    assert!(page.shows("Mail is waiting") && page.shows("refused user or password (535)"), "{}", page.text());
    assert!(!page.body.contains("hunter"), "{}", page.body);

    app.advance(Duration::from_secs(2));
    app.mailer_to(&server.url_with_credentials()).deliver_due().await.unwrap();
    assert_eq!(Mail::parse(&server.next_mail().await.data).to, "tomas@harbor.test");
}
