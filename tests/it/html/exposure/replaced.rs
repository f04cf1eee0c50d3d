//! Replacing secrets, and the same value again.

use super::{Harbor, known};
use crate::support::on_both;

on_both! {
    async fn nothing_typed_is_a_fault(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let before = harbor.activity().await;
        harbor.page("/secrets/replace").await.submit("Replace", &[("accessKey", "  ")]).await;
        assert_eq!((harbor.rosa.status, harbor.rosa.fault("accessKey").as_str()), (422, "Enter at least one new value."));
        assert_eq!(harbor.activity().await, before);
    }

    async fn a_fault_stands_beside_its_field_and_no_secret_comes_back(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let before = harbor.activity().await;
        let secrets = [("accessKey", "lower"), ("secretKey", "a b"), ("user", "writer"), ("pass", "sweet-water")];
        harbor.page("/secrets/replace").await.submit("Replace", &secrets).await;
        assert_eq!(harbor.rosa.status, 422, "{}", harbor.rosa.text());
        assert_eq!(harbor.rosa.fault("accessKey"), "Use capital letters and digits only.");
        assert_eq!(harbor.rosa.fault("secretKey"), "Leave no space in it.");
        for (field, value) in secrets {
            assert_eq!(harbor.rosa.attribute(&format!("#{field}"), "value"), None, "{field}");
            assert!(!harbor.rosa.body.contains(&format!("\"{value}\"")), "{field} comes back");
        }
        assert_eq!(harbor.activity().await, before);
    }

    async fn only_what_is_typed_is_replaced(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let said = harbor.replace(&[("secretKey", "n3w/harbor"), ("pass", "sweet-water")]).await;
        assert_eq!(said, "Replaced: secret key and database password.");
        assert_eq!(harbor.rosa.path, harbor.path("/secrets"));
        assert_eq!(harbor.activity().await[0], "changed the credentials: secret key and database password");
        harbor.page("").await.submit("Reveal credentials", &[]).await;
        assert_eq!(harbor.rosa.select("dd code"), ["AKHARBOR01", "n3w/harbor", "reader", "sweet-water"]);
        assert!(harbor.rosa.shows("tides.db.harbor.test") && harbor.rosa.shows("tides-params"), "{}", harbor.rosa.text());
        assert_eq!(harbor.page("/secrets").await.notice(), "", "the notice comes twice");
    }

    async fn the_same_value_is_no_change_and_is_said(app: App) {
        let mut harbor = Harbor::of(&app).await;
        harbor.tomas_looks().await;
        harbor.remove_tomas().await;
        let (events, out) = (harbor.activity().await, harbor.out().await);
        let said = harbor.replace(&[("accessKey", "AKHARBOR01"), ("pass", "salt-water")]).await;
        assert_eq!(said, "Nothing was replaced. This is the value it had already: access key and database password.");
        assert_eq!((harbor.activity().await, harbor.out().await), (events, out));

        let said = harbor.replace(&[("accessKey", "AKHARBOR01"), ("secretKey", "n3w")]).await;
        assert_eq!(said, "Replaced: secret key. This is the value it had already: access key.");
        let rest = "access key, database user and database password: seen on a page just now";
        assert_eq!(harbor.out().await, [known("tomas", rest)]);
    }

    async fn the_form_of_the_whole_environment_says_so_too(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let same = [("region", "eu-north-1"), ("pass", "salt-water")];
        harbor.page("/edit").await.submit("Save", &same).await;
        assert_eq!(harbor.rosa.notice(), "Saved. This is the value it had already: database password.");
        assert!(harbor.rosa.shows("eu-north-1"), "{}", harbor.rosa.text());
        harbor.page("/edit").await.submit("Save", &[("user", "writer"), ("pass", "salt-water")]).await;
        let said = "Replaced: database user. This is the value it had already: database password.";
        assert_eq!(harbor.rosa.notice(), said);
        harbor.page("/edit").await.submit("Save", &[("user", "reader")]).await;
        assert_eq!(harbor.rosa.notice(), "Saved.");
    }

    async fn who_does_not_administer_replaces_nothing(app: App) {
        let mut harbor = Harbor::of(&app).await;
        let before = harbor.activity().await;
        let path = harbor.path("/secrets/replace");
        for secrets in [&[("pass", "stolen")][..], &[("accessKey", "lower")], &[]] {
            harbor.tomas.get("/account").await.post_fields(&path, secrets).await;
            assert_eq!(harbor.tomas.status, 403, "{secrets:?}: {}", harbor.tomas.text());
        }
        assert_eq!(harbor.activity().await, before);
    }

    async fn a_notice_of_one_s_own_making_says_nothing(app: App) {
        let mut harbor = Harbor::of(&app).await;
        for odd in ["secrets", "secrets.harbor.", "secrets.pass.user.", "<b>", "all.%.%"] {
            harbor.rosa.set_cookie("usher_notice", odd);
            assert_eq!(harbor.page("").await.notice(), "", "{odd}");
        }
    }
}
