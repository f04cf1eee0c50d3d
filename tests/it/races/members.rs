//! Concurrent changes of the same membership or environment.

use serde_json::json;

use super::{browser_of, member_addresses};
use crate::support::api::{Answer, Api};
use crate::support::app::App;
use crate::support::on_both;

struct Crew<'a> {
    rosa: Api<'a>,
    tomas: Api<'a>,
    environment: i64,
    /// The membership id of `tomas`.
    membership: i64,
}

async fn crew(app: &App, is_admin: bool) -> Crew<'_> {
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let tomas = app.unverified_user("tomas@harbor.test").await;
    let environment = rosa.environment("Harbor staging").await;
    let membership = tomas.join(&rosa, environment, "tomas@harbor.test", is_admin).await;
    Crew { rosa, tomas, environment, membership }
}

impl Crew<'_> {
    async fn promote(&self) -> Answer {
        self.rosa.put("/api/environment/invites/promote", json!({ "envUserId": self.membership })).await
    }

    async fn withdraw(&self, who: &Api<'_>) -> Answer {
        who.delete(&format!("/api/environment/invites/{}", self.membership)).await
    }

    async fn members(&self) -> Vec<String> {
        member_addresses(&self.rosa, self.environment).await
    }
}

const EVENLY: usize = 6;

#[track_caller]
fn assert_no_fault(answer: &Answer) {
    assert!(answer.status == 200 || (400..500).contains(&answer.status), "{answer:?}");
}

on_both! {
    async fn promoting_and_leaving(app: App) {
        let mut crew = crew(&app, false).await;
        for _ in 0..EVENLY {
            let (promoted, left) = tokio::join!(crew.promote(), crew.withdraw(&crew.tomas));
            assert_no_fault(&promoted);
            assert_eq!(left.status, 200, "{left:?}");
            assert_eq!(crew.members().await, ["rosa@harbor.test"]);
            crew.membership = crew.tomas.join(&crew.rosa, crew.environment, "tomas@harbor.test", false).await;
        }
    }

    async fn removing_and_leaving(app: App) {
        let mut crew = crew(&app, false).await;
        for _ in 0..EVENLY {
            let (removed, left) = tokio::join!(crew.withdraw(&crew.rosa), crew.withdraw(&crew.tomas));
            assert_no_fault(&removed);
            assert_no_fault(&left);
            assert!(removed.status == 200 || left.status == 200, "{removed:?} {left:?}");
            assert_eq!(crew.members().await, ["rosa@harbor.test"]);
            crew.membership = crew.tomas.join(&crew.rosa, crew.environment, "tomas@harbor.test", false).await;
        }
    }

    async fn promoting_and_removing(app: App) {
        let mut crew = crew(&app, false).await;
        for _ in 0..EVENLY {
            let (promoted, removed) = tokio::join!(crew.promote(), crew.withdraw(&crew.rosa));
            assert_no_fault(&promoted);
            assert_eq!(removed.status, 200, "{removed:?}");
            assert_eq!(crew.members().await, ["rosa@harbor.test"]);
            crew.membership = crew.tomas.join(&crew.rosa, crew.environment, "tomas@harbor.test", false).await;
        }
    }

    async fn inviting_and_losing_the_right(app: App) {
        let mut crew = crew(&app, true).await;
        app.api().sign_up("mia@harbor.test").await;
        app.deliver().await;
        for _ in 0..EVENLY {
            let body = json!({ "environmentId": crew.environment, "userEmail": "mia@harbor.test", "isAdmin": false });
            let (invited, removed) =
                tokio::join!(crew.tomas.post("/api/environment/invites", body), crew.withdraw(&crew.rosa));
            assert_no_fault(&invited);
            assert_eq!(removed.status, 200, "{removed:?}");
            let mails = app.deliver().await;
            assert!(mails.iter().all(|mail| mail.to != "mia@harbor.test"), "an invitation outlived its inviter's right");
            crew.membership = crew.tomas.join(&crew.rosa, crew.environment, "tomas@harbor.test", true).await;
            app.deliver().await;
        }
    }

    async fn handing_over_and_leaving_keep_one_owner(app: App) {
        for round in 0..4 {
            let rosa = app.unverified_user(&format!("rosa-{round}@harbor.test")).await;
            let tomas = app.unverified_user(&format!("tomas-{round}@harbor.test")).await;
            let environment = rosa.environment(&format!("Harbor {round}")).await;
            let membership = tomas.join(&rosa, environment, &format!("tomas-{round}@harbor.test"), true).await;
            let mut browser = browser_of(&app, &rosa);
            browser.get(&format!("/environments/{environment}/edit")).await;
            browser.submit("Hand over", &[("userId", &tomas.id.to_string())]).await;
            assert!(browser.buttons().contains(&"Hand over".to_owned()), "{}", browser.text());
            let leaving = format!("/api/environment/invites/{membership}");
            let (browser, left) = tokio::join!(browser.submit("Hand over", &[]), tomas.delete(&leaving));
            assert!(browser.status < 500, "{}", browser.text());
            assert_no_fault(&left);
            let mut page = browser_of(&app, &rosa);
            page.get(&format!("/environments/{environment}/sharing")).await;
            assert_eq!(page.status, 200, "{}", page.text());
            let rights = page.select("section[aria-labelledby=members] td[data-label=Right]");
            let owners = rights.iter().filter(|right| right.contains("Owner")).count();
            assert_eq!(owners, 1, "{rights:?}");
            let handed_over = page.select("section[aria-labelledby=members] tbody tr").len() == 2;
            assert_eq!(left.status != 200, handed_over, "{left:?} {}", page.text());
        }
    }

    async fn deleting_and_everything_else(app: App) {
        for round in 0..4 {
            let rosa = app.unverified_user(&format!("rosa-{round}@harbor.test")).await;
            let address = format!("tomas-{round}@harbor.test");
            let tomas = app.unverified_user(&address).await;
            let mia = app.unverified_user(&format!("mia-{round}@harbor.test")).await;
            let environment = rosa.environment(&format!("Harbor {round}")).await;
            let invite = rosa.invite(environment, &address, false).await;
            let body = json!({
                "environmentId": environment, "userEmail": format!("mia-{round}@harbor.test"), "isAdmin": false,
            });
            let path = format!("/api/environments/{environment}");
            let (deleted, accepted, invited, looked) = tokio::join!(
                rosa.delete(&path),
                tomas.accept(invite["inviteCode"].as_str().unwrap()),
                rosa.post("/api/environment/invites", body),
                rosa.get(&path)
            );
            assert_eq!(deleted.status, 200, "{deleted:?}");
            for answer in [&accepted, &invited, &looked] {
                assert_no_fault(answer);
            }
            for who in [&rosa, &tomas, &mia] {
                let answer = who.get(&path).await;
                assert!((400..500).contains(&answer.status), "{answer:?}");
            }
            app.deliver().await;
        }
    }

    async fn one_name_is_taken_once(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let body = crate::support::api::environment_body("Harbor staging");
        let answers =
            futures_util::future::join_all((0..5).map(|_| rosa.post("/api/environments", body.clone()))).await;
        answers.iter().for_each(assert_no_fault);
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
    }

    async fn one_address_signs_up_once(app: App) {
        let body = json!({ "email": "rosa@harbor.test", "password": crate::support::app::PASSWORD, "agreeToTerms": true });
        let api = app.api();
        let answers =
            futures_util::future::join_all((0..4).map(|_| api.post("/api/users/signup", body.clone()))).await;
        answers.iter().for_each(assert_no_fault);
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1);
        assert_eq!(app.deliver().await.len(), 1);
    }
}
