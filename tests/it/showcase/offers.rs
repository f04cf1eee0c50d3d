//! Inviting to an org: the form, the list, one open invitation.

use serde_json::json;

use super::pages::Pages;
use super::people::{DAY, HOUR, MINUTE, People};
use super::rights::Works;
use crate::support::smtp::{Behaviour, SmtpServer};

const PATH: &str = "/orgs/works/invitations";

pub async fn show(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    inviting(people, works, pages).await;
    changing(people, works, pages).await;
    states(people, works, pages).await;
}

async fn inviting(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    pages.keep("orgs/invitations: form", "What may be offered", rosa.get(PATH).await);
    rosa.languages = Some("de");
    pages.keep("orgs/invitations: form, german", "The same in German", rosa.get(PATH).await);
    rosa.languages = None;
    rosa.get(PATH).await.submit("Invite", &[("resourceId", "x"), ("tokenExpiresInSeconds", "0")]).await;
    pages.keep_refusal(422, "orgs/invitations: all wrong", "Every field has its fault", rosa);
    let keys = "erin@quay.test\nnobody@harbor\nrosa@harbor.test\ntomas\nnemo";
    let runner = works.runner.as_str();
    rosa.get(PATH).await.submit("Invite", &[("userKey", keys), ("roles", runner), ("resourceId", "berth-7")]).await;
    pages.keep_refusal(422, "orgs/invitations: some refused", "One was invited, four were not", rosa);
    let keys = "Diaz, Erin <erin@quay.test>\nErin Diaz\nerin@quay,test";
    rosa.get(PATH).await.submit("Invite", &[("userKey", keys)]).await;
    pages.keep_refusal(422, "orgs/invitations: unclear", "A line that could mean several things", rosa);
    rosa.get(PATH).await.submit("Invite", &[("userKey", "stan"), ("administrator", "true")]).await;
    pages.keep("orgs/invitations: notice invited", "One, as administrator", rosa);
    rosa.submit("Invite", &[("userKey", "oona@quay.test, pele@quay.test")]).await;
    pages.keep("orgs/invitations: notice invited-all", "Two at once", rosa);
    rosa.submit("Copy link", &[]).await;
    pages.keep("places/link: org", "A link to hand over by oneself", rosa);
    rosa.get(PATH).await;
    pages.keep("orgs/invitations: notice resent", "A new mail", rosa.submit("Resend", &[]).await);
    people.app.deliver().await;
}

async fn changing(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rpc = people.app.rpc_as("rosa").await;
    let grants = json!([{ "id": works.open, "resourceId": "berth-1" }, { "id": works.open, "resourceId": "berth-2" }]);
    let body = json!({ "userKey": "quentin@quay.test", "orgId": works.id, "permissions": grants });
    rpc.call("user.invite", body).await.plain();
    let rosa = &mut works.rosa;
    rosa.get(PATH).await;
    let one = rosa.attribute("tbody a", "href").unwrap();
    pages.keep("places/invitation: for several resources", "What the form cannot show stays", rosa.get(&one).await);
    rosa.submit("Save", &[("resourceId", "x")]).await;
    pages.keep_refusal(422, "places/invitation: resource wrong", "Too short", rosa);
    rosa.get(&one).await.submit("Save", &[]).await;
    pages.keep("orgs/invitations: notice saved", "After a change", rosa);
    rosa.get(&format!("{PATH}?search=erin")).await;
    let simple = rosa.attribute("tbody a", "href").unwrap();
    pages.keep("places/invitation: one resource", "A role for one berth", rosa.get(&simple).await);
}

async fn states(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let (app, rosa) = (people.app, &mut works.rosa);
    rosa.get(PATH).await.submit("Invite", &[("userKey", "late@quay.test"), ("tokenExpiresInSeconds", "86400")]).await;
    let mut stan = people.browser_of("stan").await;
    stan.get("/invitations").await.submit("Accept", &[]).await;
    assert_eq!(stan.path, "/orgs/works", "{}", stan.text());
    app.deliver().await;
    rosa.get(PATH).await.submit("Invite", &[("userKey", "nils@quay.test")]).await;
    let link = app.mail_to("nils@quay.test").await.link();
    app.browser().get(&link).await.submit("Decline", &[]).await;
    app.deliver().await;
    rosa.get(&format!("{PATH}?search=oona")).await.submit("Revoke", &[]).await;
    pages.keep("orgs/invitations: notice revoked", "One less is invited", rosa);
    rosa.get(PATH).await.submit("Invite", &[("userKey", "pele@quay.test")]).await;
    app.advance(DAY + HOUR);
    let server = SmtpServer::start().await;
    server.set(Behaviour::RefuseRecipient(550, "no such mailbox here"));
    rosa.get(PATH).await.submit("Invite", &[("userKey", "mistyped@quay.test")]).await;
    app.mailer_to(&server.url()).deliver_due().await.unwrap();
    app.advance(10 * MINUTE);
    rosa.get(PATH).await.submit("Invite", &[("userKey", "waiting@quay.test")]).await;
    let about = "Waiting, sent, failed, expired; rights that are offered";
    pages.keep("orgs/invitations: open", about, rosa.get(PATH).await);
    for (state, about) in [
        ("accepted", "Who has accepted"),
        ("declined", "Who has declined"),
        ("revoked", "What was taken back"),
        ("superseded", "What a newer one has replaced"),
    ] {
        pages.keep(&format!("orgs/invitations: {state}"), about, rosa.get(&format!("{PATH}?state={state}")).await);
    }
    let about = "Nothing was found";
    pages.keep("orgs/invitations: nobody found", about, rosa.get(&format!("{PATH}?search=nemo")).await);
}
