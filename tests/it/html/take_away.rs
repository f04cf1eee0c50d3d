//! Taking an environment's values away, and bringing them in.

use serde_json::json;

use crate::support::api::two_with_the_same_keys;
use crate::support::browser::Browser;
use crate::support::on_both;

/// Pastes a text; the page shows what was understood.
async fn paste(browser: &mut Browser<'_>, text: &str) {
    browser.get("/environments/import").await.submit("Read", &[("text", text)]).await;
}

on_both! {
    async fn values_are_shown_and_downloaded(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{id}/take-away");
        browser.get(&path).await;
        assert!(!browser.shows("salt-water"), "nothing is revealed by looking");
        browser.submit("Show", &[("format", "dotenv"), ("prefix", "TIDES_")]).await;
        assert!(browser.shows("TIDES_DB_PASSWORD='salt-water'"), "{}", browser.text());
        assert_eq!(browser.header("Cache-Control"), Some("no-store"));
        assert_eq!(browser.value("prefix"), "TIDES_");

        browser.get(&path).await;
        browser.post_fields(&path, &[("format", "aws-profile"), ("as", "file")]).await;
        assert_eq!(browser.header("Content-Disposition"), Some("attachment; filename=\"credentials\""));
        assert!(browser.body.starts_with("[harbor-staging]\naws_access_key_id = AKHARBOR01\n"), "{}", browser.body);
        assert_eq!(browser.header("Cache-Control"), Some("no-store"));

        browser.get(&format!("/environments/{id}/activity")).await;
        for told in ["took away as dotenv: access key, secret key, database user and database password",
                     "took away as aws-profile: access key and secret key"] {
            assert!(browser.shows(told), "{}", browser.text());
        }
    }

    async fn other_environments_with_the_keys_are_told_of_the_keys_alone(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let (one, other) = two_with_the_same_keys(&rosa).await;
        let told = async |id: i64| {
            let mut browser = app.browser_of(&rosa);
            browser.get(&format!("/environments/{id}/activity")).await.select("td[data-label=What]")
        };
        let body = json!({ "format": "dotenv", "reason": "Nightly job of Harbor staging" });
        rosa.post(&format!("/api/environments/{one}/reveal"), body).await;
        let all = "access key, secret key, database user and database password";
        assert_eq!(told(one).await[0], format!("took away as dotenv: {all} (Nightly job of Harbor staging)"));
        assert_eq!(told(other).await[0], "took away as dotenv: access key and secret key");

        let mut browser = app.browser_of(&rosa);
        browser.get(&format!("/environments/{one}")).await.submit("Reveal credentials", &[]).await;
        assert_eq!(told(one).await[0], "looked at the credentials");
        assert_eq!(told(other).await[0], "looked at the credentials: access key and secret key");
        app.advance(std::time::Duration::from_hours(2));
        rosa.log_in_again("rosa@harbor.test").await.get("/api/awsKeys").await.ok();
        let rosa = rosa.log_in_again("rosa@harbor.test").await;
        for id in [one, other] {
            let mut browser = app.browser_of(&rosa);
            browser.get(&format!("/environments/{id}/activity")).await;
            let told = browser.select("td[data-label=What]");
            assert_eq!(told[0], "looked at the credentials: access key and secret key");
        }
    }

    async fn a_format_that_cannot_hold_a_value_says_which(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let new = json!({ "pass": "salt${HOME}" });
        rosa.put(&format!("/api/environments/{id}/credentials"), new).await.ok();
        let mut browser = app.browser_of(&rosa);
        let path = format!("/environments/{id}/take-away");
        browser.get(&path).await.submit("Show", &[("format", "dotenv")]).await;
        assert_eq!(browser.status, 422);
        assert!(browser.fault("format").contains("cannot hold the value: Password"), "{}", browser.fault("format"));
        browser.submit("Show", &[("format", "shell")]).await;
        assert!(browser.shows("export DB_PASSWORD='salt${HOME}'"), "{}", browser.text());
        browser.get(&path).await.submit("Show", &[("prefix", "1 X")]).await;
        assert!(!browser.fault("prefix").is_empty());
    }

    async fn strangers_take_nothing_away(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut ines = app.browser_of(&app.user("ines@harbor.test").await);
        let path = format!("/environments/{id}/take-away");
        assert_eq!(ines.get(&path).await.status, 403);
        ines.get("/environments").await;
        assert_eq!(ines.post_fields(&path, &[("format", "shell")]).await.status, 403);
        assert!(!ines.body.contains("salt-water"));
    }

    async fn what_was_taken_away_makes_another_environment(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let path = format!("/api/environments/{id}/reveal");
        let mut browser = app.browser_of(&rosa);
        for (number, format) in ["dotenv", "shell", "json"].into_iter().enumerate() {
            let text = rosa.post(&path, json!({ "format": format })).await.text;
            paste(&mut browser, &text).await;
            let name = format!("Harbor copy {number}");
            browser.submit("Make the environment", &[("envName", &name)]).await;
            let copy: i64 = browser.path.rsplit('/').next().unwrap().parse().unwrap();
            let [before, after] = [id, copy].map(|id| format!("/api/environments/{id}/reveal"));
            assert_eq!(rosa.post(&after, json!({})).await.ok(), rosa.post(&before, json!({})).await.ok());
        }
    }

    async fn nothing_is_saved_before_it_was_seen(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let mut browser = app.browser_of(&rosa);
        let text = "DB_HOST=db.harbor.test\nDB_PASSWORD='salt water'\nAWS_SECRET_ACCESS_KEY=s3cr3t\nPORT=8080\nnonsense\n";
        paste(&mut browser, text).await;
        for shown in ["Host", "Password", "Secret key", "PORT", "Not understood: line 5"] {
            assert!(browser.shows(shown), "{shown}: {}", browser.text());
        }
        assert!(!browser.shows("8080") && !browser.shows("nonsense"), "no values: {}", browser.text());
        assert_eq!((browser.value("host"), browser.value("pass")), ("db.harbor.test".into(), "salt water".into()));
        assert_eq!(rosa.get("/api/environments").await.ok(), json!([]));
        // A form that fails keeps what was pasted.
        browser.submit("Make the environment", &[("envName", "Harbor staging")]).await;
        assert_eq!(browser.status, 422);
        assert_eq!((browser.value("secretKey"), browser.value("pass")), ("s3cr3t".into(), "salt water".into()));
        // A field has one line: browsers would join several.
        paste(&mut browser, "DB_HOST=db.harbor.test\nDB_PASSWORD='salt\nwater'\n").await;
        assert!(browser.value("pass").is_empty() && browser.shows("Not used: DB_PASSWORD"), "{}", browser.text());
        paste(&mut browser, "nothing of use").await;
        assert_eq!((browser.status, browser.fault("text").contains("Nothing of this was understood")), (422, true));
    }
}
