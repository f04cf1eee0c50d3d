//! The page of an environment's Slack notices.

use serde_json::json;

use crate::support::on_both;
use crate::support::sharing::Sharing;
use crate::support::slack::SlackServer;

const TOKEN: &str = "xoxb-harbor-1";

on_both! {
    async fn notices_are_set_up_changed_and_removed(app: App) {
        let slack = SlackServer::start().await;
        let mut rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let path = format!("/environments/{}/slack", rosa.environment);
        let json = format!("/api/environments/{}/slack", rosa.environment);
        let page = &mut rosa.browser;
        page.get(&path).await.submit("Send notices", &[("channel", ""), ("token", "")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.fault("channel"), "Enter a channel.");
        assert_eq!(page.fault("token"), "Enter the token.");
        page.submit("Send notices", &[("channel", "C0HARBOR"), ("token", "")]).await;
        assert_eq!(page.value("channel"), "C0HARBOR");
        page.submit("Send notices", &[("token", TOKEN)]).await;
        assert!(page.shows("Saved"), "{}", page.text());
        assert!(!page.body.contains(TOKEN), "the token is on the page");
        app.notify(&slack).await;
        assert_eq!(slack.texts(), ["rosa set up notices about Harbor staging in this channel."]);

        // An empty token keeps the present one.
        page.get(&path).await;
        assert_eq!(page.value("channel"), "C0HARBOR");
        page.submit("Save", &[("channel", "C0QUAY")]).await;
        assert!(page.shows("Saved"), "{}", page.text());
        rosa.invite("tomas@harbor.test").await;
        app.notify(&slack).await;
        let call = slack.calls().pop().unwrap();
        assert_eq!((call.authorization.as_str(), &call.body["channel"]), ("Bearer xoxb-harbor-1", &json!("C0QUAY")));

        // Unchecked: no notices.
        let page = &mut rosa.browser;
        page.get(&path).await;
        page.post_fields(&path, &[("channel", "C0QUAY")]).await;
        assert!(page.shows("Saved"), "{}", page.text());
        assert_eq!(rosa.api.get(&json).await.ok()["isOn"], json!(false));

        let page = &mut rosa.browser;
        page.get(&format!("{path}/remove")).await;
        assert!(page.shows("C0QUAY gets no more notices about Harbor staging"), "{}", page.text());
        page.submit("Remove", &[]).await;
        assert_eq!(page.notice(), "Deleted.");
        rosa.api.get(&json).await.refused(404, "Not Found");
        let page = &mut rosa.browser;
        assert_eq!(page.get(&format!("{path}/remove")).await.status, 404);
        page.get(&format!("/environments/{}/activity", rosa.environment)).await;
        for line in ["set up notices to Slack in C0HARBOR", "changed the notices to Slack in C0QUAY", "removed the notices"] {
            assert!(page.shows(line), "{line}: {}", page.text());
        }
    }

    async fn members_and_strangers_have_no_such_page(app: App) {
        let rosa = Sharing::by_verified(&app, "rosa@harbor.test").await;
        let mara = app.unverified_user("mara@harbor.test").await;
        let stan = app.unverified_user("stan@harbor.test").await;
        mara.join(&rosa.api, rosa.environment, "mara@harbor.test", false).await;
        for outsider in [&mara, &stan] {
            let mut browser = app.browser_of(outsider);
            for page in ["slack", "slack/remove"] {
                let path = format!("/environments/{}/{page}", rosa.environment);
                assert!([403, 404].contains(&browser.get(&path).await.status));
                browser.post_fields(&path, &[("channel", "C0"), ("token", TOKEN)]).await;
                assert!([403, 404].contains(&browser.status));
            }
        }
        let mut browser = app.browser_of(&mara);
        browser.get(&format!("/environments/{}", rosa.environment)).await;
        assert!(!browser.select("nav.tabs a").contains(&"Slack".to_owned()));
    }
}
