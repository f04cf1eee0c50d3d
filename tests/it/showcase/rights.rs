//! Roles and permissions of an org.

use serde_json::json;

use super::pages::Pages;
use super::people::{DAY, HOUR, LONG_WORD, People, text};
use crate::support::browser::Browser;
use crate::support::rpc::{PERMISSION_READ, ROLE_READ, USER_READ};

/// Rosa's org "Harbor Works".
pub struct Works<'a> {
    pub rosa: Browser<'a>,
    pub id: String,
    /// A role with two permissions.
    pub runner: String,
    pub open: String,
}

const LONGEST_DESCRIPTION: &str = "Opens and closes the berths one to forty, except when the harbour master or the \
                                   coast guard have closed them, and notes who came in and left";

impl<'a> Works<'a> {
    pub async fn found(people: &People<'a>) -> Self {
        let mut rpc = people.app.rpc();
        rpc.log_in("rosa").await;
        let new = json!({ "name": "Harbor Works", "slug": "works" });
        let id = text(&rpc.call("org.create", new).await.ok()["org"]["id"]);
        let mut permissions = Vec::new();
        for (name, description) in
            [("berth.open", "Opens a berth"), ("berth.close", LONGEST_DESCRIPTION), ("crane.move", "Moves a crane")]
        {
            let new = json!({ "name": name, "scope": id, "description": description });
            permissions.push(text(&rpc.call("permission.create", new).await.ok()["permission"]["id"]));
        }
        let new =
            json!({ "name": "runner", "scope": id, "description": "Lets ships in", "permissions": permissions[..2] });
        let runner = text(&rpc.call("role.create", new).await.ok()["role"]["id"]);
        let new = json!({ "name": "crane:operator", "scope": id, "permissions": permissions[2..] });
        let operator = text(&rpc.call("role.create", new).await.ok()["role"]["id"]);
        people.app.advance(2 * HOUR);

        let narrowed = json!([{ "id": operator, "resourceId": "crane-7" }, { "id": operator, "resourceId": 12 }]);
        for (username, rights) in [
            ("tomas", json!({ "roles": [runner] })),
            ("mara", json!({})),
            ("noa", json!({ "roles": narrowed })),
            ("layla", json!({ "roles": [runner, operator], "permissions": permissions[2..] })),
            ("baltasar", json!({ "permissions": [{ "id": permissions[0], "resourceId": LONG_WORD }] })),
            ("captain", json!({})),
        ] {
            let mut body = json!({ "orgId": id, "userId": people.ids[username] });
            body.as_object_mut().unwrap().extend(rights.as_object().unwrap().clone());
            rpc.call("org.addMember", body).await.plain();
        }
        let body = json!({ "userId": people.ids["tomas"], "orgId": id, "roleId": operator, "resourceId": "crane-7" });
        rpc.call("user.assignRole", body).await.ok();
        for number in [USER_READ, ROLE_READ, PERMISSION_READ] {
            rpc.grant(&people.ids["tomas"], Some(&id), number).await;
        }
        people.app.advance(DAY);
        let rosa = people.browser_of("rosa").await;
        Self { rosa, id, runner, open: permissions.swap_remove(0) }
    }
}

pub async fn show(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    lists(people, works, pages).await;
    permissions(works, pages).await;
    roles(works, pages).await;
}

async fn lists(people: &People<'_>, works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    pages.keep("orgs/roles: some", "Two roles and three permissions", rosa.get("/orgs/works/roles").await);
    rosa.languages = Some("de");
    pages.keep("orgs/roles: some, german", "The same in German", rosa.get("/orgs/works/roles").await);
    rosa.languages = None;
    let mut tomas = people.browser_of("tomas").await;
    pages.keep("orgs/roles: reader", "May look, and change nothing", tomas.get("/orgs/works/roles").await);
}

async fn permissions(works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    let new = "/orgs/works/permissions/new";
    pages.keep("orgs/permission: fresh", "The empty form", rosa.get(new).await);
    rosa.submit("Make the permission", &[]).await;
    pages.keep_refusal(422, "orgs/permission: nothing given", "Nothing was filled in", rosa);
    let too_long = "x".repeat(141);
    let wrong = [("name", "no name"), ("description", too_long.as_str())];
    rosa.get(new).await.submit("Make the permission", &wrong).await;
    pages.keep_refusal(422, "orgs/permission: all wrong", "Every field has its fault", rosa);
    rosa.get(new).await.submit("Make the permission", &[("name", "berth.open")]).await;
    pages.keep_refusal(422, "orgs/permission: name taken", "It is there already", rosa);
    rosa.get(new).await.submit("Make the permission", &[("name", "yeep.berth")]).await;
    pages.keep_refusal(422, "orgs/permission: name reserved", "Such names belong to the system", rosa);
    rosa.get(new).await.submit("Make the permission", &[("name", "gate.close")]).await;
    pages.keep("orgs/roles: notice created", "One permission more", rosa);
    let one = rosa.attribute("section[aria-labelledby=permissions] tbody a[href*='/permissions/']", "href").unwrap();
    pages.keep("orgs/permission: change", "One that is there", rosa.get(&one).await);
    pages.keep("orgs/roles: notice saved", "After a change", rosa.submit("Save", &[]).await);
    let about = "Asks first";
    pages.keep("orgs/delete_right: permission", about, rosa.get(&format!("{one}/delete")).await);
}

async fn roles(works: &mut Works<'_>, pages: &mut Pages) {
    let rosa = &mut works.rosa;
    let new = "/orgs/works/roles/new";
    pages.keep("orgs/role: fresh", "The empty form", rosa.get(new).await);
    rosa.submit("Make the role", &[]).await;
    pages.keep_refusal(422, "orgs/role: nothing given", "Nothing was filled in", rosa);
    let too_long = "x".repeat(141);
    rosa.get(new).await.submit("Make the role", &[("name", "no name"), ("description", &too_long)]).await;
    pages.keep_refusal(422, "orgs/role: all wrong", "Every field has its fault", rosa);
    rosa.get(new).await;
    let open = rosa.box_of("berth.open");
    rosa.submit("Make the role", &[("name", "runner"), ("permissions", &open)]).await;
    pages.keep_refusal(422, "orgs/role: name taken", "It is there already", rosa);
    let one = format!("/orgs/works/roles/{}", works.runner);
    pages.keep("orgs/role: change", "One that is there", rosa.get(&one).await);
    pages.keep("orgs/delete_right: role", "Asks first", rosa.get(&format!("{one}/delete")).await);
    rosa.get(new).await.submit("Make the role", &[("name", "watch"), ("permissions", &works.open)]).await;
    rosa.get("/orgs/works/roles").await;
    let watch =
        rosa.attribute("section[aria-labelledby=roles] tbody tr:last-child a[href$='/delete']", "href").unwrap();
    rosa.get(&watch).await.submit("Delete", &[]).await;
    pages.keep("orgs/roles: notice deleted", "One role less", rosa);
}
