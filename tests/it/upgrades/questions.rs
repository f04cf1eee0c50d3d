//! Requests to both JSON APIs whose responses an upgrade must not change.

use rocket::http::Method;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::support::app::App;

/// A request of an API client, and its response.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Answered {
    by: String,
    path: String,
    /// `None`: a GET request.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    answer: Value,
}

/// Requests everything that the APIs show of the world.
pub async fn ask_all(app: &App) -> Vec<Answered> {
    let mut answers = Vec::new();
    for username in ["rosa", "tomas", "mara"] {
        let mut program = Program::of(app, username).await;
        for path in ["/api/users/me", "/api/awsKeys", "/api/environments"] {
            program.ask(path, None).await;
        }
        for environment in program.answers.last().unwrap().answer.as_array().unwrap().clone() {
            let path = format!("/api/environments/{}", environment["id"]);
            for part in ["", "/users/list", "/users/me", "/slack"] {
                program.ask(&format!("{path}{part}"), None).await;
            }
        }
        answers.append(&mut program.answers);
    }
    let mut sofia = Program::of(app, "sofia").await;
    sofia.ask("/api/users", None).await;
    for list in ["permission.list", "role.list", "user.list"] {
        sofia.ask(&format!("/api/v1/{list}"), Some(json!({}))).await;
    }
    for user in sofia.answers.last().unwrap().answer["users"].as_array().unwrap().clone() {
        let body = json!({ "id": user["id"], "projection": { "permissions": true, "roles": true } });
        sofia.ask("/api/v1/user.info", Some(body)).await;
    }
    answers.append(&mut sofia.answers);
    answers
}

/// Repeats the requests, and asserts equal responses.
pub async fn ask_again(app: &App, answers: &[Answered]) {
    for of_one in answers.chunk_by(|one, next| one.by == next.by) {
        let mut program = Program::of(app, &of_one[0].by).await;
        for before in of_one {
            program.ask(&before.path, before.body.clone()).await;
            let now = &program.answers.last().unwrap().answer;
            assert_eq!(*now, before.answer, "{} asks {}", before.by, before.path);
        }
    }
}

/// An API client, and its responses.
struct Program<'a> {
    app: &'a App,
    by: &'a str,
    authorization: String,
    answers: Vec<Answered>,
}

impl<'a> Program<'a> {
    async fn of(app: &'a App, by: &'a str) -> Self {
        let token = app.rpc_as(by).await.token.unwrap();
        Self { app, by, authorization: format!("Bearer {token}"), answers: Vec::new() }
    }

    async fn ask(&mut self, path: &str, body: Option<Value>) {
        let headers = [("Authorization", self.authorization.as_str()), ("Content-Type", "application/json")];
        let (method, sent) = match &body {
            None => (Method::Get, String::new()),
            Some(body) => (Method::Post, body.to_string()),
        };
        let answer = self.app.api().send(method, path, &headers, sent).await.ok();
        assert_ne!(answer["ok"], json!(false), "{} asks {path}: {answer}", self.by);
        self.answers.push(Answered { by: self.by.to_owned(), path: path.to_owned(), body, answer });
    }
}
