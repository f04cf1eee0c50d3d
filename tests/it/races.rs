//! Concurrent requests: one membership, one account, one owner, and no internal error.

mod answers;
mod ended;
mod gone;
mod joins;
mod locked;
mod members;
mod resets;
mod rules;

use futures_util::future::join_all;
use serde_json::json;

use crate::support::api::Api;
use crate::support::app::App;
use crate::support::browser::Browser;
use crate::support::on_both;

/// The addresses of an environment's members, as one of them sees it.
async fn member_addresses(member: &Api<'_>, environment: i64) -> Vec<String> {
    let answer = member.get(&format!("/api/environments/{environment}/users/list")).await;
    let mut addresses: Vec<String> =
        answer.ok().as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect();
    addresses.sort();
    addresses
}

/// A browser with an API client's session.
fn browser_of<'a>(app: &'a App, api: &Api<'_>) -> Browser<'a> {
    let mut browser = app.browser();
    let (name, value) = api.cookie.as_deref().unwrap().split_once('=').unwrap();
    browser.set_cookie(name, value);
    browser
}

on_both! {
    async fn fifty_invitations_at_once_are_all_made(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let addresses: Vec<String> = (0..50).map(|number| format!("invitee-{number}@harbor.test")).collect();
        for address in &addresses {
            app.api().sign_up(address).await;
        }
        app.deliver().await;
        let answers = join_all(addresses.iter().map(|address| {
            let body = json!({ "environmentId": environment, "userEmail": address, "isAdmin": false });
            rosa.post("/api/environment/invites", body)
        }))
        .await;
        let mut codes: Vec<String> =
            answers.iter().map(|answer| answer.ok()["inviteCode"].as_str().unwrap().to_owned()).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 50);
        let mut to: Vec<String> = app.deliver().await.into_iter().map(|mail| mail.to).collect();
        to.sort();
        let mut expected = addresses;
        expected.sort();
        assert_eq!(to, expected);
    }

    async fn of_two_invitations_of_one_person_one_is_open(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let tomas = app.user("tomas@harbor.test").await;
        let mia = app.user("mia@harbor.test").await;
        mia.join(&rosa, environment, "mia@harbor.test", true).await;
        app.deliver().await;
        for _ in 0..5 {
            let body = json!({ "environmentId": environment, "userEmail": "tomas@harbor.test", "isAdmin": false });
            let (one, other) = tokio::join!(
                rosa.post("/api/environment/invites", body.clone()),
                mia.post("/api/environment/invites", body)
            );
            let codes = [one.ok()["inviteCode"].clone(), other.ok()["inviteCode"].clone()];
            assert_ne!(codes[0], codes[1]);
            let mut page = browser_of(&app, &rosa);
            page.get(&format!("/environments/{environment}/sharing")).await;
            let invited = page.select("section[aria-labelledby=invited] tbody tr");
            assert_eq!(invited.len(), 1, "{invited:?}");
            assert_eq!(app.deliver().await.len(), 1, "the mail of the open invitation");
        }
        let accepted = tomas.get("/invitations").await;
        assert_eq!(accepted.text.matches("/invitations/mine/").count(), 2, "not exactly one invitation to answer: {}", accepted.text);
    }
}
