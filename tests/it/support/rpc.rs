//! A client of Yeep's API.

use rocket::http::{ContentType, Header};
use serde_json::{Value, json};

use super::api::Answer;
use super::app::{App, PASSWORD};

/// A client with at most one bearer token.
pub struct Rpc<'a> {
    app: &'a App,
    pub token: Option<String>,
}

/// A failure's code and message.
#[track_caller]
fn failure(answer: &Answer) -> (u64, String) {
    assert_eq!(answer.status, 200, "{answer:?}");
    let body = answer.json();
    assert_eq!(body["ok"], json!(false), "{body}");
    let error = &body["error"];
    assert_eq!(error.get("details").is_some(), error["code"] == json!(400), "{body}");
    (error["code"].as_u64().unwrap(), error["message"].as_str().unwrap().to_owned())
}

/// A response.
#[derive(Debug)]
pub struct Told(pub Answer);

impl Told {
    /// The fields of a success, including `ok`.
    #[track_caller]
    pub fn ok(&self) -> Value {
        let body = self.0.ok();
        assert_eq!(body["ok"], json!(true), "{body}");
        body
    }

    /// Asserts a success without further fields.
    #[track_caller]
    pub fn plain(&self) {
        assert_eq!(self.0.ok(), json!({ "ok": true }));
    }

    /// Asserts a failure.
    #[track_caller]
    pub fn refused(&self, code: u64, message: &str) {
        assert_eq!(failure(&self.0), (code, message.to_owned()), "{}", self.0.text);
    }

    /// Asserts that the method is hidden.
    #[track_caller]
    pub fn masked(&self) {
        self.refused(404, "Resource does not exist");
    }

    /// Asserts that the named caller may not do this.
    #[track_caller]
    pub fn forbidden(&self, name: &str) {
        self.refused(10012, &format!("User \"{name}\" does not have sufficient permissions to access this resource"));
    }

    /// Asserts validation errors: path and type, in order.
    #[track_caller]
    pub fn invalid(&self, faults: Value) {
        self.refused(400, "Invalid request body");
        let body = self.0.json();
        let told = body["error"]["details"].as_array().unwrap();
        let told: Value = told.iter().map(|detail| json!([detail["path"], detail["type"]])).collect();
        assert_eq!(told, faults, "{body}");
    }
}

impl<'a> Rpc<'a> {
    /// An anonymous client.
    pub fn new(app: &'a App) -> Self {
        Self { app, token: None }
    }

    /// Calls a method.
    pub async fn call(&self, method: &str, body: Value) -> Told {
        self.send(method, ContentType::JSON, body.to_string().into_bytes()).await
    }

    /// Calls a method with a raw body.
    pub async fn send(&self, method: &str, content_type: ContentType, body: Vec<u8>) -> Told {
        let mut request = self.app.client().post(format!("/api/v1/{method}")).header(content_type).body(body);
        if let Some(token) = &self.token {
            request = request.header(Header::new("Authorization", format!("Bearer {token}")));
        }
        Told(Answer::read(request.dispatch().await).await)
    }

    /// Logs in with the common test password.
    pub async fn log_in(&mut self, key: &str) {
        let answer = self.call("session.create", json!({ "userKey": key, "password": PASSWORD })).await;
        self.token = Some(answer.ok()["token"].as_str().unwrap().to_owned());
    }

    /// The caller's id.
    pub async fn id(&self) -> String {
        let answer = self.call("session.info", json!({})).await;
        answer.ok()["session"]["user"]["id"].as_str().unwrap().to_owned()
    }

    /// Creates a user with the common test password and the address `<username>@orbit.test`; returns the id.
    pub async fn make_user(&self, username: &str, orgs: &[&str]) -> String {
        let mut body = user_body(username);
        if !orgs.is_empty() {
            body["orgs"] = json!(orgs);
        }
        self.call("user.create", body).await.ok()["user"]["id"].as_str().unwrap().to_owned()
    }

    /// Assigns a system permission to a user, in an org or globally.
    pub async fn grant(&self, user: &str, org: Option<&str>, number: usize) {
        let mut body = json!({ "userId": user, "permissionId": system_permission(number) });
        if let Some(org) = org {
            body["orgId"] = json!(org);
        }
        self.call("user.assignPermission", body).await.ok();
    }
}

/// A valid body to create a user.
pub fn user_body(username: &str) -> Value {
    json!({
        "username": username,
        "password": PASSWORD,
        "fullName": format!("{username} of Orbit"),
        "emails": [{ "address": format!("{username}@orbit.test"), "isVerified": true, "isPrimary": true }],
    })
}

/// The numbers of the system permissions, in the order of the schema.
pub const ORG_WRITE: usize = 1;
pub const USER_WRITE: usize = 3;
pub const USER_READ: usize = 4;
pub const PERMISSION_WRITE: usize = 5;
pub const PERMISSION_READ: usize = 6;
pub const PERMISSION_ASSIGNMENT_WRITE: usize = 7;
pub const PERMISSION_ASSIGNMENT_READ: usize = 8;
pub const ROLE_WRITE: usize = 9;
pub const ROLE_READ: usize = 10;
pub const ROLE_ASSIGNMENT_WRITE: usize = 11;
pub const ROLE_ASSIGNMENT_READ: usize = 12;

/// The id of a system permission.
pub fn system_permission(number: usize) -> String {
    format!("{number:024x}")
}

/// The id of the system role.
pub fn admin_role() -> String {
    system_permission(13)
}

impl App {
    /// A client that is not logged in.
    pub fn rpc(&self) -> Rpc<'_> {
        Rpc::new(self)
    }

    /// A client logged in by username or address.
    pub async fn rpc_as(&self, key: &str) -> Rpc<'_> {
        let mut rpc = self.rpc();
        rpc.log_in(key).await;
        rpc
    }

    /// A client logged in as a new user with a verified address.
    pub async fn founder(&self, address: &str) -> Rpc<'_> {
        self.user(address).await;
        self.rpc_as(address).await
    }

    /// A client logged in as the superuser `sofia`, created by the set-up page.
    pub async fn superuser(&self) -> Rpc<'_> {
        let token = usher::domain::accounts::setup::token(&self.usher).await.unwrap().unwrap();
        let mut browser = self.browser();
        let path = format!("/setup/{token}");
        let fields =
            [("username", "sofia"), ("fullName", "Sofia"), ("email", "sofia@orbit.test"), ("password", PASSWORD)];
        let button = browser.get(&path).await.buttons().last().cloned().unwrap();
        browser.submit(&button, &fields).await;
        assert_eq!(browser.status, 200, "{}", browser.text());
        self.rpc_as("sofia@orbit.test").await
    }
}

/// Creates an org with the founder as member and administrator; returns its id.
pub async fn org(founder: &Rpc<'_>, slug: &str) -> String {
    let made = founder.call("org.create", json!({ "name": format!("Org {slug}"), "slug": slug })).await.ok();
    made["org"]["id"].as_str().unwrap().to_owned()
}

/// Creates a permission of an org; returns its id.
pub async fn permission(writer: &Rpc<'_>, org: &str, name: &str) -> String {
    let made = writer.call("permission.create", json!({ "name": name, "scope": org })).await.ok();
    made["permission"]["id"].as_str().unwrap().to_owned()
}

/// Creates a role of an org; returns its id.
pub async fn role(writer: &Rpc<'_>, org: &str, name: &str, permissions: &[&str]) -> String {
    let body = json!({ "name": name, "scope": org, "permissions": permissions });
    let made = writer.call("role.create", body).await.ok();
    made["role"]["id"].as_str().unwrap().to_owned()
}
