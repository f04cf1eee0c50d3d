//! A user is deleted while making a request: it is carried out entirely or not at all, without an internal error.

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join_all};
use serde_json::{Value, json};

use crate::support::api::{Api, environment_body};
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{Rpc, Told};

/// The request and its response.
type Asked<'a> = BoxFuture<'a, (String, u16, Value)>;

fn call<'a>(program: &'a Rpc<'_>, method: &'a str, body: Value) -> Asked<'a> {
    async move {
        let Told(answer) = program.call(method, body).await;
        (method.to_owned(), answer.status, answer.json())
    }
    .boxed()
}

fn post<'a>(user: &'a Api<'_>, path: &'a str, body: Value) -> Asked<'a> {
    async move {
        let answer = user.post(path, body).await;
        (path.to_owned(), answer.status, answer.json())
    }
    .boxed()
}

fn press<'a>(app: &'a App, user: &'a Api<'_>, page: &'a str, button: &'a str, fields: &'a [(&str, &str)]) -> Asked<'a> {
    async move {
        let mut browser = app.browser_of(user);
        browser.get(page).await;
        if browser.buttons().iter().any(|shown| shown == button) {
            browser.submit(button, fields).await;
        }
        (page.to_owned(), browser.status, Value::Null)
    }
    .boxed()
}

on_both! {
    async fn whoever_is_deleted_while_they_ask_meets_no_fault(app: App) {
        let sofia = app.superuser().await;
        for round in 0..5 {
            let address = format!("rosa-{round}@harbor.test");
            let rosa = app.user(&address).await;
            let environment = rosa.environment(&format!("Harbor {round}")).await;
            let program = app.rpc_as(&address).await;
            let id = program.id().await;
            let invitation = json!({ "environmentId": environment, "userEmail": "sofia@orbit.test", "isAdmin": false });
            let credentials = json!({ "email": address, "password": PASSWORD });

            let mut asked: Vec<Asked<'_>> = Vec::new();
            for number in 0..4 {
                let name = format!("Harbor {round} {number}");
                asked.push(post(&rosa, "/api/environments", environment_body(&name)));
                asked.push(post(&rosa, "/api/environment/invites", invitation.clone()));
                asked.push(post(&rosa, "/api/users/login", credentials.clone()));
                asked.push(call(&program, "org.create", json!({ "name": name, "slug": format!("h-{round}-{number}") })));
                asked.push(call(&program, "session.create", json!({ "userKey": address, "password": PASSWORD })));
                asked.push(press(&app, &rosa, "/account/tokens", "Make a token", &[("name", "deploys"), ("password", PASSWORD)]));
                asked.push(press(&app, &rosa, "/account", "Add this address", &[("email", "rosa@other.test"), ("password", PASSWORD)]));
                if number == 1 {
                    asked.push(call(&sofia, "user.delete", json!({ "id": id })));
                }
            }
            for (what, status, body) in join_all(asked).await {
                assert!(status < 500 && body["error"]["code"] != 500, "{what}: {status} {body}");
            }
            assert_eq!(app.api().post("/api/users/login", credentials).await.status, 403, "the user is still there");
        }
    }
}
