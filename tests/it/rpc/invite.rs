//! `user.invite`

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::app::App;
use crate::support::on_both;
use crate::support::rpc::{
    PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE, Rpc, USER_READ, USER_WRITE, admin_role, org, permission, role,
    system_permission, user_body,
};

async fn founder_and_org(app: &App) -> (Rpc<'_>, String) {
    let nadia = app.founder("nadia@orbit.test").await;
    let org = org(&nadia, "orbit").await;
    (nadia, org)
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

    async fn whoever_has_two_names_is_not_invited_twice_as_often(app: App, rate_limits_enabled = true) {
        let sofia = app.superuser().await;
        let org = org(&sofia, "orbit").await;
        sofia.make_user("ines", &[]).await;
        for number in 0..20 {
            let key = ["ines", "ines@orbit.test", "INES@orbit.test"][number % 3];
            sofia.call("user.invite", json!({ "userKey": key, "orgId": org })).await.plain();
        }
        for key in ["ines", "ines@orbit.test"] {
            let answer = sofia.call("user.invite", json!({ "userKey": key, "orgId": org })).await;
            assert_eq!(answer.0.status, 429, "{key}: {answer:?}");
        }
        sofia.call("user.invite", json!({ "userKey": "bo@orbit.test", "orgId": org })).await.plain();
    }

    async fn the_refusals_come_in_their_order(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let (own, foreign) = (permission(&sofia, &orbit, "own").await, permission(&sofia, &other, "foreign").await);
        let (mine, yours) = (role(&sofia, &orbit, "mine", &[&own]).await, role(&sofia, &other, "yours", &[&foreign]).await);
        let system = system_permission(USER_READ);
        let gone = sofia.make_user("gone", &[]).await;
        sofia.call("user.deactivate", json!({ "id": gone })).await.ok();
        let ask = async |key: &str, org: &str, permissions: &[&str], roles: &[&str]| {
            let mut body = json!({ "userKey": key, "orgId": org });
            if !permissions.is_empty() {
                body["permissions"] = json!(permissions);
            }
            if !roles.is_empty() {
                body["roles"] = json!(roles);
            }
            sofia.call("user.invite", body).await
        };
        ask("nobody", NOBODYS, &[NOBODYS], &[NOBODYS]).await.refused(10011, &format!("Org \"{NOBODYS}\" does not exist"));
        ask("nobody", &orbit, &[&foreign, NOBODYS], &[NOBODYS]).await
            .refused(10008, &format!("Permission \"{NOBODYS}\" does not exist"));
        for wrong in [&foreign, &system] {
            ask("nobody", &orbit, &[&own, wrong], &[NOBODYS]).await
                .refused(10011, &format!("Permission \"{wrong}\" cannot be assigned to the designated org"));
        }
        ask("nobody", &orbit, &[&own], &[&yours, NOBODYS]).await
            .refused(10017, &format!("Role \"{NOBODYS}\" does not exist"));
        for wrong in [&yours, &admin_role()] {
            ask("nobody", &orbit, &[&own], &[&mine, wrong]).await
                .refused(10019, &format!("Role \"{wrong}\" cannot be assigned to the designated org"));
        }
        ask("Nobody", &orbit, &[&own], &[&mine]).await.refused(10001, "User \"nobody\" does not exist");
        for key in ["gone", "Gone", " GONE@orbit.test"] {
            ask(key, &orbit, &[&own], &[&mine]).await.refused(10022, &format!("User \"{key}\" is deactivated"));
        }
        assert!(app.deliver().await.is_empty());
    }

    async fn each_part_needs_its_right_there_or_globally(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let operator = role(&sofia, &orbit, "operator", &[&deploy]).await;
        let reader = role(&sofia, &orbit, "reader", &[&system_permission(USER_READ)]).await;
        let id = sofia.make_user("nadia", &[&orbit, &other]).await;
        let nadia = app.rpc_as("nadia").await;
        let with = |field: &str, named: &str| json!({ "userKey": "ines@orbit.test", "orgId": orbit, field: [named] });
        let plain = json!({ "userKey": "ines@orbit.test", "orgId": orbit });
        for right in [USER_WRITE, PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE] {
            sofia.grant(&id, Some(&other), right).await;
        }
        nadia.call("user.invite", plain.clone()).await.forbidden("nadia");
        nadia.call("user.invite", json!({ "userKey": "nobody", "orgId": NOBODYS })).await.forbidden("nadia");
        sofia.grant(&id, Some(&orbit), USER_WRITE).await;
        nadia.call("user.invite", plain.clone()).await.plain();
        for (field, right, named) in [
            ("permissions", PERMISSION_ASSIGNMENT_WRITE, &deploy),
            ("roles", ROLE_ASSIGNMENT_WRITE, &operator),
        ] {
            nadia.call("user.invite", with(field, named)).await.forbidden("nadia");
            nadia.call("user.invite", with(field, NOBODYS)).await.forbidden("nadia");
            sofia.grant(&id, Some(&orbit), right).await;
            nadia.call("user.invite", with(field, named)).await.plain();
        }
        nadia.call("user.invite", with("roles", &reader)).await.forbidden("nadia");
        let petra = sofia.make_user("petra", &[]).await;
        for right in [USER_WRITE, ROLE_ASSIGNMENT_WRITE, USER_READ] {
            sofia.grant(&petra, None, right).await;
        }
        app.rpc_as("petra").await.call("user.invite", with("roles", &reader)).await.plain();
    }

    async fn the_mail_goes_where_the_invitee_is(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let mut body = user_body("tomas");
        body["emails"] = json!([
            { "address": "tomas@orbit.test", "isPrimary": true },
            { "address": "second@orbit.test" },
        ]);
        sofia.call("user.create", body).await.ok();
        for (key, to) in [
            (" TOMAS ", "tomas@orbit.test"),
            ("Second@Orbit.test", "second@orbit.test"),
            (" Ines@Orbit.test ", "ines@orbit.test"),
        ] {
            let answer = sofia.call("user.invite", json!({ "userKey": key, "orgId": orbit })).await;
            answer.plain();
            let mails = app.deliver().await;
            assert_eq!(mails.len(), 1, "{mails:?}");
            let (mail, token) = (&mails[0], mails[0].token());
            assert_eq!(mail.to, to);
            assert!(mail.link().contains("/invitations/"), "{}", mail.text);
            assert!((6..=100).contains(&token.len()) && token.chars().all(|c| c.is_ascii_alphanumeric()), "{token}");
        }
    }

    async fn whoever_is_invited_again_by_another_name_has_one_token(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        sofia.make_user("tomas", &[]).await;
        let invite = async |key: &str, org: &str| {
            sofia.call("user.invite", json!({ "userKey": key, "orgId": org })).await.plain();
            app.mail_to("tomas@orbit.test").await.token()
        };
        let elsewhere = invite("tomas", &other).await;
        let first = invite("tomas", &orbit).await;
        let second = invite("tomas@orbit.test", &orbit).await;
        let tomas = app.rpc_as("tomas").await;
        tomas.call("user.join", json!({ "token": first })).await
            .refused(10027, "Token does not exist or has already expired");
        for token in [second, elsewhere] {
            tomas.call("user.join", json!({ "token": token })).await.ok();
        }
        // Inviting a member again is not an error.
        invite("tomas", &orbit).await;
    }

    async fn a_stranger_gets_no_mail_of_an_unknown_sender(app: App) {
        app.unverified_user("nadia@orbit.test").await;
        app.unverified_user("tomas@orbit.test").await;
        let nadia = app.rpc_as("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        app.deliver().await;
        let ask = async |key: &str| nadia.call("user.invite", json!({ "userKey": key, "orgId": orbit })).await;
        ask("stranger@orbit.test").await.forbidden("nadia@orbit.test");
        assert!(app.deliver().await.is_empty());
        ask("tomas@orbit.test").await.plain();
        app.mail_to("tomas@orbit.test").await;
    }

    async fn the_body_has_its_rules(app: App) {
        let (nadia, _) = founder_and_org(&app).await;
        let body = json!({
            "more": 1, "tokenExpiresInSeconds": 2_592_001, "roles": null, "permissions": [{ "resourceId": "x" }],
            "orgId": "x", "userKey": " ",
        });
        nadia.call("user.invite", body).await.invalid(json!([
            [["userKey"], "any.empty"], [["userKey"], "string.min"], [["userKey"], "any.empty"],
            [["orgId"], "string.length"], [["orgId"], "string.hex"],
            [["permissions", 0, "id"], "any.required"],
            [["permissions", 0, "resourceId"], "number.base"], [["permissions", 0, "resourceId"], "string.min"],
            [["permissions"], "array.includesRequiredUnknowns"],
            [["roles"], "array.base"],
            [["tokenExpiresInSeconds"], "number.max"],
            [["more"], "object.allowUnknown"],
        ]));
        for (seconds, kind) in
            [(json!(-1), "number.min"), (json!(1.5), "number.integer"), (json!("soon"), "number.base")]
        {
            let body = json!({ "userKey": "x@orbit.test", "orgId": NOBODYS, "tokenExpiresInSeconds": seconds });
            nadia.call("user.invite", body).await.invalid(json!([[["tokenExpiresInSeconds"], kind]]));
        }
    }

    async fn while_usernames_are_off_the_key_is_an_address(app: App, usernames_enabled = false) {
        let nadia = app.founder("nadia@orbit.test").await;
        // Checked before the right.
        nadia.call("user.invite", json!({ "userKey": "tomas", "orgId": NOBODYS })).await
            .invalid(json!([[["userKey"], "string.email"]]));
        nadia.call("user.invite", json!({ "userKey": "tomas@orbit.test", "orgId": NOBODYS })).await
            .forbidden("nadia@orbit.test");
    }
}
