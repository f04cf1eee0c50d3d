//! Secrets that were typed are not lost after a fault elsewhere in the form, and never stand in a page.

use std::time::Duration;

use crate::support::app::{App, PASSWORD};
use crate::support::browser::Browser;
use crate::support::on_both;

const SECRET: &str = "s3cr3t/harbor+1";
const PASS: &str = "salt water";
const NEW: [(&str, &str); 9] = [
    ("envName", "Harbor staging"),
    ("accessKey", "AKHARBOR01"),
    ("secretKey", SECRET),
    ("bucket", "harbor-logs"),
    ("dbName", "tides"),
    ("host", "db.harbor.test"),
    ("user", "reader"),
    ("pass", PASS),
    ("instance", "tides-1"),
];

/// A browser whose form has a fault beside the secrets.
async fn after_a_fault(app: &App) -> Browser<'_> {
    let mut browser = app.browser();
    browser.says_same_origin = true;
    browser.sign_up("rosa@harbor.test").await;
    browser.get("/environments/new").await.submit("Make the environment", &NEW).await;
    assert_eq!(browser.status, 422);
    assert!(browser.fault("secretKey").is_empty() && !browser.fault("region").is_empty(), "{}", browser.text());
    assert!(!browser.body.contains(SECRET) && !browser.body.contains(PASS), "a secret stands in the page");
    assert_eq!(browser.value("secretKey"), "");
    assert!(
        browser.select("#secretKey-hint").join("").contains("leave empty to use what you typed"),
        "{}",
        browser.text()
    );
    browser
}

async fn revealed(browser: &mut Browser<'_>) -> Vec<String> {
    browser.submit("Reveal credentials", &[]).await.select("main code")
}

on_both! {
    async fn secrets_are_kept_after_a_fault_elsewhere(app: App) {
        let mut browser = after_a_fault(&app).await;
        browser.submit("Make the environment", &[("region", "eu-west-1"), ("pass", "fresh water")]).await;
        assert_eq!(browser.status, 200, "{}", browser.text());
        let shown = revealed(&mut browser).await;
        assert!(shown.contains(&SECRET.to_owned()) && shown.contains(&"fresh water".to_owned()), "{shown:?}");
    }

    async fn secrets_are_kept_for_ten_minutes(app: App) {
        let mut browser = after_a_fault(&app).await;
        app.advance(Duration::from_mins(11));
        browser.submit("Make the environment", &[("region", "eu-west-1")]).await;
        assert_eq!(browser.status, 422);
        assert!(!browser.fault("secretKey").is_empty() && !browser.fault("pass").is_empty(), "{}", browser.text());
    }

    async fn secrets_are_kept_for_one_field_of_one_form_of_one_account_in_one_browser(app: App) {
        let mut browser = after_a_fault(&app).await;
        let kept = browser.attribute("input[name=kept-secretKey]", "value").unwrap();
        let missing = |browser: &Browser<'_>| browser.status == 422 && !browser.fault("secretKey").is_empty();
        let of_pass = browser.attribute("input[name=kept-pass]", "value").unwrap();
        let fields = [("region", "eu-west-1"), ("kept-secretKey", of_pass.as_str())];
        browser.submit("Make the environment", &fields).await;
        assert!(missing(&browser), "another field: {}", browser.text());

        let mut elsewhere = app.browser();
        elsewhere.sign_in("rosa@harbor.test").await;
        let fields = [&NEW[..2], &NEW[3..], &[("region", "eu-west-1"), ("kept-secretKey", kept.as_str())]].concat();
        elsewhere.get("/environments/new").await.submit("Make the environment", &fields).await;
        assert!(missing(&elsewhere), "another browser: {}", elsewhere.text());

        let mut tomas = browser;
        tomas.sign_up("tomas@harbor.test").await;
        tomas.get("/environments/new").await.submit("Make the environment", &fields).await;
        assert!(missing(&tomas), "another account: {}", tomas.text());
    }

    async fn a_secret_that_was_kept_for_too_long_is_not_taken_for_unchanged(app: App) {
        let mut browser = after_a_fault(&app).await;
        browser.submit("Make the environment", &[("region", "eu-west-1")]).await;
        let path = browser.path.clone();
        browser.get(&format!("{path}/edit")).await;
        browser.submit("Save", &[("secretKey", "another/secret"), ("region", "")]).await;
        assert_eq!(browser.status, 422, "{}", browser.text());
        app.advance(Duration::from_mins(11));
        browser.submit("Save", &[("region", "eu-west-1")]).await;
        assert!(browser.status == 422 && !browser.fault("secretKey").is_empty(), "{}", browser.text());
        browser.submit("Save", &[("secretKey", "another/secret")]).await;
        assert!(revealed(&mut browser).await.contains(&"another/secret".to_owned()), "{}", browser.text());
    }

    async fn passwords_of_accounts_are_not_kept(app: App) {
        let mut browser = app.browser();
        browser.sign_up("rosa@harbor.test").await;
        let fields = [("oldPassword", PASSWORD), ("newPassword", "another horse 2"), ("newPasswordAgain", "other")];
        browser.get("/account").await.submit("Change the password", &fields).await;
        assert_eq!(browser.status, 422);
        assert!(browser.attribute("input[name^=kept]", "name").is_none(), "{}", browser.body);
    }

    async fn secrets_of_a_stale_form_are_kept(app: App) {
        let mut browser = app.browser();
        browser.says_same_origin = true;
        browser.sign_up("rosa@harbor.test").await;
        let token = browser.get("/environments/new").await.csrf().await;
        browser.submit("Sign out", &[]).await;
        let mut body = form_urlencoded::Serializer::new(String::new());
        let body = body.extend_pairs(NEW).append_pair("region", "eu-west-1").append_pair("csrf", &token).finish();
        browser.post("/environments/new", &body).await;
        assert_eq!(browser.status, 409);
        assert!(!browser.body.contains(SECRET) && !browser.body.contains(PASS), "a secret stands in the page");
        browser.submit("Sign in and send", &[("againPassword", "wrong horse 1")]).await;
        assert!(!browser.body.contains(SECRET) && !browser.body.contains(PASS), "a secret stands in the page");
        browser.submit("Sign in and send", &[("againPassword", PASSWORD), ("bucket", "harbor-tides")]).await;
        assert_eq!(browser.status, 200, "{}", browser.text());
        assert!(browser.shows("harbor-tides"), "{}", browser.text());
        let shown = revealed(&mut browser).await;
        assert!(shown.contains(&SECRET.to_owned()) && shown.contains(&PASS.to_owned()), "{shown:?}");
    }
}
