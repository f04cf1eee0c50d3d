//! Limits: 429 with Retry-After.

use std::time::Duration;

use rocket::http::Method::Post;
use serde_json::{Value, json};

use crate::support::api::{Api, code_of};
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

const MINUTE: Duration = Duration::from_mins(1);
const SECOND: Duration = Duration::from_secs(1);
const WRONG: &str = "wrong horse 1";

fn login(password: &str) -> Value {
    json!({ "email": "rosa@harbor.test", "password": password })
}

async fn limited(app: App) -> App {
    app.restarted_with("rate_limits_enabled", true).await
}

/// Fails to log in as Rosa.
async fn guess(api: &Api<'_>, times: usize) {
    for _ in 0..times {
        api.post("/api/users/login", login(WRONG)).await.refused(403, "Invalid Password");
    }
}

on_both! {
    async fn ten_wrong_passwords_are_enough(app: App) {
        let app = limited(app).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        guess(&tomas, 10).await;
        for password in [WRONG, PASSWORD] {
            let answer = app.api().post("/api/users/login", login(password)).await;
            answer.too_many(15 * 60);
            assert_eq!(answer.session_cookie(), None);
        }
        rosa.get("/api/users/me").await.ok();
        app.api().log_in("tomas@harbor.test").await;

        app.advance(15 * MINUTE + SECOND);
        app.api().post("/api/users/login", login(PASSWORD)).await.ok();
    }

    async fn the_right_password_clears_the_count(app: App) {
        let app = limited(app).await;
        let api = app.api();
        api.sign_up("rosa@harbor.test").await;
        for _ in 0..2 {
            guess(&api, 9).await;
            api.post("/api/users/login", login(PASSWORD)).await.ok();
        }
    }

    async fn pages_and_programs_share_the_count(app: App) {
        let app = limited(app).await;
        let api = app.api();
        api.sign_up("rosa@harbor.test").await;
        guess(&api, 10).await;
        let mut browser = app.browser();
        browser.sign_in("rosa@harbor.test").await;
        assert_eq!(browser.cookie("usher_session"), None);
        assert_eq!(browser.status, 429, "{}", browser.text());
    }

    async fn guessing_the_old_password_is_limited_too(app: App) {
        let app = limited(app).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let change =
            |old: &str| json!({ "oldPassword": old, "newPassword": "battery 22", "newPasswordAgain": "battery 22" });
        for _ in 0..10 {
            let answer = rosa.put("/api/users/changePassword", change(WRONG)).await;
            answer.refused(400, "Old password does not match your current password");
        }
        rosa.put("/api/users/changePassword", change(PASSWORD)).await.too_many(15 * 60);
    }

    async fn thirty_wrong_codes_an_hour_are_enough(app: App) {
        let app = limited(app).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        for number in 0..30 {
            // A wrong code, whatever the right one is.
            let right = u32::from_str_radix(code_of(&invite), 16).unwrap();
            let wrong = format!("{:08x}", right.wrapping_add(1 + number));
            tomas.accept(&wrong).await.refused_somehow(404);
        }
        tomas.accept(code_of(&invite)).await.too_many(60 * 60);
        assert_eq!(tomas.membership(id).await, 0);
        rosa.accept(code_of(&invite)).await.refused_somehow(404);
        app.advance(60 * MINUTE + SECOND);
        tomas.accept(code_of(&invite)).await.ok();
    }

    async fn twenty_invites_an_hour_for_one_address_are_enough(app: App) {
        let app = limited(app).await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas.vale@gmail.com").await;
        app.unverified_user("ines@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let mut invite = Value::Null;
        for _ in 0..20 {
            invite = rosa.invite(id, "tomas.vale@gmail.com", false).await;
        }
        let other = rosa.environment("Harbor live").await;
        for (environment, address) in
            [(id, "tomas.vale@gmail.com"), (id, "TomasVale+x@gmail.com"), (other, "tomas.vale@gmail.com")]
        {
            let body = json!({ "environmentId": environment, "userEmail": address });
            rosa.post("/api/environment/invites", body).await.too_many(60 * 60);
        }
        rosa.invite(id, "ines@harbor.test", false).await;
        app.advance(60 * MINUTE + SECOND);
        rosa.invite(other, "tomas.vale@gmail.com", false).await;
        tomas.accept(code_of(&invite)).await.ok();
    }

    async fn an_address_gets_three_reset_mails_an_hour(app: App) {
        let app = limited(app).await;
        app.api().sign_up("rosa@harbor.test").await;
        app.api().sign_up("tomas@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        for _ in 0..5 {
            let answer = api.forget_password("rosa@harbor.test").await;
            assert_eq!(answer.ok(), json!("An email will be sent to the provided address"));
        }
        let mails = app.deliver().await;
        // A new link replaces the old one, whose mail need not be sent any more.
        assert!((1..=3).contains(&mails.len()), "{mails:?}");
        for _ in 0..3 {
            api.forget_password("rosa@harbor.test").await.ok();
        }
        assert!(app.deliver().await.is_empty());
        let answer = api.reset_password(&mails.last().unwrap().token(), "battery staple 2").await;
        answer.ok();
        api.forget_password("tomas@harbor.test").await.ok();
        app.mail_to("tomas@harbor.test").await;
        app.advance(60 * MINUTE + SECOND);
        api.forget_password("rosa@harbor.test").await.ok();
        assert!(app.deliver().await.iter().any(|mail| mail.to == "rosa@harbor.test" && mail.text.contains("://")));
    }

    async fn an_address_tries_sixty_times_a_minute(app: App) {
        let app = limited(app).await;
        let (mut one, mut other) = (app.api(), app.api());
        one.remote = Some("192.0.2.7:4000".parse().unwrap());
        other.remote = Some("192.0.2.8:4000".parse().unwrap());
        // The limit recovers by one attempt a second of real time.
        let mut tries = 0;
        let refused = loop {
            let path = if tries % 2 == 0 { "/api/users/login" } else { "/api/users/signup" };
            let answer = one.post(path, json!({})).await;
            if answer.status == 429 {
                break answer;
            }
            assert_eq!(answer.status, 400, "{answer:?}");
            tries += 1;
            assert!(tries < 500, "no limit by address");
        };
        assert!(tries >= 60, "{tries}");
        refused.too_many(60);
        other.post("/api/users/login", json!({})).await.invalid(&["email", "password"]);
        assert_eq!(one.forget_password("rosa@harbor.test").await.status, 200);
    }

    async fn a_forwarded_address_is_not_believed(app: App) {
        let app = limited(app).await;
        let mut api = app.api();
        api.remote = Some("192.0.2.7:4000".parse().unwrap());
        let mut tries = 0;
        while tries < 500 {
            let claimed = format!("198.51.100.{}", tries % 250);
            let headers =
                [("Content-Type", "application/json"), ("X-Forwarded-For", &*claimed), ("X-Real-IP", &*claimed)];
            if api.send(Post, "/api/users/login", &headers, "{}").await.status == 429 {
                return;
            }
            tries += 1;
        }
        panic!("forged addresses evade the limit");
    }

    async fn without_limits_nothing_is_counted(app: App) {
        let api = app.api();
        api.sign_up("rosa@harbor.test").await;
        guess(&api, 12).await;
        api.post("/api/users/login", login(PASSWORD)).await.ok();
    }
}
