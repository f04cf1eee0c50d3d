//! Data for every form to change.

use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::app::{App, PASSWORD};

/// Fields that each of the forms would accept from our own page.
const FIELDS: [(&str, &str); 32] = [
    ("email", "intruder@harbor.test"),
    ("password", PASSWORD),
    ("oldPassword", PASSWORD),
    ("newPassword", "another horse 2"),
    ("newPasswordAgain", "another horse 2"),
    ("fullName", "Evil Twin"),
    ("username", "eviltwin"),
    ("userEmail", "intruder@harbor.test"),
    ("isAdmin", "true"),
    ("envName", "Harbor stolen"),
    ("accessKey", "AKSTOLEN01"),
    ("secretKey", "stolen"),
    ("region", "eu-west-1"),
    ("keysName", "stolenKeys"),
    ("bucket", "stolen-bucket"),
    ("prefix", "stolen"),
    ("dbName", "stolen"),
    ("host", "stolen.harbor.test"),
    ("user", "stolen"),
    ("pass", "stolen"),
    ("instance", "stolen"),
    ("parameterGroup", "stolen"),
    ("next", "/"),
    ("tokenExpiresInSeconds", "60"),
    ("name", "Stolen"),
    ("expiresInSeconds", "604800"),
    ("kept", "0"),
    ("format", "dotenv"),
    ("text", "DB_HOST=stolen"),
    ("field", "user"),
    ("reason", "Stolen"),
    ("declined", "true"),
];

/// An installation with data for every form to change.
pub struct World<'a> {
    app: &'a App,
    pub owner: Api<'a>,
    pub member: Api<'a>,
    /// A second session of the owner.
    second: String,
    environment: i64,
    membership: i64,
    invitation: i64,
    /// An invitation for the owner.
    waiting: i64,
    invite_code: String,
    /// The owner's second address, unconfirmed.
    address: String,
    /// The owner's access token.
    access_token: String,
    invitation_token: String,
    verification_token: String,
    reset_token: String,
    setup_token: String,
    org: Org,
}

/// An org of the owner, with data for every form.
pub struct Org {
    role: String,
    permission: String,
    invitation: String,
    /// The member's uid.
    member: String,
}

impl Org {
    async fn make(app: &App) -> Self {
        let owner = app.rpc_as("olga@harbor.test").await;
        let member = app.rpc_as("mara@harbor.test").await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let org = owner.call("org.create", json!({ "name": "Orbit Labs", "slug": "orbit" })).await.ok();
        let org = text(&org["org"]["id"]);
        let new = json!({ "name": "orbit.deploy", "scope": org });
        let permission = text(&owner.call("permission.create", new).await.ok()["permission"]["id"]);
        let new = json!({ "name": "operator", "scope": org, "permissions": permission });
        let role = text(&owner.call("role.create", new).await.ok()["role"]["id"]);
        let add = json!({ "orgId": org, "userId": member.id().await, "roles": role });
        owner.call("org.addMember", add).await.plain();
        owner.call("user.invite", json!({ "userKey": "ines@harbor.test", "orgId": org })).await.plain();
        let members_uid = member.id().await;
        for api in [owner, member] {
            api.call("session.destroy", json!({})).await.plain();
        }
        let mut browser = app.browser();
        browser.sign_in("olga@harbor.test").await;
        browser.get("/orgs/orbit/invitations").await;
        let action = browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        browser.submit("Sign out", &[]).await;
        Self { role, permission, invitation: action.rsplit('/').nth(1).unwrap().to_owned(), member: members_uid }
    }
}

impl<'a> World<'a> {
    pub async fn make(app: &'a App) -> Self {
        let owner = app.user("olga@harbor.test").await;
        let member = app.user("mara@harbor.test").await;
        let environment = owner.environment("Harbor staging").await;
        let membership = member.join(&owner, environment, "mara@harbor.test", false).await;
        let mut former = app.browser_of(&owner);
        former.get("/environments").await;
        former.post_fields(&format!("/environments/{environment}/secrets/former"), &[("kept", "3")]).await;
        let new = json!({ "pass": "salt-water-2" });
        owner.put(&format!("/api/environments/{environment}/credentials"), new).await.ok();
        let theirs = member.environment("Harbor of Mara").await;
        let waiting = member.invite(theirs, "olga@harbor.test", false).await;

        let mut second = app.browser();
        second.sign_in("olga@harbor.test").await;
        let mut browser = app.browser_of(&owner);
        browser.make_token("Backup").await;
        let revoke = browser.attribute("a[href$='/revoke']", "href").unwrap();
        browser.add_address("olga@quay.test").await;
        let remove = browser.attribute(".rows a[href$='/remove']", "href").unwrap();
        let org = Org::make(app).await;
        app.deliver().await;
        browser.get(&format!("/environments/{environment}/sharing")).await;
        browser.submit("Invite", &[("userEmail", "nora@harbor.test")]).await;
        let action = browser.attribute("[formaction$='/revoke']", "formaction").unwrap();
        let invitation_token = app.mail_to("nora@harbor.test").await.token();
        app.browser().sign_up("vera@harbor.test").await;
        let verification_token = app.mail_to("vera@harbor.test").await.token();
        app.browser().get("/password/forgot").await.submit("Send me a link", &[("email", "vera@harbor.test")]).await;
        Self {
            app,
            second: format!("usher_session={}", second.cookie("usher_session").unwrap()),
            environment,
            membership,
            invitation: action.rsplit('/').nth(1).unwrap().parse().unwrap(),
            waiting: waiting["id"].as_i64().unwrap(),
            invite_code: waiting["inviteCode"].as_str().unwrap().to_owned(),
            address: remove.rsplit('/').nth(1).unwrap().to_owned(),
            access_token: revoke.rsplit('/').nth(1).unwrap().to_owned(),
            invitation_token,
            verification_token,
            reset_token: app.mail_to("vera@harbor.test").await.token(),
            setup_token: app.setup_token().await,
            org,
            owner,
            member,
        }
    }

    /// A path of the route, with existing ids.
    pub async fn path(&self, route: &str) -> String {
        let mut path = Vec::new();
        for segment in route.split('/') {
            path.push(match segment {
                "<token>" if route.starts_with("/invitations/") => self.invitation_token.clone(),
                "<token>" if route.starts_with("/verify/") => self.verification_token.clone(),
                "<token>" if route.starts_with("/password/") => self.reset_token.clone(),
                "<token>" if route.starts_with("/setup/") => self.setup_token.clone(),
                "<id>" if route.starts_with("/environments/") || route.starts_with("/api/environment") => {
                    self.environment.to_string()
                }
                "<id>" if route.starts_with("/invitations/mine/") => self.waiting.to_string(),
                "<id>" if route.starts_with("/account/sessions/") => self.second_session().await,
                "<id>" if route.starts_with("/account/addresses/") => self.address.clone(),
                "<id>" if route.starts_with("/account/tokens/") => self.access_token.clone(),
                "<id>" if route.starts_with("/mails/") => "1".to_owned(),
                "<slug>" => "orbit".to_owned(),
                "<uid>" if route.starts_with("/users/") => self.org.member.clone(),
                "<right>" | "<former_id>" => "1".to_owned(),
                "<uid>" if route.contains("/roles/") => self.org.role.clone(),
                "<uid>" if route.contains("/permissions/") => self.org.permission.clone(),
                "<id>" if route.starts_with("/orgs/<slug>/invitations/") => self.org.invitation.clone(),
                "<id>" if route.starts_with("/orgs/<slug>/members/") => self.member.id.to_string(),
                "<member>" => self.membership.to_string(),
                "<invitation>" => self.invitation.to_string(),
                open if open.starts_with('<') => panic!("this test has no ids for {route}"),
                word => word.to_owned(),
            });
        }
        path.join("/")
    }

    async fn second_session(&self) -> String {
        let mut browser = self.app.browser_of(&self.owner);
        browser.get("/account/sessions").await;
        let action = browser.attribute("tr:not(:has(.badge)) button", "formaction").unwrap();
        action.rsplit('/').nth(1).unwrap().to_owned()
    }

    /// Everything that a form could change, as pages show it.
    pub async fn shown(&self) -> Vec<String> {
        let id = self.environment;
        let mut shown = Vec::new();
        let mut owner = self.app.browser_of(&self.owner);
        for path in ["/", "/environments", "/invitations", "/account", "/account/sessions", "/account/tokens"] {
            shown.push(owner.get(path).await.text());
        }
        for page in ["", "/edit", "/sharing", "/secrets", "/secrets/former", "/activity"] {
            shown.push(owner.get(&format!("/environments/{id}{page}")).await.text());
        }
        for page in ["", "/members", "/roles", "/invitations", "/activity"] {
            shown.push(owner.get(&format!("/orgs/orbit{page}")).await.text());
        }
        let mut member = self.app.browser_of(&self.member);
        for path in ["/environments", "/orgs"] {
            shown.push(member.get(path).await.text());
        }
        for path in [
            format!("/invitations/{}", self.invitation_token),
            format!("/verify/{}", self.verification_token),
            format!("/password/reset/{}", self.reset_token),
            format!("/setup/{}", self.setup_token),
        ] {
            let mut visitor = self.app.browser();
            visitor.get(&path).await;
            shown.push(format!("{} {}", visitor.status, visitor.text()));
        }
        let mut second = self.app.api();
        second.cookie = Some(self.second.clone());
        shown.push(second.get("/api/users/me").await.text);
        shown.extend(self.app.deliver().await.into_iter().map(|mail| mail.raw));
        shown
    }

    /// The names of the fields.
    pub fn fields() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name).chain(["userKey", "right", "resourceId", "description", "inviteCode"])
    }

    /// The routes with a path of each.
    pub async fn paths(&self, routes: Vec<String>) -> Vec<(String, String)> {
        let mut paths = Vec::new();
        for route in routes {
            let path = self.path(&route).await;
            paths.push((route, path));
        }
        paths
    }

    /// What a form would accept, but for a NUL in one field.
    pub fn body_with_nul(token: &str, field: &str) -> String {
        let mut body = form_urlencoded::Serializer::new(String::new());
        for name in Self::fields() {
            let value = match FIELDS.iter().find(|(known, _)| *known == name) {
                Some((name, _)) if name.starts_with("newPassword") => PASSWORD,
                Some((_, value)) => value,
                None => "reed",
            };
            body.append_pair(name, &format!("{value}{}", if field == name { "\0" } else { "" }));
        }
        body.append_pair("csrf", token).finish()
    }

    pub fn body(&self, token: Option<&str>) -> String {
        let member = self.member.id.to_string();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(FIELDS).append_pair("userId", &member).append_pair("inviteCode", &self.invite_code);
        if let Some(token) = token {
            body.append_pair("csrf", token);
        }
        body.finish()
    }
}
