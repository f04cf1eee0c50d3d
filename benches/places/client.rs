//! What people ask of the server, each with cookies of their own.

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

use super::seed::{GUEST, OWNER, Seeded};
use super::server::Server;

const PASSWORD: &str = "correct horse 1";

pub struct Person {
    agent: Agent,
    base: String,
}

impl Person {
    pub fn at(server: &Server) -> Self {
        let agent = Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true).build().into();
        Self { agent, base: server.url("") }
    }

    pub fn sign_up(&self, address: &str) {
        self.post("/api/users/signup", &json!({ "email": address, "password": PASSWORD, "agreeToTerms": true }));
    }

    pub fn sign_in(&self, address: &str) {
        self.post("/api/users/login", &json!({ "email": address, "password": PASSWORD }));
    }

    /// What is answered to JSON, with success.
    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.header("Content-Type", "application/json").body(body).expect("it is a request");
        let mut answer = self.agent.run(request).expect("it is answered");
        let told = answer.body_mut().read_json().expect("it is JSON");
        assert!(answer.status().is_success(), "{method} {path}: {told}");
        told
    }

    pub fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", path, Some(body))
    }

    /// A page, as it is shown to the person.
    fn get(&self, path: &str) {
        let mut answer = self.agent.get(format!("{}{path}", self.base)).call().expect("it is answered");
        let page = answer.body_mut().read_to_string().expect("it arrives");
        assert!(answer.status().is_success() && page.contains("</html>"), "{path} is no page");
    }
}

/// The owner of a place and their guest.
pub struct Client {
    owner: Person,
    guest: Person,
}

impl Client {
    pub fn of(server: &Server) -> Self {
        let [owner, guest] = [OWNER, GUEST].map(|address| {
            let person = Person::at(server);
            person.sign_in(address);
            person
        });
        Self { owner, guest }
    }

    /// A page, as the owner sees it.
    pub fn page(&self, path: &str) {
        self.owner.get(path);
    }

    /// A page, as the guest sees it.
    pub fn page_of_guest(&self, path: &str) {
        self.guest.get(path);
    }

    /// Invites the guest to the environment; the code.
    pub fn invite(&self, seeded: &Seeded) -> String {
        let body = json!({ "environmentId": seeded.environment, "userEmail": GUEST, "isAdmin": false });
        let invite = self.owner.post("/api/environments/invites", &body);
        invite["inviteCode"].as_str().expect("it has a code").to_owned()
    }

    /// Invites the guest, who accepts and leaves again.
    pub fn invite_and_accept(&self, seeded: &Seeded) {
        let body = json!({ "inviteCode": self.invite(seeded) });
        self.guest.send("PUT", "/api/environments/invites/accept", Some(&body));
        let me = self.guest.send("GET", &format!("/api/environments/{}/users/me", seeded.environment), None);
        self.guest.send("DELETE", &format!("/api/environments/invites/{}", me["id"]), None);
    }

    /// Invites the guest to the org.
    pub fn invite_to_org(&self, seeded: &Seeded) {
        let answer = self.owner.post("/api/v1/user.invite", &json!({ "userKey": GUEST, "orgId": seeded.org }));
        assert_eq!(answer["ok"], true, "{answer}");
    }
}
