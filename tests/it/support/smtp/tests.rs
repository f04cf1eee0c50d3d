use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;

async fn send(url: &str) -> Result<(), Error> {
    let envelope = Envelope::new(
        Some("a@example.org".parse().unwrap()),
        vec!["b@example.org".parse().unwrap(), "c@example.org".parse().unwrap()],
    );
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).unwrap().build();
    transport.send_raw(&envelope.unwrap(), b"Subject: x\r\n\r\n.dot").await.map(|_| ())
}

#[tokio::test]
async fn keeps_what_it_accepts() {
    let server = SmtpServer::start().await;
    send(&server.url()).await.unwrap();
    send(&server.url()).await.unwrap();

    let mail = server.next_mail().await;
    assert_eq!(mail.from, "a@example.org");
    assert_eq!(mail.to, ["b@example.org", "c@example.org"]);
    assert_eq!(mail.data, b"Subject: x\r\n\r\n.dot\r\n");
    server.next_mail().await;
    assert_eq!((server.mails().len(), server.connections()), (2, 2));
}

#[tokio::test]
async fn refuses_as_told() {
    let server = SmtpServer::start().await;
    let mut codes = Vec::new();
    for behaviour in [
        Behaviour::RefuseRecipient(550, "no such user"),
        Behaviour::RefuseTemporarily,
        Behaviour::RequireAuth { user: "usher", password: "secret" },
        Behaviour::CloseConnection,
    ] {
        server.set(behaviour);
        let refusal = send(&server.url()).await.unwrap_err();
        codes.push(refusal.status().map(u16::from));
    }
    assert_eq!(codes, [Some(550), Some(451), Some(530), None]);
    assert!(server.mails().is_empty());
    assert!(send(&format!("smtp://127.0.0.1:{}", dead_port().await)).await.is_err());
}

#[tokio::test]
async fn lets_in_whoever_knows_the_password() {
    let server = SmtpServer::start().await;
    server.set(Behaviour::RequireAuth { user: "usher", password: "secret" });
    send(&server.url_with_credentials()).await.unwrap();
    let wrong = server.url_with_credentials().replace("secret", "guess");
    assert_eq!(send(&wrong).await.unwrap_err().status().map(u16::from), Some(535));
    assert_eq!(
        converse(&server, "AUTH LOGIN\r\ndXNoZXI=\r\nc2VjcmV0\r\nQUIT\r\n").await,
        ["220", "334", "334", "235", "221"]
    );
}

#[tokio::test]
async fn stalls_until_told_otherwise() {
    let server = SmtpServer::start().await;
    server.set(Behaviour::Stall);
    let url = server.url();
    let mut sending = std::pin::pin!(send(&url));
    assert!(timeout(Duration::from_millis(100), &mut sending).await.is_err());
    server.set(Behaviour::Accept);
    sending.await.unwrap();
}

#[tokio::test]
async fn ends_a_mail_only_at_a_dot_between_crlf() {
    let server = SmtpServer::start().await;
    let replies = converse(
        &server,
        "HELO x\r\nMAIL FROM:<>\r\nRSET\r\nMAIL FROM:<>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n\
         one\n.\ntwo\r\n..\r\n.\r\nNOOP\r\nDATA\r\nWHAT\r\nQUIT\r\n",
    );
    assert_eq!(replies.await, ["220", "250", "250", "250", "250", "250", "354", "250", "250", "503", "500", "221"]);
    assert_eq!(server.next_mail().await.data, b"one\n.\ntwo\r\n.\r\n");
}

/// Sends everything at once, as a pipelining client may, and returns the response codes.
async fn converse(server: &SmtpServer, text: &str) -> Vec<String> {
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut replies = String::new();
    timeout(PATIENCE, stream.read_to_string(&mut replies)).await.unwrap().unwrap();
    replies.lines().map(|line| line[..3].to_owned()).collect()
}
