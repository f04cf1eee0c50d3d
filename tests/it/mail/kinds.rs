//! Every kind of mail, as it arrives.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::json;

use super::parts::Parts;
use crate::support::app::{App, PASSWORD};
use crate::support::mailbox::{Mail, urls};
use crate::support::on_both;
use crate::support::rpc::{USER_READ, org};
use crate::support::sharing::Sharing;

const OTHER_PASSWORD: &str = "another horse 2";

/// One mail of every kind, with its snapshot's name.
async fn one_of_every_kind(app: &App) -> Vec<(&'static str, Mail)> {
    let mut mails = Vec::new();
    let mut rosa = app.browser();
    let fields = [("fullName", "Rosa Lindqvist"), ("email", "rosa@harbor.test"), ("password", PASSWORD)];
    rosa.get("/sign-up").await.submit("Sign up", &fields).await;
    let verify = app.mail_to("rosa@harbor.test").await;
    rosa.get(&verify.link()).await.submit("Confirm this address", &[]).await;
    mails.push(("verify_address", verify));

    let mut api = app.api();
    api.log_in("rosa@harbor.test").await;
    let mut sharing = Sharing::of(app, api).await;
    let invitation = sharing.invite_by_mail("tomas@harbor.test").await;
    let mut tomas = app.browser();
    tomas.get(&invitation.link()).await;
    tomas.submit("Join", &[("fullName", "Tomas Vale"), ("password", PASSWORD)]).await;
    mails.push(("invitation", invitation));
    mails.push(("invitation_accepted", app.mail_to("rosa@harbor.test").await));

    sharing.page().await.submit("Invite", &[("userEmail", "mia@harbor.test"), ("isAdmin", "true")]).await;
    let invitation = app.mail_to("mia@harbor.test").await;
    app.browser().get(&invitation.link()).await.submit("Decline", &[]).await;
    mails.push(("invitation_as_administrator", invitation));
    mails.push(("invitation_declined", app.mail_to("rosa@harbor.test").await));

    mails.extend(about_access(app, &mut sharing).await);

    let link = sharing.invite_by_mail("tomas@quay.test").await.link();
    let tomas = app.user("tomas@orbit.test").await;
    let fields = [("password", PASSWORD)];
    app.browser_of(&tomas).get(&link).await.submit("This address is mine too", &fields).await;
    let added = app.deliver().await.into_iter().find(|mail| mail.to == "tomas@orbit.test");
    mails.push(("address_added", added.unwrap()));

    let late = sharing.invite_by_mail("late@harbor.test").await;
    app.advance(Duration::from_secs(24 * 60 * 60 + 1));
    app.browser().get(&late.link()).await.submit("Ask for a new link", &[]).await;
    mails.push(("new_link_wanted", app.mail_to("rosa@harbor.test").await));

    app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@harbor.test")]).await;
    let reset = app.mail_to("rosa@harbor.test").await;
    let fields = [("newPassword", OTHER_PASSWORD), ("newPasswordAgain", OTHER_PASSWORD)];
    app.browser().get(&reset.link()).await.submit("Change the password", &fields).await;
    mails.push(("reset_password", reset));
    mails.push(("password_changed", app.mail_to("rosa@harbor.test").await));

    rosa.sign_in_with("rosa@harbor.test", OTHER_PASSWORD).await;
    rosa.get("/account")
        .await
        .submit("Add this address", &[("email", "rosa@quay.test"), ("password", OTHER_PASSWORD)])
        .await;
    let verify = app.mail_to("rosa@quay.test").await;
    rosa.get(&verify.link()).await.submit("Confirm this address", &[]).await;
    mails.push(("verify_further_address", verify));
    rosa.make_primary(OTHER_PASSWORD).await;
    mails.push(("primary_address_changed", app.mail_to("rosa@harbor.test").await));
    mails
}

/// The mails about an org, and about rights.
async fn about_access(app: &App, sharing: &mut Sharing<'_>) -> Vec<(&'static str, Mail)> {
    let mut mails = Vec::new();
    let sofia = app.superuser().await;
    let orbit = org(&sofia, "orbit").await;
    let permission = json!({ "name": "report.read", "scope": orbit });
    let permission = sofia.call("permission.create", permission).await.ok()["permission"]["id"].clone();
    let role = json!({ "name": "editor", "scope": orbit, "permissions": [permission] });
    let role = sofia.call("role.create", role).await.ok()["role"]["id"].clone();
    let offer = json!({
        "orgId": orbit, "userKey": "nora@orbit.test", "roles": [{ "id": role }],
        "permissions": [{ "id": permission, "resourceId": "spring" }],
    });
    sofia.call("user.invite", offer).await.ok();
    mails.push(("invitation_to_org", app.mail_to("nora@orbit.test").await));

    let nadia = sofia.make_user("nadia", &[]).await;
    let add = json!({ "orgId": orbit, "userId": nadia, "roles": [{ "id": role }] });
    sofia.call("org.addMember", add).await.ok();
    mails.push(("member_added", app.mail_to("nadia@orbit.test").await));
    let give = json!({ "userId": nadia, "orgId": orbit, "permissionId": permission, "resourceId": 7 });
    sofia.call("user.assignPermission", give).await.ok();
    mails.push(("rights_changed", app.mail_to("nadia@orbit.test").await));
    sofia.call("org.removeMember", json!({ "orgId": orbit, "userId": nadia })).await.ok();
    mails.push(("member_removed", app.mail_to("nadia@orbit.test").await));
    sofia.grant(&nadia, None, USER_READ).await;
    mails.push(("rights_changed_everywhere", app.mail_to("nadia@orbit.test").await));

    let invitation = sharing.invite_by_mail("ada@harbor.test").await;
    app.browser().get(&invitation.link()).await.submit("Join", &[("password", PASSWORD)]).await;
    app.deliver().await;
    let members = sharing.page().await.select("section[aria-labelledby=members] tbody th .sub");
    assert_eq!(members.last().unwrap(), "ada@harbor.test");
    let path = sharing.browser.attribute("tr:last-child [formaction$='/promote']", "formaction").unwrap();
    sharing.browser.post_fields(&path, &[]).await;
    mails.push(("rights_changed_in_environment", app.mail_to("ada@harbor.test").await));
    sharing.browser.post_fields(&path.replace("promote", "remove"), &[]).await;
    mails.push(("member_removed_from_environment", app.mail_to("ada@harbor.test").await));
    mails
}

/// Names for what differs between runs.
const REDACTIONS: [(&str, &str); 4] = [
    (r"/(invitations|verify|password/reset)/[A-Za-z0-9]{32}\b", "/$1/[token]"),
    (r"\b[0-9a-f]{8}\b", "[code]"),
    (r"/environments/\d+/", "/environments/[id]/"),
    (r"/environments/\d+\b", "/environments/[id]"),
];

/// The snapshot of the layout; the others omit it.
const LAYOUT: &str = "layout";

fn assert_words(name: &str, mail: &Mail) {
    let Mail { from, from_name, reply_to, to, subject, text, .. } = mail;
    assert_eq!(from, "usher@localhost", "{name}");
    let parts = Parts::of(mail);
    let text = text.replace("\r\n", "\n");
    assert_is_as_it_was(
        name,
        &format!(
            "From: {}\nReply-To: {}\nTo: {to}\nSubject: {subject}\n\n{text}\n----\n{}",
            from_name.as_deref().unwrap_or_default(),
            reply_to.join(", "),
            parts.words()
        ),
    );
    assert_is_as_it_was(LAYOUT, &parts.layout);
}

fn assert_is_as_it_was(name: &str, shown: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (pattern, name) in REDACTIONS {
        settings.add_filter(pattern, name);
    }
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// The same URL, once in each part.
fn assert_one_link(name: &str, mail: &Mail) {
    let link = urls(&mail.text);
    assert_eq!(link.len(), 1, "{name}: {}", mail.text);
    assert_eq!(urls(&mail.html), link, "{name}: {}", mail.html);
    assert!(mail.text.lines().any(|line| line == link[0]), "{name}: the link is not alone on its line: {}", mail.text);
}

fn assert_headers(name: &str, mail: &Mail) {
    let raw = &mail.raw;
    assert!(raw.is_ascii(), "{name}: {raw}");
    assert!(!raw.to_ascii_lowercase().contains("8bit"), "{name}: {raw}");
    assert!(!raw.replace("\r\n", "").contains(['\r', '\n']), "{name}: a line ends in something else than CR LF");
    let (headers, _) = raw.split_once("\r\n\r\n").unwrap();
    for header in ["Message-ID", "Date", "Auto-Submitted", "From", "To", "Subject", "MIME-Version", "Content-Type"] {
        let lines = headers.lines().filter(|line| line.starts_with(&format!("{header}:")));
        assert_eq!(lines.count(), 1, "{name}: {header} in {headers}");
    }
    assert!(headers.contains("\r\nAuto-Submitted: auto-generated\r\n"), "{name}: {headers}");

    let message = MessageParser::default().parse(raw.as_bytes()).unwrap();
    let kind = message.content_type().unwrap();
    assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")), "{name}");
    let kinds: Vec<_> = message.parts[1..].iter().map(|part| part.content_type().unwrap().subtype().unwrap()).collect();
    assert_eq!(kinds, ["plain", "html"], "{name}: the last alternative is the best one");
    assert!(mail.message_id.ends_with("@localhost"), "{name}: {}", mail.message_id);
}

on_both! {
    async fn say_what_they_are_about(app: App) {
        let mails = one_of_every_kind(&app).await;
        for (name, mail) in &mails {
            assert_words(name, mail);
        }
        let expected: BTreeSet<String> =
            mails.iter().map(|(name, _)| *name).chain([LAYOUT]).map(|name| format!("{name}.snap")).collect();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/mail/snapshots");
        let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let there: BTreeSet<String> = there.filter(|name| Path::new(name).extension().is_some_and(|end| end == "snap")).collect();
        assert_eq!(there, expected, "mails and snapshots do not match");
    }

    async fn have_one_link_and_whole_headers(app: App) {
        let mails = one_of_every_kind(&app).await;
        for (name, mail) in &mails {
            assert_one_link(name, mail);
            assert_headers(name, mail);
        }
        let mut ids: Vec<&str> = mails.iter().map(|(_, mail)| mail.message_id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), mails.len(), "a Message-ID came twice");
    }

    async fn are_dated_when_they_were_owed(app: App) {
        app.unverified_user("rosa@harbor.test").await;
        app.advance(Duration::from_secs(90));
        let mail = app.mail_to("rosa@harbor.test").await;
        assert!(mail.raw.contains("\r\nDate: Sun, 01 Mar 2026 08:15:30 +0000\r\n"), "{}", mail.raw);
    }
}
