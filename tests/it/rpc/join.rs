//! `user.join`: the order of its errors, and what a token allows.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{PERMISSION_ASSIGNMENT_WRITE, Rpc, USER_WRITE, permission, role, system_permission};

const DEAD: &str = "Token does not exist or has already expired";

pub async fn founder_and_org(app: &App) -> (Rpc<'_>, String) {
    let nadia = app.founder("nadia@orbit.test").await;
    let org = nadia.call("org.create", json!({ "name": "Orbit Labs", "slug": "orbit" })).await.ok();
    (nadia, org["org"]["id"].as_str().unwrap().to_owned())
}

pub async fn invite(app: &App, inviter: &Rpc<'_>, org: &str, address: &str) -> String {
    // Mails queued before are about something else.
    app.deliver().await;
    inviter.call("user.invite", json!({ "userKey": address, "orgId": org })).await.plain();
    app.mail_to(address).await.token()
}

pub fn join_body(token: &str) -> Value {
    json!({ "token": token, "username": "tomas", "password": PASSWORD, "fullName": "Tomas Vale" })
}

on_both! {
    async fn only_the_newest_token_works(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let first = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let second = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        app.rpc().call("user.join", join_body(&first)).await.refused(10027, DEAD);
        app.rpc().call("user.join", join_body(&second)).await.ok();
    }

    async fn a_token_ends_when_it_was_told_to(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let ask = json!({ "userKey": "tomas@orbit.test", "orgId": org, "tokenExpiresInSeconds": 60 });
        nadia.call("user.invite", ask).await.plain();
        let token = app.mail_to("tomas@orbit.test").await.token();
        app.advance(Duration::from_mins(1));
        app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
    }

    async fn an_exclusive_token_is_for_its_user(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let tomas = app.founder("tomas@orbit.test").await;
        let ines = app.founder("ines@orbit.test").await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        app.rpc().call("user.join", join_body(&token)).await.refused(10012, &format!(
            "Invitation token \"{token}\" is exclusive to an authenticated user; please login and retry"
        ));
        ines.call("user.join", json!({ "token": token })).await.refused(10012, &format!(
            "Invitation token \"{token}\" cannot be redeemed by user \"ines@orbit.test\""
        ));
        tomas.call("user.join", join_body(&token)).await.invalid(json!([[["username"], "any.forbidden"]]));
        let joined = tomas.call("user.join", json!({ "token": token })).await.ok();
        assert_eq!(joined["user"]["orgs"], json!([org]));
        tomas.call("user.join", json!({ "token": token })).await.refused(10027, DEAD);
    }

    async fn an_open_token_is_for_its_address(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let ines = app.founder("ines@orbit.test").await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let user = nadia.id().await;
        nadia.call("user.join", json!({ "token": token })).await
            .refused(10028, &format!("User \"{user}\" is already a member of org \"{org}\""));
        ines.call("user.join", json!({ "token": token })).await.refused(10012, &format!(
            "Invitation token \"{token}\" cannot be redeemed by user \"ines@orbit.test\""
        ));
        let tomas = app.founder("tomas@orbit.test").await;
        app.rpc().call("user.join", join_body(&token)).await.refused(10005, "Email address already in use");
        tomas.call("user.join", json!({ "token": token })).await.ok();
    }

    async fn nothing_is_gained_that_the_inviter_could_not_give(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let role = json!({ "name": "writer", "scope": org, "permissions": [system_permission(3)] });
        let role = nadia.call("role.create", role).await.ok()["role"]["id"].clone();
        let tomas = app.founder("tomas@orbit.test").await;
        let user = tomas.id().await;
        nadia.call("org.addMember", json!({ "orgId": org, "userId": user, "roles": [role] })).await.plain();
        let ask = json!({ "userKey": "ines@orbit.test", "orgId": org, "roles": [role] });
        tomas.call("user.invite", ask.clone()).await.forbidden("tomas@orbit.test");
        let assigner = json!({ "userId": user, "orgId": org, "permissionId": system_permission(11) });
        nadia.call("user.assignPermission", assigner.clone()).await.ok();
        tomas.call("user.invite", ask).await.plain();
        let token = app.mail_to("ines@orbit.test").await.token();

        // The role grows beyond what the inviter holds: the invitation becomes void, not larger.
        let grow = json!({ "id": role, "permissions": [system_permission(1), system_permission(3)] });
        nadia.call("role.update", grow).await.ok();
        let shrink = json!({ "userId": user, "orgId": org, "roleId": role });
        nadia.call("user.revokeRole", shrink).await.plain();
        app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
    }

    async fn a_failed_join_leaves_no_account_and_the_token_usable(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let mut body = join_body(&token);
        body["username"] = json!("postmaster");
        app.rpc().call("user.join", body).await
            .refused(10014, "Username \"postmaster\" is reserved for system use");
        app.rpc().call("user.join", join_body(&token)).await.ok();
    }

    async fn usernames_can_be_off(app: App, usernames_enabled = false) {
        let (nadia, org) = founder_and_org(&app).await;
        nadia.call("user.invite", json!({ "userKey": "tomas", "orgId": org })).await
            .invalid(json!([[["userKey"], "string.email"]]));
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        app.rpc().call("user.join", join_body(&token)).await.invalid(json!([[["username"], "any.forbidden"]]));
        let mut body = join_body(&token);
        body.as_object_mut().unwrap().remove("username");
        app.rpc().call("user.join", body).await.ok();
    }

    async fn a_newcomer_gets_an_account_with_what_was_offered(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let deploy = permission(&nadia, &org, "orbit.deploy").await;
        let operator = role(&nadia, &org, "operator", &[&deploy]).await;
        let ask = json!({
            "userKey": "To.mas+x@GMail.com", "orgId": org.to_uppercase(), "roles": operator,
            "permissions": { "id": deploy, "resourceId": " 7 " },
        });
        nadia.call("user.invite", ask).await.plain();
        let mail = app.mail_to("to.mas+x@gmail.com").await;
        app.advance(Duration::from_millis(750));
        let body = json!({
            "token": format!(" {} ", mail.token()), "username": " To-Mas ", "password": format!(" {PASSWORD} "),
            "fullName": " Tomas Vale ", "picture": " https://orbit.test/tomas.png ",
        });
        let joined = app.rpc().call("user.join", body).await.ok();
        let id = joined["user"]["id"].clone();
        assert_eq!(joined, json!({ "ok": true, "user": {
            "id": id, "username": "to-mas", "fullName": "Tomas Vale", "picture": "https://orbit.test/tomas.png",
            "emails": [{ "address": "to.mas+x@gmail.com", "isVerified": true, "isPrimary": true }],
            "orgs": [org], "createdAt": "2026-03-01T08:15:31.000Z", "updatedAt": "2026-03-01T08:15:31.000Z",
        } }));
        let tomas = app.rpc_as("to-mas").await;
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = tomas.call("user.info", ask).await.ok()["user"].clone();
        let held: Vec<Value> = told["permissions"].as_array().unwrap().iter()
            .map(|held| json!([held["name"], held["orgId"], held["resourceId"], held["roleId"]]))
            .collect();
        assert_eq!(held, [json!(["orbit.deploy", org, "", operator]), json!(["orbit.deploy", org, 7, ""])]);
        assert_eq!(told["roles"][0]["id"], json!(operator));
        // The account was created in the org: its writers may delete it.
        nadia.call("user.delete", json!({ "id": id })).await.plain();
    }

    async fn a_user_with_the_invited_address_joins_with_what_was_offered(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let deploy = permission(&nadia, &org, "orbit.deploy").await;
        let ask = json!({ "userKey": "tomas@orbit.test", "orgId": org, "permissions": [deploy] });
        nadia.call("user.invite", ask).await.plain();
        let token = app.mail_to("tomas@orbit.test").await.token();
        app.unverified_user("tomas@orbit.test").await;
        app.deliver().await;
        let tomas = app.rpc_as("tomas@orbit.test").await;
        let joined = tomas.call("user.join", json!({ "token": token })).await.ok()["user"].clone();
        assert_eq!((&joined["orgs"], &joined["fullName"]), (&json!([org]), &json!("tomas")));
        let ask = json!({ "id": joined["id"], "projection": { "permissions": true } });
        let told = tomas.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!(told["permissions"][0]["id"], json!(deploy));
        // Writers of another org may not delete an account that existed before.
        nadia.call("user.delete", json!({ "id": joined["id"] })).await.forbidden("nadia@orbit.test");
    }

    async fn a_token_that_is_no_good_any_more_does_not_exist(app: App) {
        let sofia = app.superuser().await;
        let (nadia, org) = founder_and_org(&app).await;
        let tomas = app.founder("tomas@orbit.test").await;
        let user = tomas.id().await;
        let join = async |token: &str| {
            app.rpc().call("user.join", join_body(token)).await.refused(10027, DEAD);
            tomas.call("user.join", json!({ "token": token })).await.refused(10027, DEAD);
        };
        join("abcdef").await;
        join(&"x".repeat(100)).await;
        // For an environment: not a token of this API.
        let rosa = app.user("rosa@orbit.test").await;
        let environment = rosa.environment("Orbit one").await;
        rosa.invite(environment, "tomas@orbit.test", false).await;
        join(&app.mail_to("tomas@orbit.test").await.token()).await;

        let week = Duration::from_hours(7 * 24);
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        app.advance(week);
        let (nadia, tomas) = (app.rpc_as("nadia@orbit.test").await, app.rpc_as("tomas@orbit.test").await);
        app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
        tomas.call("user.join", json!({ "token": token })).await.refused(10027, DEAD);

        // Also for existing members, and for another user.
        let ines = app.founder("ines@orbit.test").await;
        nadia.call("org.addMember", json!({ "orgId": org, "userId": user })).await.plain();
        for caller in [&tomas, &ines, &nadia] {
            caller.call("user.join", json!({ "token": token })).await.refused(10027, DEAD);
        }
        let body = json!({ "userKey": "tomas@orbit.test", "orgId": org, "tokenExpiresInSeconds": 0 });
        nadia.call("user.invite", body).await.plain();
        let retired = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let newest = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        tomas.call("user.join", json!({ "token": retired })).await.refused(10027, DEAD);
        let already = format!("User \"{user}\" is already a member of org \"{org}\"");
        for _ in 0..2 {
            tomas.call("user.join", json!({ "token": newest })).await.refused(10028, &already);
        }
        // The token is still valid.
        nadia.call("org.removeMember", json!({ "orgId": org, "userId": user })).await.plain();
        tomas.call("user.join", json!({ "token": newest })).await.ok();
        tomas.call("user.join", json!({ "token": newest })).await.refused(10027, DEAD);
        nadia.call("user.join", json!({ "token": newest })).await.refused(10027, DEAD);

        let token = invite(&app, &nadia, &org, "mia@orbit.test").await;
        app.rpc_as("sofia").await.call("org.delete", json!({ "id": org })).await.plain();
        drop(sofia);
        nadia.call("user.join", json!({ "token": token })).await.refused(10027, DEAD);
        app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
    }

    async fn a_token_works_for_a_week(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        app.advance(Duration::from_millis(604_800_000 - 1));
        app.rpc().call("user.join", join_body(&token)).await.ok();
        let nadia = app.rpc_as("nadia@orbit.test").await;
        let body = json!({ "userKey": "ines@orbit.test", "orgId": org, "tokenExpiresInSeconds": "2592000" });
        nadia.call("user.invite", body).await.plain();
        let token = app.mail_to("ines@orbit.test").await.token();
        app.advance(Duration::from_millis(2_592_000_000 - 1));
        let mut body = join_body(&token);
        body["username"] = json!("ines");
        app.rpc().call("user.join", body).await.ok();
    }

    async fn an_invitation_dies_with_its_inviters_rights(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let deploy = permission(&nadia, &org, "orbit.deploy").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let user = tomas.id().await;
        let rights = [USER_WRITE, PERMISSION_ASSIGNMENT_WRITE];
        nadia.call("org.addMember", json!({ "orgId": org, "userId": user })).await.plain();
        for lost in rights {
            for right in rights {
                let body = json!({ "userId": user, "orgId": org, "permissionId": system_permission(right) });
                nadia.call("user.assignPermission", body).await;
            }
            let ask = json!({ "userKey": "ines@orbit.test", "orgId": org, "permissions": [deploy] });
            tomas.call("user.invite", ask).await.plain();
            let token = app.mail_to("ines@orbit.test").await.token();
            let body = json!({ "userId": user, "orgId": org, "permissionId": system_permission(lost) });
            nadia.call("user.revokePermission", body).await.plain();
            app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
        }
        let body = json!({ "userId": user, "orgId": org, "permissionId": system_permission(PERMISSION_ASSIGNMENT_WRITE) });
        nadia.call("user.assignPermission", body).await;
        let token = invite(&app, &nadia, &org, "ines@orbit.test").await;
        nadia.call("org.removeMember", json!({ "orgId": org, "userId": nadia.id().await })).await.plain();
        app.rpc().call("user.join", join_body(&token)).await.refused(10027, DEAD);
    }
}
