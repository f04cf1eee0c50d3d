//! A client of the JSON API.

use std::net::SocketAddr;

use rocket::http::{Header, Method};
use rocket::local::asynchronous::LocalResponse;
use serde_json::{Value, json};

use super::app::{App, PASSWORD};

/// The button of the set-up page.
const SET_UP: &str = "Make the first administrator";

/// A client with at most one session cookie.
pub struct Api<'a> {
    app: &'a App,
    pub cookie: Option<String>,
    /// The client's address; without one, limits by address do not apply.
    pub remote: Option<SocketAddr>,
    /// The user's id, once logged in.
    pub id: i64,
}

/// A response.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Answer {
    pub async fn read(response: LocalResponse<'_>) -> Self {
        let status = response.status().code;
        let headers =
            response.headers().iter().map(|header| (header.name().to_string(), header.value().to_string())).collect();
        let text = response.into_string().await.unwrap_or_default();
        Self { status, headers, text }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The session cookie that the response sets or removes, with its attributes.
    pub fn session_cookie(&self) -> Option<&str> {
        let cookies = self.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("Set-Cookie"));
        cookies.map(|(_, value)| value.as_str()).find(|value| value.contains("usher_session="))
    }

    /// The body, which must be JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {self:?}"))
    }

    /// The body of a success.
    #[track_caller]
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, 200, "{self:?}");
        self.json()
    }

    /// Asserts an error in object form.
    #[track_caller]
    pub fn refused(&self, status: u16, message: &str) {
        assert_eq!((self.status, self.json()), (status, json!({ "code": status, "message": message })));
    }

    /// Asserts an error in object form with any message.
    #[track_caller]
    pub fn refused_somehow(&self, status: u16) {
        assert_eq!(self.status, status, "{self:?}");
        let body = self.json();
        let message = body["message"].as_str().unwrap_or_else(|| panic!("no message: {self:?}"));
        assert!(!message.is_empty());
        self.refused(status, message);
    }

    /// Asserts a 429.
    #[track_caller]
    pub fn too_many(&self, window_seconds: u64) {
        self.refused_somehow(429);
        let wait: u64 = self.header("Retry-After").unwrap().parse().unwrap();
        assert!((1..=window_seconds).contains(&wait), "{self:?}");
    }

    /// Asserts an error in array form: its paths, in order.
    #[track_caller]
    pub fn invalid(&self, fields: &[&str]) {
        assert_eq!(self.status, 400, "{self:?}");
        let faults = self.json();
        let paths: Vec<Value> = faults.as_array().unwrap().iter().map(|fault| fault["path"].clone()).collect();
        let expected: Vec<Value> = fields.iter().map(|field| json!([field])).collect();
        assert_eq!(paths, expected, "{self:?}");
        for (fault, field) in faults.as_array().unwrap().iter().zip(fields) {
            assert_eq!(fault.as_object().unwrap().len(), 2, "{self:?}");
            assert!(fault["message"].as_str().unwrap().starts_with(&format!("\"{field}\" ")), "{self:?}");
        }
    }
}

impl<'a> Api<'a> {
    pub fn new(app: &'a App) -> Self {
        Self { app, cookie: None, remote: None, id: 0 }
    }

    /// Creates the first superuser by the page behind the set-up link.
    pub async fn superuser(app: &'a App, address: &str) -> Self {
        let token = usher::domain::accounts::setup::token(&app.usher).await.unwrap().unwrap();
        let mut browser = app.browser();
        browser.get(&format!("/setup/{token}")).await;
        let given =
            [("username", "harbour"), ("fullName", "Harbour Master"), ("email", address), ("password", PASSWORD)];
        browser.submit(SET_UP, &given).await;
        let mut api = Self::new(app);
        api.log_in(address).await;
        api
    }

    /// Sends a request with a raw body and headers.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Answer {
        let mut request = self.app.client().req(method, path).body(body);
        if let Some(cookie) = &self.cookie {
            request = request.header(Header::new("Cookie", cookie.clone()));
        }
        if let Some(remote) = self.remote {
            request = request.remote(remote);
        }
        for (name, value) in headers {
            request = request.header(Header::new(name.to_string(), value.to_string()));
        }
        Answer::read(request.dispatch().await).await
    }

    pub async fn json(&self, method: Method, path: &str, body: Value) -> Answer {
        self.send(method, path, &[("Content-Type", "application/json")], body.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::Get, path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.json(Method::Post, path, body).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Answer {
        self.json(Method::Put, path, body).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::Delete, path, &[], "").await
    }

    /// Creates an account with the common test password.
    pub async fn sign_up(&self, address: &str) -> Value {
        let body = json!({ "email": address, "password": PASSWORD, "agreeToTerms": true });
        self.post("/api/users/signup", body).await.ok()
    }

    /// Logs in with the common test password.
    pub async fn log_in(&mut self, address: &str) {
        let answer = self.post("/api/users/login", json!({ "email": address, "password": PASSWORD })).await;
        self.id = answer.ok()["id"].as_i64().unwrap();
        let cookie = answer.header("Set-Cookie").unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }

    /// The same user with a new session.
    pub async fn log_in_again(&self, address: &str) -> Self {
        let mut api = Self::new(self.app);
        api.log_in(address).await;
        api
    }

    /// Creates an environment; returns its id.
    pub async fn environment(&self, name: &str) -> i64 {
        let answer = self.post("/api/environments", environment_body(name)).await;
        answer.ok()["id"].as_i64().unwrap()
    }

    /// Invites to an environment; returns the response.
    pub async fn invite(&self, environment: i64, address: &str, is_admin: bool) -> Value {
        let body = json!({ "environmentId": environment, "userEmail": address, "isAdmin": is_admin });
        self.post("/api/environment/invites", body).await.ok()
    }

    /// Accepts by code.
    pub async fn accept(&self, code: &str) -> Answer {
        self.put("/api/environments/invites/accept", json!({ "inviteCode": code })).await
    }

    /// Requests a password reset link.
    pub async fn forget_password(&self, address: &str) -> Answer {
        self.post("/api/users/forgotPassword", json!({ "email": address })).await
    }

    /// Sets a new password with a token from a mail.
    pub async fn reset_password(&self, token: &str, new: &str) -> Answer {
        let body = json!({ "resetToken": token, "newPassword": new, "newPasswordAgain": new });
        self.put("/api/users/resetPassword", body).await
    }

    /// Ends a membership or an invitation.
    pub async fn end_membership(&self, id: impl std::fmt::Display) -> Answer {
        self.delete(&format!("/api/environments/invites/{id}")).await
    }

    /// The user's membership id in an environment; 0 if none.
    pub async fn membership(&self, environment: i64) -> i64 {
        let me = self.get(&format!("/api/environments/{environment}/users/me")).await.ok();
        me["id"].as_i64().unwrap()
    }

    /// Joins an environment by another user's invitation; returns the membership id.
    pub async fn join(&self, inviter: &Api<'_>, environment: i64, address: &str, is_admin: bool) -> i64 {
        let invite = inviter.invite(environment, address, is_admin).await;
        self.accept(invite["inviteCode"].as_str().unwrap()).await.ok();
        invite["id"].as_i64().unwrap()
    }
}

/// A valid body to create an environment.
pub fn environment_body(name: &str) -> Value {
    json!({
        "envName": name,
        "accessKey": "AKHARBOR01",
        "secretKey": "s3cr3t/harbor+1",
        "region": "eu-west-1",
        "bucket": "harbor-logs",
        "dbName": "tides",
        "host": "tides.db.harbor.test",
        "user": "reader",
        "pass": "salt-water",
        "instance": "tides-1",
        "parameterGroup": "tides-params",
    })
}

/// The invite code in the response to an invitation.
pub fn code_of(invite: &Value) -> &str {
    invite["inviteCode"].as_str().unwrap()
}

/// Two environments of a user that use the same keys.
pub async fn two_with_the_same_keys(owner: &Api<'_>) -> (i64, i64) {
    let one = owner.environment("Harbor staging").await;
    let listed = owner.get("/api/environments").await.ok();
    let mut body = environment_body("Harbor production");
    body["keysId"] = listed[0]["awsKeysId"].clone();
    let other = owner.post("/api/environments", body).await.ok();
    (one, other["id"].as_i64().unwrap())
}
