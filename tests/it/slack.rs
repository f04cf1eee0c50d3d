//! Slack notices: content, when they are sent, and when not.

use std::time::Duration;

use serde_json::json;

use crate::support::app::App;
use crate::support::on_both;
use crate::support::sharing::Sharing;
use crate::support::slack::{Says, SlackServer};

const TOKEN: &str = "xoxb-harbor-1";

/// Rosa's environment with notices.
async fn with_notices(app: &App) -> Sharing<'_> {
    let rosa = Sharing::by_verified(app, "rosa@harbor.test").await;
    let path = format!("/api/environments/{}/slack", rosa.environment);
    rosa.api.post(&path, json!({ "token": TOKEN, "channel": "C0HARBOR" })).await.ok();
    rosa
}

async fn change(rosa: &Sharing<'_>, changes: serde_json::Value) {
    rosa.api.put(&format!("/api/environments/{}/slack", rosa.environment), changes).await.ok();
}

on_both! {
    async fn a_channel_hears_of_everything_that_the_contract_names(app: App) {
        let slack = SlackServer::start().await;
        let mut rosa = with_notices(&app).await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        rosa.invite("newcomer@harbor.test").await;
        let invite = rosa.api.invite(rosa.environment, "tomas@harbor.test", false).await;
        let code = invite["inviteCode"].as_str().unwrap();
        tomas.accept(code).await.ok();
        rosa.press("Make administrator").await;

        app.notify(&slack).await;
        let texts = slack.texts();
        assert_eq!(texts, [
            "rosa set up notices about Harbor staging in this channel.",
            "rosa invited newcomer@harbor.test to Harbor staging.",
            "rosa invited tomas@harbor.test to Harbor staging.",
            "tomas joined Harbor staging.",
            "tomas is now an administrator of Harbor staging.",
        ]);
        for call in slack.calls() {
            assert_eq!(call.path, "/api/chat.postMessage");
            assert_eq!(call.authorization, format!("Bearer {TOKEN}"));
            assert_eq!(call.body["channel"], json!("C0HARBOR"));
            assert!(!call.text().contains(code), "a code was revealed: {call:?}");
            assert!(!call.text().contains("://"), "a link was revealed: {call:?}");
        }
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), texts.len(), "a notice was sent twice");
    }

    async fn being_made_what_one_is_already_is_no_news(app: App) {
        let slack = SlackServer::start().await;
        let rosa = with_notices(&app).await;
        let ada = app.unverified_user("ada@harbor.test").await;
        let id = ada.join(&rosa.api, rosa.environment, "ada@harbor.test", true).await;
        app.notify(&slack).await;
        let before = slack.calls().len();
        let path = format!("/environments/{}/members/{id}/promote", rosa.environment);
        app.browser_of(&rosa.api).post_fields(&path, &[]).await;
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), before);
    }

    async fn what_is_off_says_nothing_and_what_was_owed_before_is_dropped(app: App) {
        let slack = SlackServer::start().await;
        let mut rosa = with_notices(&app).await;
        change(&rosa, json!({ "isOn": false })).await;
        rosa.invite("quiet@harbor.test").await;
        app.notify(&slack).await;
        assert_eq!(slack.texts(), [""; 0]);
        change(&rosa, json!({ "isOn": true, "channel": "C0QUAY", "token": "xoxb-quay" })).await;
        rosa.invite("loud@harbor.test").await;
        app.notify(&slack).await;
        assert_eq!(slack.texts(), ["rosa invited loud@harbor.test to Harbor staging."]);
        let call = &slack.calls()[0];
        assert_eq!((call.authorization.as_str(), &call.body["channel"]), ("Bearer xoxb-quay", &json!("C0QUAY")));
    }

    async fn another_environments_channel_hears_nothing(app: App) {
        let slack = SlackServer::start().await;
        let rosa = with_notices(&app).await;
        let other = rosa.api.environment("Harbor of others").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        app.notify(&slack).await;
        let before = slack.calls().len();
        tomas.join(&rosa.api, other, "tomas@harbor.test", true).await;
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), before);
    }

    async fn a_name_is_no_markup(app: App) {
        let slack = SlackServer::start().await;
        let rosa = with_notices(&app).await;
        let mut browser = app.browser_of(&rosa.api);
        browser.get("/account").await.submit("Save", &[("fullName", "<!channel> & *Rosa*")]).await;
        app.notify(&slack).await;
        assert_eq!(slack.texts(), ["&lt;!channel&gt; &amp; *Rosa* set up notices about Harbor staging in this channel."]);
        let body = &slack.calls()[0].body;
        assert_eq!((&body["mrkdwn"], &body["parse"]), (&json!(false), &json!("none")));
    }

    async fn what_slack_cannot_take_now_is_tried_again(app: App) {
        let slack = SlackServer::start().await;
        let rosa = with_notices(&app).await;
        let faults = [
            Says::Answer(503, json!({})),
            Says::Answer(429, json!({})),
            Says::Answer(200, json!("nonsense")),
            // Longer than is read.
            Says::Answer(200, json!({ "ok": true, "padding": "x".repeat(64 * 1024) })),
            Says::Answer(200, json!({ "ok": false, "error": "ratelimited" })),
        ];
        for (number, fault) in faults.into_iter().enumerate() {
            slack.says(fault);
            app.notify(&slack).await;
            assert_eq!(slack.calls().len(), number + 1);
            app.notify(&slack).await;
            assert_eq!(slack.calls().len(), number + 1, "no pause between two attempts");
            app.advance(Duration::from_mins(1));
        }
        slack.accepts();
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), 6);
        app.advance(Duration::from_hours(24));
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), 6);
        drop(rosa);
    }

    async fn what_slack_refuses_is_told_to_the_administrators(app: App) {
        let slack = SlackServer::start().await;
        let mut rosa = with_notices(&app).await;
        slack.refuses("channel_not_found");
        app.notify(&slack).await;
        app.advance(Duration::from_hours(1));
        app.notify(&slack).await;
        assert_eq!(slack.calls().len(), 1, "a rejected notice was retried");
        let path = format!("/environments/{}/slack", rosa.environment);
        rosa.browser.get(&path).await;
        assert!(rosa.browser.shows("Not sent"), "{}", rosa.browser.text());
        assert!(rosa.browser.shows("Slack does not know this channel (channel_not_found)"));
        slack.accepts();
        rosa.invite("tomas@harbor.test").await;
        app.notify(&slack).await;
        assert!(!rosa.browser.get(&path).await.shows("Not sent"));
        assert!(rosa.browser.shows("Sent"));
    }

    async fn a_slack_that_stalls_holds_up_neither_requests_nor_mails(app: App) {
        let slack = SlackServer::start().await;
        let mut rosa = with_notices(&app).await;
        app.deliver().await;
        slack.says(Says::Nothing);
        let notifier = app.notifier_to(&slack.url());
        let notifying = tokio::spawn(async move { notifier.deliver_due().await.unwrap() });
        slack.wait_for_calls(1).await;
        rosa.invite("tomas@harbor.test").await;
        assert_eq!(app.mail_to("tomas@harbor.test").await.to, "tomas@harbor.test");
        slack.accepts();
        assert!(notifying.await.unwrap() >= 1);
    }

    async fn a_slack_that_is_not_there_fails_no_request(app: App, slack_url = "http://127.0.0.1:9/") {
        let mut rosa = with_notices(&app).await;
        let url = app.usher.config.slack_url.clone();
        assert_eq!(url, "http://127.0.0.1:9/".parse().unwrap());
        assert_eq!(app.notifier_to("http://127.0.0.1:9/").deliver_due().await.unwrap(), 1);
        rosa.invite("tomas@harbor.test").await;
        rosa.browser.get(&format!("/environments/{}/slack", rosa.environment)).await;
        assert!(rosa.browser.shows("Waiting"), "{}", rosa.browser.text());
    }

    async fn a_server_that_may_not_talk_to_slack_drops_its_notices(app: App, slack_url = "off") {
        let mut rosa = with_notices(&app).await;
        assert_eq!(app.notifier_to("off").deliver_due().await.unwrap(), 1);
        rosa.browser.get(&format!("/environments/{}/slack", rosa.environment)).await;
        assert!(rosa.browser.shows("This server sends nothing to Slack."));
        assert!(rosa.browser.shows("Not needed"));
    }
}
