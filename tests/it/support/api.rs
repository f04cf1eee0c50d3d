//! A program that speaks JSON.

use rocket::http::{ContentType, Header, Method};
use rocket::local::asynchronous::LocalResponse;
use serde_json::{Value, json};

use super::app::{App, PASSWORD};

/// A program with at most one session cookie.
pub struct Api<'a> {
    app: &'a App,
    pub cookie: Option<String>,
    /// The user's id, once logged in.
    pub id: i64,
}

/// What was answered.
#[derive(Debug)]
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

    /// Asserts an error of the object form.
    #[track_caller]
    pub fn refused(&self, status: u16, message: &str) {
        assert_eq!((self.status, self.json()), (status, json!({ "code": status, "message": message })));
    }

    /// Asserts an error of the array form: its paths, in their order.
    #[track_caller]
    pub fn invalid(&self, fields: &[&str]) {
        assert_eq!(self.status, 400, "{self:?}");
        let faults = self.json();
        let paths: Vec<Value> = faults.as_array().unwrap().iter().map(|fault| fault["path"].clone()).collect();
        let expected: Vec<Value> = fields.iter().map(|field| json!([field])).collect();
        assert_eq!(paths, expected, "{self:?}");
    }
}

impl<'a> Api<'a> {
    pub fn new(app: &'a App) -> Self {
        Self { app, cookie: None, id: 0 }
    }

    /// Sends a request with a body as it stands, and headers.
    pub async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = self.app.client().req(method, path).body(body);
        if let Some(cookie) = &self.cookie {
            request = request.header(Header::new("Cookie", cookie.clone()));
        }
        for (name, value) in headers {
            request = request.header(Header::new(name.to_string(), value.to_string()));
        }
        Answer::read(request.dispatch().await).await
    }

    pub async fn json(&self, method: Method, path: &str, body: Value) -> Answer {
        let mut request = self.app.client().req(method, path).header(ContentType::JSON).body(body.to_string());
        if let Some(cookie) = &self.cookie {
            request = request.header(Header::new("Cookie", cookie.clone()));
        }
        Answer::read(request.dispatch().await).await
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

    /// Makes an account with the password of all tests.
    pub async fn sign_up(&self, address: &str) -> Value {
        let body = json!({ "email": address, "password": PASSWORD, "agreeToTerms": true });
        self.post("/api/users/signup", body).await.ok()
    }

    /// Logs in with the password of all tests.
    pub async fn log_in(&mut self, address: &str) {
        let answer = self.post("/api/users/login", json!({ "email": address, "password": PASSWORD })).await;
        self.id = answer.ok()["id"].as_i64().unwrap();
        let cookie = answer.header("Set-Cookie").unwrap();
        self.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }

    /// Makes an environment; its id.
    pub async fn environment(&self, name: &str) -> i64 {
        let answer = self.post("/api/environments", environment_body(name)).await;
        answer.ok()["id"].as_i64().unwrap()
    }

    /// Invites to an environment; the answer of inviting.
    pub async fn invite(&self, environment: i64, address: &str, is_admin: bool) -> Value {
        let body = json!({ "environmentId": environment, "userEmail": address, "isAdmin": is_admin });
        self.post("/api/environment/invites", body).await.ok()
    }

    /// Accepts by a code.
    pub async fn accept(&self, code: &str) -> Answer {
        self.put("/api/environments/invites/accept", json!({ "inviteCode": code })).await
    }

    /// Is let into an environment by somebody; the membership's id.
    pub async fn join(&self, inviter: &Api<'_>, environment: i64, address: &str, is_admin: bool) -> i64 {
        let invite = inviter.invite(environment, address, is_admin).await;
        self.accept(invite["inviteCode"].as_str().unwrap()).await.ok();
        invite["id"].as_i64().unwrap()
    }
}

/// A body from which an environment is made.
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
