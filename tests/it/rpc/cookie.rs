//! The session cookie of pages works in this API too, for same-origin requests.

use rocket::http::Method::Post;
use serde_json::json;

use super::NEED_A_USER;
use crate::support::api::Api;
use crate::support::on_both;
use crate::support::rpc::{Told, org};

const JSON: (&str, &str) = ("Content-Type", "application/json");

const ELSEWHERE: [(&str, &str); 7] = [
    ("Origin", "https://evil.test"),
    ("Origin", "null"),
    ("Origin", ""),
    ("Origin", "http://127.0.0.1:8001"),
    ("Origin", "http://localhost:8000"),
    ("Sec-Fetch-Site", "cross-site"),
    ("Sec-Fetch-Site", "same-site"),
];

const HERE: [(&str, &str); 3] =
    [("Origin", "http://127.0.0.1:8000"), ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Site", "none")];

async fn call(api: &Api<'_>, method: &str, header: (&str, &str), body: serde_json::Value) -> Told {
    Told(api.send(Post, &format!("/api/v1/{method}"), &[JSON, header], body.to_string()).await)
}

#[track_caller]
fn is_from_elsewhere(told: &Told) {
    assert_eq!(told.0.status, 403, "{told:?}");
    let body = told.0.json();
    assert_eq!((&body["ok"], &body["error"]["code"]), (&json!(false), &json!(403)), "{body}");
    assert!(body["error"]["message"].is_string() && body["error"].get("details").is_none(), "{body}");
}

on_both! {
    async fn the_cookie_names_the_caller(app: App) {
        let nadia = app.user("nadia@orbit.test").await;
        for (number, here) in HERE.into_iter().enumerate() {
            let told = call(&nadia, "session.info", here, json!({})).await.ok();
            assert_eq!(told["session"]["user"]["emails"][0]["address"], "nadia@orbit.test");
            let body = json!({ "name": "Orbit", "slug": format!("orbit{number}") });
            call(&nadia, "org.create", here, body).await.ok();
        }
        let destroyed = call(&nadia, "session.destroy", HERE[0], json!({})).await;
        destroyed.plain();
        let cookie = destroyed.0.session_cookie().unwrap();
        assert!(cookie.starts_with("usher_session=;") && cookie.contains("Max-Age=0"), "{cookie}");
        for method in NEED_A_USER {
            call(&nadia, method, HERE[0], json!({})).await.masked();
        }
    }

    async fn another_site_gets_nothing_done_with_it(app: App) {
        let nadia = app.user("nadia@orbit.test").await;
        for method in NEED_A_USER.iter().chain(&["user.join"]) {
            is_from_elsewhere(&call(&nadia, method, ELSEWHERE[0], json!({})).await);
        }
        for elsewhere in ELSEWHERE {
            let body = json!({ "name": "Orbit", "slug": "orbit" });
            is_from_elsewhere(&call(&nadia, "org.create", elsewhere, body).await);
            // What a form can send.
            for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
                let headers = [("Content-Type", kind), elsewhere];
                let destroy = nadia.send(Post, "/api/v1/session.destroy", &headers, "{}").await;
                is_from_elsewhere(&Told(destroy));
            }
        }
        call(&nadia, "session.info", HERE[0], json!({})).await.ok();
        call(&nadia, "org.create", HERE[0], json!({ "name": "Orbit", "slug": "orbit" })).await.ok();
    }

    async fn a_bearer_alone_decides(app: App) {
        let nadia = app.user("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let bearer = format!("Bearer {}", tomas.token.as_deref().unwrap());
        let told = call(&nadia, "session.info", ("Authorization", &bearer), json!({})).await.ok();
        assert_eq!(told["session"]["user"]["id"], tomas.id().await);
        call(&nadia, "session.info", ("Authorization", "Bearer x"), json!({})).await
            .refused(401, "Invalid authorization token");
        // Browsers never add a bearer token: the origin does not matter.
        let headers = [JSON, ("Authorization", &*bearer), ELSEWHERE[0]];
        let body = json!({ "name": "Orbit", "slug": "orbit" }).to_string();
        Told(nadia.send(Post, "/api/v1/org.create", &headers, body).await).ok();
        tomas.call("session.destroy", json!({})).await.plain();
        call(&nadia, "session.info", ("Authorization", &bearer), json!({})).await.masked();
        call(&nadia, "session.info", HERE[0], json!({})).await.ok();
    }

    async fn each_proof_is_good_where_it_belongs_alone(app: App) {
        let mut nadia = app.user("nadia@orbit.test").await;
        let rpc = app.rpc_as("nadia@orbit.test").await;
        let secret = nadia.cookie.as_deref().unwrap().split_once('=').unwrap().1.to_owned();
        let mut forged = app.rpc();
        forged.token = Some(secret);
        forged.call("session.info", json!({})).await.refused(401, "Invalid authorization token");
        nadia.cookie = Some(format!("usher_session={}", rpc.token.as_deref().unwrap()));
        call(&nadia, "session.info", HERE[0], json!({})).await.masked();
    }

    async fn an_invitee_joins_with_the_cookie(app: App) {
        let founder = app.founder("nadia@orbit.test").await;
        let org = org(&founder, "orbit").await;
        let tomas = app.user("tomas@orbit.test").await;
        founder.call("user.invite", json!({ "userKey": "tomas@orbit.test", "orgId": org })).await.plain();
        let body = json!({ "token": app.mail_to("tomas@orbit.test").await.token() });
        is_from_elsewhere(&call(&tomas, "user.join", ELSEWHERE[0], body.clone()).await);
        let joined = call(&tomas, "user.join", HERE[0], body).await.ok();
        assert_eq!(joined["user"]["orgs"], json!([org]));
    }
}
