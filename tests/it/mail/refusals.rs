//! Only an unknown recipient is final. Everything else that a mail server refuses can be mended, and then all of it
//! leaves.

use std::time::Duration;

use super::sharing_by_smtp;
use crate::support::on_both_by_smtp;
use crate::support::smtp::Behaviour;

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

/// Refusals that are not about the recipient: at which command, the answer, and what the page says.
const SET_UP: [(&str, &[u8], &str); 11] = [
    (
        "RCPT",
        b"504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname\r\n",
        "we introduce ourselves",
    ),
    (
        ".",
        b"550 5.7.60 SMTP; Client does not have permissions to send as this sender\r\n",
        "does not allow this mail: 550 5.7.60",
    ),
    ("RCPT", b"554 5.7.1 <tomas@harbor.test>: Relay access denied\r\n", "does not allow this mail"),
    ("RCPT", b"553 5.1.8 Domain of sender address does not exist\r\n", "refused the sender's address"),
    ("RCPT", b"550 5.1.0 <usher@localhost>: Sender address rejected: User unknown\r\n", "refused the sender's address"),
    ("MAIL", b"550 5.1.1 who are you\r\n", "refused the sender's address"),
    ("RCPT", b"552 5.2.2 Mailbox full\r\n", "perhaps because it is full"),
    ("RCPT", b"550 5.2.1 This account is disabled\r\n", "takes no mail for now"),
    (".", b"552 5.3.4 Message size exceeds fixed limit\r\n", "too large"),
    (".", b"554 this looks like spam\r\n", "refused the mail: 554 this looks like spam"),
    ("MAIL", b"530 5.7.0 Authentication required\r\n", "wants a user and a password"),
];

on_both_by_smtp! {
    async fn a_wrong_set_up_is_put_off_and_told_as_what_it_is(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        let mailer = app.mailer_to(&server.url());
        for (command, answer, told) in SET_UP {
            server.set(Behaviour::Answer(command, answer));
            app.advance(MINUTE);
            assert_eq!(mailer.deliver_due().await.unwrap(), 1, "{told}");
            let page = rosa.page().await;
            assert!(page.shows("Mail is waiting") && page.shows(told), "{told}: {}", page.text());
        }
        server.set(Behaviour::Accept);
        app.advance(MINUTE);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        let page = rosa.page().await;
        assert!(page.shows("Mail sent") && !page.shows("waiting"), "{}", page.text());
    }

    async fn an_unknown_recipient_is_final(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        let unknown: [(&str, &[u8]); 4] = [
            ("RCPT", b"550 5.1.1 <ann@harbor.test>: User unknown\r\n"),
            (".", b"550 5.1.1 User unknown\r\n"),
            ("RCPT", b"553 not one of ours\r\n"),
            ("RCPT", b"556 5.1.10 null MX\r\n"),
        ];
        for (number, (command, answer)) in unknown.into_iter().enumerate() {
            server.set(Behaviour::Answer(command, answer));
            rosa.invite(&format!("ann{number}@harbor.test")).await;
            app.deliver().await;
            let page = rosa.page().await;
            assert_eq!(page.text().matches("Mail failed").count(), number + 1, "{}", page.text());
        }
        server.set(Behaviour::Accept);
        app.advance(MINUTE);
        assert_eq!(app.mailer_to(&server.url()).deliver_due().await.unwrap(), 0);
    }

    async fn what_the_set_up_held_back_leaves_as_soon_as_a_mail_goes_through(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        let mailer = app.mailer_to(&server.url());
        server.set(Behaviour::Answer(".", b"550 5.7.60 not as this sender\r\n"));
        for number in 0..5 {
            rosa.invite(&format!("guest{number}@harbor.test")).await;
        }
        // Long enough for pauses of an hour.
        for _ in 0..30 {
            mailer.deliver_due().await.unwrap();
            app.advance(10 * MINUTE);
        }
        mailer.deliver_due().await.unwrap();
        let before = server.mails().len();
        server.set(Behaviour::Accept);
        assert_eq!(mailer.deliver_due().await.unwrap(), 0, "nothing is due by itself");
        rosa.log_in_again("rosa@harbor.test").await;
        rosa.invite("another@harbor.test").await;
        assert_eq!(mailer.deliver_due().await.unwrap(), 6, "a new one, and what was held back");
        assert_eq!(server.mails().len() - before, 6);
    }

    async fn what_is_refused_alone_is_not_tried_with_every_other_mail(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        let mailer = app.mailer_to(&server.url());
        let refuse = Behaviour::Answer("RCPT", b"550 5.7.1 not to this one\r\n");
        server.set(refuse.clone());
        rosa.invite("tomas@harbor.test").await;
        for _ in 0..12 {
            mailer.deliver_due().await.unwrap();
            app.advance(MINUTE);
        }
        mailer.deliver_due().await.unwrap();
        // Another one goes through: tried once more, and refused again.
        server.set(Behaviour::RefuseOnly("tomas@harbor.test", b"550 5.7.1 not to this one\r\n"));
        let mut tries = Vec::new();
        for number in 0..5 {
            app.advance(Duration::from_secs(1));
            rosa.invite(&format!("guest{number}@harbor.test")).await;
            tries.push(mailer.deliver_due().await.unwrap());
        }
        assert_eq!(tries, [2, 1, 1, 1, 1]);
        let page = rosa.page().await;
        assert!(page.shows("does not allow this mail"), "{}", page.text());
    }

    async fn a_mail_that_is_refused_all_day_has_failed(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        let mailer = app.mailer_to(&server.url());
        server.set(Behaviour::Answer("RCPT", b"554 5.7.1 Relay access denied\r\n"));
        rosa.invite("tomas@harbor.test").await;
        for _ in 0..25 * 12 {
            mailer.deliver_due().await.unwrap();
            app.advance(5 * MINUTE);
        }
        rosa.log_in_again("rosa@harbor.test").await;
        let page = rosa.page().await;
        assert!(page.shows("Mail failed") && page.shows("Relay access denied"), "{}", page.text());
        server.set(Behaviour::Accept);
        app.advance(DAY);
        assert_eq!(mailer.deliver_due().await.unwrap(), 0);
    }
}
