//! Saying that it does not matter what somebody without access knows.

use serde_json::json;

use super::{Harbor, known};
use crate::support::api::two_with_the_same_keys;
use crate::support::on_both;

const WHY: &str = "The account is closed";

impl Harbor<'_> {
    /// Tomas has seen everything, and is out.
    async fn lose_tomas(&mut self) {
        self.tomas_looks().await;
        self.remove_tomas().await;
    }

    fn dismissal(&self) -> String {
        self.path(&format!("/secrets/dismiss?person={}", self.tomas_api.id))
    }
}

on_both! {
    async fn what_does_not_matter_is_no_longer_listed(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.lose_tomas().await;
        harbor.page("/secrets").await;
        let dismiss = harbor.rosa.attribute("section[aria-labelledby=out] a.press", "href").unwrap();
        assert_eq!(dismiss, harbor.dismissal());
        harbor.rosa.get(&dismiss).await;
        let boxes = ["access key", "secret key", "database user", "database password"];
        assert_eq!(harbor.rosa.select(".check label"), boxes);
        assert_eq!(harbor.out().await.len(), 1, "GET dismissed something");
        harbor.rosa.get(&dismiss).await.submit("Does not matter", &[("reason", WHY)]).await;
        assert_eq!(harbor.rosa.notice(), "Noted. This need not be changed.");
        assert_eq!((harbor.out().await, harbor.out_over_json().await), (vec![], vec![]));
        assert!(!harbor.page("").await.shows("people who are out"));
        let event = "said that it does not matter that tomas knows access key, secret key, database user and database \
                     password: The account is closed";
        assert_eq!(harbor.activity().await[0], event);
    }

    async fn one_secret_may_be_dismissed_alone(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.lose_tomas().await;
        let tomas = harbor.tomas_api.id.to_string();
        let path = harbor.path("/secrets/dismiss");
        let fields = [("userId", tomas.as_str()), ("field", "user"), ("reason", WHY)];
        harbor.rosa.post_fields(&path, &fields).await;
        assert_eq!(harbor.rosa.notice(), "Noted. This need not be changed.");
        let rest = "access key, secret key and database password: seen on a page just now";
        assert_eq!(harbor.out().await, [known("tomas", rest)]);

        let before = harbor.activity().await;
        harbor.rosa.get("/account").await.post_fields(&path, &fields).await;
        assert!(harbor.rosa.status == 409 && harbor.rosa.shows("Nothing to dismiss"), "{}", harbor.rosa.text());
        let both = [fields[0], fields[1], ("field", "pass"), fields[2]];
        harbor.rosa.get("/account").await.post_fields(&path, &both).await;
        assert_eq!(harbor.rosa.status, 409, "{}", harbor.rosa.text());
        assert_eq!(harbor.out().await, [known("tomas", rest)], "a part was dismissed");
        assert_eq!(harbor.activity().await, before);
    }

    async fn what_does_not_matter_here_may_matter_elsewhere(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let (one, other) = two_with_the_same_keys(&rosa).await;
        let membership = tomas.join(&rosa, one, "tomas@harbor.test", false).await;
        rosa.end_membership(membership).await.ok();
        let dismiss = async |id: i64, field: &str| {
            let body = json!({ "userId": tomas.id, "field": field, "reason": WHY });
            rosa.post(&format!("/api/environments/{id}/exposure/dismiss"), body).await.status
        };
        let exposed = async |id: i64| {
            let answer = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
            let entries = answer["exposed"].as_array().unwrap().iter();
            entries.map(|entry| entry["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!((dismiss(one, "accessKey").await, dismiss(one, "accessKey").await), (200, 409));
        assert_eq!(exposed(one).await, ["secretKey", "user", "pass"]);
        assert_eq!(exposed(other).await, ["accessKey", "secretKey"]);
        assert_eq!((dismiss(other, "accessKey").await, dismiss(other, "pass").await), (200, 409));
        assert_eq!(exposed(other).await, ["secretKey"]);

        // Seen again, it matters again, in both.
        let membership = tomas.join(&rosa, one, "tomas@harbor.test", false).await;
        rosa.end_membership(membership).await.ok();
        assert_eq!(exposed(one).await, ["accessKey", "secretKey", "user", "pass"]);
        assert_eq!(exposed(other).await, ["accessKey", "secretKey"]);
        assert_eq!(dismiss(one, "accessKey").await, 200);
        assert_eq!(exposed(other).await, ["accessKey", "secretKey"]);
    }

    async fn a_fault_stands_beside_its_field(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.lose_tomas().await;
        let path = harbor.dismissal();
        let long = "x".repeat(201);
        let rule = "Write a line of at most 200 characters.";
        for (reason, fault) in [("", "Write why."), ("   ", "Write why."), (long.as_str(), rule), ("a\nb", rule)] {
            harbor.rosa.get(&path).await.submit("Does not matter", &[("reason", reason)]).await;
            assert_eq!((harbor.rosa.status, harbor.rosa.fault("reason").as_str()), (422, fault), "{reason:?}");
            assert_eq!(harbor.rosa.select(".check input[checked]").len(), 4, "{reason:?}");
        }
        let tomas = harbor.tomas_api.id.to_string();
        for field in [&[][..], &[("field", "harbor")]] {
            let fields = [&[("userId", tomas.as_str()), ("reason", WHY)][..], field].concat();
            harbor.rosa.post_fields(&harbor.path("/secrets/dismiss"), &fields).await;
            assert_eq!(harbor.rosa.status, 422, "{field:?}");
            assert!(!harbor.rosa.fault("field").is_empty(), "{}", harbor.rosa.text());
            assert_eq!(harbor.rosa.value("reason"), WHY);
        }
        harbor.rosa.post_fields(&harbor.path("/secrets/dismiss"), &[("reason", WHY), ("field", "user")]).await;
        assert_eq!(harbor.rosa.status, 400, "nobody was named: {}", harbor.rosa.text());
        assert_eq!(harbor.out_over_json().await.len(), 4);
    }

    async fn what_is_not_exposed_cannot_be_dismissed(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        let before = harbor.activity().await;
        let form = harbor.path("/secrets/dismiss");
        for id in [harbor.tomas_api.id, harbor.rosa_api.id, 0, -1, i64::MIN, i64::MAX] {
            let page = harbor.path(&format!("/secrets/dismiss?person={id}"));
            assert_eq!(harbor.rosa.get(&page).await.status, 409, "{id}");
            let id = id.to_string();
            let fields = [("userId", id.as_str()), ("field", "user"), ("reason", WHY)];
            harbor.rosa.get("/account").await.post_fields(&form, &fields).await;
            assert!([400, 409].contains(&harbor.rosa.status), "{id}: {}", harbor.rosa.text());
        }
        assert_eq!(harbor.activity().await, before);
    }

    async fn who_does_not_administer_dismisses_nothing(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let nora = app.user("nora@harbor.test").await;
        nora.join(&harbor.rosa_api, harbor.id, "nora@harbor.test", false).await;
        harbor.lose_tomas().await;
        let before = harbor.activity().await;
        let tomas = harbor.tomas_api.id.to_string();
        for reason in [WHY, ""] {
            let fields = [("userId", tomas.as_str()), ("field", "user"), ("reason", reason)];
            for who in [&nora, &harbor.tomas_api] {
                let mut browser = app.browser_of(who);
                browser.get("/account").await.post_fields(&harbor.path("/secrets/dismiss"), &fields).await;
                assert_eq!(browser.status, 403, "{reason:?}: {}", browser.text());
            }
        }
        assert_eq!(harbor.activity().await, before);
        assert_eq!(harbor.out_over_json().await.len(), 4);
    }
}
