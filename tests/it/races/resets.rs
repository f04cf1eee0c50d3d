//! A password reset concurrent with uses of the old password or of its sessions: none of them survive the reset.

use futures_util::future::join_all;
use serde_json::json;

use super::browser_of;
use crate::support::app::PASSWORD;
use crate::support::on_both;

const NEW: &str = "better horse 2";

on_both! {
    async fn nothing_of_the_old_password_outlives_a_reset(app: App) {
        for round in 0..6 {
            let address = format!("rosa-{round}@harbor.test");
            let rosa = app.user(&address).await;
            rosa.forget_password(&address).await.ok();
            let link = app.mail_to(&address).await.token();
            let mut page = browser_of(&app, &rosa);
            page.get("/account/tokens").await;
            let old = json!({ "email": address, "password": PASSWORD });
            let change = json!({ "oldPassword": PASSWORD, "newPassword": "worse horse 3", "newPasswordAgain": "worse horse 3" });

            let owner = app.api();
            let thieves: Vec<_> = (0..4).map(|_| app.api()).collect();
            let sign_ins = join_all(thieves.iter().map(|thief| thief.post("/api/users/login", old.clone())));
            let programs: Vec<_> = (0..4).map(|_| app.rpc()).collect();
            let body = json!({ "userKey": address, "password": PASSWORD });
            let bearers = join_all(programs.iter().map(|program| program.call("session.create", body.clone())));
            let token = [("name", "deploys"), ("expiresInSeconds", "31536000"), ("password", PASSWORD)];
            let (reset, opened, given, changed, _made) = tokio::join!(
                owner.reset_password(&link, NEW),
                sign_ins,
                bearers,
                rosa.put("/api/users/changePassword", change),
                page.submit("Make a token", &token)
            );
            assert!(changed.status < 500, "{changed:?}");
            // Of two that set a password, either may come last.
            if reset.status == 200 {
                let mut api = app.api();
                let answer = api.post("/api/users/login", json!({ "email": address, "password": NEW })).await;
                assert_eq!(answer.status, 200, "the reset was undone: {answer:?}");
                for answer in opened.iter().filter(|answer| answer.status == 200) {
                    let cookie = answer.session_cookie().unwrap().split(';').next().unwrap();
                    api.cookie = Some(cookie.to_owned());
                    assert_eq!(api.get("/api/users/me").await.status, 403, "a sign-in outlives the reset");
                }
                for told in given.iter().filter(|told| told.0.json()["ok"] == true) {
                    let mut program = app.rpc();
                    program.token = Some(told.0.json()["token"].as_str().unwrap().to_owned());
                    assert_eq!(program.call("session.info", json!({})).await.0.json()["ok"], false, "a bearer token outlives the reset");
                }
                if page.attribute("#token", "value").is_some() {
                    let mut program = app.rpc();
                    program.token = Some(page.value("token"));
                    assert_eq!(program.call("session.info", json!({})).await.0.json()["ok"], false, "an access token outlives the reset");
                }
            }
        }
    }

    async fn a_new_password_ends_the_links_to_another(app: App) {
        let rosa = app.user("rosa@harbor.test").await;
        rosa.forget_password("rosa@harbor.test").await.ok();
        let link = app.mail_to("rosa@harbor.test").await.token();
        let change = json!({ "oldPassword": PASSWORD, "newPassword": NEW, "newPasswordAgain": NEW });
        rosa.put("/api/users/changePassword", change).await.ok();
        assert_ne!(app.api().reset_password(&link, "worse horse 3").await.status, 200);
    }
}
