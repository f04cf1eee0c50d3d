//! The story of the Yeep API: from a session to a member with a role.

use serde_json::json;

use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn a_program_invites_and_a_newcomer_joins_with_what_was_offered(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let org = nadia.call("org.create", json!({ "name": "Orbit Labs", "slug": "Orbit" })).await.ok();
        assert_eq!((&org["org"]["name"], &org["org"]["slug"]), (&json!("Orbit Labs"), &json!("orbit")));
        let org = org["org"]["id"].as_str().unwrap();
        let permission = json!({ "name": "Orbit.Deploy", "description": "May deploy", "scope": org });
        let permission = nadia.call("permission.create", permission).await.ok()["permission"].clone();
        assert_eq!(permission["name"], "orbit.deploy");
        let role = json!({ "name": "orbit:operator", "permissions": [permission["id"]], "scope": org });
        let role = nadia.call("role.create", role).await.ok()["role"].clone();
        assert_eq!(role["permissions"], json!([permission["id"]]));

        let ask = json!({
            "userKey": "Tomas@orbit.test",
            "orgId": org,
            "roles": { "id": role["id"], "resourceId": "7" },
            "permissions": [permission["id"]],
        });
        nadia.call("user.invite", ask).await.plain();
        let mail = app.mail_to("tomas@orbit.test").await;
        assert!(mail.link().starts_with("/invitations/"), "{}", mail.text);

        let nobody = app.rpc();
        let token = mail.token();
        nobody.call("user.join", json!({ "token": token })).await.invalid(json!([[["username"], "any.required"]]));
        let join = json!({ "token": token, "username": "Tomas", "password": PASSWORD, "fullName": "Tomas Vale" });
        let joined = nobody.call("user.join", join.clone()).await.ok()["user"].clone();
        assert_eq!(joined["orgs"], json!([org]));
        assert_eq!(
            joined["emails"],
            json!([{ "address": "tomas@orbit.test", "isVerified": true, "isPrimary": true }])
        );
        nobody.call("user.join", join).await.refused(10027, "Token does not exist or has already expired");

        let tomas = app.rpc_as("tomas").await;
        let ask = json!({ "id": joined["id"], "projection": { "roles": true, "permissions": true } });
        let told = tomas.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!(told["roles"], json!([{
            "id": role["id"], "name": "orbit:operator", "isSystemRole": false, "orgId": org, "resourceId": 7,
        }]));
        let permissions = told["permissions"].as_array().unwrap();
        assert_eq!(permissions.len(), 2, "{permissions:?}");
        assert!(permissions.iter().all(|held| held["name"] == "orbit.deploy" && held["orgId"] == org));
    }

    async fn a_bearer_opens_the_other_api_too(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let token = nadia.token.clone().unwrap();
        let header = format!("Bearer {token}");
        let me = app.api().send(rocket::http::Method::Get, "/api/users/me", &[("Authorization", &header)], "").await;
        assert_eq!(me.ok()["email"], "nadia@orbit.test");
        nadia.call("session.destroy", json!({})).await.plain();
        nadia.call("session.info", json!({})).await.masked();
        let me = app.api().send(rocket::http::Method::Get, "/api/users/me", &[("Authorization", &header)], "").await;
        me.refused(403, "login required");
    }

    async fn a_bearer_that_is_none_is_told_from_one_that_ended(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let good = nadia.token.clone().unwrap();
        let mut forged = app.rpc();
        for bad in ["", "x", &good[..good.len() - 1], &format!("{}0", &good[..good.len() - 1]), "usher_"] {
            if bad == good {
                continue;
            }
            forged.token = Some(bad.to_owned());
            forged.call("session.info", json!({})).await.refused(401, "Invalid authorization token");
        }
        app.advance(std::time::Duration::from_hours(7 * 24));
        nadia.call("session.info", json!({})).await.refused(401, "Invalid authorization token");
    }
}
