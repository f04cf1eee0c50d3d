//! Sections 7.3 and 7.4: declining, leaving, revoking, removing, promoting.

use serde_json::json;

use crate::support::api::code_of;
use crate::support::on_both;

const PROMOTE: &str = "/api/environments/invites/promote";

on_both! {
    async fn the_invitee_declines(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        assert_eq!(tomas.end_membership(&invite["id"]).await.ok()["affectedRows"], 1);
        for api in [&tomas, &rosa] {
            api.end_membership(&invite["id"]).await.refused(404, "Not Found");
        }
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
    }

    async fn a_member_leaves(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        for admin in [false, true] {
            let membership = tomas.join(&rosa, id, "tomas@harbor.test", admin).await;
            assert_eq!(tomas.membership(id).await, membership);
            assert_eq!(tomas.end_membership(membership).await.ok()["affectedRows"], 1);
            assert_eq!(tomas.membership(id).await, 0);
            tomas.get(&format!("/api/environments/{id}")).await.refused(401, "Unauthorized");
            tomas.end_membership(membership).await.refused(404, "Not Found");
        }
    }

    async fn strangers_and_plain_members_end_nothing_of_others(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let nils = app.unverified_user("nils@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let tomass = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let iness = ines.join(&rosa, id, "ines@harbor.test", false).await;
        let invite = rosa.invite(id, "nils@harbor.test", true).await;
        let rosas = rosa.membership(id).await;
        tomas.end_membership(&invite["id"]).await.refused(401, "Unauthorized");
        tomas.end_membership(iness).await.refused(401, "Unauthorized");
        tomas.end_membership(rosas).await.refused(401, "Unauthorized");
        nils.end_membership(tomass).await.refused(401, "Unauthorized");
        let stranger = app.unverified_user("stranger@harbor.test").await;
        for membership in [tomass, rosas, invite["id"].as_i64().unwrap()] {
            stranger.end_membership(membership).await.refused(401, "Unauthorized");
        }
        let count = rosa.get(&format!("/api/environments/{id}/users/count")).await.ok();
        assert_eq!(count, json!({ "count": 3 }));
        nils.accept(code_of(&invite)).await.ok();
    }

    async fn the_owner_stays(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let owners = rosa.membership(id).await;
        assert_ne!(owners, 0, "the owner has no membership to name");
        for api in [&rosa, &tomas] {
            api.end_membership(owners).await.refused_somehow(409);
        }
        rosa.get(&format!("/api/environments/{id}")).await.ok();
    }

    async fn an_administrator_takes_invites_back_and_removes_members(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        app.unverified_user("nils@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let iness = ines.join(&rosa, id, "ines@harbor.test", true).await;
        let invite = rosa.invite(id, "nils@harbor.test", false).await;
        assert_eq!(tomas.end_membership(&invite["id"]).await.ok()["affectedRows"], 1);
        assert_eq!(tomas.end_membership(iness).await.ok()["affectedRows"], 1);
        ines.get(&format!("/api/environments/{id}")).await.refused(401, "Unauthorized");
        rosa.end_membership(&invite["id"]).await.refused(404, "Not Found");
        rosa.end_membership(iness).await.refused(404, "Not Found");
    }

    async fn an_administrator_promotes(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let ines = app.unverified_user("ines@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let tomass = tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        let iness = ines.join(&rosa, id, "ines@harbor.test", false).await;
        let stranger = app.unverified_user("stranger@harbor.test").await;
        for api in [&tomas, &ines, &stranger] {
            api.put(PROMOTE, json!({ "envUserId": tomass })).await.refused(401, "Unauthorized");
        }
        assert_eq!(tomas.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], false);
        for id in [json!(tomass), json!(tomass.to_string())] {
            assert_eq!(rosa.put(PROMOTE, json!({ "envUserId": id })).await.ok(), json!({}));
        }
        assert_eq!(tomas.put(PROMOTE, json!({ "envUserId": iness })).await.ok(), json!({}));
        assert_eq!(ines.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], true);
    }

    async fn what_is_no_membership_is_not_promoted(app: App) {
        let rosa = app.unverified_user("rosa@harbor.test").await;
        let tomas = app.unverified_user("tomas@harbor.test").await;
        let id = rosa.environment("Harbor staging").await;
        let invite = rosa.invite(id, "tomas@harbor.test", false).await;
        rosa.put(PROMOTE, json!({ "envUserId": invite["id"] })).await.refused(404, "Not Found");
        tomas.put(PROMOTE, json!({ "envUserId": invite["id"] })).await.refused(404, "Not Found");
        rosa.put(PROMOTE, json!({ "envUserId": 999_999 })).await.refused(404, "Not Found");
        tomas.accept(code_of(&invite)).await.ok();
        assert_eq!(tomas.get(&format!("/api/environments/{id}/users/me")).await.ok()["isAdmin"], false);
        tomas.end_membership(&invite["id"]).await.ok();
        rosa.put(PROMOTE, json!({ "envUserId": invite["id"] })).await.refused(404, "Not Found");
    }
}
