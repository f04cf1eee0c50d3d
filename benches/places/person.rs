//! A person with their own cookies.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};
use ureq::Agent;
use ureq::http::{Request, Response, StatusCode};

use super::server::Server;

pub const PASSWORD: &str = "correct horse 1";
const PATIENCE: Duration = Duration::from_mins(1);

/// Clones share cookies and connections.
#[derive(Clone)]
pub struct Person {
    agent: Agent,
    base: String,
}

impl Person {
    pub fn at(server: &Server) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE))
            .build();
        Self { agent: agent.into(), base: server.url("") }
    }

    /// The same person, at another server of the same database.
    pub fn moved_to(&self, server: &Server) -> Self {
        Self { agent: self.agent.clone(), base: server.url("") }
    }

    /// Creates an account; returns the user.
    pub fn sign_up(&self, address: &str) -> Value {
        self.post("/api/users/signup", &json!({ "email": address, "password": PASSWORD, "agreeToTerms": true }))
    }

    pub fn sign_in(&self, address: &str) {
        self.post("/api/users/login", &json!({ "email": address, "password": PASSWORD }));
    }

    /// Sends JSON; returns the answer, which must be a success.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let (status, told) = self.ask(method, path, body);
        assert!(status.is_success(), "{method} {path}: {status}: {told}");
        told
    }

    pub fn post(&self, path: &str, body: &Value) -> Value {
        self.send("POST", path, Some(body))
    }

    /// Calls a method of the Yeep API, which must succeed.
    pub fn call(&self, method: &str, body: &Value) -> Value {
        let told = self.post(&format!("/api/v1/{method}"), body);
        assert_eq!(told["ok"], true, "{method}: {told}");
        told
    }

    /// Sends JSON; returns the answer, whatever it is.
    pub fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.header("Content-Type", "application/json").body(body).expect("it is a request");
        let mut answer = self.agent.run(request).expect("it is answered");
        (answer.status(), answer.body_mut().read_json().expect("it is JSON"))
    }

    /// Gets a page, which must be a success.
    pub fn page(&self, path: &str) {
        let mut answer = self.answer(path).expect("it is answered");
        let page = answer.body_mut().read_to_string().expect("it arrives");
        assert!(answer.status().is_success() && page.contains("</html>"), "{path} is no page");
    }

    /// Gets a list, however long, which must be a success.
    pub fn list(&self, path: &str) {
        assert!(self.get(path).is_ok_and(|status| status.is_success()), "{path} is no list");
    }

    /// Gets something to its end, and drops it.
    ///
    /// # Errors
    /// When it is not answered in time.
    pub fn get(&self, path: &str) -> Result<StatusCode, ureq::Error> {
        let mut answer = self.answer(path)?;
        io::copy(&mut answer.body_mut().as_reader(), &mut io::sink())?;
        Ok(answer.status())
    }

    fn answer(&self, path: &str) -> Result<Response<ureq::Body>, ureq::Error> {
        self.agent.get(format!("{}{path}", self.base)).call()
    }
}
