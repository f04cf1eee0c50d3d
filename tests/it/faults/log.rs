//! The log: one line a request, and no personal data.

use crate::support::app::PASSWORD;
use crate::support::mailbox::Mail;
use crate::support::process::{Client, Place, Process, wait_for, wait_for_mail};
use crate::support::smtp::{Behaviour, SmtpServer};
use serde_json::json;

const NEW_PASSWORD: &str = "another horse 2";

fn token(mail: &Mail) -> String {
    let link = mail.text.split_whitespace().find(|word| word.contains("://")).unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

/// Must not appear in the log after this story.
fn story(place: &Place, server: &Process) -> Vec<String> {
    let mailbox = place.mailbox();
    let mut secrets: Vec<String> =
        [PASSWORD, NEW_PASSWORD, "wrong horse 3", "s3cr3t/harbor+1", "salt-water", "AKHARBOR01", "harbor.test"]
            .map(str::to_owned)
            .into();
    let rosa = server.client();
    rosa.submit("/sign-up", "/sign-up", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]);
    let verify = token(&wait_for_mail(&mailbox, "rosa@harbor.test"));
    let path = format!("/verify/{verify}");
    assert_eq!(rosa.submit(&path, &path, &[]).status, 303);
    let environment = rosa.environment();
    rosa.invite(environment, "tomas@harbor.test");
    let mail = wait_for_mail(&mailbox, "tomas@harbor.test");
    let (_, code) = mail.text.split_once("type this code: ").unwrap();
    let invitation = token(&mail);

    let tomas = server.client();
    let path = format!("/invitations/{invitation}");
    assert_eq!(tomas.get(&format!("{path}?{invitation}")).status, 200);
    assert_eq!(tomas.submit(&path, &format!("{path}/accept"), &[("password", PASSWORD)]).status, 303);
    tomas.submit(&format!("/environments/{environment}"), &format!("/environments/{environment}/reveal"), &[]);
    let wrong = json!({ "email": "tomas@harbor.test", "password": "wrong horse 3" });
    assert_eq!(server.client().post("/api/users/login", wrong).status, 403);
    assert_eq!(tomas.get(&format!("/no/such/path/{invitation}?token={invitation}")).status, 404);
    assert_eq!(tomas.get(&format!("/invitations/{invitation}/nothing")).status, 404);
    assert_eq!(tomas.get(&format!("/api/environments/{invitation}")).status, 404);

    let forgot =
        Client::submit(&server.client(), "/password/forgot", "/password/forgot", &[("email", "tomas@harbor.test")]);
    assert_eq!(forgot.status, 200);
    let reset = token(&wait_for_mail(&mailbox, "tomas@harbor.test"));
    let path = format!("/password/reset/{reset}");
    let fields = [("newPassword", NEW_PASSWORD), ("newPasswordAgain", NEW_PASSWORD)];
    assert_eq!(server.client().submit(&path, &path, &fields).status, 303);

    secrets.extend([verify, invitation, reset, code[..8].to_owned()]);
    secrets.extend([&rosa, &tomas].map(|client| client.cookie("usher_session")));
    secrets
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holds_nothing_that_is_somebodys() {
    let place = Place::default();
    let server = place.start();
    let secrets = story(&place, &server);
    let log = server.log();
    assert!(log.lines().count() > 20, "{log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "{secret:?} stands in the log:\n{log}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn holds_no_path_whatever_is_asked_for() {
    let place = Place::default().with_variable("RUST_LOG", "info");
    let server = place.start();
    let client = server.client();
    for path in ["/no/such/path/a5b6c7d8", "/invitations/a5b6c7d8", "/api/environments/a5b6c7d8", "/x?y=a5b6c7d8"] {
        client.get(path);
    }
    client.get("/health/live");
    wait_for(|| server.log().contains("/health/live")).unwrap();
    assert!(!server.log().contains("a5b6c7d8"), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn has_one_line_a_request() {
    let place = Place::default();
    let server = place.start();
    let client = server.client();
    for (path, route, status) in [
        ("/", "/", 200),
        ("/invitations/abcdefgh?x=1", "/invitations/<token>", 404),
        ("/nowhere", "-", 404),
        ("/api/environments", "/api/environments", 403),
        ("/health/live", "/health/live", 200),
    ] {
        let reply = client.get(path);
        let id = reply.header("X-Request-Id").unwrap().to_owned();
        let lines =
            || -> Vec<String> { server.log().lines().filter(|line| line.contains(&id)).map(str::to_owned).collect() };
        // Written after the response.
        wait_for(|| !lines().is_empty()).unwrap();
        let lines = lines();
        assert_eq!(lines.len(), 1, "{path}: {lines:?}");
        let line = &lines[0];
        for part in
            [format!("route=\"{route}\""), format!("status={status}"), "method=GET".to_owned(), "ms=".to_owned()]
        {
            assert!(line.contains(&part), "{path}: {part} is not in {line}");
        }
        assert_eq!(reply.status, status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn says_why_a_mail_was_not_sent_but_not_to_whom_and_when_mails_are_sent_again() {
    let mail_server = SmtpServer::start().await;
    mail_server.set(Behaviour::Answer("RCPT", b"550 5.7.60 <Rosa@harbor.test>: user rosa may not be written to\r\n"));
    let place = Place::default().with("mail_url", mail_server.url());
    let server = place.start();
    let rosa = server.client();
    rosa.submit("/sign-up", "/sign-up", &[("email", "rosa@harbor.test"), ("password", PASSWORD)]);
    wait_for(|| server.log().contains("a message was not sent")).unwrap();
    let log = server.log();
    let line = log.lines().find(|line| line.contains("a message was not sent")).unwrap();
    for field in [
        "carrier=\"mail\"",
        "kind=\"verify_address\"",
        "state=\"queued\"",
        "reason=\"reason-policy-refused\"",
        "said=\"550 5.7.60 <***>: user *** may not be written to\"",
    ] {
        assert!(line.contains(field), "{field}: {line}");
    }
    let (_, id) = line.split_once("id=\"").unwrap();
    assert!(id.len() > 24 && id[..24].chars().all(|c| c.is_ascii_hexdigit()), "{line}");

    mail_server.set(Behaviour::Accept);
    wait_for(|| server.log().contains("messages are sent again")).unwrap();
    assert_eq!(server.log().matches("messages are sent again").count(), 1);
    assert!(!server.log().to_lowercase().contains("rosa") && !server.log().contains("harbor.test"), "{}", server.log());
}
