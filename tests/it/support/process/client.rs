//! HTTP clients of a running program.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::api::environment_body;
use crate::support::app::PASSWORD;

/// A client that keeps cookies, does not follow redirects and accepts every status.
pub(super) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

/// A client with its session.
pub struct Client {
    pub(super) agent: ureq::Agent,
    pub(super) base: String,
}

/// A response.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub text: String,
}

impl Reply {
    fn read(response: ureq::http::Response<ureq::Body>) -> Self {
        Self::try_read(response).unwrap()
    }

    fn try_read(mut response: ureq::http::Response<ureq::Body>) -> Result<Self, ureq::Error> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Ok(Self { status, headers, text: response.body_mut().read_to_string()? })
    }

    /// The JSON of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

impl Client {
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub fn get(&self, path: &str) -> Reply {
        Reply::read(self.agent.get(self.url(path)).call().unwrap())
    }

    /// Raw headers and body, for a client that accepts gzip.
    pub fn get_reading(&self, path: &str, encoding: &str) -> (ureq::http::HeaderMap, Vec<u8>) {
        let mut response = self.agent.get(self.url(path)).header("Accept-Encoding", encoding).call().unwrap();
        (response.headers().clone(), response.body_mut().read_to_vec().unwrap())
    }

    /// The headers alone.
    pub fn head_reading(&self, path: &str, encoding: &str) -> ureq::http::HeaderMap {
        self.agent.head(self.url(path)).header("Accept-Encoding", encoding).call().unwrap().headers().clone()
    }

    /// `None` if nobody is listening.
    pub fn try_get(&self, path: &str) -> Option<Reply> {
        self.agent.get(self.url(path)).call().ok().map(Reply::read)
    }

    /// `POST` with JSON; `None` if the connection breaks before the complete response.
    pub fn try_post(&self, path: &str, body: &Value) -> Option<Reply> {
        self.agent.post(self.url(path)).send_json(body).and_then(Reply::try_read).ok()
    }

    /// As [`Self::try_post`].
    pub fn try_put(&self, path: &str, body: &Value) -> Option<Reply> {
        self.agent.put(self.url(path)).send_json(body).and_then(Reply::try_read).ok()
    }

    /// Sends a form with a token of [`Self::csrf`]; `None` as in [`Self::try_post`].
    pub fn try_form(&self, action: &str, csrf: &str, fields: &[(&str, &str)]) -> Option<Reply> {
        let fields = fields.iter().copied().chain([("csrf", csrf)]);
        self.agent.post(self.url(action)).send_form(fields).and_then(Reply::try_read).ok()
    }

    pub fn post(&self, path: &str, body: Value) -> Reply {
        self.post_from(path, body, "")
    }

    pub fn delete(&self, path: &str) -> Reply {
        Reply::read(self.agent.delete(self.url(path)).call().unwrap())
    }

    /// Sends a raw body, as a page of the server itself would.
    pub fn send(&self, path: &str, content_type: &str, body: &[u8]) -> Reply {
        let request = self.agent.post(self.url(path)).header("Content-Type", content_type);
        Reply::read(request.header("Sec-Fetch-Site", "same-origin").send(body).unwrap())
    }

    /// With `X-Forwarded-For`, as a proxy would send it.
    pub fn post_from(&self, path: &str, body: Value, forwarded_for: &str) -> Reply {
        let mut request = self.agent.post(self.url(path));
        if !forwarded_for.is_empty() {
            request = request.header("X-Forwarded-For", forwarded_for);
        }
        Reply::read(request.send_json(body).unwrap())
    }

    /// With another header.
    pub fn post_with(&self, path: &str, body: &Value, name: &str, value: &str) -> Reply {
        Reply::read(self.agent.post(self.url(path)).header(name, value).send_json(body).unwrap())
    }

    /// Opens a page and submits a form from it.
    #[track_caller]
    pub fn submit(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Reply {
        let csrf = self.csrf(page);
        let fields = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        Reply::read(self.agent.post(self.url(action)).send_form(fields).unwrap())
    }

    /// Opens a page with a form; returns its CSRF token, which is valid for every form of the session.
    #[track_caller]
    pub fn csrf(&self, page: &str) -> String {
        let shown = self.get(page);
        let (_, rest) = shown.text.split_once("name=\"csrf\" value=\"").unwrap_or_else(|| panic!("no form: {shown:?}"));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The same session at another base URL: another process, or the same one restarted.
    pub fn at(&self, base: &str) -> Self {
        Self { agent: self.agent.clone(), base: base.to_owned() }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> String {
        let jar = self.agent.cookie_jar_lock();
        let found = jar.iter().find(|cookie| cookie.name() == name).unwrap();
        found.value().to_owned()
    }

    pub fn log_in(&self, address: &str) {
        self.post("/api/users/login", json!({ "email": address, "password": PASSWORD })).ok();
    }

    /// Creates an environment; returns its id.
    pub fn environment(&self) -> i64 {
        self.post("/api/environments", environment_body("Harbor staging")).ok()["id"].as_i64().unwrap()
    }

    /// Invites by the page, newcomers too.
    #[track_caller]
    pub fn invite(&self, environment: i64, address: &str) {
        let page = format!("/environments/{environment}/sharing");
        let reply = self.submit(&page, &page, &[("userEmail", address)]);
        assert_eq!(reply.status, 303, "{reply:?}");
    }
}
