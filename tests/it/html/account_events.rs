//! Events of accounts, as they are told in the activity of everything: sign-ins, passwords, superusers.

use std::time::Duration;

use serde_json::json;

use super::records::{at, rows, sofia, somebody};
use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn what_is_done_to_accounts_is_told_with_its_address(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        let mut other = app.browser();
        other.remote = Some(at(8));
        other.sign_in("rosa@harbor.test").await;
        rosa.get("/account/sessions").await.submit("End all others", &[]).await;
        let new = "another horse 1";
        rosa.get("/account").await;
        let fields = [("oldPassword", PASSWORD), ("newPassword", new), ("newPasswordAgain", new)];
        rosa.post_fields("/account/password", &fields).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        rosa.post_fields("/sign-out", &[]).await;
        let mut stranger = app.browser();
        stranger.remote = Some(at(9));
        stranger.get("/password/forgot").await.submit("Send me a link", &[("email", "rosa@harbor.test")]).await;
        let mails = app.deliver().await;
        let link = mails.iter().rfind(|mail| mail.text.contains("/password/reset/")).unwrap().link();
        rosa.get(&link).await;
        rosa.submit("Change the password", &[("newPassword", PASSWORD), ("newPasswordAgain", PASSWORD)]).await;
        assert_eq!(rosa.status, 200, "{}", rosa.text());
        rosa.sign_in("rosa@harbor.test").await;
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test").await;
        assert_eq!(
            told,
            [
                "rosa from 203.0.113.7 signed in / none",
                "rosa from 203.0.113.7 set a new password by a mailed link / none",
                "Somebody from 203.0.113.9 asked for a link to a new password for the account of rosa / none",
                "rosa from 203.0.113.7 signed out / none",
                "rosa from 203.0.113.7 changed their password / none",
                "rosa from 203.0.113.7 ended all their other sessions / none",
                "rosa from 203.0.113.8 signed in / none",
                "rosa from 203.0.113.7 confirmed the address rosa@harbor.test / none",
                "rosa from 203.0.113.7 made an account with the address rosa@harbor.test / none",
            ]
        );
        let by_topic = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=passwords").await;
        assert_eq!(by_topic, [told[1].as_str(), &told[2], &told[4]]);
        // Her own list is the same, also with the address of whoever wanted to get into her account.
        assert_eq!(rows(&mut rosa, "/account/activity").await, told);
        stranger.sign_in_with("rosa@harbor.test", "not my horse").await;
        let refused = "was not signed in to the account of rosa: the password was wrong / none";
        assert_eq!(rows(&mut rosa, "/account/activity").await[0], format!("Somebody from 203.0.113.9 {refused}"));
    }

    async fn who_confirms_an_address_signed_out_is_not_taken_for_the_account(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = app.browser();
        rosa.remote = Some(at(7));
        rosa.sign_up("rosa@harbor.test").await;
        let mut somebody = app.browser();
        somebody.remote = Some(at(9));
        somebody.get(&app.mail_to("rosa@harbor.test").await.link()).await;
        somebody.submit("Confirm this address", &[]).await;
        assert_eq!(somebody.status, 200, "{}", somebody.text());
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=account").await;
        assert_eq!(told[0], "Somebody from 203.0.113.9 confirmed the address rosa@harbor.test / none");
        // Whoever made the account in her name does not learn where she is.
        rosa.sign_in("rosa@harbor.test").await;
        let own = rows(&mut rosa, "/account/activity?kind=account").await;
        assert_eq!(own[0], "Somebody confirmed the address rosa@harbor.test / none");
    }

    async fn programs_are_told_like_pages(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = app.user("rosa@harbor.test").await;
        rosa.remote = Some(at(7));
        rosa.log_in("rosa@harbor.test").await;
        let wrong = json!({ "email": "rosa@harbor.test", "password": "not my horse" });
        rosa.post("/api/users/login", wrong).await.refused_somehow(403);
        let key = json!({ "userKey": "rosa@harbor.test", "password": "not my horse" });
        app.rpc().call("session.create", key).await;
        let rpc = app.rpc_as("rosa@harbor.test").await;
        rpc.call("session.destroy", json!({})).await.plain();
        rosa.put("/api/users/logout", json!({})).await.ok();
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=sign-ins").await;
        let refused = "was not signed in to the account of rosa: the password was wrong / none";
        let latest = [
            "rosa from 203.0.113.7 signed out / none".to_owned(),
            "rosa signed out / none".to_owned(),
            "rosa signed in / none".to_owned(),
            format!("Somebody {refused}"),
            format!("Somebody from 203.0.113.7 {refused}"),
            "rosa from 203.0.113.7 signed in / none".to_owned(),
        ];
        assert_eq!(told[..6], latest);
    }

    async fn refused_sign_ins_are_told_and_counted_and_bounded(app: App, rate_limits_enabled = true) {
        let mut sofia = sofia(&app).await;
        somebody(&app, "rosa@harbor.test", 7).await;
        let mut stranger = app.browser();
        stranger.remote = Some(at(9));
        for number in 0..13 {
            stranger.sign_in_with("rosa@harbor.test", "not my horse").await;
            assert_eq!(stranger.status, if number < 10 { 422 } else { 429 });
        }
        let path = "/activity?person=rosa@harbor.test&kind=sign-ins";
        let told = rows(&mut sofia, path).await;
        let refused = "Somebody from 203.0.113.9 was not signed in to the account of rosa";
        assert_eq!(told.len(), 11, "{told:?}");
        assert_eq!(
            told[0],
            format!("{refused}: after too many wrong passwords nobody is let in for a while / none")
        );
        assert!(told[1..].iter().all(|row| *row == format!("{refused}: the password was wrong / none")), "{told:?}");
        app.advance(Duration::from_mins(16));
        stranger.sign_in("rosa@harbor.test").await;
        assert_eq!((stranger.path.as_str(), rows(&mut sofia, path).await.len()), ("/", 12));

        // Of an unknown name nothing is kept: it may be a password.
        for _ in 0..3 {
            let mut stranger = app.browser();
            stranger.sign_in_with("my secret horse", "my other horse").await;
            assert_eq!(stranger.status, 422);
        }
        assert!(!sofia.get("/activity.csv").await.body.contains("horse"), "{}", sofia.body);
    }

    async fn a_deactivated_account_is_told_of_up_to_a_number(app: App, rate_limits_enabled = true) {
        let mut sofia = sofia(&app).await;
        let rosa = app.user("rosa@harbor.test").await;
        let users = sofia.get("/users?search=rosa").await.attribute("tbody th a", "href").unwrap();
        sofia.post_fields(&format!("{users}/deactivate"), &[]).await;
        assert_eq!(sofia.status, 200, "{}", sofia.text());
        for _ in 0..12 {
            let body = json!({ "email": "rosa@harbor.test", "password": PASSWORD });
            rosa.post("/api/users/login", body).await.refused_somehow(403);
        }
        let mut page = app.browser();
        page.sign_in("rosa@harbor.test").await;
        assert_eq!(page.status, 422);
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=sign-ins").await;
        let refused = "Somebody was not signed in to the account of rosa: it is deactivated / none";
        assert_eq!(told.iter().filter(|row| *row == refused).count(), 10, "{told:?}");
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=account").await;
        assert_eq!(told[0], "Sofia from 203.0.113.1 deactivated the account of rosa / none");
    }

    async fn a_deactivated_account_with_its_password_gains_no_session_and_no_new_attempts(
        app: App,
        rate_limits_enabled = true
    ) {
        let mut sofia = sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        let sessions = rosa.get("/account/sessions").await.select("tbody th").len();
        let page = sofia.get("/users?search=rosa").await.attribute("tbody th a", "href").unwrap();
        sofia.post_fields(&format!("{page}/deactivate"), &[]).await;
        let mut again = app.browser();
        for number in 0..13 {
            again.sign_in("rosa@harbor.test").await;
            assert_eq!(again.status, if number < 10 { 422 } else { 429 }, "{number}");
        }
        let told = rows(&mut sofia, "/activity?person=rosa@harbor.test&kind=sign-ins").await;
        assert_eq!(told.iter().filter(|row| row.contains("it is deactivated")).count(), 10, "{told:?}");
        assert_eq!(told.iter().filter(|row| row.contains("too many wrong")).count(), 1, "{told:?}");
        sofia.get(&page).await.submit("Activate", &[]).await;
        assert_eq!(rosa.get("/account/sessions").await.select("tbody th").len(), sessions);
    }

    async fn superusers_and_what_the_installation_does_are_told(app: App) {
        let mut sofia = sofia(&app).await;
        somebody(&app, "rosa@harbor.test", 7).await;
        let rosas = sofia.get("/users?search=rosa").await.attribute("tbody th a", "href").unwrap();
        sofia.post_fields(&format!("{rosas}/superuser"), &[]).await;
        assert_eq!(sofia.status, 200, "{}", sofia.text());
        sofia.post_fields(&format!("{rosas}/superuser/take-back"), &[]).await;
        assert_eq!(sofia.status, 200, "{}", sofia.text());
        let told = rows(&mut sofia, "/activity?kind=system").await;
        assert_eq!(
            told,
            [
                "Sofia from 203.0.113.1 took away that rosa is a superuser / none",
                "Sofia from 203.0.113.1 made rosa a superuser / none",
                "Sofia made Sofia a superuser / none",
            ]
        );
    }

    async fn a_program_of_a_token_signs_out_by_revoking_it(app: App) {
        let mut sofia = sofia(&app).await;
        let mut rosa = somebody(&app, "rosa@harbor.test", 7).await;
        rosa.make_token("nightly").await;
        let mut program = app.rpc();
        program.token = Some(rosa.value("token"));
        program.call("session.destroy", json!({})).await.plain();
        let told = rows(&mut sofia, "/activity?kind=tokens").await;
        assert_eq!(told, ["rosa revoked the access token nightly / none", "rosa from 203.0.113.7 made the access token nightly / none"]);
    }

    async fn a_newcomer_and_ended_sessions_are_told(app: App) {
        let mut sofia = sofia(&app).await;
        let rosa = app.user("rosa@harbor.test").await;
        let environment = rosa.environment("Harbor staging").await;
        let mut inviter = app.browser_of(&rosa);
        inviter.get(&format!("/environments/{environment}/sharing")).await;
        inviter.submit("Invite", &[("userEmail", "nadia@harbor.test")]).await;
        let mut nadia = app.browser();
        nadia.remote = Some(at(7));
        nadia.get(&app.mail_to("nadia@harbor.test").await.link()).await;
        nadia.submit("Join", &[("fullName", "Nadia Quay"), ("password", PASSWORD)]).await;
        assert_eq!(nadia.status, 200, "{}", nadia.text());
        app.api().log_in_again("nadia@harbor.test").await;
        nadia.get("/account/sessions").await;
        let sessions = nadia.select("tbody th");
        let other = sessions.iter().position(|row| !row.contains("This one")).unwrap() + 1;
        let other = nadia.attribute(&format!("tbody tr:nth-child({other}) button"), "formaction").unwrap();
        nadia.post_fields(&other, &[]).await;
        nadia.get("/account/sessions").await.submit("End", &[]).await;
        let told = rows(&mut sofia, "/activity?person=nadia@harbor.test").await;
        assert_eq!(
            told,
            [
                "Nadia Quay from 203.0.113.7 signed out / none",
                "Nadia Quay from 203.0.113.7 ended one of their other sessions / none",
                "Nadia Quay signed in / none",
                "Nadia Quay from 203.0.113.7 joined as a member, invited by rosa / Harbor staging",
                "Nadia Quay from 203.0.113.7 made an account with the address nadia@harbor.test / none",
            ]
        );
    }
}
