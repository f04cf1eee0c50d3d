//! Section 4: accounts.

use futures_util::future::join_all;
use serde_json::json;

use crate::support::api::Api;
use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn a_sign_up_answers_the_user_and_logs_nobody_in(app: App) {
        let api = app.api();
        let body = json!({ "email": "rosa@harbor.test", "password": PASSWORD, "agreeToTerms": "true" });
        let answer = api.post("/api/users/signup", body).await;
        let user = answer.ok();
        assert!(user["id"].as_i64().unwrap() > 0);
        assert_eq!(user, json!({ "id": user["id"], "email": "rosa@harbor.test", "isAdmin": false }));
        assert_eq!(answer.session_cookie(), None);
    }

    async fn a_sign_up_needs_the_terms(app: App) {
        let api = app.api();
        for agreed in [json!(false), json!("false")] {
            let body = json!({ "email": "rosa@harbor.test", "password": PASSWORD, "agreeToTerms": agreed });
            api.post("/api/users/signup", body).await.refused(400, "You must accept the terms of use.");
        }
        let login = json!({ "email": "rosa@harbor.test", "password": PASSWORD });
        api.post("/api/users/login", login).await.refused(403, "User not found");
        let body = json!({ "email": "rosa", "password": "short", "agreeToTerms": false });
        api.post("/api/users/signup", body).await.invalid(&["email", "password"]);
    }

    async fn a_closed_sign_up_takes_nobody(app: App) {
        app.api().sign_up("rosa@harbor.test").await;
        let app = app.restarted_with("sign_up_open", false).await;
        let api = app.api();
        for address in ["tomas@harbor.test", "rosa@harbor.test"] {
            let mut body = json!({ "email": address, "password": PASSWORD, "agreeToTerms": true });
            api.post("/api/users/signup", body.clone()).await.refused(403, "Sign-up is closed");
            body["agreeToTerms"] = json!(false);
            api.post("/api/users/signup", body).await.refused(400, "You must accept the terms of use.");
        }
        app.api().log_in("rosa@harbor.test").await;
    }

    async fn an_address_has_one_account(app: App) {
        let api = app.api();
        api.sign_up("rosa.diaz@gmail.com").await;
        for same in ["rosa.diaz@gmail.com", "Rosa.Diaz@GMail.com", "rosadiaz+x@googlemail.com"] {
            let body = json!({ "email": same, "password": PASSWORD, "agreeToTerms": true });
            let answer = api.post("/api/users/signup", body).await;
            answer.refused(400, "An account with that email address already exists");
        }
        api.sign_up("rosa.diaz+x@harbor.test").await;
        api.sign_up("rosa.diaz@harbor.test").await;
    }

    async fn of_simultaneous_sign_ups_one_succeeds(app: App) {
        let api = app.api();
        let body = json!({ "email": "rosa@harbor.test", "password": PASSWORD, "agreeToTerms": true });
        let answers = join_all((0..6).map(|_| api.post("/api/users/signup", body.clone()))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(400, "An account with that email address already exists");
        }
    }

    async fn a_login_answers_the_user(app: App) {
        let api = app.api();
        let user = api.sign_up("rosa.diaz@gmail.com").await;
        for same in ["rosa.diaz@gmail.com", "ROSADIAZ@googlemail.com"] {
            let login = json!({ "email": same, "password": PASSWORD });
            assert_eq!(api.post("/api/users/login", login).await.ok(), user);
        }
    }

    async fn a_failed_login_says_why_and_sets_no_cookie(app: App) {
        let api = app.api();
        api.sign_up("rosa@harbor.test").await;
        for (address, password, message) in [
            ("tomas@harbor.test", PASSWORD, "User not found"),
            ("rosa@harbor.test", "correct horse 2", "Invalid Password"),
            ("rosa@harbor.test", " correct horse 1", "Invalid Password"),
            ("rosa@harbor.test", "correct horse 1 ", "Invalid Password"),
            ("rosa@harbor.test", "Correct Horse 1", "Invalid Password"),
        ] {
            let answer = api.post("/api/users/login", json!({ "email": address, "password": password })).await;
            answer.refused(403, message);
            assert_eq!(answer.session_cookie(), None);
        }
    }

    async fn a_deactivated_user_is_kept_out(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("rosa", &[]).await;
        let rosa = app.api().log_in_again("rosa@orbit.test").await;
        sofia.call("user.deactivate", json!({ "id": id })).await.ok();
        rosa.get("/api/users/me").await.refused(403, "login required");
        for password in [PASSWORD, "wrong horse 1"] {
            let answer = app.api().post("/api/users/login", json!({ "email": "rosa@orbit.test", "password": password })).await;
            answer.refused(403, "User is deactivated");
            assert_eq!(answer.session_cookie(), None);
        }
        app.deliver().await;
        let answer = app.api().forget_password("rosa@orbit.test").await;
        assert_eq!(answer.ok(), json!("An email will be sent to the provided address"));
        assert!(app.deliver().await.is_empty());
        sofia.call("user.activate", json!({ "id": id })).await.ok();
        rosa.get("/api/users/me").await.ok();
    }

    async fn a_password_is_taken_as_it_is(app: App) {
        let api = app.api();
        let password = "  p\u{e4}ss \u{1f980}\t word  ";
        let body = json!({ "email": "rosa@harbor.test", "password": password, "agreeToTerms": true });
        api.post("/api/users/signup", body).await.ok();
        let login = |password: &str| json!({ "email": "rosa@harbor.test", "password": password });
        api.post("/api/users/login", login(password)).await.ok();
        api.post("/api/users/login", login(password.trim())).await.refused(403, "Invalid Password");
    }

    async fn me_is_three_fields(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let expected = json!({ "id": rosa.id, "email": "rosa@harbor.test", "isAdmin": false });
        assert_eq!(rosa.get("/api/users/me").await.ok(), expected);
    }

    async fn the_list_of_users_is_for_superusers(app: App) {
        let master = Api::superuser(&app, "master@harbor.test").await;
        let rosa = app.unverified_user("rosa@harbor.test").await;
        rosa.get("/api/users").await.refused(403, "admin login required");
        let mut users = master.get("/api/users").await.ok();
        users.as_array_mut().unwrap().sort_by_key(|user| user["id"].as_i64());
        assert_eq!(
            users,
            json!([
                { "id": master.id, "email": "master@harbor.test", "isAdmin": true },
                { "id": rosa.id, "email": "rosa@harbor.test", "isAdmin": false },
            ])
        );
        assert_eq!(master.get("/api/users/me").await.ok(), users[0]);
    }
}
