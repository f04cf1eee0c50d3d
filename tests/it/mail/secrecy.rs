//! A copy of the database does not allow accepting invitations, reading credentials or signing in.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::json;

use crate::support::app::{App, PASSWORD, Set};
use crate::support::mailbox::Mail;
use crate::support::sharing::Sharing;
use crate::support::slack::SlackServer;

const CREDENTIALS: [&str; 4] = ["AKHARBOR01", "s3cr3t/harbor+1", "reader", "salt-water"];
const SLACK_TOKEN: &str = "xoxb-harbor-1";
const NEW_PASSWORD: &str = "another horse 2";

/// Every file below a directory except the mails, which contain links by nature.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_none_or(|extension| extension != "eml") {
            found.push(path);
        }
    }
    found
}

fn contains(haystack: &[u8], needle: &str) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn code(mail: &Mail) -> String {
    let (_, rest) = mail.text.split_once("type this code: ").unwrap();
    rest[..8].to_owned()
}

/// Every usable secret, after all that an installation does every day.
async fn busy_story(app: &App) -> Vec<String> {
    let mut secrets: Vec<String> = [PASSWORD, NEW_PASSWORD].map(str::to_owned).into();
    secrets.extend(CREDENTIALS.map(str::to_owned));

    app.unverified_user("rosa@harbor.test").await;
    let verify = app.mail_to("rosa@harbor.test").await;
    app.browser().get(&verify.link()).await.submit("Confirm this address", &[]).await;
    let mut api = app.api();
    api.log_in("rosa@harbor.test").await;
    let mut rosa = Sharing::of(app, api).await;

    let slack = SlackServer::start().await;
    let path = format!("/api/environments/{}/slack", rosa.environment);
    rosa.api.post(&path, json!({ "token": SLACK_TOKEN, "channel": "C0HARBOR" })).await.ok();
    secrets.push(SLACK_TOKEN.to_owned());
    let accepted = rosa.invite_by_mail("tomas@harbor.test").await;
    let mut tomas = app.browser();
    tomas.get(&accepted.link()).await.submit("Join", &[("password", PASSWORD)]).await;
    tomas.submit("Reveal credentials", &[]).await;
    assert!(tomas.shows(CREDENTIALS[3]), "{}", tomas.text());

    let open = rosa.invite_by_mail("mia@harbor.test").await;
    rosa.page().await.submit("Copy link", &[]).await;
    let copied = rosa.browser.body.split("/invitations/").nth(1).unwrap()[..32].to_owned();
    rosa.press("Resend").await;
    let resent = app.mail_to("mia@harbor.test").await;
    rosa.invite("unsent@harbor.test").await;

    app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "tomas@harbor.test")]).await;
    let mails = app.deliver().await;
    let reset = mails.iter().find(|mail| mail.link().starts_with("/password/reset")).unwrap();
    let unsent = mails.iter().find(|mail| mail.to == "unsent@harbor.test").unwrap();
    let fields = [("newPassword", NEW_PASSWORD), ("newPasswordAgain", NEW_PASSWORD)];
    app.browser().get(&reset.link()).await.submit("Change the password", &fields).await;

    for mail in [&verify, &accepted, &open, &resent, reset, unsent] {
        secrets.push(mail.token());
    }
    secrets.extend([&accepted, &open, &resent, unsent].map(code));
    secrets.push(copied);
    app.notify(&slack).await;
    assert!(slack.calls().iter().all(|call| call.authorization.ends_with(SLACK_TOKEN)));
    secrets.push(rosa.browser.cookie("usher_session").unwrap().to_owned());
    secrets.push(tomas.cookie("usher_session").unwrap().to_owned());
    secrets.push(std::fs::read_to_string(app.data_dir().join("master.key")).unwrap().trim().to_owned());
    secrets
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_file_holds_a_secret() {
    let app = App::start(Set::default().with("rate_limits_enabled", true)).await;
    let secrets = busy_story(&app).await;
    let mut told = 0;
    for path in files(&app.data_dir()) {
        let bytes = std::fs::read(&path).unwrap();
        told += usize::from(contains(&bytes, "Harbor staging"));
        if path.ends_with("master.key") {
            continue;
        }
        for secret in &secrets {
            for writing in writings(secret) {
                assert!(!contains(&bytes, &writing), "{secret:?} stands as {writing:?} in {}", path.display());
            }
        }
    }
    assert!(told > 0, "the database was not among the files read");
}

/// Raw, hex and base64.
fn writings(secret: &str) -> [String; 3] {
    let hex = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    [secret.to_owned(), hex, STANDARD_NO_PAD.encode(secret)]
}
