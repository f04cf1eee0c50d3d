//! Section 7.1: inviting.

use futures_util::future::join_all;
use serde_json::json;

use crate::support::api::code_of;
use crate::support::app::START;
use crate::support::on_both;

const PATH: &str = "/api/environment/invites";

on_both! {
    async fn the_answer_holds_the_seven_fields(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let body = json!({ "environmentId": id.to_string(), "userEmail": "tomas@harbor.test" });
        for path in [PATH, "/api/environments/invites"] {
            let invite = rosa.post(path, body.clone()).await.ok();
            assert!(invite["id"].as_i64().unwrap() > 0);
            let code = code_of(&invite);
            assert!(code.len() == 8 && code.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')), "{code}");
            for (field, value) in [
                ("environmentId", json!(id)),
                ("userId", json!(tomas.id)),
                ("isAdmin", json!(false)),
                ("accepted", json!(false)),
                ("createdAt", json!(START.millis())),
            ] {
                assert_eq!(invite[field], value, "{field}");
            }
            let known = [
                "id",
                "environmentId",
                "userId",
                "isAdmin",
                "inviteCode",
                "accepted",
                "createdAt",
                "email",
                "acceptedAt",
            ];
            assert!(invite.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{invite}");
        }
    }

    async fn an_invite_may_offer_administration(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        for (sent, offered) in
            [(json!(false), false), (json!("false"), false), (json!("true"), true), (json!(true), true)]
        {
            let body = json!({ "environmentId": id, "userEmail": "tomas@harbor.test", "isAdmin": sent });
            assert_eq!(rosa.post(PATH, body).await.ok()["isAdmin"], offered);
        }
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        assert_eq!(tomas.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], true);
    }

    async fn the_invitee_gets_a_mail_with_one_link(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        app.deliver().await;
        rosa.invite(id, "tomas@harbor.test", false).await;
        let mail = app.mail_to("tomas@harbor.test").await;
        assert!(mail.link().contains("/invitations/"), "{}", mail.text);
        for secret in ["AKHARBOR01", "s3cr3t/harbor+1", "salt-water"] {
            assert!(!mail.raw.contains(secret) && !mail.text.contains(secret) && !mail.html.contains(secret));
        }
    }

    async fn an_unknown_environment_and_a_foreign_one_look_alike(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        rosa.invite(id, "tomas@harbor.test", true).await;
        for id in [id, id + 1] {
            for address in ["rosa@harbor.test", "tomas@harbor.test", "nobody@harbor.test"] {
                let answer = tomas.post(PATH, json!({ "environmentId": id, "userEmail": address })).await;
                answer.refused(404, &format!("Environment {id} does not exist"));
            }
        }
    }

    async fn a_plain_member_cannot_invite(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let membership = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        app.unverified_user("ines@harbor.test").await;
        for address in ["ines@harbor.test", "nobody@harbor.test", "tomas@harbor.test", "rosa@harbor.test"] {
            let answer = tomas.post(PATH, json!({ "environmentId": id, "userEmail": address })).await;
            answer.refused(403, "Only environment administrators can invite");
        }
        rosa.put("/api/environments/invites/promote", json!({ "envUserId": membership })).await.ok();
        tomas.invite(id, "ines@harbor.test", true).await;
    }

    async fn an_unknown_invitee_is_named_as_sent(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        app.deliver().await;
        for address in ["nobody@harbor.test", "No.Body+x@GMail.com"] {
            let answer = rosa.post(PATH, json!({ "environmentId": id, "userEmail": address })).await;
            answer.refused(400, &format!("User {address} does not exist"));
        }
        assert!(app.deliver().await.is_empty());
    }

    async fn nobody_invites_themselves(app: App) {
        let rosa = app.unverified_user("rosa.diaz@gmail.com").await;
        let id = rosa.environment("Harbor staging").await;
        for own in ["rosa.diaz@gmail.com", "RosaDiaz+x@googlemail.com"] {
            let answer = rosa.post(PATH, json!({ "environmentId": id, "userEmail": own })).await;
            answer.refused(409, "Cannot invite yourself to environment");
        }
    }

    async fn members_and_the_owner_are_not_invited_again(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let membership = tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        for (inviter, address) in
            [(&rosa, "tomas@harbor.test"), (&rosa, "Tomas@Harbor.test"), (&tomas, "rosa@harbor.test")]
        {
            let answer = inviter.post(PATH, json!({ "environmentId": id, "userEmail": address })).await;
            answer.refused(409, &format!("User {address} is already a member"));
        }
        tomas.end_membership(membership).await.ok();
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
    }

    async fn inviting_again_retires_the_former_code(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let tomas = app.unverified_user("tomas.vale@gmail.com").await;
        let id = rosa.environment("Harbor staging").await;
        ines.join(&rosa, id, "ines@harbor.test", true).await;
        let first = rosa.invite(id, "tomas.vale@gmail.com", true).await;
        let second = ines.invite(id, "tomasvale+x@googlemail.com", true).await;
        let third = rosa.invite(id, "tomas.vale@gmail.com", false).await;
        assert_ne!(code_of(&first), code_of(&third));
        for retired in [&first, &second] {
            let answer = tomas.accept(code_of(retired)).await;
            answer.refused_somehow(404);
            assert_eq!(tomas.get("/api/environments").await.ok(), json!([]));
        }
        tomas.accept(code_of(&third)).await.ok();
        let count = rosa.get(&format!("/api/environments/{id}/users/count")).await.ok();
        assert_eq!(count, json!({ "count": 3 }));
        assert_eq!(tomas.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], false);
    }

    async fn of_simultaneous_invites_one_code_works(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let invites = join_all((0..5).map(|_| rosa.invite(id, "tomas@harbor.test", false))).await;
        let answers = join_all(invites.iter().map(|invite| tomas.accept(code_of(invite)))).await;
        assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
        assert!(answers.iter().all(|answer| [200, 404, 409].contains(&answer.status)), "{answers:?}");
        let count = rosa.get(&format!("/api/environments/{id}/users/count")).await.ok();
        assert_eq!(count, json!({ "count": 2 }));
    }
}
