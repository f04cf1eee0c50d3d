//! Orgs: list, create, show, rename, leave, delete, members, activity.

use serde_json::json;

use super::pages::Pages;
use super::people::{LONG_TITLE, LONG_TITLE_WORD, MINUTE, People, crew, text};
use super::rights::{self, Works};
use crate::support::app::{App, Set};
use crate::support::browser::Browser;
use crate::support::rpc::{
    PERMISSION_WRITE, ROLE_ASSIGNMENT_READ, ROLE_ASSIGNMENT_WRITE, ROLE_READ, ROLE_WRITE, USER_READ, USER_WRITE,
    system_permission,
};

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    making(people, pages).await;
    lists(people, pages).await;
    let mut works = Works::found(people).await;
    rights::show(people, &mut works, pages).await;
    looking(people, &mut works, pages).await;
    members(people, &mut works, pages).await;
    super::offers::show(people, &mut works, pages).await;
    deputy(people, &mut works, pages).await;
    activity(people, &mut works, pages).await;
    crowded(people, pages).await;
    ending(people, &mut works, pages).await;
}

async fn making(people: &People<'_>, pages: &mut Pages) {
    let mut ada = people.browser_of("ada.okafor").await;
    pages.keep("orgs/list: empty", "A member of none", ada.get("/orgs").await);
    pages.keep("orgs/new: fresh", "The empty form", ada.get("/orgs/new").await);
    ada.submit("Make the org", &[]).await;
    pages.keep_refusal(422, "orgs/new: nothing given", "Nothing was filled in", &ada);
    ada.get("/orgs/new").await.submit("Make the org", &[("name", "x"), ("slug", "no slug")]).await;
    pages.keep_refusal(422, "orgs/new: all wrong", "Every field has its fault", &ada);
    ada.get("/orgs/new").await.submit("Make the org", &[("name", "Lantern"), ("slug", "new")]).await;
    pages.keep_refusal(422, "orgs/new: short name reserved", "It is the name of a page", &ada);
    ada.get("/orgs/new").await.submit("Make the org", &[("name", "Lantern Works"), ("slug", "lantern")]).await;
    pages.keep("orgs/show: notice created", "Just made, its administrator alone", &ada);
    ada.get("/orgs/new").await.submit("Make the org", &[("name", "Lantern"), ("slug", "lantern")]).await;
    pages.keep_refusal(422, "orgs/new: short name taken", "Another org has it", &ada);
    pages.keep("orgs/list: one", "A member of one", ada.get("/orgs").await);
    pages.keep("orgs/roles: empty", "No role and no permission yet", ada.get("/orgs/lantern/roles").await);
    pages.keep("orgs/members: one", "The administrator alone", ada.get("/orgs/lantern/members").await);
    pages.keep("orgs/invitations: empty", "Nobody is invited", ada.get("/orgs/lantern/invitations").await);
    let own = ada.get("/orgs/lantern/members").await.attribute("tbody a", "href").unwrap();
    pages.keep("orgs/member: nothing to give", "No role and no permission yet", ada.get(&own).await);
    ada.get("/orgs/lantern/leave").await.submit("Leave", &[]).await;
    pages.keep_refusal(409, "errors/error: last administrator", "An org keeps an administrator", &ada);

    let app = App::start(Set::default().with("org_creation_open", false)).await;
    let api = app.user("rosa@harbor.test").await;
    let mut rosa = app.browser_of(&api);
    pages.keep("orgs/list: empty, by invitation", "Not everybody makes orgs here", rosa.get("/orgs").await);
    pages.keep("home: empty, orgs by invitation", "Not everybody makes orgs here", rosa.get("/").await);
    let about = "Not everybody makes orgs here";
    pages.keep_refusal(403, "errors/error: org making closed", about, rosa.get("/orgs/new").await);
}

async fn lists(people: &People<'_>, pages: &mut Pages) {
    let bruno = people.app.rpc_as("bruno.okafor").await;
    for (number, name) in [LONG_TITLE, LONG_TITLE_WORD, "נמל חיפה", "ميناء الإسكندرية"].into_iter().enumerate()
    {
        bruno.call("org.create", json!({ "name": name, "slug": format!("far-{number}") })).await.ok();
    }
    let mut browser = people.browser_of("bruno.okafor").await;
    pages.keep("orgs/list: some", "Long and right-to-left names", browser.get("/orgs").await);
    pages.keep("orgs/show: long name", "A hundred characters", browser.get("/orgs/far-0").await);
    pages.keep("orgs/show: one long word", "A hundred characters in one word", browser.get("/orgs/far-1").await);
    pages.keep("orgs/show: right to left", "A Hebrew name", browser.get("/orgs/far-2").await);
    for number in 0..48 {
        let new = json!({ "name": format!("Quay {number}"), "slug": format!("quay-{number}") });
        bruno.call("org.create", new).await.ok();
    }
    pages.keep("orgs/list: many", "Fifty of fifty-two", browser.get("/orgs").await);
    let more = browser.attribute("nav.pages a", "href").unwrap();
    pages.keep("orgs/list: many, later page", "The last two", browser.get(&more).await);
    let about = "A part that was left over";
    pages.keep("orgs/list: many, end", about, browser.get("/orgs?after=99999").await);
}

async fn looking(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    pages.keep("orgs/show: administrator", "May everything", rosa.get("/orgs/works").await);
    rosa.languages = Some("de");
    pages.keep("orgs/show: administrator, german", "The same in German", rosa.get("/orgs/works").await);
    rosa.languages = None;
    rosa.get("/orgs/works").await.submit("Save", &[("name", "")]).await;
    pages.keep_refusal(422, "orgs/show: no name given", "The name was emptied", rosa);
    rosa.get("/orgs/works").await.submit("Save", &[("name", "Harbor Works")]).await;
    pages.keep("orgs/show: notice saved", "After a change", rosa);
    let mut tomas = people.browser_of("tomas").await;
    pages.keep("orgs/show: member with rights", "Roles and permissions, some narrowed", tomas.get("/orgs/works").await);
    let mut mara = people.browser_of("mara").await;
    pages.keep("orgs/show: plain member", "May look and leave", mara.get("/orgs/works").await);
    let mut sofia = people.browser_of("sofia").await;
    pages.keep("orgs/show: superuser", "No member, and may everything", sofia.get("/orgs/works").await);
    let mut stan = people.browser_of("stan").await;
    let about = "Somebody who is no member";
    pages.keep_refusal(404, "errors/error: 404, signed in", about, stan.get("/orgs/works").await);
    let about = "Members have no such page";
    pages.keep_refusal(403, "errors/error: 403", about, mara.get("/orgs/works/delete").await);
}

async fn members(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    let list = "/orgs/works/members";
    let about = "All rights; long and right-to-left names";
    pages.keep("orgs/members: some", about, rosa.get(list).await);
    pages.keep("orgs/members: searched", "By a part of a name", rosa.get(&format!("{list}?search=va")).await);
    let about = "Nobody was found";
    pages.keep("orgs/members: nobody found", about, rosa.get(&format!("{list}?search=nemo")).await);
    let having = format!("{list}?having={}", works.runner);
    pages.keep("orgs/members: having a role", "Who has one role", rosa.get(&having).await);
    let mut tomas = people.browser_of("tomas").await;
    let about = "May look, and change nothing";
    pages.keep("orgs/members: reader", about, tomas.get(list).await);

    rosa.get(&format!("{list}?search=tomas")).await;
    let one = rosa.attribute("tbody a", "href").unwrap();
    let about = "What may be given, and rights for one resource";
    pages.keep("orgs/member: administrator", about, rosa.get(&one).await);
    rosa.languages = Some("de");
    pages.keep("orgs/member: administrator, german", "The same in German", rosa.get(&one).await);
    rosa.languages = None;
    rosa.get(&one).await.submit("Save", &[("permissions", "0123456789abcdef01234567")]).await;
    pages.keep_refusal(422, "orgs/member: permission unknown", "It was deleted meanwhile", rosa);
    rosa.get(&format!("{list}?search=rosa")).await;
    let oneself = rosa.attribute("tbody a", "href").unwrap();
    rosa.get(&oneself).await.post_fields(&oneself, &[]).await;
    pages.keep_refusal(422, "orgs/member: last administrator", "An org keeps an administrator", rosa);
    pages.keep("orgs/member: reader", "May look at it alone", tomas.get(&one).await);
    rosa.get(&one).await.submit("Save", &[]).await;
    pages.keep("orgs/members: notice saved", "After a change", rosa);

    rosa.get(&format!("{list}?search=layla")).await;
    let removal = rosa.attribute("tbody a[href$='/remove']", "href").unwrap();
    pages.keep("places/remove: org", "Asks first; an Arabic name", rosa.get(&removal).await);
    pages.keep("orgs/members: notice removed", "One less", rosa.submit("Remove", &[]).await);
}

/// A user with some of an administrator's rights.
async fn deputy(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rpc = people.app.rpc_as("rosa").await;
    for number in [USER_READ, USER_WRITE, ROLE_READ, ROLE_WRITE, ROLE_ASSIGNMENT_READ, ROLE_ASSIGNMENT_WRITE] {
        rpc.grant(&people.ids["captain"], Some(&works.id), number).await;
    }
    let mut body = json!({ "name": "deputy", "scope": works.id });
    body["permissions"] = json!([works.open, system_permission(PERMISSION_WRITE)]);
    let strong = text(&rpc.call("role.create", body).await.ok()["role"]["id"]);
    let give = json!({ "userId": people.ids["noa"], "orgId": works.id, "roleId": strong });
    rpc.call("user.assignRole", give).await.ok();
    let mut captain = people.browser_of("captain").await;
    let path = "/orgs/works";
    pages.keep("orgs/show: deputy", "A part of what an administrator may", captain.get(path).await);
    pages.keep("orgs/roles: deputy", "May change roles alone", captain.get(&format!("{path}/roles")).await);
    let about = "Keeps what one may not give oneself";
    pages.keep("orgs/role: deputy", about, captain.get(&format!("{path}/roles/{strong}")).await);
    let form = format!("{path}/invitations");
    pages.keep("orgs/invitations: deputy", "May invite, with less to offer", captain.get(&form).await);
    let by_administrator =
        works.rosa.get(&format!("{form}?search=waiting")).await.attribute("tbody a", "href").unwrap();
    works.rosa.get(&by_administrator).await.submit("Save", &[("administrator", "true")]).await;
    let about = "It makes an administrator, which a deputy cannot change";
    pages.keep("places/invitation: deputy", about, captain.get(&by_administrator).await);
    let found = captain.get(&format!("{path}/members?search=baltasar")).await.attribute("tbody a", "href").unwrap();
    let about = "Some of the rights stay whatever is ticked";
    pages.keep("orgs/member: deputy", about, captain.get(&found).await);
}

async fn activity(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    let path = "/orgs/works/activity";
    pages.keep("places/activity: org, some", "Who came and changed what", rosa.get(path).await);
    pages.keep("places/activity: org, searched", "By a person", rosa.get(&format!("{path}?search=layla")).await);
    let about = "Nothing was found";
    pages.keep("places/activity: org, nothing found", about, rosa.get(&format!("{path}?search=nemo")).await);
    for number in 0..50 {
        people.send(rosa, "/orgs/works", &[("name", &format!("Harbor Works {number}"))]).await;
    }
    people.send(rosa, "/orgs/works", &[("name", "Harbor Works")]).await;
    pages.keep("places/activity: org, many", "The last fifty", rosa.get(path).await);
    let more = rosa.attribute("nav.pages a", "href").unwrap();
    pages.keep("places/activity: org, many, later page", "The first ones", rosa.get(&more).await);
    let about = "Before everything";
    pages.keep("places/activity: org, many, end", about, rosa.get(&format!("{path}?before=1")).await);
}

/// An org with more of everything than fits on a page.
async fn crowded(people: &People<'_>, pages: &mut Pages) {
    let mut rpc = people.app.rpc();
    rpc.log_in("dario.okafor").await;
    let new = json!({ "name": "The Shipyard", "slug": "shipyard" });
    let id = text(&rpc.call("org.create", new).await.ok()["org"]["id"]);
    let mut permissions = Vec::new();
    for number in 0..51 {
        let body =
            json!({ "name": format!("dock.{number}"), "scope": id, "description": format!("Opens dock {number}") });
        permissions.push(text(&rpc.call("permission.create", body).await.ok()["permission"]["id"]));
    }
    for (number, permission) in permissions.iter().enumerate() {
        let held = [permission, &permissions[(number + 7) % permissions.len()]];
        let body = json!({ "name": format!("crew-{number}"), "scope": id, "permissions": held });
        rpc.call("role.create", body).await.ok();
    }
    let team = crew();
    for username in team.iter().filter(|username| *username != "dario.okafor").take(51) {
        let body = json!({ "orgId": id, "userId": people.ids[username], "permissions": permissions[..2] });
        rpc.call("org.addMember", body).await.plain();
    }
    let mut dario = people.browser_of("dario.okafor").await;
    for (list, parts) in [("members", &["after"][..]), ("roles", &["roles_after", "permissions_after"])] {
        let path = format!("/orgs/shipyard/{list}");
        let name = format!("orgs/{list}: many");
        pages.keep(&name, "The first part of more than fifty", dario.get(&path).await);
        for part in parts {
            dario.get(&path).await;
            let more = dario.attribute(&format!("nav.pages a[href*='{part}=']"), "href").unwrap();
            let later = if parts.len() > 1 { format!("later {part}") } else { "later page".to_owned() };
            pages.keep(&format!("{name}, {}", later.replace("_after", "")), "The next part", dario.get(&more).await);
        }
        let end: Vec<String> = parts.iter().map(|part| format!("{part}=ffffffffffffffffffffffff")).collect();
        let end = if list == "members" { "after=99999".to_owned() } else { end.join("&") };
        pages.keep(&format!("{name}, end"), "Parts that were left over", dario.get(&format!("{path}?{end}")).await);
    }
    pages.keep("orgs/role: many permissions", "Fifty-one to choose from", dario.get("/orgs/shipyard/roles/new").await);
    for number in 0..51 {
        let body =
            json!({ "userKey": format!("welder-{number}@quay.test"), "orgId": id, "permissions": permissions[..1] });
        rpc.call("user.invite", body).await.plain();
        people.app.advance(MINUTE);
    }
    people.app.deliver().await;
    let path = "/orgs/shipyard/invitations";
    pages.keep("orgs/invitations: many", "The first twenty of fifty-one", dario.get(path).await);
    let more = dario.attribute("nav.pages a", "href").unwrap();
    pages.keep("orgs/invitations: many, later page", "The next twenty", dario.get(&more).await);
    let about = "A part that was left over";
    pages.keep("orgs/invitations: many, end", about, dario.get(&format!("{path}?before=1")).await);
}

async fn ending(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let mut mara = people.browser_of("mara").await;
    pages.keep("places/leave: org", "Asks first", mara.get("/orgs/works/leave").await);
    pages.keep("orgs/list: notice left", "No longer a member", mara.submit("Leave", &[]).await);
    let rosa: &mut Browser<'_> = &mut works.rosa;
    pages.keep("orgs/delete: asked", "Says how much is lost", rosa.get("/orgs/works/delete").await);
    rosa.languages = Some("de");
    pages.keep("orgs/delete: asked, german", "The same in German", rosa.get("/orgs/works/delete").await);
    rosa.languages = None;
    let mut ada = people.browser_of("ada.okafor").await;
    ada.get("/orgs/lantern/delete").await.submit("Delete", &[]).await;
    pages.keep("orgs/list: notice deleted", "None left", &ada);
}
