//! What an org's form cannot show is kept: grants for several resources, grants that the visitor may not give, more
//! grants than fit. And offers say to which resource they are limited.

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;
use crate::support::rpc::{Rpc, USER_READ, USER_WRITE, org, system_permission};

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Rosa's org `harbor`, with two permissions, and the role `runner` that contains the first.
struct Harbor<'a> {
    app: &'a App,
    rosa: Browser<'a>,
    api: Rpc<'a>,
    org: String,
    open: String,
    close: String,
    runner: String,
}

impl<'a> Harbor<'a> {
    async fn of(app: &'a App) -> Self {
        let api = app.founder("rosa@harbor.test").await;
        let org = org(&api, "harbor").await;
        let mut rosa = app.browser();
        rosa.sign_in("rosa@harbor.test").await;
        let (open, close) = (permission(&api, &org, "berth.open").await, permission(&api, &org, "berth.close").await);
        let runner = role(&api, &org, "runner", &[&open]).await;
        Self { app, rosa, api, org, open, close, runner }
    }

    /// A new member with these roles.
    async fn member(&self, address: &str, roles: &[&str]) -> Browser<'a> {
        let roles: Vec<Value> = roles.iter().map(|id| json!({ "id": id })).collect();
        self.api.call("user.invite", json!({ "userKey": address, "orgId": self.org, "roles": roles })).await.plain();
        let mail = self.app.mail_to(address).await;
        let mut browser = self.app.browser();
        browser.get(&mail.link()).await.submit("Join", &[("password", PASSWORD)]).await;
        assert_eq!((browser.status, browser.path.as_str()), (200, "/orgs/harbor"), "{}", browser.text());
        self.app.deliver().await;
        browser
    }

    /// The path of the only open invitation.
    async fn pending(&mut self) -> String {
        self.rosa.get("/orgs/harbor/invitations").await;
        self.rosa.attribute("tbody a", "href").unwrap()
    }
}

async fn permission(api: &Rpc<'_>, org: &str, name: &str) -> String {
    text(&api.call("permission.create", json!({ "name": name, "scope": org })).await.ok()["permission"]["id"])
}

async fn role(api: &Rpc<'_>, org: &str, name: &str, permissions: &[&str]) -> String {
    let new = json!({ "name": name, "scope": org, "permissions": permissions });
    text(&api.call("role.create", new).await.ok()["role"]["id"])
}

on_both! {
    async fn an_offer_for_several_resources_stays_as_it_is(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let ask = json!({
            "userKey": "bo@harbor.test",
            "orgId": harbor.org,
            "roles": [{ "id": harbor.runner, "resourceId": "berth-7" }, { "id": harbor.runner, "resourceId": 9 }],
            "permissions": [{ "id": harbor.open }, { "id": harbor.close, "resourceId": "berth-8" }],
        });
        harbor.api.call("user.invite", ask).await.plain();
        let link = app.mail_to("bo@harbor.test").await.link();
        let mut bo = app.browser();
        let all = ["runner , for berth-7 only", "runner , for 9 only", "berth.open", "berth.close , for berth-8 only"];
        bo.get(&link).await;
        for offered in all {
            assert!(bo.shows(offered), "{offered}: {}", bo.text());
        }

        let pending = harbor.pending().await;
        harbor.rosa.get(&pending).await;
        assert_eq!(harbor.rosa.attribute("input[name=permissions][checked]", "value"), Some(harbor.open.clone()));
        assert_eq!(harbor.rosa.select("input[name=roles][checked]").len(), 0);
        harbor.rosa.submit("Save", &[]).await;
        assert!(harbor.rosa.shows("Saved."), "{}", harbor.rosa.text());
        bo.get(&link).await;
        for offered in all {
            assert!(bo.shows(offered), "{offered}: {}", bo.text());
        }
        assert!(!bo.shows("berth.open ,"), "{}", bo.text());

        // After an error, unchecked boxes stay unchecked.
        harbor.rosa.get(&pending).await;
        let keep = harbor.rosa.box_of("runner, for 9 only");
        harbor.rosa.submit("Save", &[("keep", &keep), ("resourceId", "x")]).await;
        assert_eq!((harbor.rosa.status, harbor.rosa.select("input[name=keep]").len()), (422, 3));
        assert_eq!(harbor.rosa.select("input[name=keep][checked]").len(), 1);
        harbor.rosa.submit("Save", &[("resourceId", ""), ("roles", &harbor.runner)]).await;
        bo.get(&link).await;
        assert!(bo.shows("runner , for 9 only") && bo.shows("berth.open"), "{}", bo.text());
        assert!(!bo.shows("berth-7") && !bo.shows("berth-8"), "{}", bo.text());
        assert_eq!(bo.select(".what .badge").iter().filter(|badge| badge.contains("runner")).count(), 2);
        bo.submit("Join", &[("password", PASSWORD)]).await;
        assert!(bo.shows("runner , for 9 only"), "{}", bo.text());
    }

    async fn one_resource_for_all_stands_in_its_field(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.rosa.get("/orgs/harbor/invitations").await;
        let fields = [("userKey", "bo@harbor.test"), ("roles", harbor.runner.as_str()), ("resourceId", "berth-7")];
        harbor.rosa.submit("Invite", &fields).await;
        let link = app.mail_to("bo@harbor.test").await.link();
        let pending = harbor.pending().await;
        harbor.rosa.get(&pending).await;
        assert_eq!(harbor.rosa.value("resourceId"), "berth-7");
        assert_eq!(harbor.rosa.select("input[name=keep]").len(), 0);
        harbor.rosa.submit("Save", &[("resourceId", "")]).await;
        let mut bo = app.browser();
        assert!(!bo.get(&link).await.shows("only"), "{}", bo.text());
    }

    async fn who_may_not_offer_something_leaves_it_in_the_offer(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let clerk = role(&harbor.api, &harbor.org, "clerk", &[&system_permission(USER_WRITE)]).await;
        let mut nadia = harbor.member("nadia@harbor.test", &[&clerk]).await;
        harbor.rosa.get("/orgs/harbor/invitations").await;
        let fields = [("userKey", "bo@harbor.test"), ("roles", harbor.runner.as_str()), ("administrator", "true")];
        harbor.rosa.submit("Invite", &fields).await;
        let link = app.mail_to("bo@harbor.test").await.link();
        let pending = harbor.pending().await;

        nadia.get(&pending).await;
        assert_eq!(nadia.attribute("input[name=roles], input[name=administrator]", "name"), None);
        assert!(nadia.shows("It makes an administrator. You cannot change this."), "{}", nadia.text());
        nadia.submit("Save", &[]).await;
        assert!(nadia.shows("Saved."), "{}", nadia.text());
        let mut bo = app.browser();
        bo.get(&link).await;
        assert!(bo.shows("runner") && bo.shows("as an administrator"), "{}", bo.text());
        // She adds nothing.
        let keep = nadia.get(&pending).await.box_of("runner");
        for more in [("roles", clerk.as_str()), ("permissions", harbor.open.as_str())] {
            nadia.get(&pending).await.submit("Save", &[("keep", &keep), more]).await;
            assert_eq!(nadia.status, 403, "{more:?}");
        }
        bo.get(&link).await.submit("Join", &[("password", PASSWORD)]).await;
        assert!(bo.shows("Administrator") && bo.shows("runner") && !bo.shows("clerk"), "{}", bo.text());
    }

    async fn a_role_keeps_what_its_editor_may_not_give(app: App) {
        let harbor = Harbor::of(&app).await;
        let (write, read) = (system_permission(USER_WRITE), system_permission(USER_READ));
        let clerk = role(&harbor.api, &harbor.org, "clerk", &[&write, &harbor.open]).await;
        let pure = role(&harbor.api, &harbor.org, "pure", &[&write]).await;
        // yeep.role.write, yeep.role.read
        let smith = role(&harbor.api, &harbor.org, "smith", &[&system_permission(9), &system_permission(10), &read]).await;
        let mut nadia = harbor.member("nadia@harbor.test", &[&smith]).await;
        let holds = async |id: &str| {
            let found = harbor.api.call("role.info", json!({ "id": id })).await.ok();
            found["role"]["permissions"].as_array().unwrap().iter().map(text).collect::<Vec<_>>()
        };

        nadia.get(&format!("/orgs/harbor/roles/{clerk}")).await;
        assert!(nadia.shows("It keeps yeep.user.write"), "{}", nadia.text());
        assert!(nadia.attribute("fieldset input[disabled][checked]", "id").is_some());
        nadia.submit("Save", &[("name", "desk"), ("permissions", &harbor.close)]).await;
        assert!(nadia.shows("Saved."), "{}", nadia.text());
        assert_eq!(holds(&clerk).await, [write.clone(), harbor.close.clone()]);
        // Nothing else need be checked.
        nadia.get(&format!("/orgs/harbor/roles/{pure}")).await.submit("Save", &[("name", "purest")]).await;
        assert!(nadia.shows("Saved.") && nadia.shows("purest"), "{}", nadia.text());
        assert_eq!(holds(&pure).await, std::slice::from_ref(&write));

        // It cannot add the permission to a role that does not contain it.
        for path in [format!("/orgs/harbor/roles/{}", harbor.runner), "/orgs/harbor/roles/new".to_owned()] {
            nadia.get("/account").await.post_fields(&path, &[("name", "taken"), ("permissions", &write)]).await;
            assert_eq!(nadia.status, 403, "{path}");
        }
        assert_eq!(holds(&harbor.runner).await, std::slice::from_ref(&harbor.open));
        // What she may give she may also revoke.
        nadia.get(&format!("/orgs/harbor/roles/{smith}")).await;
        assert!(!nadia.shows("It keeps"), "{}", nadia.text());
    }

    async fn more_than_a_form_holds_is_not_lost(app: App) {
        let mut harbor = Harbor::of(&app).await;
        // System permissions come first.
        let mut last = String::new();
        for number in 0..500 {
            last = permission(&harbor.api, &harbor.org, &format!("z{number:03}")).await;
        }
        let keeper = role(&harbor.api, &harbor.org, "keeper", &[&last, &harbor.open]).await;
        let mut bo = harbor.member("bo@harbor.test", &[&harbor.runner]).await;
        let bos = text(&app.rpc_as("bo@harbor.test").await.call("session.info", json!({})).await.ok()["session"]["user"]["id"]);
        let grant = json!({ "userId": bos, "orgId": harbor.org, "permissionId": last });
        harbor.api.call("user.assignPermission", grant).await.ok();
        let more = "these are the first 500";

        harbor.rosa.get(&format!("/orgs/harbor/roles/{keeper}")).await;
        assert!(harbor.rosa.shows(more), "{more}");
        harbor.rosa.submit("Save", &[("name", "keepers")]).await;
        let found = harbor.api.call("role.info", json!({ "id": keeper })).await.ok();
        assert_eq!(found["role"]["permissions"], json!([harbor.open, last]));

        harbor.rosa.get("/orgs/harbor/members?search=bo%40").await;
        let one = harbor.rosa.attribute("tbody a", "href").unwrap();
        harbor.rosa.get(&one).await;
        assert!(harbor.rosa.shows(more));
        harbor.rosa.submit("Save", &[]).await;
        assert!(bo.get("/orgs/harbor").await.shows("z499"), "{}", bo.text());

        let ask = json!({ "userKey": "ina@harbor.test", "orgId": harbor.org, "permissions": [{ "id": last }] });
        harbor.api.call("user.invite", ask).await.plain();
        let link = app.mail_to("ina@harbor.test").await.link();
        let pending = harbor.pending().await;
        assert!(harbor.rosa.shows(more));
        harbor.rosa.get(&pending).await.submit("Save", &[]).await;
        assert!(app.browser().get(&link).await.shows("z499"));
    }

    async fn a_deputy_hands_out_no_more_than_they_could_offer(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let deputy = role(&harbor.api, &harbor.org, "deputy", &[&system_permission(USER_WRITE)]).await;
        let mut dana = harbor.member("dana@harbor.test", &[&deputy]).await;
        let runner = harbor.runner.clone();
        let offers = [
            (vec![("administrator", "true")], false),
            (vec![("roles", runner.as_str())], false),
            (vec![("roles", deputy.as_str())], false),
            (vec![], true),
        ];
        for (number, (offered, may)) in offers.into_iter().enumerate() {
            let address = format!("bo-{number}@harbor.test");
            let fields: Vec<(&str, &str)> = offered.into_iter().chain([("userKey", address.as_str())]).collect();
            harbor.rosa.get("/orgs/harbor/invitations").await.submit("Invite", &fields).await;
            assert_eq!(harbor.rosa.status, 200, "{}", harbor.rosa.text());
            let pending = harbor.pending().await;
            dana.get("/orgs/harbor/invitations").await;
            for (action, is_there) in [("link", may), ("resend", may), ("revoke", true)] {
                let button = dana.attribute(&format!("[formaction='{pending}/{action}']"), "formaction");
                assert_eq!(button.is_some(), is_there, "{action} {fields:?}: {}", dana.text());
            }
            for action in ["link", "resend"] {
                dana.get("/orgs/harbor").await.post_fields(&format!("{pending}/{action}"), &[]).await;
                assert_eq!(dana.status, if may { 200 } else { 403 }, "{action} {fields:?}: {}", dana.text());
            }
            harbor.rosa.get("/orgs/harbor/activity").await;
            assert_eq!(harbor.rosa.shows(&format!("copied the link for {address}")), may, "{}", harbor.rosa.text());
        }
    }

    async fn a_link_that_was_copied_does_not_lead_to_what_is_offered_later(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let deputy = role(&harbor.api, &harbor.org, "deputy", &[&system_permission(USER_WRITE)]).await;
        let mut dana = harbor.member("dana@harbor.test", &[&deputy]).await;
        harbor.rosa.get("/orgs/harbor/invitations").await.submit("Invite", &[("userKey", "bo@harbor.test")]).await;
        let mailed = app.mail_to("bo@harbor.test").await.link();
        let copy = async |browser: &mut Browser<'_>| {
            browser.get("/orgs/harbor/invitations").await.submit("Copy link", &[]).await;
            browser.value("link").strip_prefix("http://127.0.0.1:8000").unwrap().to_owned()
        };
        let copied = copy(&mut dana).await;
        let opens = async |link: &str| {
            let mut bo = app.browser();
            bo.get(link).await;
            (bo.status, bo.buttons().contains(&"Join".to_owned()))
        };
        assert_eq!(opens(&copied).await, (200, true));
        // Nothing is added: everything stays.
        let pending = harbor.pending().await;
        harbor.rosa.get(&pending).await.submit("Save", &[]).await;
        assert_eq!(opens(&copied).await, (200, true));
        let mut edit = async |fields: &[(&str, &str)]| {
            harbor.rosa.get(&pending).await.submit("Save", fields).await;
            assert!(harbor.rosa.shows("Saved."), "{}", harbor.rosa.text());
        };
        edit(&[("roles", harbor.runner.as_str())]).await;
        assert_eq!(opens(&copied).await, (410, false));
        edit(&[("administrator", "true")]).await;
        assert_eq!(opens(&copied).await, (410, false));
        assert_eq!(opens(&mailed).await, (200, true));
        let again = copy(&mut harbor.rosa).await;
        assert_eq!(opens(&again).await, (200, true));
        harbor.rosa.get("/orgs/harbor/invitations").await.submit("Resend", &[]).await;
        let after = copy(&mut harbor.rosa).await;
        assert_eq!((opens(&again).await, opens(&after).await), ((410, false), (200, true)));
    }
}
