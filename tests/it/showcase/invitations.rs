//! The accept page in every state.

use serde_json::json;

use super::accounts::NONSENSE;
use super::pages::Pages;
use super::people::{People, address, text};
use super::waiting;
use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::rpc::{Rpc, USER_WRITE, system_permission};

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let inviter = Inviter::of(people).await;
    newcomers(&inviter, pages).await;
    invitees(&inviter, pages).await;
    to_an_org(&inviter, pages).await;
    over(&inviter, pages).await;
    done(&inviter, pages).await;
    withdrawn(&inviter, pages).await;
    waiting::show(&inviter, pages).await;
    signed_up(&inviter, pages).await;
}

/// Iris, whose environment people are invited to.
pub struct Inviter<'a> {
    pub people: &'a People<'a>,
    pub app: &'a App,
    pub api: Api<'a>,
    pub environment: i64,
}

impl<'a> Inviter<'a> {
    async fn of(people: &'a People<'a>) -> Self {
        let api = people.api_of("iris.okafor").await;
        let environment = api.environment("Beacon staging").await;
        people.app.deliver().await;
        Self { people, app: people.app, api, environment }
    }

    fn sharing(&self) -> String {
        format!("/environments/{}/sharing", self.environment)
    }

    /// Invites by the page; returns the link from the mail.
    async fn invite(&self, address: &str, fields: &[(&str, &str)]) -> String {
        let mut browser = self.app.browser_of(&self.api);
        let given = [&[("userEmail", address)][..], fields].concat();
        browser.get(&self.sharing()).await.submit("Invite", &given).await;
        assert_eq!(browser.status, 200, "{}", browser.text());
        let address = address.rsplit(['<']).next().unwrap().trim_end_matches('>');
        self.app.mail_to(address).await.link()
    }
}

async fn newcomers(inviter: &Inviter<'_>, pages: &mut Pages) {
    let link = inviter.invite("wanda@quay.test", &[]).await;
    let mut wanda = inviter.app.browser();
    pages.keep("invitations/show: newcomer", "Makes an account in the same step", wanda.get(&link).await);
    wanda.languages = Some("de");
    pages.keep("invitations/show: newcomer, german", "The same in German", wanda.get(&link).await);
    wanda.languages = None;
    wanda.get(&link).await.submit("Join", &[]).await;
    pages.keep_refusal(422, "invitations/show: newcomer, nothing given", "Nothing was filled in", &wanda);
    let too_long = "x".repeat(101);
    let wrong = [("fullName", too_long.as_str()), ("username", "x"), ("password", "short")];
    wanda.get(&link).await.submit("Join", &wrong).await;
    pages.keep_refusal(422, "invitations/show: newcomer, all wrong", "Every field has its fault", &wanda);
    wanda.get(&link).await.submit("Join", &[("username", "rosa"), ("password", PASSWORD)]).await;
    pages.keep_refusal(422, "invitations/show: newcomer, username taken", "Somebody else is called so", &wanda);
    wanda.get(&link).await.submit("Join", &[("fullName", "Wanda Ruiz"), ("password", PASSWORD)]).await;
    pages.keep("environments/show: notice joined", "Just joined, with a new account", &wanda);
    let mut stranger = inviter.app.browser();
    pages.keep_refusal(410, "invitations/show: accepted", "Signed out", stranger.get(&link).await);
    pages.keep("invitations/show: accepted by me", "Whoever accepted comes again", wanda.get(&link).await);
    let mut mara = inviter.people.browser_of("mara").await;
    let about = "Somebody else, signed in";
    pages.keep_refusal(410, "invitations/show: accepted, signed in", about, mara.get(&link).await);
    inviter.app.deliver().await;
    let link = inviter.invite("Walter Ahlers <walter@quay.test>", &[]).await;
    let about = "The inviter's list has the name";
    pages.keep("invitations/show: newcomer, named", about, inviter.app.browser().get(&link).await);
}

async fn invitees(inviter: &Inviter<'_>, pages: &mut Pages) {
    let link = inviter.invite(&address("tomas"), &[("isAdmin", "true")]).await;
    let mut visitor = inviter.app.browser();
    pages.keep("invitations/show: sign in", "The invitee has an account", visitor.get(&link).await);
    visitor.submit("Sign in and accept", &[("password", "a guess 123")]).await;
    pages.keep_refusal(422, "invitations/show: sign in, wrong", "Above the ticket, not beside a field", &visitor);
    visitor.languages = Some("de");
    pages.keep("invitations/show: sign in, german", "The same in German", visitor.get(&link).await);
    let mut tomas = inviter.people.browser_of("tomas").await;
    pages.keep("invitations/show: ready", "To be an administrator", tomas.get(&link).await);
    tomas.languages = Some("de");
    pages.keep("invitations/show: ready, german", "The same in German", tomas.get(&link).await);
    let mut mara = inviter.people.browser_of("mara").await;
    pages.keep("invitations/show: other", "Signed in as somebody else", mara.get(&link).await);
    mara.languages = Some("de");
    let link = inviter.invite("mara@quay.test", &[]).await;
    let about = "Nobody has the address, so it may be theirs, too; in German";
    pages.keep("invitations/show: other, mine, german", about, mara.get(&link).await);
    mara.languages = None;
    mara.get(&link).await.submit("This address is mine too", &[("password", "a guess 123")]).await;
    pages.keep_refusal(422, "invitations/show: other, mine, wrong", "The password is not theirs", &mara);

    for (username, name, state, about) in [
        ("noa", "Haifa berth", "right to left", "A Hebrew name invites"),
        ("baltasar", "Castle berth", "long name", "A hundred characters invite"),
        ("captain", "Zyxwvutsrqponmlkjihgfedcb", "one long word", "A hundred characters in one word invite"),
    ] {
        let api = inviter.people.api_of(username).await;
        let environment = api.environment(name).await;
        api.invite(environment, &address("tomas"), false).await;
        let link = inviter.app.mail_to(&address("tomas")).await.link();
        tomas.languages = None;
        pages.keep(&format!("invitations/show: ready, {state}"), about, tomas.get(&link).await);
    }
}

async fn org_link(inviter: &Inviter<'_>, rpc: &Rpc<'_>, body: serde_json::Value) -> String {
    rpc.call("user.invite", body.clone()).await.plain();
    inviter.app.mail_to(body["userKey"].as_str().unwrap()).await.link()
}

async fn to_an_org(inviter: &Inviter<'_>, pages: &mut Pages) {
    let rpc = inviter.app.rpc_as("iris.okafor").await;
    let org = rpc.call("org.create", json!({ "name": "Beacon Keepers", "slug": "beacon" })).await.ok();
    let org = text(&org["org"]["id"]);
    let new = json!({ "name": "lamp.light", "scope": org, "description": "Lights the lamp" });
    let lamp = text(&rpc.call("permission.create", new).await.ok()["permission"]["id"]);
    let new = json!({ "name": "keeper", "scope": org, "permissions": lamp });
    let keeper = text(&rpc.call("role.create", new).await.ok()["role"]["id"]);

    let plain = json!({ "userKey": "xenia@quay.test", "orgId": org });
    let link = org_link(inviter, &rpc, plain).await;
    let about = "To an org, as plain member";
    pages.keep("invitations/show: newcomer, org", about, inviter.app.browser().get(&link).await);
    let roles = json!([{ "id": keeper }, { "id": keeper, "resourceId": "tower-2" }]);
    let rich = json!({ "userKey": "mara@harbor.test", "orgId": org, "roles": roles, "permissions": lamp });
    let link = org_link(inviter, &rpc, rich).await;
    let mut mara = inviter.people.browser_of("mara").await;
    pages.keep("invitations/show: ready, org", "With roles and permissions, one for a tower", mara.get(&link).await);
    mara.submit("Accept", &[]).await;
    pages.keep("orgs/show: notice joined", "Just joined", &mara);
    pages.keep("invitations/show: accepted by me, org", "Whoever accepted comes again", mara.get(&link).await);
    let mut iris = inviter.app.browser_of(&inviter.api);
    iris.get("/orgs/beacon/invitations").await;
    iris.submit("Invite", &[("userKey", "tomas@harbor.test"), ("administrator", "true")]).await;
    let link = inviter.app.mail_to("tomas@harbor.test").await.link();
    let mut tomas = inviter.people.browser_of("tomas").await;
    pages.keep("invitations/show: ready, org administrator", "To be an administrator", tomas.get(&link).await);
}

/// Invitations that cannot be accepted.
async fn over(inviter: &Inviter<'_>, pages: &mut Pages) {
    let mut visitor = inviter.app.browser();
    let nonsense = format!("/invitations/{NONSENSE}");
    pages.keep_refusal(404, "invitations/show: unknown", "No link of ours", visitor.get(&nonsense).await);
    let link = inviter.invite("yuri@quay.test", &[]).await;
    visitor.get(&link).await.submit("Decline", &[]).await;
    pages.keep("welcome: notice declined", "Just declined, signed out", &visitor);
    let about = "The link once more: it can be taken up again";
    pages.keep_refusal(410, "invitations/show: newcomer, declined before", about, visitor.get(&link).await);
    inviter.app.deliver().await;
    inviter.invite("yuri@quay.test", &[]).await;
    let about = "Invited anew since";
    pages.keep_refusal(410, "invitations/show: declined", about, visitor.get(&link).await);
    let link = inviter.invite(&address("stan"), &[]).await;
    let mut stan = inviter.people.browser_of("stan").await;
    stan.get(&link).await.submit("Decline", &[]).await;
    stan.languages = Some("de");
    let about = "Declined before, in German";
    pages.keep_refusal(410, "invitations/show: ready, declined before, german", about, stan.get(&link).await);
    inviter.app.deliver().await;

    let first = inviter.invite("zoe@quay.test", &[]).await;
    let second = inviter.invite("zoe@quay.test", &[]).await;
    pages.keep_refusal(410, "invitations/show: superseded", "A newer mail was sent", visitor.get(&first).await);
    let mut iris = inviter.app.browser_of(&inviter.api);
    iris.get(&inviter.sharing()).await;
    // The latest invitation comes first.
    let revoke = iris.attribute("[formaction$='/revoke']", "formaction").unwrap();
    inviter.people.send(&mut iris, &revoke, &[]).await;
    pages.keep_refusal(410, "invitations/show: revoked", "The inviter took it back", visitor.get(&second).await);

    let hugo = inviter.people.api_of("hugo.okafor").await;
    let environment = hugo.environment("Short-lived berth").await;
    hugo.invite(environment, &address("tomas"), false).await;
    let link = inviter.app.mail_to(&address("tomas")).await.link();
    let mut browser = inviter.app.browser_of(&hugo);
    browser.get(&format!("/environments/{environment}/delete")).await.submit("Delete", &[]).await;
    pages.keep_refusal(410, "invitations/show: gone", "The environment was deleted", visitor.get(&link).await);

    let environment = hugo.environment("Orphaned berth").await;
    let iris = &inviter.api;
    iris.join(&hugo, environment, &address("iris.okafor"), true).await;
    hugo.invite(environment, &address("mara"), false).await;
    let mails = inviter.app.deliver().await;
    let link = mails.iter().find(|mail| mail.to == address("mara")).unwrap().link();
    let mut sofia = inviter.people.browser_of("sofia").await;
    let page = format!("/users/{}/delete", inviter.people.ids["hugo.okafor"]);
    sofia.get(&page).await.submit("Delete", &[]).await;
    let about = "The inviter's account was deleted";
    pages.keep_refusal(410, "invitations/show: revoked, inviter gone", about, visitor.get(&link).await);
}

/// The inviter has lost the right to invite.
async fn withdrawn(inviter: &Inviter<'_>, pages: &mut Pages) {
    let iris = inviter.app.rpc_as("iris.okafor").await;
    let org = iris.call("org.create", json!({ "name": "Buoy Keepers", "slug": "buoy" })).await.ok();
    let org = text(&org["org"]["id"]);
    let ids = &inviter.people.ids;
    iris.call("org.addMember", json!({ "orgId": org, "userId": ids["clara.sato"] })).await.plain();
    iris.grant(&ids["clara.sato"], Some(&org), USER_WRITE).await;
    let clara = inviter.app.rpc_as("clara.sato").await;
    clara.call("user.invite", json!({ "userKey": "dario.sato", "orgId": org })).await.plain();
    let mut dario = inviter.people.browser_of("dario.sato").await;
    dario.get("/invitations").await;
    let right = json!({ "userId": ids["clara.sato"], "orgId": org, "permissionId": system_permission(USER_WRITE) });
    iris.call("user.revokePermission", right).await.ok();
    dario.submit("Accept", &[]).await;
    pages.keep_refusal(410, "errors/error: 410", "The inviter lost the right while the page was open", &dario);
    inviter.app.deliver().await;
}

/// Invited under two addresses, and joined by one.
async fn done(inviter: &Inviter<'_>, pages: &mut Pages) {
    let mut elif = inviter.people.browser_of("elif.okafor").await;
    elif.add_address("elif@quay.test").await;
    let confirm = inviter.app.mail_to("elif@quay.test").await.link();
    let first = inviter.invite("elif@quay.test", &[]).await;
    let second = inviter.invite(&address("elif.okafor"), &[]).await;
    elif.get(&confirm).await.submit("Confirm this address", &[]).await;
    elif.get(&second).await.submit("Accept", &[]).await;
    assert_eq!(elif.path, format!("/environments/{}", inviter.environment), "{}", elif.text());
    pages.keep("invitations/show: member", "Was let in by another invitation", elif.get(&first).await);
    inviter.app.deliver().await;
}

/// Whoever signs up with an invited address is led to the invitation.
async fn signed_up(inviter: &Inviter<'_>, pages: &mut Pages) {
    inviter.app.deliver().await;
    inviter.invite("ute@quay.test", &[]).await;
    let mut ute = inviter.app.browser();
    ute.sign_up("ute@quay.test").await;
    let link = inviter.app.mail_to("ute@quay.test").await.link();
    ute.get(&link).await.submit("Confirm this address", &[]).await;
    pages.keep("invitations/list: notice verified-invited", "Signed up with an invited address", &ute);
}
