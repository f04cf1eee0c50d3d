//! A failed mail undoes nothing, blocks nothing, and is reported where somebody can act on it.

use std::time::Duration;

use tokio::time::timeout;

use super::{next_mail, sharing_by_smtp};
use crate::support::on_both_by_smtp;
use crate::support::rpc::org;
use crate::support::smtp::{Behaviour, dead_port};

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

on_both_by_smtp! {
    async fn while_the_server_is_down_the_invitation_stands(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        let page = rosa.page().await;
        assert!(page.shows("Sending…") && !page.shows("waiting"), "{}", page.text());
        let down = app.mailer_to(&format!("smtp://127.0.0.1:{}", dead_port().await));
        assert_eq!(down.deliver_due().await.unwrap(), 1);
        let page = rosa.page().await;
        assert!(page.shows("tomas@harbor.test") && page.shows("Mail is waiting"), "{}", page.text());
        assert!(page.shows("no mail server answers"), "{}", page.text());

        // It is up again.
        app.advance(2 * SECOND);
        let mail = next_mail(&app, &server).await;
        assert_eq!(mail.to, "tomas@harbor.test");
        assert_eq!(app.browser().get(&mail.link()).await.status, 200);
        let page = rosa.page().await;
        assert!(page.shows("Mail sent") && !page.shows("no mail server answers"), "{}", page.text());
    }

    async fn a_refused_address_is_told_and_not_tried_again(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RefuseRecipient(550, "no such <b>user</b>"));
        rosa.invite("nobody@harbor.test").await;
        app.deliver().await;
        let page = rosa.page().await;
        assert!(page.shows("Mail failed") && page.shows("550 no such <b>user</b>"), "{}", page.text());
        rosa.browser.languages = Some("de");
        let page = rosa.page().await;
        assert!(page.shows("der Mailserver hat die Adresse abgelehnt: 550 no such <b>user</b>"), "{}", page.text());
        rosa.browser.languages = None;
        let home = rosa.browser.get("/").await;
        assert!(home.shows("Mails that did not arrive") && home.shows("nobody@harbor.test"), "{}", home.text());

        server.set(Behaviour::Accept);
        app.advance(MINUTE * 60);
        assert_eq!(app.mailer_to(&server.url()).deliver_due().await.unwrap(), 0);
        rosa.press("Resend").await;
        assert_eq!(next_mail(&app, &server).await.to, "nobody@harbor.test");
        assert!(rosa.page().await.shows("Mail sent"));
        assert!(!rosa.browser.get("/").await.shows("Mails that did not arrive"));
    }

    async fn a_refusal_does_not_name_whom_the_inviter_named_by_username(app: App, server: SmtpServer) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        org(&sofia, "orbit").await;
        server.set(Behaviour::RefuseRecipient(550, "<nadia@orbit.test>: rejected"));
        let mut page = app.browser();
        page.sign_in("sofia").await;
        page.get("/orgs/orbit/invitations").await.submit("Invite", &[("userKey", "nadia")]).await;
        app.deliver().await;
        page.get("/orgs/orbit/invitations").await;
        assert!(page.shows("Mail failed") && page.shows("the mail server refused the address"), "{}", page.text());
        assert!(!page.body.contains("nadia@orbit.test") && !page.shows("550"), "{}", page.text());
    }

    async fn a_revoked_one_is_no_longer_told_of(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RefuseRecipient(550, "no such user"));
        rosa.invite("nobody@harbor.test").await;
        app.deliver().await;
        rosa.press("Revoke").await;
        assert!(!rosa.browser.get("/").await.shows("Mails that did not arrive"));
    }

    async fn a_mail_that_is_put_off_is_tried_with_growing_pauses(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RefuseTemporarily);
        rosa.invite("tomas@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        for pause in [2, 4, 8, 16, 32, 60, 60].map(Duration::from_secs) {
            app.advance(pause - Duration::from_millis(1));
            assert_eq!(mailer.deliver_due().await.unwrap(), 0, "retried before {pause:?}");
            app.advance(Duration::from_millis(1));
            assert_eq!(mailer.deliver_due().await.unwrap(), 1, "not retried after {pause:?}");
        }
        let page = rosa.page().await;
        assert!(page.shows("Mail is waiting") && page.shows("451 try again later"), "{}", page.text());
        server.set(Behaviour::Accept);
        app.advance(MINUTE);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        assert_eq!(server.mails().len(), 2);
    }

    async fn after_a_day_a_mail_has_failed(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RefuseTemporarily);
        rosa.invite("tomas@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        let mut tries = 0;
        for _ in 0..23 * 12 {
            tries += mailer.deliver_due().await.unwrap();
            app.advance(5 * MINUTE);
        }
        assert!((30..=60).contains(&tries), "{tries} tries in 23 hours");
        rosa.log_in_again("rosa@harbor.test").await;
        assert!(rosa.page().await.shows("Mail is waiting"), "{}", rosa.browser.text());
        for _ in 0..24 {
            mailer.deliver_due().await.unwrap();
            app.advance(5 * MINUTE);
        }
        rosa.log_in_again("rosa@harbor.test").await;
        let home = rosa.browser.get("/").await;
        assert!(home.shows("Mails that did not arrive") && home.shows("tomas@harbor.test"), "{}", home.text());
        let page = rosa.page().await;
        assert!(page.shows("Mail failed") && page.shows("451 try again later"), "{}", page.text());
        server.set(Behaviour::Accept);
        app.advance(DAY);
        assert_eq!(mailer.deliver_due().await.unwrap(), 0, "a failed mail was retried");
    }

    async fn a_stalled_server_holds_no_request_up(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::Stall);
        rosa.invite("tomas@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        let connections = server.connections();
        let delivery = tokio::spawn(async move { mailer.deliver_due().await.unwrap() });
        server.wait_for_connections(connections + 1).await;

        let requests = async {
            rosa.invite("mia@harbor.test").await;
            assert!(rosa.page().await.shows("mia@harbor.test"));
            app.unverified_user("lena@harbor.test").await;
            assert_eq!(app.api().get("/health/ready").await.status, 200);
        };
        timeout(5 * SECOND, requests).await.expect("requests wait for the mail server");
        assert!(!delivery.is_finished());

        server.set(Behaviour::Accept);
        timeout(20 * SECOND, delivery).await.unwrap().unwrap();
        app.deliver().await;
        let mut to: Vec<String> = server.mails().into_iter().flat_map(|mail| mail.to).collect();
        to.sort_unstable();
        assert_eq!(to, ["lena@harbor.test", "mia@harbor.test", "rosa@harbor.test", "tomas@harbor.test"]);
    }
}
