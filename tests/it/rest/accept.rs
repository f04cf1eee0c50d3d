//! Section 7.2: accepting.

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::json;

use crate::support::api::{Answer, Api, code_of};
use crate::support::app::{App, START};
use crate::support::on_both;

const DAY: Duration = Duration::from_hours(24);
const MOMENT: Duration = Duration::from_millis(1);
const USED: &str = "Invite has already been accepted";

/// The one response to unknown and dead codes: it names no environment.
#[track_caller]
fn is_unknown(answer: &Answer, environment: i64) {
    answer.refused_somehow(404);
    let message = answer.json()["message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("Environment ") && message.ends_with(" does not exist"), "{message}");
    assert_ne!(message, format!("Environment {environment} does not exist"));
    assert!(!message.contains("Harbor"), "{message}");
}

/// Rosa with an environment, and Tomas.
async fn two(app: &App) -> (Api<'_>, Api<'_>, i64) {
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let tomas = app.unverified_user("tomas@harbor.test").await;
    let id = rosa.environment("Harbor staging").await;
    (rosa, tomas, id)
}

on_both! {
    async fn the_answer_is_the_full_form_with_the_keys(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        app.advance(MOMENT);
        let joined = tomas.accept(code_of(&invite)).await.ok();
        let mut seen = tomas.get(&format!("/api/environments/{id}")).await.ok();
        assert_eq!((&seen["accessKey"], &seen["secretKey"]), (&json!(""), &json!("")));
        seen["accessKey"] = json!("AKHARBOR01");
        seen["secretKey"] = json!("s3cr3t/harbor+1");
        assert_eq!(joined, seen);
        let me = tomas.get(&format!("/api/environments/{id}/users/me")).await.ok();
        assert_eq!((&me["id"], &me["isMember"], &me["isAdmin"]), (&invite["id"], &json!(true), &json!(false)));
        let members = rosa.get(&format!("/api/environments/{id}/users/list")).await.ok();
        let members = members.as_array().unwrap();
        let mine = members.iter().find(|member| member["userId"] == tomas.id).unwrap();
        assert_eq!(mine["acceptedAt"], START.millis() + 1);
    }

    async fn a_code_matches_in_any_case(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let mut invite = rosa.invite(id, "tomas@harbor.test", false).await;
        while !code_of(&invite).contains(|c: char| c.is_ascii_lowercase()) {
            invite = rosa.invite(id, "tomas@harbor.test", false).await;
        }
        tomas.accept(&code_of(&invite).to_uppercase()).await.ok();
        tomas.accept(code_of(&invite)).await.refused(409, USED);
    }

    async fn an_unknown_code_and_anothers_look_alike(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let code = code_of(&invite);
        let unknown = if code == "00000000" { "00000001" } else { "00000000" };
        for api in [&ines, &rosa] {
            let (foreign, unknown) = (api.accept(code).await, api.accept(unknown).await);
            is_unknown(&foreign, id);
            is_unknown(&unknown, id);
            let hide = |answer: &Answer, code: &str| answer.text.replace(code, "…");
            assert_eq!(hide(&foreign, code), hide(&unknown, "00000000"));
        }
        assert_eq!(ines.get("/api/environments").await.ok(), json!([]));
        tomas.accept(code).await.ok();
        is_unknown(&ines.accept(code).await, id);
    }

    async fn a_used_code_is_used_up(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        tomas.accept(code_of(&invite)).await.ok();
        tomas.accept(code_of(&invite)).await.refused(409, USED);
        app.advance(DAY + MOMENT);
        tomas.log_in_again("tomas@harbor.test").await.accept(code_of(&invite)).await.refused(409, USED);
    }

    async fn a_used_code_lets_nobody_back_in(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        tomas.accept(code_of(&invite)).await.ok();
        tomas.end_membership(&invite["id"]).await.ok();
        tomas.accept(code_of(&invite)).await.refused(409, USED);
        assert_eq!(tomas.get("/api/environments").await.ok(), json!([]));
    }

    async fn a_member_by_another_invite_has_accepted(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let first = rosa.invite(id, "tomas@harbor.test", true).await;
        let second = rosa.invite(id, "tomas@harbor.test", false).await;
        tomas.accept(code_of(&second)).await.ok();
        tomas.accept(code_of(&first)).await.refused(409, USED);
        assert_eq!(tomas.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], false);
    }

    async fn an_invite_is_open_for_a_day(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        app.advance(DAY + MOMENT);
        let tomas = tomas.log_in_again("tomas@harbor.test").await;
        tomas.accept(code_of(&invite)).await.refused(409, "Invitation has expired");
        assert_eq!(tomas.get("/api/environments").await.ok(), json!([]));

        let rosa = rosa.log_in_again("rosa@harbor.test").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        app.advance(DAY - MOMENT);
        tomas.log_in_again("tomas@harbor.test").await.accept(code_of(&invite)).await.ok();
    }

    async fn an_expired_code_of_another_is_unknown(app: App) {
        let (rosa, _, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        app.advance(DAY + MOMENT);
        let rosa = rosa.log_in_again("rosa@harbor.test").await;
        is_unknown(&rosa.accept(code_of(&invite)).await, id);
    }

    async fn a_retired_code_is_unknown_even_when_expired(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let former = rosa.invite(id, "tomas@harbor.test", false).await;
        rosa.invite(id, "tomas@harbor.test", false).await;
        app.advance(DAY + MOMENT);
        is_unknown(&tomas.log_in_again("tomas@harbor.test").await.accept(code_of(&former)).await, id);
    }

    async fn a_declined_code_is_unknown(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        tomas.end_membership(&invite["id"]).await.ok();
        is_unknown(&tomas.accept(code_of(&invite)).await, id);
    }

    async fn a_revoked_code_is_unknown(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        rosa.end_membership(&invite["id"]).await.ok();
        is_unknown(&tomas.accept(code_of(&invite)).await, id);
    }

    async fn a_code_dies_with_its_inviters_membership(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let membership = ines.join(&rosa, id, "ines@harbor.test", true).await;
        let invite = ines.invite(id, "tomas@harbor.test", false).await;
        ines.end_membership(membership).await.ok();
        is_unknown(&tomas.accept(code_of(&invite)).await, id);

        let membership = ines.join(&rosa, id, "ines@harbor.test", true).await;
        is_unknown(&tomas.accept(code_of(&invite)).await, id);
        let invite = ines.invite(id, "tomas@harbor.test", false).await;
        rosa.end_membership(membership).await.ok();
        is_unknown(&tomas.accept(code_of(&invite)).await, id);
    }

    async fn a_code_dies_when_its_inviter_is_demoted(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let ines = app.unverified_user("ines@harbor.test").await;
        ines.join(&rosa, id, "ines@harbor.test", true).await;
        let invite = ines.invite(id, "tomas@harbor.test", false).await;
        let mut browser = app.browser();
        browser.sign_in("rosa@harbor.test").await;
        browser.demote_first(&format!("/environments/{id}/sharing")).await;
        assert_eq!(ines.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], false);
        is_unknown(&tomas.accept(code_of(&invite)).await, id);
    }

    async fn of_simultaneous_accepts_one_succeeds(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let answers = join_all((0..8).map(|_| tomas.accept(code_of(&invite)))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        for answer in answers.iter().filter(|answer| answer.status != 200) {
            answer.refused(409, USED);
        }
        let count = rosa.get(&format!("/api/environments/{id}/users/count")).await.ok();
        assert_eq!(count, json!({ "count": 2 }));
        app.deliver().await;
    }

    async fn accepting_and_revoking_at_once_agree(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let (accepted, revoked) = tokio::join!(tomas.accept(code_of(&invite)), rosa.end_membership(&invite["id"]));
        let member = tomas.membership(id).await != 0;
        match (accepted.status, revoked.status) {
            // The second request removed the membership, and with it the right.
            (200 | 404, 200) => assert!(!member),
            (200, 404) => assert!(member),
            other => panic!("{other:?}"),
        }
    }

    async fn the_mailed_link_and_the_code_are_one_invite(app: App) {
        let (rosa, tomas, id) = two(&app).await;
        app.deliver().await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        let link = app.mail_to("tomas@harbor.test").await.link();
        let mut browser = app.browser_of(&tomas);
        browser.get(&link).await.submit("Accept", &[]).await;
        assert_eq!(browser.status, 200, "{}", browser.body);
        assert_ne!(tomas.membership(id).await, 0);
        tomas.accept(code_of(&invite)).await.refused(409, USED);
    }
}
