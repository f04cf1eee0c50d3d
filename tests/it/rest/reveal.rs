//! An environment's values in a format.

use rocket::http::Method;
use serde_json::{Value, json};

use crate::support::api::Api;
use crate::support::app::App;
use crate::support::on_both;

/// Rosa's environment with Tomas in it, a member.
async fn shared(app: &App) -> (Api<'_>, Api<'_>, i64) {
    let rosa = app.user("rosa@harbor.test").await;
    let tomas = app.user("tomas@harbor.test").await;
    let id = rosa.environment("Harbor staging").await;
    tomas.join(&rosa, id, "tomas@harbor.test", false).await;
    (rosa, tomas, id)
}

async fn told(app: &App, owner: &Api<'_>, id: i64) -> Vec<String> {
    let mut page = app.browser_of(owner);
    page.get(&format!("/environments/{id}/activity")).await;
    page.select("td[data-label=What]").into_iter().filter(|told| told.contains("took away")).collect()
}

on_both! {
    async fn a_member_takes_away_all_values(app: App) {
        let (_, tomas, id) = shared(&app).await;
        let path = format!("/api/environments/{id}/reveal");
        let answer = tomas.post(&path, json!({})).await;
        assert_eq!(
            answer.ok(),
            json!({
                "accessKey": "AKHARBOR01", "secretKey": "s3cr3t/harbor+1", "region": "eu-west-1",
                "bucket": "harbor-logs", "host": "tides.db.harbor.test", "dbName": "tides", "user": "reader",
                "pass": "salt-water", "instance": "tides-1", "parameterGroup": "tides-params",
            })
        );
        assert_eq!(answer.header("Cache-Control"), Some("no-store"));
        let process = tomas.post(&path, json!({ "format": "aws-process" })).await.ok();
        let expected = json!({ "Version": 1, "AccessKeyId": "AKHARBOR01", "SecretAccessKey": "s3cr3t/harbor+1" });
        assert_eq!(process, expected);
        let dotenv = tomas.post(&path, json!({ "format": "dotenv", "prefix": "TIDES_" })).await;
        assert_eq!(dotenv.header("Content-Type"), Some("text/plain; charset=utf-8"));
        assert!(dotenv.text.starts_with("TIDES_AWS_ACCESS_KEY_ID='AKHARBOR01'\n"), "{}", dotenv.text);
        let url = "TIDES_DATABASE_URL='mysql://reader:salt-water@tides.db.harbor.test/tides'\n";
        assert!(dotenv.text.ends_with(url), "{}", dotenv.text);
        let url = tomas.post(&path, json!({ "format": "url", "scheme": "postgres" })).await;
        assert_eq!(url.text, "postgres://reader:salt-water@tides.db.harbor.test/tides");
        let profile = tomas.post(&path, json!({ "format": "aws-profile" })).await;
        let lines = ["[harbor-staging]", "aws_access_key_id = AKHARBOR01", "aws_secret_access_key = s3cr3t/harbor+1"];
        assert_eq!(profile.text.lines().take(3).collect::<Vec<_>>(), lines);
    }

    async fn what_is_taken_away_is_known_and_told_each_time(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        let tomas = app.user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let mut browser = app.browser_of(&tomas);
        browser.get("/invitations").await;
        browser.post_fields(&format!("/invitations/mine/{}/accept", invite["id"]), &[]).await;
        let path = format!("/api/environments/{id}/reveal");
        let wanted = json!({ "format": "shell", "fields": ["pass"], "reason": "nightly job" });
        let text = tomas.post(&path, wanted).await.text;
        assert!(text.contains("DB_PASSWORD='salt-water'") && text.contains("DB_HOST="), "{text}");
        assert!(!text.contains("reader") && !text.contains("s3cr3t") && !text.contains("DATABASE_URL"), "{text}");
        tomas.post(&path, json!({ "format": "aws-process" })).await.ok();
        assert_eq!(
            told(&app, &rosa, id).await,
            [
                "took away as aws-process: access key and secret key",
                "took away as shell: database password (nightly job)",
            ]
        );
        rosa.end_membership(tomas.membership(id).await).await.ok();
        let exposure = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
        let exposed = exposure["exposed"].as_array().unwrap().iter();
        let fields: Vec<&Value> = exposed.clone().map(|entry| &entry["field"]).collect();
        assert_eq!(fields, ["accessKey", "secretKey", "pass"]);
        assert!(exposed.clone().all(|entry| entry["way"] == "export"));
    }

    async fn what_a_format_cannot_hold_is_neither_given_out_nor_noted(app: App) {
        let (rosa, tomas, id) = shared(&app).await;
        let path = format!("/api/environments/{id}/credentials");
        rosa.put(&path, json!({ "pass": "salt${HOME}", "secretKey": "harbor\u{1}", "user": "a\nb" })).await.ok();
        let reveal = format!("/api/environments/{id}/reveal");
        let refused = async |format: &str, message: &str| {
            tomas.post(&reveal, json!({ "format": format })).await.refused(422, message);
        };
        refused("dotenv", "The format dotenv cannot hold the value of pass").await;
        refused("aws-profile", "The format aws-profile cannot hold the value of secretKey").await;
        let half = json!({ "format": "aws-process", "fields": ["accessKey"] });
        tomas.post(&reveal, half).await.refused(422, "The format aws-process needs secretKey");
        assert_eq!(told(&app, &rosa, id).await, [""; 0]);
        rosa.end_membership(tomas.membership(id).await).await.ok();
        let exposure = rosa.get(&format!("/api/environments/{id}/exposure")).await.ok();
        let fields: Vec<&Value> = exposure["exposed"].as_array().unwrap().iter().map(|entry| &entry["field"]).collect();
        assert_eq!(fields, ["accessKey"], "the others were new");
    }

    async fn bad_requests_are_told_by_the_field(app: App) {
        let (_, tomas, id) = shared(&app).await;
        let path = format!("/api/environments/{id}/reveal");
        for (body, field) in [
            (json!({ "format": "xml" }), "format"),
            (json!({ "fields": ["port"] }), "fields"),
            (json!({ "fields": "pass" }), "fields"),
            (json!({ "prefix": "1X" }), "prefix"),
            (json!({ "profile": "a b]" }), "profile"),
            (json!({ "scheme": "mongodb" }), "scheme"),
            (json!({ "reason": "a\nb" }), "reason"),
        ] {
            tomas.post(&path, body).await.invalid(&[field]);
        }
    }

    async fn only_who_sees_credentials_takes_them_away(app: App) {
        let (rosa, _, id) = shared(&app).await;
        let path = format!("/api/environments/{id}/reveal");
        app.user("ines@harbor.test").await.post(&path, json!({})).await.refused(401, "Unauthorized");
        rosa.post("/api/environments/99/reveal", json!({})).await.refused(404, "Environment 99 does not exist");
        app.api().post(&path, json!({})).await.refused(403, "login required");
        rosa.get(&path).await.refused(404, "Not Found");
        rosa.send(Method::Post, &path, &[("Content-Type", "text/plain")], "{}").await.refused_somehow(415);
    }
}
