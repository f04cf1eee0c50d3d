//! `user.invite` and `user.join`: the order of their refusals, and what a token is good for.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{Rpc, admin_role, system_permission};

const NOBODYS: &str = "0123456789abcdef01234567";
const DEAD: &str = "Token does not exist or has already expired";

async fn founder_and_org(app: &App) -> (Rpc<'_>, String) {
    let nadia = app.founder("nadia@orbit.test").await;
    let org = nadia.call("org.create", json!({ "name": "Orbit Labs", "slug": "orbit" })).await.ok();
    (nadia, org["org"]["id"].as_str().unwrap().to_owned())
}

async fn invite(app: &App, inviter: &Rpc<'_>, org: &str, address: &str) -> String {
    inviter.call("user.invite", json!({ "userKey": address, "orgId": org })).await.plain();
    app.mail_to(address).await.token()
}

fn join_body(token: &str) -> Value {
    json!({ "token": token, "username": "tomas", "password": PASSWORD, "fullName": "Tomas Vale" })
}

on_both! {
    async fn inviting_is_checked_in_its_order(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        app.rpc().call("user.invite", json!({})).await.masked();
        nadia.call("user.invite", json!({ "orgId": org })).await.invalid(json!([[["userKey"], "any.required"]]));
        nadia.call("user.invite", json!({ "userKey": "a b", "orgId": org })).await.invalid(json!([
            [["userKey"], "string.regex.name"], [["userKey"], "string.email"],
        ]));
        let ask = |key: &str, extra: Value| {
            let mut body = json!({ "userKey": key, "orgId": org });
            body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
            body
        };
        let stranger = app.founder("ines@orbit.test").await;
        stranger.call("user.invite", ask("x@orbit.test", json!({}))).await.forbidden("ines@orbit.test");
        let admin = admin_role();
        nadia.call("user.invite", ask("x@orbit.test", json!({ "roles": [{ "id": admin }] }))).await
            .refused(10019, &format!("Role \"{admin}\" cannot be assigned to the designated org"));
        nadia.call("user.invite", ask("x@orbit.test", json!({ "permissions": [NOBODYS] }))).await
            .refused(10008, &format!("Permission \"{NOBODYS}\" does not exist"));
        nadia.call("user.invite", ask("nobody", json!({}))).await.refused(10001, "User \"nobody\" does not exist");
        assert!(app.deliver().await.is_empty());
    }

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
        app.advance(Duration::from_secs(60));
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

        // The role grows beyond what the inviter holds: the invitation is void, not greater.
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
}
