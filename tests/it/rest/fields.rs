//! Section 3: valid values of an environment's fields.

use serde_json::{Value, json};

use crate::support::api::{Answer, Api, environment_body};
use crate::support::on_both;

/// Requests a change of an unknown environment: only the fields can be wrong.
async fn with_field(api: &Api<'_>, field: &str, value: Value) -> Answer {
    let mut body = environment_body("Harbor staging");
    body[field] = value;
    api.put("/api/environments/1", body).await
}

async fn check(api: &Api<'_>, field: &str, good: &[&str], bad: &[&str]) {
    for value in good {
        let answer = with_field(api, field, json!(value)).await;
        assert_eq!(answer.status, 404, "{field} {value:?}: {answer:?}");
    }
    for value in bad {
        let answer = with_field(api, field, json!(value)).await;
        assert_eq!(answer.status, 400, "{field} {value:?}: {answer:?}");
        answer.invalid(&[field]);
    }
    for value in [json!(7), json!(true)] {
        with_field(api, field, value).await.invalid(&[field]);
    }
}

/// A text of this length.
fn long(length: usize) -> String {
    "x".repeat(length)
}

on_both! {
    async fn names(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let good = ["four", "Aa 1:_-b", &long(25), "1234"];
        let bad = [
            "",
            "abc",
            &long(26),
            "Harbor.1",
            "Harb\u{f6}r",
            "Harbor\n",
            "Harbor\t1",
            "Har/bor",
            "Harbor\0",
            "🦀🦀🦀🦀",
        ];
        check(&rosa, "envName", &good, &bad).await;
        check(&rosa, "keysName", &good, &bad).await;
        for (path, field) in [("environmentName", "name"), ("credentials/name", "keysName")] {
            let path = format!("/api/validate/{path}");
            for value in good {
                rosa.post(&path, json!({ field: value })).await.ok();
            }
            for value in bad {
                rosa.post(&path, json!({ field: value })).await.invalid(&[field]);
            }
        }
    }

    async fn keys_and_regions(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        check(
            &rosa,
            "accessKey",
            &["A", "7", "AKHARBOR01", &"A".repeat(256)],
            &["", "akharbor", "AK HARBOR", "AK-1", "\u{c4}K", "A\0", &"A".repeat(257)],
        )
        .await;
        check(
            &rosa,
            "secretKey",
            &["x", "s3cr3t/harbor+1", "🦀é\"'<>&", &long(256)],
            &["", " ", "a b", "a\tb", "a\n", "a\u{a0}b", "a\0b", &long(257)],
        )
        .await;
        check(
            &rosa,
            "region",
            &["eu-west-1", "EU-West-1", "us-east-12", "ap-northeasteas-1", "xx-four-0"],
            &[
                "",
                "eu",
                "eu-west",
                "e-west-1",
                "eur-west-1",
                "eu-wes-1",
                "eu-abcdefghijklm-1",
                "eu-west-x",
                "eu-west-",
                "eu-we5t-1",
                "eu-west-1 ",
                "eu_west_1",
                "eu-west-1-1",
                "eu-west-\u{661}",
                "eu-west-1\0",
            ],
        )
        .await;
    }

    async fn buckets_and_prefixes(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        check(
            &rosa,
            "bucket",
            &["abc", "0a9", "harbor-logs", "a.b-c", &long(63)],
            &["", "ab", &long(64), "Harbor", "-abc", "abc-", ".abc", "abc.", "a_bc", "a bc", "ab\u{e7}", "abc\0"],
        )
        .await;
        check(
            &rosa,
            "prefix",
            &["", " ", "logs/2026/", "🦀\n", &long(1024), &"é".repeat(1024)],
            &[&long(1025), "logs\0"],
        )
        .await;
    }

    async fn databases_and_hosts(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        check(
            &rosa,
            "dbName",
            &["t", "Tides_1$", &long(64)],
            &["", &long(65), "ti-des", "ti des", "t\u{ef}des", "tides;", "tides\0"],
        )
        .await;
        let longest = format!("{}.x", long(1022));
        check(
            &rosa,
            "host",
            &["h", "tides.db.harbor.test", "TIDES-1.x", "10.0.0.7", "1a", &longest],
            &[
                "",
                ".",
                "a..b",
                ".a",
                "a.",
                "-a",
                "a-",
                "a.-b",
                "a_b",
                "a b",
                "a:3306",
                "http://a",
                "h\u{f4}te",
                "a\0",
                &long(1025),
            ],
        )
        .await;
    }

    async fn texts_that_are_not_empty(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let good = [
            "x",
            "re ader",
            "🦀 \u{202e} é",
            "'; DROP TABLE users; --",
            "<b>&amp;{{ 7 }}",
            &long(256),
            &"🦀".repeat(256),
        ];
        let bad = ["", &long(257), "read\0er"];
        for field in ["user", "instance", "parameterGroup"] {
            check(&rosa, field, &good, &bad).await;
            check(&rosa, field, &["two\nlines"], &[]).await;
        }
        check(&rosa, "pass", &good, &bad).await;
        check(&rosa, "pass", &[" "], &["two\nlines", "two\rlines", "line\n"]).await;
    }

    async fn all_faults_are_told_in_order(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let body = json!({ "instance": "", "envName": "x", "keysId": "y", "prefix": 7, "region": "eu", "user": null });
        let expected = [
            "envName",
            "accessKey",
            "secretKey",
            "region",
            "keysId",
            "bucket",
            "prefix",
            "dbName",
            "host",
            "user",
            "pass",
            "instance",
        ];
        rosa.post("/api/environments", body.clone()).await.invalid(&expected);
        rosa.put("/api/environments/1", body).await.invalid(&expected);
    }
}
