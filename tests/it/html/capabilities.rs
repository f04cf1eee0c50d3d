//! Every way to hand out a capability (link, code, token, role, key, export), and who obtains one by it.

use std::fmt::Write as _;

use rocket::http::Method;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{ROLE_ASSIGNMENT_WRITE, Rpc, USER_WRITE, admin_role, org, role, system_permission};

/// Rosa owns the environment and administers the org, as do Tomas (an administrator of the environment), Nora, who
/// joined by a copied link, Dora, who is deactivated, and Remo, who was removed. Dana writes users in the org, Alma
/// also assigns roles; they and Mia are members of the environment. Stan belongs to neither.
const PEOPLE: [&str; 10] = ["rosa", "tomas", "nora", "dora", "remo", "dana", "alma", "mia", "stan", "nobody"];

struct World<'a> {
    app: &'a App,
    environment: i64,
    org: String,
    deputy: String,
    guest: String,
    /// The membership of a user whom others may promote.
    membership: i64,
    rosa: Browser<'a>,
}

fn address(name: &str) -> String {
    format!("{name}@orbit.test")
}

async fn api_of<'a>(app: &'a App, name: &str) -> Api<'a> {
    let mut api = app.api();
    api.log_in(&address(name)).await;
    api
}

impl<'a> World<'a> {
    async fn make(app: &'a App) -> (Self, Vec<(Browser<'a>, Rpc<'a>)>) {
        let sofia = app.superuser().await;
        let mut ids: Vec<(&str, String)> = Vec::new();
        for name in ["rosa", "tomas", "dora", "remo", "dana", "alma", "mia", "stan", "pip", "guest"] {
            ids.push((name, sofia.make_user(name, &[]).await));
        }
        let (api, rpc) = (api_of(app, "rosa").await, app.rpc_as("rosa").await);
        let environment = api.environment("Harbor staging").await;
        let slack = json!({ "token": "xoxb-1", "channel": "C0HARBOR" });
        api.post(&format!("/api/environments/{environment}/slack"), slack).await.ok();
        let org = org(&rpc, "harbor").await;
        let deputy = role(&rpc, &org, "deputy", &[&system_permission(USER_WRITE)]).await;
        let writes = [USER_WRITE, ROLE_ASSIGNMENT_WRITE].map(system_permission);
        let assigner = role(&rpc, &org, "assigner", &[&writes[0], &writes[1]]).await;

        let mut membership = 0;
        for (name, is_admin) in [
            ("tomas", true),
            ("dora", true),
            ("remo", true),
            ("dana", false),
            ("alma", false),
            ("mia", false),
            ("pip", false),
        ] {
            membership = api_of(app, name).await.join(&api, environment, &address(name), is_admin).await;
        }
        let mut rosa = app.browser_of(&api);
        let fields = [("userEmail", "nora@orbit.test"), ("isAdmin", "true")];
        rosa.get(&format!("/environments/{environment}/sharing")).await.submit("Invite", &fields).await;
        let link = rosa.submit("Copy link", &[]).await.value("link");
        let fields = [("username", "nora"), ("password", PASSWORD)];
        app.browser().get(link.strip_prefix("http://127.0.0.1:8000").unwrap()).await.submit("Join", &fields).await;
        ids.push(("nora", app.rpc_as("nora").await.id().await));

        let id_of = |wanted: &str| ids.iter().find(|(name, _)| *name == wanted).unwrap().1.clone();
        for (name, role) in [
            ("tomas", Some(admin_role())),
            ("nora", Some(admin_role())),
            ("dora", Some(admin_role())),
            ("remo", Some(admin_role())),
            ("dana", Some(deputy.clone())),
            ("alma", Some(assigner)),
            ("mia", None),
        ] {
            rpc.call("org.addMember", json!({ "userId": id_of(name), "orgId": org })).await.plain();
            if let Some(role) = role {
                let body = json!({ "userId": id_of(name), "orgId": org, "roleId": role });
                rpc.call("user.assignRole", body).await.ok();
            }
        }
        let mut people = Vec::new();
        for name in PEOPLE {
            let mut person = (app.browser(), app.rpc());
            if name != "nobody" {
                person.0.sign_in(name).await;
                person.1.log_in(name).await;
            }
            people.push(person);
        }
        sofia.call("user.deactivate", json!({ "id": id_of("dora") })).await.ok();
        let remo = api_of(app, "remo").await.membership(environment).await;
        api.end_membership(remo).await.ok();
        rpc.call("org.removeMember", json!({ "userId": id_of("remo"), "orgId": org })).await.plain();
        app.deliver().await;
        let guest = id_of("guest");
        (Self { app, environment, org, deputy, guest, membership, rosa }, people)
    }

    /// The path of a new invitation by Rosa.
    async fn invitation(&mut self, page: &str, fields: &[(&str, &str)], number: usize) -> String {
        let address = format!("newcomer-{number}@orbit.test");
        let field = if page.ends_with("sharing") { "userEmail" } else { "userKey" };
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([(field, address.as_str())]).collect();
        self.rosa.get(page).await.submit("Invite", &fields).await;
        let path = self.rosa.attribute("[formaction$='/link']", "formaction").unwrap();
        path.strip_suffix("/link").unwrap().to_owned()
    }
}

/// An attempt, and how to read from the response what was obtained.
enum Try {
    /// A form, and what the page shows after it.
    Form(String, Vec<(&'static str, String)>, &'static str),
    /// A page or file.
    Page(String, &'static str),
    /// MyCRT's API.
    Rest(Method, String, Value, &'static str),
    /// Yeep's API.
    Rpc(&'static str, Value),
}

fn form<const N: usize>(path: &str, fields: [(&'static str, &str); N], shows: &'static str) -> Try {
    Try::Form(path.to_owned(), fields.map(|(name, value)| (name, value.to_owned())).into(), shows)
}

impl Try {
    async fn succeeds(self, app: &App, browser: &mut Browser<'_>, rpc: &Rpc<'_>) -> bool {
        match self {
            Self::Form(path, fields, shows) => {
                let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                browser.post_fields(&path, &fields).await;
                browser.status == 200 && browser.body.contains(shows)
            }
            Self::Page(path, shows) => {
                browser.get(&path).await;
                browser.status == 200 && browser.body.contains(shows)
            }
            Self::Rest(method, path, body, shows) => {
                let mut api = app.api();
                api.cookie = Some(browser.cookies()).filter(|cookies| !cookies.is_empty());
                let answer = api.json(method, &path, body).await;
                answer.status == 200 && answer.text.contains(shows)
            }
            Self::Rpc(method, body) => rpc.call(method, body).await.0.json()["ok"] == true,
        }
    }
}

/// The names of the ways, in the order of the table.
const WAYS: [&str; 24] = [
    "environment: invite by the page",
    "environment: invite over JSON, with the code",
    "environment: copy the link",
    "environment: resend",
    "environment: make an administrator",
    "environment: the credentials, by the page",
    "environment: the credentials, over JSON",
    "environment: the stored keys",
    "environment: Slack's token",
    "environment: the activity as a file",
    "org: invite by the page",
    "org: invite over JSON, with a role",
    "org: invite as administrator",
    "org: copy the link",
    "org: copy the link of an administrator",
    "org: resend to an administrator",
    "org: change what is offered to an administrator's",
    "org: add a member with a role",
    "org: make an administrator",
    "org: give a permission",
    "org: put a permission into a role",
    "org: the activity as a file",
    "account: an access token",
    "account: another address",
];

/// The way with this index, for a user who was not tried yet.
async fn way(world: &mut World<'_>, number: usize, tried: usize) -> Try {
    let World { environment, org, deputy, guest, membership, .. } = world;
    let (org, deputy, guest) = (org.clone(), deputy.clone(), guest.clone());
    let here = format!("/environments/{environment}");
    let newcomer = format!("invited-{number}-{tried}@orbit.test");
    let (sharing, invitations) = (format!("{here}/sharing"), "/orgs/harbor/invitations");
    let one = number * PEOPLE.len() + tried;
    match number {
        0 => form(&sharing, [("userEmail", &newcomer)], "is on its way"),
        1 => {
            let body = json!({ "environmentId": environment, "userEmail": address("guest"), "isAdmin": true });
            Try::Rest(Method::Post, "/api/environments/invites".into(), body, "inviteCode")
        }
        2 => form(&format!("{}/link", world.invitation(&sharing, &[], one).await), [], "/invitations/"),
        3 => form(&format!("{}/resend", world.invitation(&sharing, &[], one).await), [], "is on its way"),
        4 => {
            let body = json!({ "envUserId": membership });
            Try::Rest(Method::Put, "/api/environments/invites/promote".into(), body, "{}")
        }
        5 => form(&format!("{here}/reveal"), [], "salt-water"),
        6 => Try::Rest(Method::Get, format!("/api{here}"), Value::Null, "salt-water"),
        7 => Try::Rest(Method::Get, "/api/awsKeys".into(), Value::Null, "s3cr3t/harbor+1"),
        8 => Try::Rest(Method::Put, format!("/api{here}/slack"), json!({}), "xoxb-1"),
        9 => Try::Page(format!("{here}/activity.csv"), "Harbor staging"),
        10 => form(invitations, [("userKey", &newcomer)], "is on its way"),
        11 => {
            let body = json!({ "userKey": newcomer, "orgId": org, "roles": [{ "id": deputy }] });
            Try::Rpc("user.invite", body)
        }
        12 => form(invitations, [("userKey", &newcomer), ("administrator", "true")], "is on its way"),
        13 => form(&format!("{}/link", world.invitation(invitations, &[], one).await), [], "/invitations/"),
        14..=16 => {
            let path = world.invitation(invitations, &[("administrator", "true")], one).await;
            match number {
                14 => form(&format!("{path}/link"), [], "/invitations/"),
                15 => form(&format!("{path}/resend"), [], "is on its way"),
                _ => form(&path, [("administrator", "true"), ("roles", &deputy)], "Saved"),
            }
        }
        17 => {
            let body = json!({ "userId": guest, "orgId": org, "roles": [{ "id": deputy }] });
            Try::Rpc("org.addMember", body)
        }
        18 => Try::Rpc("user.assignRole", json!({ "userId": guest, "orgId": org, "roleId": admin_role() })),
        19 => {
            let body = json!({ "userId": guest, "orgId": org, "permissionId": system_permission(1) });
            Try::Rpc("user.assignPermission", body)
        }
        20 => Try::Rpc("role.update", json!({ "id": deputy, "permissions": [system_permission(1)] })),
        21 => Try::Page("/orgs/harbor/activity.csv".into(), "Org harbor"),
        22 => {
            let fields = [("name", "door"), ("expiresInSeconds", "604800"), ("password", PASSWORD)];
            form("/account/tokens", fields, "usher_")
        }
        _ => form("/account/addresses", [("email", &newcomer), ("password", PASSWORD)], "is on its way"),
    }
}

/// Undoes what would affect the next one.
async fn take_back(world: &World<'_>, number: usize, rosa: &Rpc<'_>, api: &Api<'_>) {
    let World { org, guest, deputy, .. } = world;
    match number {
        17 => drop(rosa.call("org.removeMember", json!({ "userId": guest, "orgId": org })).await),
        18 => {
            drop(rosa.call("user.revokeRole", json!({ "userId": guest, "orgId": org, "roleId": admin_role() })).await);
        }
        19 => {
            let body = json!({ "userId": guest, "orgId": org, "permissionId": system_permission(1) });
            drop(rosa.call("user.revokePermission", body).await);
        }
        20 => {
            let body = json!({ "id": deputy, "permissions": [system_permission(USER_WRITE)] });
            rosa.call("role.update", body).await.ok();
        }
        _ => drop(api.get("/api/users/me").await),
    }
}

on_both! {
    async fn each_way_is_open_to_whom_it_is_for(app: App) {
        let (mut world, mut people) = World::make(&app).await;
        let (api, rosa) = (api_of(&app, "rosa").await, app.rpc_as("rosa").await);
        let mut table = format!("{:<50}{}\n", "", PEOPLE.map(|name| format!("{name:>7}")).concat());
        for (number, name) in WAYS.into_iter().enumerate() {
            write!(table, "{name:<50}").unwrap();
            if number == 18 {
                rosa.call("org.addMember", json!({ "userId": world.guest, "orgId": world.org })).await.plain();
            }
            for (tried, (browser, rpc)) in people.iter_mut().enumerate() {
                let attempt = way(&mut world, number, tried).await;
                let has = attempt.succeeds(world.app, browser, rpc).await;
                take_back(&world, number, &rosa, &api).await;
                write!(table, "{:>7}", if has { "yes" } else { "–" }).unwrap();
            }
            table.push('\n');
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("capabilities", table));
    }
}
