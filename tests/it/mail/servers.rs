//! Mail servers as they are: encrypted or not, in Latin-1, and some that never stop talking.

use std::time::Duration;

use super::{next_mail, sharing_by_smtp};
use crate::support::app::{App, Set};
use crate::support::mailbox::Mail;
use crate::support::on_both_by_smtp;
use crate::support::sharing::Sharing;
use crate::support::smtp::{Behaviour, authority};

const MINUTE: Duration = Duration::from_mins(1);
/// What socket buffers hold besides what is read.
const BUFFERED: usize = 16 * 1024 * 1024;

on_both_by_smtp! {
    async fn an_answer_in_latin_1_is_read(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::Answer("RCPT", b"550-5.1.1 Empf\xe4nger\r\n550 5.1.1 unbekannt\r\n"));
        rosa.invite("tomas@harbor.test").await;
        app.deliver().await;
        let page = rosa.page().await;
        assert!(page.shows("refused the address: 550 5.1.1 Empf\u{fffd}nger unbekannt"), "{}", page.text());
        // A greeting, too.
        server.set(Behaviour::Answer("greeting", b"220 Gr\xfc\xdfe\r\n"));
        server.close_connections().await;
        rosa.invite("mia@harbor.test").await;
        assert_eq!(next_mail(&app, &server).await.to, "mia@harbor.test");
    }

    async fn an_answer_without_end_costs_nothing(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        rosa.invite("tomas@harbor.test").await;
        let line = vec![b'x'; 4096].leak();
        let lines = b"250-and so on\r\n".repeat(300).leak();
        let mailer = app.mailer_to(&server.url());
        for (step, endless) in [
            ("greeting", &*line), ("greeting", b"220-on and on\r\n"), ("EHLO", line), ("EHLO", lines), ("MAIL", line),
            ("RCPT", line), ("RCPT", lines), ("DATA", line), (".", line),
        ] {
            server.set(Behaviour::AnswerForEver(step, endless));
            server.close_connections().await;
            app.advance(MINUTE);
            let before = server.endless();
            assert_eq!(mailer.deliver_due().await.unwrap(), 1, "{step}");
            assert!(server.endless() - before < BUFFERED, "{step}: {} bytes", server.endless() - before);
            let page = rosa.page().await;
            assert!(page.shows("something else than SMTP"), "{step}: {}", page.text());
        }
        server.set(Behaviour::Accept);
        app.advance(MINUTE);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
    }

    async fn a_server_that_starts_tls_is_spoken_to_encrypted(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RequireStartTls);
        rosa.invite("tomas@harbor.test").await;
        let port = server.port();
        let encrypted = format!("smtp://localhost:{port}?tls=required");
        let authority = authority();
        let keys = [("mail_url", encrypted.as_str()), ("mail_ca_file", authority.to_str().unwrap())];

        // Without the authority the certificate counts for nothing.
        app.mailer_to(&encrypted).deliver_due().await.unwrap();
        let page = rosa.page().await;
        assert!(page.shows("no encrypted connection to the mail server"), "{}", page.text());
        app.advance(MINUTE);
        let mailer = app.mailer_with(&keys);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        assert_eq!(Mail::parse(&server.next_mail().await.data).to, "tomas@harbor.test");
        // Answers are read in the same way, here on the connection that is kept.
        rosa.invite("mia@harbor.test").await;
        server.set(Behaviour::RefuseOnly("mia", b"550 5.1.1 Empf\xe4nger unbekannt\r\n"));
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        let page = rosa.page().await;
        assert!(page.shows("550 5.1.1 Empf\u{fffd}nger unbekannt"), "{}", page.text());
    }

    async fn a_server_with_tls_from_the_first_byte_is_bounded_too(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::Tls);
        rosa.invite("tomas@harbor.test").await;
        let (url, authority) = (format!("smtps://127.0.0.1:{}", server.port()), authority());
        let mailer = app.mailer_with(&[("mail_url", &url), ("mail_ca_file", authority.to_str().unwrap())]);
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        assert!(rosa.page().await.shows("Mail sent"), "{}", rosa.browser.text());

        // On the connection that is kept.
        rosa.invite("mia@harbor.test").await;
        server.set(Behaviour::AnswerForEver("RCPT", b"550 \xe4 "));
        assert_eq!(mailer.deliver_due().await.unwrap(), 1);
        assert!(server.endless() < BUFFERED, "{} bytes", server.endless());
        let page = rosa.page().await;
        assert!(page.shows("something else than SMTP"), "{}", page.text());
    }

    async fn a_password_is_never_sent_in_clear_over_a_network(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        server.set(Behaviour::RequireAuth { user: "usher", password: "hunter2" });
        rosa.invite("tomas@harbor.test").await;
        // This computer, by a name that is not taken for it.
        let url = format!("smtp://usher:hunter2@[::ffff:127.0.0.1]:{}", server.port());
        assert_eq!(app.mailer_to(&url).deliver_due().await.unwrap(), 1);
        let page = rosa.page().await;
        assert!(page.shows("does not offer encryption (STARTTLS)"), "{}", page.text());
        app.advance(MINUTE);
        let url = format!("{url}?tls=none");
        assert_eq!(app.mailer_to(&url).deliver_due().await.unwrap(), 1);
        assert!(rosa.page().await.shows("Mail sent"), "{}", rosa.browser.text());
    }

    async fn usher_introduces_itself_by_its_public_name(app: App, server: SmtpServer) {
        let mut rosa = sharing_by_smtp(&app, &server).await;
        let port = server.port();
        let (plain, by_url) = (format!("smtp://127.0.0.1:{port}"), format!("smtp://127.0.0.1:{port}/by.url.test"));
        for (number, (keys, name)) in [
            (vec![("mail_url", plain.as_str())], "[127.0.0.1]"),
            (vec![("mail_url", &plain), ("public_url", "https://Usher.quay.test")], "usher.quay.test"),
            (vec![("mail_url", &plain), ("public_url", "http://[::1]:8000")], "[IPv6:::1]"),
            (vec![("mail_url", &by_url)], "by.url.test"),
            (vec![("mail_url", &by_url), ("mail_hello", "mx.quay.test")], "mx.quay.test"),
        ]
        .into_iter()
        .enumerate()
        {
            rosa.invite(&format!("guest{number}@harbor.test")).await;
            assert_eq!(app.mailer_with(&keys).deliver_due().await.unwrap(), 1);
            assert_eq!(server.hellos().last().unwrap(), name, "{keys:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_stands_on_a_line_of_its_own_whatever_the_public_url() {
    let long = format!("https://usher.{}.example.org", "harbor-and-quay".repeat(4));
    for (url, name) in
        [("http://127.0.0.1:8000", "Rosa"), ("https://usher.harbor-and-quay.example.org", "Rosa"), (&long, "Zoë")]
    {
        let app = App::start(Set::default()).await;
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        rosa.browser.get("/account").await.submit("Save", &[("fullName", name)]).await;
        rosa.invite("tomas@harbor.test").await;
        drop(rosa);
        let app = app.restarted_with("public_url", url).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(mail.text.contains(name), "{}", mail.text);
        let is_link = |line: &str| line.strip_prefix(url).is_some_and(|path| path.starts_with("/invitations/"));
        let link = mail.text.lines().find(|line| is_link(line)).unwrap_or_else(|| panic!("{}", mail.text));
        assert_eq!(link.len(), url.len() + "/invitations/".len() + 32);
        assert!(mail.raw.split("\r\n").any(|line| line == link), "{}", mail.raw);
        assert!(mail.raw.split("\r\n").all(|line| line.len() <= 998), "{}", mail.raw);
        assert!(!mail.raw.replace("\r\n", "").contains(['\r', '\n']), "{}", mail.raw);
    }
}
