//! The installation that a dump holds, built through the front door. It is small, has a row in every table, and ends
//! with open invitations and queued mails.

use std::collections::BTreeMap;
use std::time::Duration;

use image::ImageFormat;
use serde_json::json;

use super::dump::Memory;
use super::questions::ask_all;
use crate::support::api::{Api, environment_body};
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::pictures::drawn;
use crate::support::rpc::{Rpc, org, permission, role};
use crate::support::sharing::Sharing;
use crate::support::smtp::{Behaviour, SmtpServer};

/// Usernames or addresses of everybody who can sign in. Leo's account is deleted, Noa's deactivated.
pub const EVERYBODY: [&str; 9] =
    ["sofia", "rosa", "tomas", "mara", "stan", "oskar", "nadia", "bo@quay.test", "una@orbit.test"];
pub const SLACK_TOKEN: &str = "xoxb-harbor-1";
pub const SLACK_CHANNEL: &str = "C0HARBOR";

const MINUTE: Duration = Duration::from_mins(1);

/// Builds the world in an empty installation.
pub async fn build(app: &App) -> Memory {
    let sofia = app.superuser().await;
    let mut ids = BTreeMap::new();
    for username in ["rosa", "tomas", "mara", "leo", "stan", "oskar", "noa"] {
        ids.insert(username, sofia.make_user(username, &[]).await);
    }
    app.advance(MINUTE);
    let mut rosa = Sharing::of(app, api_of(app, "rosa").await).await;
    accounts(app).await;
    let [retired_link, link] = environment(app, &mut rosa).await;
    let works = works(app, &sofia, &ids).await;
    deletions(app, &sofia, &rosa.api, &ids).await;
    sofia.call("user.deactivate", json!({ "id": ids["noa"] })).await.ok();
    app.deliver().await;
    app.advance(MINUTE);
    queued(app, &mut rosa, &works).await;

    let mut browser = browser_of(app, "rosa").await;
    browser.get("/account/tokens").await;
    browser
        .submit("Make a token", &[("name", "Nightly backup"), ("expiresInSeconds", "31536000"), ("password", PASSWORD)])
        .await;
    let token = browser.value("token");
    let answers = ask_all(app).await;
    let at = app.clock.now().millis();
    Memory { at, cookies: browser.cookies(), token, link, retired_link, answers }
}

fn address(username: &str) -> String {
    format!("{username}@orbit.test")
}

async fn api_of<'a>(app: &'a App, username: &str) -> Api<'a> {
    let mut api = app.api();
    api.remote = Some(([192, 0, 2, 7], 50_000).into());
    api.log_in(&address(username)).await;
    api
}

async fn browser_of<'a>(app: &'a App, username: &str) -> Browser<'a> {
    let mut browser = app.browser();
    browser.sign_in(username).await;
    browser
}

/// Profiles; and too many sign-ins with an unknown address.
async fn accounts(app: &App) {
    let mut rosa = browser_of(app, "rosa").await;
    rosa.get("/account").await.submit("Save", &[("fullName", "Rosa Löwe")]).await;
    let csrf = rosa.csrf().await;
    let picture = drawn(ImageFormat::Png, 200, 200, 100);
    let fields = [("csrf", csrf.as_str()), ("part", "middle"), ("percent", "100")];
    rosa.upload("/account/picture", &fields, Some(&picture)).await;
    assert_eq!(rosa.status, 200, "{}", rosa.text());

    let mut mara = browser_of(app, "mara").await;
    mara.post_fields("/account/language", &[("language", "de")]).await;
    let mut tomas = browser_of(app, "tomas").await;
    tomas.add_address("tomas@quay.test").await;
    for _ in 0..10 {
        app.browser().sign_in("guessed@quay.test").await;
    }
}

/// Rosa's environment, with Slack, members, and invitations in every state; the links in Wanda's two mails, the
/// older one first.
async fn environment(app: &App, rosa: &mut Sharing<'_>) -> [String; 2] {
    let id = rosa.environment;
    let slack = json!({ "token": SLACK_TOKEN, "channel": SLACK_CHANNEL });
    rosa.api.post(&format!("/api/environments/{id}/slack"), slack).await.ok();
    let (tomas, leo, mara) = (api_of(app, "tomas").await, api_of(app, "leo").await, api_of(app, "mara").await);
    tomas.join(&rosa.api, id, &address("tomas"), true).await;
    leo.join(&rosa.api, id, &address("leo"), true).await;
    mara.join(&leo, id, &address("mara"), false).await;
    rosa.press("Make administrator").await;
    let sharing = format!("/environments/{}/sharing", rosa.environment);
    rosa.browser.demote_first(&sharing).await;
    app.browser_of(&tomas).get(&format!("/environments/{id}")).await.submit("Reveal credentials", &[]).await;
    app.advance(MINUTE);

    let declined = rosa.invite_by_mail("nils@quay.test").await.link();
    app.browser().get(&declined).await.submit("Decline", &[]).await;
    rosa.invite("pele@quay.test").await;
    rosa.press("Revoke").await;
    let first = rosa.invite_by_mail("wanda@quay.test").await.link();
    app.advance(MINUTE);
    rosa.press("Resend").await;
    let second = app.mail_to("wanda@quay.test").await.link();
    rosa.invite_by_mail(&address("stan")).await;

    let server = SmtpServer::start().await;
    server.set(Behaviour::RefuseRecipient(550, "no such mailbox here"));
    rosa.invite("mistyped@quay.test").await;
    app.mailer_to(&server.url()).deliver_due().await.unwrap();
    app.advance(MINUTE);
    [first, second]
}

/// Rosa's org, with members who joined in different ways, rights limited to a resource, and an expired invitation; and
/// a global role.
/// a global role.
async fn works(app: &App, sofia: &Rpc<'_>, ids: &BTreeMap<&str, String>) -> Works {
    let rosa = app.rpc_as("rosa").await;
    let id = org(&rosa, "works").await;
    let open = permission(&rosa, &id, "berth.open").await;
    let runner = role(&rosa, &id, "runner", &[&open]).await;
    let narrowed = json!([{ "id": runner, "resourceId": "berth-7" }]);
    let add = json!({ "orgId": id, "userId": ids["tomas"], "roles": narrowed, "expiresInSeconds": 2_592_000 });
    rosa.call("org.addMember", add).await.plain();
    let nadia = sofia.make_user("nadia", &[&id]).await;
    let give = json!({ "orgId": id, "userId": nadia, "permissionId": open });
    rosa.call("user.assignPermission", give).await.ok();
    browser_of(app, "rosa").await.get("/orgs/works").await.submit("Save", &[("name", "Harbor works")]).await;

    let lamp = json!({ "name": "lamp.light", "description": "Lights the lamp" });
    let lamp = sofia.call("permission.create", lamp).await.ok()["permission"]["id"].clone();
    let keeper = json!({ "name": "keeper", "permissions": [lamp] });
    let keeper = sofia.call("role.create", keeper).await.ok()["role"]["id"].clone();
    sofia.call("user.assignRole", json!({ "userId": ids["stan"], "roleId": keeper })).await.ok();

    let ask = json!({ "userKey": "bo@quay.test", "orgId": id, "roles": [runner], "permissions": [open] });
    rosa.call("user.invite", ask).await.plain();
    let link = app.mail_to("bo@quay.test").await.link();
    app.browser().get(&link).await.submit("Join", &[("fullName", "Bo Quay"), ("password", PASSWORD)]).await;
    let ask = json!({ "userKey": "late@quay.test", "orgId": id, "tokenExpiresInSeconds": 60 });
    rosa.call("user.invite", ask).await.plain();
    let link = app.mail_to("late@quay.test").await.link();
    app.advance(MINUTE);
    app.browser().get(&link).await.submit("Ask for a new link", &[]).await;
    Works { id, open, runner }
}

/// Ids of the org, of its permission and of its role.
struct Works {
    id: String,
    open: String,
    runner: String,
}

/// Deletes an account that is the only member of its environment; also an org and another environment. Their audit events
/// remain.
async fn deletions(app: &App, sofia: &Rpc<'_>, rosa: &Api<'_>, ids: &BTreeMap<&str, String>) {
    api_of(app, "leo").await.environment("Leos berth").await;
    sofia.call("user.delete", json!({ "id": ids["leo"] })).await.plain();

    let dock = org(&app.rpc_as("rosa").await, "dock").await;
    sofia.call("org.addMember", json!({ "orgId": dock, "userId": ids["tomas"] })).await.plain();
    sofia.call("user.invite", json!({ "userKey": "stan", "orgId": dock })).await.plain();
    sofia.call("org.delete", json!({ "id": dock })).await.plain();

    let quay = rosa.environment("Old quay").await;
    api_of(app, "tomas").await.join(rosa, quay, &address("tomas"), false).await;
    rosa.put(&format!("/api/environments/{quay}"), environment_body("Older quay")).await.ok();
    rosa.invite(quay, &address("stan"), false).await;
    rosa.delete(&format!("/api/environments/{quay}")).await.ok();
}

/// Queues mails: invitations, of which Stan's supersedes an earlier one, a verification and a password reset.
async fn queued(app: &App, rosa: &mut Sharing<'_>, works: &Works) {
    rosa.invite(&address("stan")).await;
    let offered = json!({
        "userKey": "zoe@quay.test",
        "orgId": works.id,
        "roles": [{ "id": works.runner, "resourceId": 9 }],
        "permissions": [works.open],
    });
    app.rpc_as("rosa").await.call("user.invite", offered).await.plain();
    app.unverified_user("una@orbit.test").await;
    app.api().forget_password(&address("oskar")).await.ok();
}
