//! A person with their own cookies.

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::Request;

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

    /// Sends JSON; returns the answer, which must be a success.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
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

    /// Gets a page, which must be a success.
    pub fn get(&self, path: &str) {
        let mut answer = self.agent.get(format!("{}{path}", self.base)).call().expect("it is answered");
        let page = answer.body_mut().read_to_string().expect("it arrives");
        assert!(answer.status().is_success() && page.contains("</html>"), "{path} is no page");
    }
}
