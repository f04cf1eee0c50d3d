//! User administration; roles of the installation.

use serde_json::json;

use super::account::settle;
use super::pages::Pages;
use super::people::{HOUR, People, address, text};
use crate::support::browser::Browser;
use crate::support::rpc::{Rpc, USER_READ, system_permission};

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let rpc = people.app.rpc_as("sofia").await;
    let mut sofia = people.browser_of("sofia").await;
    list(people, &mut sofia, pages).await;
    roles(&rpc, &mut sofia, pages).await;
    one(people, &rpc, &mut sofia, pages).await;
    rights(people, &rpc, &mut sofia, pages).await;
    shutting_out(people, &mut sofia, pages).await;
    deleting(people, &mut sofia, pages).await;
    superusers(people, &mut sofia, pages).await;
    unsent(people, &mut sofia, pages).await;
    activity(&mut sofia, pages).await;
}

/// Of the whole installation.
async fn activity(sofia: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("users/activity: many", "The last fifty events", sofia.get("/activity").await);
    let more = sofia.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("users/activity: many, later page", "Those before them", sofia.get(&more).await);
    pages.keep("users/activity: many, end", "Before everything", sofia.get("/activity?before=1").await);
    let installation = "/activity?kind=system";
    pages.keep("users/activity: by topic", "What concerns everybody", sofia.get(installation).await);
    sofia.languages = Some("de");
    pages.keep("users/activity: by topic, german", "The same in German", sofia.get(installation).await);
    sofia.languages = None;
    let searched = "/activity?person=rosa&place=harbor&kind=access&from=2026-03-01";
    pages.keep("users/activity: searched", "By person, place, topic and day", sofia.get(searched).await);
    pages.keep("users/activity: nothing found", "Nothing was found", sofia.get("/activity?person=nemo").await);
    let about = "A day that there is not";
    pages.keep_refusal(422, "users/activity: wrong day", about, sofia.get("/activity?from=2026-02-30").await);
}

/// Mails and a notice that failed in earlier parts of the story.
async fn unsent(people: &People<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    people.app.deliver().await;
    pages.keep("home: mails not sent", "For superusers: some failed", sofia.get("/").await);
    pages.keep("failed_messages: some", "Mails, and a notice to Slack", sofia.get("/mails").await);
    sofia.languages = Some("de");
    pages.keep("failed_messages: some, german", "The same in German", sofia.get("/mails").await);
    sofia.languages = None;
    let about = "A part that was left over";
    pages.keep("failed_messages: end", about, sofia.get("/mails?before=1").await);
    sofia.get("/mails").await.submit("Resend", &[]).await;
    pages.keep("failed_messages: notice sent-again", "One less", sofia);
    sofia.submit("Resend all", &[]).await;
    pages.keep("failed_messages: none", "Nothing has failed", sofia.get("/mails").await);
    people.app.deliver().await;
}

async fn list(people: &People<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("users/list: many", "The first fifty", sofia.get("/users").await);
    let more = sofia.attribute("nav.pages a", "href").unwrap();
    pages.keep("users/list: many, later page", "The others", sofia.get(&more).await);
    let about = "A part that was left over";
    pages.keep("users/list: many, end", about, sofia.get("/users?after=99999").await);
    pages.keep("users/list: searched", "By a part of a name", sofia.get("/users?search=ma&state=active").await);
    sofia.languages = Some("de");
    let about = "The same in German";
    pages.keep("users/list: searched, german", about, sofia.get("/users?search=ma&state=active").await);
    sofia.languages = None;
    let about = "Nobody was found";
    pages.keep("users/list: nobody found", about, sofia.get("/users?search=nemo&state=deactivated").await);
    let mut stan = people.browser_of("stan").await;
    let about = "For superusers and whom they trust";
    pages.keep_refusal(403, "errors/error: 403, users", about, stan.get("/users").await);
}

async fn roles(rpc: &Rpc<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("users/roles: built in", "Nobody made one yet", sofia.get("/roles").await);
    pages.keep("users/role: fresh", "The empty form", sofia.get("/roles/new").await);
    sofia.submit("Make the role", &[]).await;
    pages.keep_refusal(422, "users/role: nothing given", "Nothing was filled in", sofia);
    let too_long = "x".repeat(141);
    sofia.get("/roles/new").await.submit("Make the role", &[("name", "no name"), ("description", &too_long)]).await;
    pages.keep_refusal(422, "users/role: all wrong", "Every field has its fault", sofia);
    sofia.get("/roles/new").await;
    let read = sofia.box_of("yeep.user.read");
    let fields = [("name", "desk"), ("description", "Answers the telephone"), ("permissions", &read)];
    sofia.submit("Make the role", &fields).await;
    pages.keep("users/roles: notice created", "One that was made here", sofia);
    sofia.get("/roles/new").await.submit("Make the role", &fields).await;
    pages.keep_refusal(422, "users/role: name taken", "It is there already", sofia);
    sofia.get("/roles").await;
    let one = sofia.attribute("tbody a[href^='/roles/']", "href").unwrap();
    pages.keep("users/role: change", "One that is there", sofia.get(&one).await);
    pages.keep("users/roles: notice saved", "After a change", sofia.submit("Save", &[]).await);
    for number in 0..51 {
        let body = json!({ "name": format!("watch-{number}"), "permissions": system_permission(USER_READ) });
        rpc.call("role.create", body).await.ok();
    }
    pages.keep("users/roles: many", "The first fifty", sofia.get("/roles").await);
    let more = sofia.attribute("nav.pages a", "href").unwrap();
    pages.keep("users/roles: many, later page", "The others", sofia.get(&more).await);
    let last = sofia.attribute("tbody tr:last-child a[href$='/delete']", "href").unwrap();
    let about = "A part that was left over";
    pages.keep("users/roles: many, end", about, sofia.get("/roles?after=ffffffffffffffffffffffff").await);
    pages.keep("users/delete_role: asked", "Asks first", sofia.get(&last).await);
    pages.keep("users/roles: notice deleted", "One less", sofia.submit("Delete", &[]).await);
    let about = "Nobody changes what the system has";
    let path = format!("/roles/{}", system_permission(13));
    pages.keep_refusal(403, "errors/error: system object", about, sofia.get(&path).await);
}

async fn one(people: &People<'_>, rpc: &Rpc<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let page = |username: &str| format!("/users/{}", people.ids[username]);
    settle(sofia).await;
    people.app.advance(HOUR);
    pages.keep("users/show: fresh", "Member of nothing, never here", sofia.get(&page("ada.tanner")).await);
    pages.keep("users/show: some", "Orgs and environments", sofia.get(&page("tomas")).await);
    sofia.languages = Some("de");
    pages.keep("users/show: some, german", "The same in German", sofia.get(&page("tomas")).await);
    sofia.languages = None;
    pages.keep("users/show: many", "More than fifty environments", sofia.get(&page("greta.okafor")).await);
    let more = sofia.attribute("section[aria-labelledby=environments] nav.pages a", "href").unwrap();
    pages.keep("users/show: many, later environments", "The last one", sofia.get(&more).await);
    pages.keep("users/show: many orgs", "More than fifty", sofia.get(&page("bruno.okafor")).await);
    let more = sofia.attribute("section[aria-labelledby=orgs] nav.pages a", "href").unwrap();
    pages.keep("users/show: many orgs, later page", "The last ones", sofia.get(&more).await);
    pages.keep("users/show: right to left", "A Hebrew name", sofia.get(&page("noa")).await);
    pages.keep("users/show: long name", "A hundred characters", sofia.get(&page("baltasar")).await);
    pages.keep("users/show: one long word", "A hundred characters in one word", sofia.get(&page("captain")).await);
    let own = format!("/users/{}", rpc.id().await);
    settle(sofia).await;
    pages.keep("users/show: oneself", "A superuser's own account", sofia.get(&own).await);
    let about = "Nobody deletes themselves here";
    let deletion = format!("{own}/delete");
    pages.keep_refusal(409, "errors/error: own account", about, sofia.get(&deletion).await);

    rpc.grant(&people.ids["stan"], None, USER_READ).await;
    let mut stan = people.browser_of("stan").await;
    pages.keep("users/list: reader", "May look, and change nothing", stan.get("/users?search=qu").await);
    pages.keep("users/show: reader", "May look, and change nothing", stan.get(&page("tomas")).await);
}

async fn rights(people: &People<'_>, rpc: &Rpc<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let path = format!("/users/{}", people.ids["layla"]);
    sofia.get(&path).await.submit("Give", &[("resourceId", "x")]).await;
    pages.keep_refusal(422, "users/show: all wrong", "No right, and a resource that is too short", sofia);
    let roles = rpc.call("role.list", json!({ "q": "desk" })).await.ok();
    let desk = format!("role:{}", text(&roles["roles"][0]["id"]));
    sofia.get(&path).await.submit("Give", &[("right", &desk)]).await;
    pages.keep("users/show: notice saved", "One right more", sofia);
    sofia.submit("Give", &[("right", &desk)]).await;
    pages.keep_refusal(422, "users/show: right held", "It was given already", sofia);
    sofia.get(&path).await.submit("Give", &[("right", &desk), ("resourceId", "berth-7")]).await;
    let plain = sofia.attribute("a[href$='/take-back']", "href").unwrap();
    pages.keep("users/take_back: asked", "Asks first", sofia.get(&plain).await);
    pages.keep("users/show: notice taken-back", "A narrowed one is left", sofia.submit("Take back", &[]).await);
    many_rights(people, rpc, sofia, pages).await;
    sofia.get(&path).await;
    let narrowed = sofia.attribute("a[href$='/take-back']", "href").unwrap();
    pages.keep("users/take_back: narrowed", "For one resource alone", sofia.get(&narrowed).await);
}

async fn many_rights(people: &People<'_>, rpc: &Rpc<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let clara = &people.ids["clara.tanner"];
    for number in 0..51 {
        let body = json!({ "userId": clara, "permissionId": system_permission(USER_READ), "resourceId": number });
        rpc.call("user.assignPermission", body).await.ok();
    }
    pages.keep("users/show: many rights", "Fifty of fifty-one", sofia.get(&format!("/users/{clara}")).await);
    let more = sofia.attribute("section[aria-labelledby=rights] nav.pages a", "href").unwrap();
    pages.keep("users/show: many rights, later page", "The last one", sofia.get(&more).await);
}

async fn shutting_out(people: &People<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let path = format!("/users/{}", people.ids["femi.okafor"]);
    pages.keep("users/deactivate: asked", "Asks first", sofia.get(&format!("{path}/deactivate")).await);
    pages.keep("users/show: deactivated, notice deactivated", "Cannot sign in", sofia.submit("Deactivate", &[]).await);
    pages.keep("users/list: deactivated", "Those who cannot sign in", sofia.get("/users?state=deactivated").await);
    let mut femi = people.app.browser();
    femi.sign_in("femi.okafor").await;
    pages.keep_refusal(422, "accounts/sign_in: deactivated", "An account that is deactivated", &femi);
    pages.keep(
        "users/show: notice activated",
        "Can sign in again",
        sofia.get(&path).await.submit("Activate", &[]).await,
    );
    let rpc = people.app.rpc_as("sofia").await;
    off_boarding(people, &rpc, sofia, pages).await;
    let body = json!({ "id": people.ids["clara.lindqvist"], "deactivateAfterSeconds": 86_400 });
    rpc.call("user.deactivate", body).await.ok();
    let clara = format!("/users/{}", people.ids["clara.lindqvist"]);
    pages.keep("users/show: active until", "Will be deactivated tomorrow", sofia.get(&clara).await);
    let alone = format!("/users/{}/deactivate", people.ids["bruno.okafor"]);
    let about = "More than twenty orgs that nobody else administers";
    pages.keep("users/deactivate: last administrator", about, sofia.get(&alone).await);
}

/// An administrator of an environment is deactivated: their invitations are void, and the environment has no possible
/// successor.
async fn off_boarding(people: &People<'_>, rpc: &Rpc<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let greta = people.api_of("greta.novak").await;
    let hugo = people.api_of("hugo.novak").await;
    let environment = greta.environment("Pilot boats").await;
    hugo.join(&greta, environment, "hugo.novak@harbor.test", true).await;
    let sharing = format!("/environments/{environment}/sharing");
    people.app.browser_of(&hugo).get(&sharing).await.submit("Invite", &[("userEmail", "nell@harbor.test")]).await;
    people.app.deliver().await;
    rpc.call("user.deactivate", json!({ "id": people.ids["hugo.novak"] })).await.ok();
    let mut owner = people.app.browser_of(&greta);
    let about = "An administrator is deactivated, and what they offered is void";
    pages.keep("environments/sharing: deactivated member", about, owner.get(&sharing).await);
    let delete = format!("/users/{}/delete", people.ids["greta.novak"]);
    let about = "Nobody else could own an environment";
    pages.keep("users/delete: nobody could own", about, sofia.get(&delete).await);
    sofia.submit("Delete", &[]).await;
    pages.keep_refusal(422, "users/delete: environments not ticked", "The form was sent all the same", sofia);
    rpc.call("user.activate", json!({ "id": people.ids["hugo.novak"] })).await.ok();
}

async fn deleting(people: &People<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let page = |username: &str| format!("/users/{}/delete", people.ids[username]);
    let about = "Orgs that nobody else administers";
    pages.keep("users/delete: last administrator", about, sofia.get(&page("dario.okafor")).await);
    let about = "Many environments that are lost";
    pages.keep("users/delete: many environments", about, sofia.get(&page("greta.okafor")).await);
    let noa = people.api_of("noa").await;
    let environment = noa.environment("Noas second berth").await;
    let mara = people.api_of("mara").await;
    mara.join(&noa, environment, &address("mara"), false).await;
    let about = "An environment that passes to somebody else";
    pages.keep("users/delete: passing", about, sofia.get(&page("noa")).await);
    sofia.languages = Some("de");
    pages.keep("users/delete: passing, german", "The same in German", sofia.get(&page("noa")).await);
    sofia.languages = None;
    pages.keep("users/delete: little", "Member of nothing", sofia.get(&page("ada.tanner")).await);
    pages.keep("users/list: notice account-deleted", "One less", sofia.submit("Delete", &[]).await);
}

async fn superusers(people: &People<'_>, sofia: &mut Browser<'_>, pages: &mut Pages) {
    let rosa = format!("/users/{}/superuser", people.ids["rosa"]);
    pages.keep("users/make_superuser: asked", "Asks first", sofia.get(&rosa).await);
    pages.keep("users/show: notice superuser-made", "May everything", sofia.submit("Make superuser", &[]).await);
    let about = "A superuser goes with the account";
    let deletion = format!("/users/{}/delete", people.ids["rosa"]);
    pages.keep("users/delete: superuser", about, sofia.get(&deletion).await);
    pages.keep("users/unmake_superuser: asked", "Asks first", sofia.get(&format!("{rosa}/take-back")).await);
    sofia.submit("Make a plain user", &[]).await;
    pages.keep("users/show: plain again, notice taken-back", "No superuser any more", sofia);
    let rpc = people.app.rpc_as("sofia").await;
    let own = format!("/users/{}/superuser/take-back", rpc.id().await);
    pages.keep("users/unmake_superuser: oneself", "One's own rights", sofia.get(&own).await);
    sofia.submit("Make a plain user", &[]).await;
    pages.keep_refusal(409, "errors/error: last superuser", "An installation keeps one", sofia);
}
