//! Section 4: forgetting, resetting and changing a password.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::api::Answer;
use crate::support::app::PASSWORD;
use crate::support::mailbox::urls;
use crate::support::on_both;

const NEW: &str = "battery staple 2";
const SENT: &str = "An email will be sent to the provided address";
const DONE: &str = "Password reset. Please try logging in";
const MINUTE: Duration = Duration::from_mins(1);

fn login(password: &str) -> Value {
    json!({ "email": "rosa@harbor.test", "password": password })
}

fn change(old: &str, new: &str, again: &str) -> Value {
    json!({ "oldPassword": old, "newPassword": new, "newPasswordAgain": again })
}

on_both! {
    async fn known_and_unknown_addresses_are_answered_alike(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        let (known, unknown) =
            (api.forget_password("rosa@harbor.test").await, api.forget_password("tomas@harbor.test").await);
        assert_eq!(known.ok(), json!(SENT));
        let headers = |answer: &Answer| -> Vec<(String, String)> {
            answer.headers.iter().filter(|(name, _)| name != "X-Request-Id").cloned().collect()
        };
        assert_eq!((unknown.ok(), headers(&unknown)), (json!(SENT), headers(&known)));
        let mails = app.deliver().await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].to, "rosa@harbor.test");
        assert!(!known.text.contains(&mails[0].token()));
    }

    async fn the_mail_holds_one_link(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        app.api().forget_password("ROSA@harbor.test").await.ok();
        let mail = app.mail_to("rosa@harbor.test").await;
        assert_eq!(urls(&mail.text).len(), 1);
        let token = mail.token();
        assert!(
            (27..=100).contains(&token.len()) && token.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'),
            "{token}"
        );
        assert!(!mail.text.contains(PASSWORD));
    }

    async fn a_reset_sets_the_password_and_ends_the_sessions(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        app.deliver().await;
        rosa.forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        rosa.post("/api/users/login", login(PASSWORD)).await.ok();
        assert_eq!(app.api().reset_password(&token, NEW).await.ok(), json!(DONE));
        rosa.get("/api/users/me").await.refused(403, "login required");
        tomas.get("/api/users/me").await.ok();
        app.api().post("/api/users/login", login(PASSWORD)).await.refused(403, "Invalid Password");
        app.api().post("/api/users/login", login(NEW)).await.ok();
    }

    async fn a_token_resets_once(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        api.forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        let answers = join_all((0..4).map(|_| api.reset_password(&token, NEW))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(409, "Password reset token has already been used");
        }
        app.advance(61 * MINUTE);
        let body = json!({ "resetToken": token, "newPassword": NEW, "newPasswordAgain": PASSWORD });
        api.put("/api/users/resetPassword", body).await.refused(409, "Password reset token has already been used");
    }

    async fn a_token_works_for_an_hour(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        api.forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        app.advance(60 * MINUTE + Duration::from_millis(1));
        api.reset_password(&token, NEW).await.refused(400, "This password reset token has expired");
        let body = json!({ "resetToken": token, "newPassword": NEW, "newPasswordAgain": PASSWORD });
        api.put("/api/users/resetPassword", body).await.refused(400, "This password reset token has expired");

        api.forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        app.advance(60 * MINUTE - Duration::from_millis(1));
        api.reset_password(&token, NEW).await.ok();
    }

    async fn a_new_token_replaces_the_former(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.api().sign_up("tomas@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        let mut tokens = Vec::new();
        for address in ["tomas@harbor.test", "rosa@harbor.test", "rosa@harbor.test"] {
            api.forget_password(address).await.ok();
            tokens.push(app.mail_to(address).await.token());
        }
        api.reset_password(&tokens[1], NEW).await.refused(400, "This password reset token does not exist");
        api.reset_password(&tokens[2], NEW).await.ok();
        api.reset_password(&tokens[0], NEW).await.ok();
    }

    async fn a_token_outlives_passwords_that_differ(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        app.deliver().await;
        let api = app.api();
        api.forget_password("rosa@harbor.test").await.ok();
        let token = app.mail_to("rosa@harbor.test").await.token();
        let body = json!({ "resetToken": token, "newPassword": NEW, "newPasswordAgain": PASSWORD });
        api.put("/api/users/resetPassword", body).await.refused(400, "New passwords do not match");
        let body = json!({ "resetToken": token, "newPassword": "short", "newPasswordAgain": "short" });
        api.put("/api/users/resetPassword", body).await.invalid(&["newPassword", "newPasswordAgain"]);
        let body = json!({ "resetToken": "made-up", "newPassword": NEW, "newPasswordAgain": PASSWORD });
        api.put("/api/users/resetPassword", body).await.refused(400, "This password reset token does not exist");
        api.reset_password(&token, NEW).await.ok();
    }

    async fn a_change_takes_the_old_password(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let path = "/api/users/changePassword";
        let answer = rosa.put(path, change("wrong horse", NEW, "another 345")).await;
        answer.refused(400, "Old password does not match your current password");
        let answer = rosa.put(path, change(PASSWORD, NEW, "another 345")).await;
        answer.refused(400, "New passwords do not match");
        rosa.put(path, change("short", "x", "y")).await.invalid(&["oldPassword", "newPassword", "newPasswordAgain"]);
        app.api().post("/api/users/login", login(PASSWORD)).await.ok();

        let user = rosa.put(path, change(PASSWORD, NEW, NEW)).await.ok();
        assert_eq!(user, json!({ "id": rosa.id, "email": "rosa@harbor.test", "isAdmin": false }));
        rosa.get("/api/users/me").await.ok();
        app.api().post("/api/users/login", login(PASSWORD)).await.refused(403, "Invalid Password");
        app.api().post("/api/users/login", login(NEW)).await.ok();
    }
}
