//! Acknowledged changes survive however the program ends.

use super::on_both_databases;
use crate::support::process::{Place, Process, wait_for_mail};
use crate::support::smtp::dead_port;

const INVITED: &str = "tomas@harbor.test";

/// Sends an invitation, ends the program right after the response, and starts it again.
async fn end_after_inviting(mut place: Place, end: impl FnOnce(Process)) {
    let mailbox = place.mailbox();
    place.create_user("rosa@harbor.test");
    // No mail is sent before that.
    place.set("mail_url", format!("smtp://127.0.0.1:{}", dead_port().await));
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    let environment = rosa.environment();
    rosa.invite(environment, INVITED);
    end(server);

    place.unset("mail_url");
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    let page = rosa.get(&format!("/environments/{environment}/sharing"));
    assert!(page.text.contains(INVITED), "{page:?}");
    let mail = wait_for_mail(&mailbox, INVITED);
    let (_, rest) = mail.text.split_once("/invitations/").unwrap();
    let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    assert_eq!(server.client().get(&format!("/invitations/{token}")).status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_and_its_mail_survive_kill_9() {
    for place in on_both_databases().await {
        end_after_inviting(place, Process::kill).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invitation_and_its_mail_survive_sigterm() {
    for place in on_both_databases().await {
        end_after_inviting(place, |mut server| {
            server.terminate();
            let status = server.wait_for_end();
            assert_eq!(status.code(), Some(0), "{}", server.log());
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readiness_ends_before_listening_does() {
    let place = Place::default();
    let mut server = place.start();
    let client = server.client();
    server.terminate();
    let mut statuses = Vec::new();
    while let Some(reply) = client.try_get("/health/ready") {
        // Nobody keeps a connection that is about to be closed.
        assert!(reply.status == 200 || reply.header("Connection") == Some("close"), "{reply:?}");
        statuses.push(reply.status);
    }
    assert!(statuses.contains(&503), "no proxy could notice: {statuses:?}");
    assert_eq!(server.wait_for_end().code(), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_was_begun_is_answered() {
    let place = Place::default();
    place.create_user("rosa@harbor.test");
    let mut server = place.start();
    let client = server.client();
    // Hashing takes longer than delivering the signal.
    let begun = std::thread::spawn(move || client.log_in("rosa@harbor.test"));
    server.terminate();
    begun.join().unwrap();
    assert_eq!(server.wait_for_end().code(), Some(0));
}
