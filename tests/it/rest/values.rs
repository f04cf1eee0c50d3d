//! Section 3: valid ids, flags, addresses, passwords and codes.

use serde_json::{Value, json};

use crate::support::api::{Answer, Api, environment_body};
use crate::support::app::PASSWORD;
use crate::support::on_both;

/// A text of this length.
fn long(length: usize) -> String {
    "x".repeat(length)
}

/// Requests a change of an unknown environment.
async fn with_keys_id(api: &Api<'_>, value: Value) -> Answer {
    let mut body = environment_body("Harbor staging");
    body["keysId"] = value;
    api.put("/api/environments/1", body).await
}

on_both! {
    async fn numbers(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for value in [json!(12), json!("12"), json!("0012")] {
            with_keys_id(&rosa, value.clone()).await.refused(404, "Environment 1 does not exist");
            let body = json!({ "environmentId": value, "userEmail": "tomas@harbor.test" });
            rosa.post("/api/environment/invites", body).await.refused(404, "Environment 12 does not exist");
            rosa.put("/api/environments/invites/promote", json!({ "envUserId": value }))
                .await
                .refused(404, "Not Found");
        }
        for value in [json!(-1), json!(0), json!(1.5), json!(1e300), json!("-1"), json!("1.5"), json!(u64::MAX)] {
            let body = json!({ "environmentId": value, "userEmail": "tomas@harbor.test" });
            rosa.post("/api/environment/invites", body).await.refused_somehow(404);
            rosa.put("/api/environments/invites/promote", json!({ "envUserId": value }))
                .await
                .refused(404, "Not Found");
        }
        for value in [
            json!(""),
            json!(" "),
            json!("x"),
            json!("1x"),
            json!("0x1"),
            json!("NaN"),
            json!("Infinity"),
            json!("\u{661}"),
            json!("1\0"),
            json!(true),
            json!([1]),
        ] {
            let answer = with_keys_id(&rosa, value.clone()).await;
            assert_eq!(answer.status, 400, "{value}");
            answer.invalid(&["keysId"]);
            let body = json!({ "environmentId": value, "userEmail": "tomas@harbor.test" });
            rosa.post("/api/environment/invites", body).await.invalid(&["environmentId"]);
            rosa.put("/api/environments/invites/promote", json!({ "envUserId": value })).await.invalid(&["envUserId"]);
        }
    }

    async fn booleans(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for (value, good) in [
            (json!(true), true),
            (json!(false), true),
            (json!("true"), true),
            (json!("false"), true),
            (json!(0), false),
            (json!(1), false),
            (json!("1"), false),
            (json!("TRUE"), false),
            (json!("yes"), false),
            (json!(""), false),
            (json!(" true"), false),
        ] {
            let body = json!({ "environmentId": 1, "userEmail": "tomas@harbor.test", "isAdmin": value });
            let answer = rosa.post("/api/environment/invites", body).await;
            if good { answer.refused(404, "Environment 1 does not exist") } else { answer.invalid(&["isAdmin"]) }
        }
        for (value, status) in
            [("true", 404), ("false", 404), ("", 400), ("1", 400), ("0", 400), ("yes", 400), ("null", 400)]
        {
            let answer = rosa.delete(&format!("/api/environments/1?deleteLogs={value}")).await;
            assert_eq!(answer.status, status, "{value}: {answer:?}");
            if status == 400 { answer.invalid(&["deleteLogs"]) } else { answer.refused(404, "Not Found") }
        }
    }

    async fn addresses(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for value in [
            "tomas@harbor.test",
            "T.V+x@a-b.example.org",
            "\"tomas\"@harbor.test",
            "o'neil@harbor.test",
            "josé@harbor.test",
            "x@harbor.co",
        ] {
            let body = json!({ "environmentId": 1, "userEmail": value });
            assert_eq!(rosa.post("/api/validate/invites", body).await.ok(), json!(true), "{value}");
        }
        let too_long = format!("tomas@{}.test", "harbor.".repeat(40));
        for value in [
            "",
            "tomas",
            "@harbor.test",
            "tomas@",
            "tomas@harbor",
            "tomas@harbor.t",
            "tomas@harbor.t3",
            "to mas@harbor.test",
            " tomas@harbor.test",
            "tomas@harbor.test ",
            "to\"mas@harbor.test",
            "\"tomas@harbor.test",
            "tomas@@harbor.test",
            "tomas@harbor.test\r\nBcc: x@evil.test",
            "tomas@harbor.test\0",
            "to\0mas@harbor.test",
            "tomas@harbor.test,ines@harbor.test",
            &too_long,
        ] {
            let body = json!({ "environmentId": 1, "userEmail": value });
            let answer = rosa.post("/api/validate/invites", body).await;
            assert_eq!(answer.status, 400, "{value:?}: {answer:?}");
            answer.invalid(&["userEmail"]);
            let body = json!({ "email": value, "password": PASSWORD });
            rosa.post("/api/users/login", body).await.invalid(&["email"]);
            rosa.forget_password(value).await.invalid(&["email"]);
        }
    }

    async fn passwords(app: App) {
        let api = app.api();
        let signup = |value: Value| json!({ "email": "rosa@harbor.test", "password": value, "agreeToTerms": false });
        for value in ["12345678", "        ", &long(64), &"🦀".repeat(64), "\u{202e}\u{1f}passwd"] {
            let answer = api.post("/api/users/signup", signup(json!(value))).await;
            answer.refused(400, "You must accept the terms of use.");
        }
        for value in [
            json!("1234567"),
            json!(long(65)),
            json!("12345678\n"),
            json!("1234\r5678"),
            json!("1234\u{0}5678"),
            json!(12_345_678),
            json!(""),
            json!("🦀🦀🦀🦀🦀🦀🦀"),
        ] {
            api.post("/api/users/signup", signup(value.clone())).await.invalid(&["password"]);
            let login = json!({ "email": "rosa@harbor.test", "password": value });
            api.post("/api/users/login", login).await.invalid(&["password"]);
        }
    }

    async fn codes_and_tokens(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        for value in ["0f3a9c5e", "0F3A9C5E", "00000000"] {
            let answer = rosa.accept(value).await;
            assert_eq!(answer.status, 404, "{answer:?}");
        }
        for value in [
            "",
            "0f3a9c5",
            "0f3a9c5e0",
            "0f3a9c5g",
            " 0f3a9c5e",
            "0f3a9c5e\n",
            "x0f3a9c5ex",
            "0f3a\09c5",
            "\u{661}\u{661}\u{661}\u{661}",
        ] {
            rosa.accept(value).await.invalid(&["inviteCode"]);
        }
        rosa.put("/api/environments/invites/accept", json!({ "inviteCode": 12_345_678 }))
            .await
            .invalid(&["inviteCode"]);

        for value in ["abcdef", "a-B-9-z", &long(100), &"f0".repeat(50)] {
            rosa.reset_password(value, PASSWORD).await.refused(400, "This password reset token does not exist");
        }
        for value in ["", "abcde", &long(101), "abc def", "abc_def", "abcdef\n", "abc\0def", "abcd\u{e9}f"] {
            rosa.reset_password(value, PASSWORD).await.invalid(&["resetToken"]);
        }
    }
}
