//! `org.addMember`, `org.removeMember`

use std::time::Duration;

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::on_both;
use crate::support::rpc::{
    PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE, USER_READ, USER_WRITE, admin_role, org, permission, role,
    system_permission,
};

on_both! {
    async fn members_come_and_go(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let (id, user) = (org(&nadia, "orbit").await, tomas.id().await);
        let deploy = permission(&nadia, &id, "orbit.deploy").await;
        let add = |org: &str, user: &str, permissions: Value| {
            json!({ "orgId": org, "userId": user, "permissions": permissions })
        };
        nadia.call("org.addMember", json!({ "userId": user, "orgId": id, "roles": [{}] })).await.invalid(json!([
            [["roles", 0, "id"], "any.required"], [["roles"], "array.includesRequiredUnknowns"],
        ]));
        nadia.call("org.addMember", add(&id, NOBODYS, json!([deploy]))).await
            .refused(10001, &format!("User \"{NOBODYS}\" does not exist"));
        nadia.call("org.addMember", add(&id, &user, json!([NOBODYS]))).await
            .refused(10008, &format!("Permission \"{NOBODYS}\" does not exist"));
        let system = system_permission(1);
        nadia.call("org.addMember", add(&id, &user, json!([system]))).await
            .refused(10011, &format!("Permission \"{system}\" cannot be assigned to the designated org"));
        let admin = admin_role();
        nadia.call("org.addMember", json!({ "orgId": id, "userId": user, "roles": admin })).await
            .refused(10019, &format!("Role \"{admin}\" cannot be assigned to the designated org"));
        tomas.call("org.addMember", add(&id, &user, json!([deploy]))).await.forbidden("tomas@orbit.test");
        nadia.call("org.addMember", add(&id, &user, json!([deploy]))).await.plain();
        nadia.call("org.addMember", add(&id, &user, json!([deploy]))).await
            .refused(10028, &format!("User \"{user}\" is already a member of org \"{id}\""));

        let remove = json!({ "orgId": id, "userId": user });
        nadia.call("org.removeMember", remove.clone()).await.plain();
        nadia.call("org.removeMember", remove).await
            .refused(10023, &format!("User \"{user}\" is not a member of org \"{id}\""));
    }

    async fn a_membership_that_ended_is_none(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let (id, user) = (org(&nadia, "orbit").await, tomas.id().await);
        let add = json!({ "orgId": id, "userId": user, "expiresInSeconds": "60" });
        nadia.call("org.addMember", add.clone()).await.plain();
        let orgs = |told: Value| told["user"]["orgs"].clone();
        assert_eq!(orgs(tomas.call("user.info", json!({ "id": user })).await.ok()), json!([id]));
        app.advance(Duration::from_mins(1));
        assert_eq!(orgs(tomas.call("user.info", json!({ "id": user })).await.ok()), json!([]));
        nadia.call("org.addMember", add).await.plain();
    }

    async fn a_member_has_what_was_given_along(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let reader = role(&sofia, &orbit, "reader", &[&system_permission(USER_READ)]).await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let body = json!({
            "orgId": orbit.to_uppercase(), "userId": id.to_uppercase(),
            "permissions": [{ "id": deploy, "resourceId": 7 }, { "id": deploy, "resourceId": " ship " }, deploy],
            "roles": { "id": reader },
        });
        sofia.call("org.addMember", body).await.plain();
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        let held: Vec<Value> = told["permissions"].as_array().unwrap().iter()
            .map(|held| json!([held["name"], held["orgId"], held["resourceId"], held["roleId"]]))
            .collect();
        assert_eq!(held, [
            json!(["orbit.deploy", orbit, "", ""]),
            json!(["orbit.deploy", orbit, 7, ""]),
            json!(["orbit.deploy", orbit, "ship", ""]),
            json!(["yeep.user.read", orbit, "", reader]),
        ]);
        assert_eq!(told["roles"], json!([{
            "id": reader, "name": "reader", "isSystemRole": false, "orgId": orbit, "resourceId": "",
        }]));
        assert_eq!(nadia.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len(), 2);
        // All of it is removed with the membership.
        sofia.call("org.removeMember", json!({ "orgId": orbit.to_uppercase(), "userId": id })).await.plain();
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!((&told["orgs"], &told["roles"], &told["permissions"]), (&json!([]), &json!([]), &json!([])));
        sofia.call("org.addMember", json!({ "orgId": orbit, "userId": id })).await.plain();
        assert_eq!(nadia.call("user.list", json!({})).await.ok()["users"], json!([]));
    }

    async fn what_ended_with_a_membership_does_not_come_back(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let reader = role(&sofia, &orbit, "reader", &[&system_permission(USER_READ)]).await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let seen = async || nadia.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len();
        let body = json!({ "orgId": orbit, "userId": id, "roles": reader, "expiresInSeconds": 60 });
        sofia.call("org.addMember", body).await.plain();
        app.advance(Duration::from_millis(59_999));
        assert_eq!(seen().await, 2);
        app.advance(Duration::from_millis(1));
        assert_eq!(seen().await, 0);
        let no_member = format!("User \"{id}\" is not a member of org \"{orbit}\"");
        sofia.call("org.removeMember", json!({ "orgId": orbit, "userId": id })).await.refused(10023, &no_member);
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = sofia.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!((&told["roles"], &told["permissions"]), (&json!([]), &json!([])));
        // 0 means no end.
        sofia.call("org.addMember", json!({ "orgId": orbit, "userId": id, "expiresInSeconds": 0 })).await.plain();
        assert_eq!(seen().await, 0);
        app.advance(Duration::from_hours(35 * 24));
        let sofia = app.rpc_as("sofia").await;
        assert_eq!(sofia.call("user.info", json!({ "id": id })).await.ok()["user"]["orgs"], json!([orbit]));
    }

    async fn refusals_come_in_their_order(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let (own, foreign) = (permission(&sofia, &orbit, "own").await, permission(&sofia, &other, "foreign").await);
        let global = sofia.call("permission.create", json!({ "name": "global" })).await.ok();
        let global = global["permission"]["id"].as_str().unwrap();
        let foreign_role = role(&sofia, &other, "foreign", &[&foreign]).await;
        let (user, member) = (sofia.make_user("nadia", &[]).await, sofia.make_user("tomas", &[&orbit]).await);
        let add = async |org: &str, user: &str, permissions: &[&str], roles: &[&str]| {
            let body = json!({ "orgId": org, "userId": user, "permissions": permissions, "roles": roles });
            sofia.call("org.addMember", body).await
        };
        add(NOBODYS, NOBODYS, &[NOBODYS], &[NOBODYS]).await.refused(10011, &format!("Org \"{NOBODYS}\" does not exist"));
        add(&orbit, NOBODYS, &[NOBODYS], &[NOBODYS]).await.refused(10001, &format!("User \"{NOBODYS}\" does not exist"));
        add(&orbit, &member, &[NOBODYS], &[NOBODYS]).await
            .refused(10028, &format!("User \"{member}\" is already a member of org \"{orbit}\""));
        let system = system_permission(USER_READ);
        add(&orbit, &user, &[&foreign, NOBODYS], &[NOBODYS]).await
            .refused(10008, &format!("Permission \"{NOBODYS}\" does not exist"));
        for permission in [foreign.as_str(), global, &system] {
            add(&orbit, &user, &[&own, permission], &[NOBODYS]).await
                .refused(10011, &format!("Permission \"{permission}\" cannot be assigned to the designated org"));
        }
        add(&orbit, &user, &[&own], &[&foreign_role, NOBODYS]).await
            .refused(10017, &format!("Role \"{NOBODYS}\" does not exist"));
        for role in [&foreign_role, &admin_role()] {
            add(&orbit, &user, &[&own], &[role]).await
                .refused(10019, &format!("Role \"{role}\" cannot be assigned to the designated org"));
        }
        // Nothing was done in part.
        add(&orbit, &user, &[&own], &[&role(&sofia, &orbit, "mine", &[&own]).await]).await.plain();

        let remove = async |org: &str, user: &str| {
            sofia.call("org.removeMember", json!({ "orgId": org, "userId": user })).await
        };
        remove(NOBODYS, NOBODYS).await.refused(10011, &format!("Org \"{NOBODYS}\" does not exist"));
        remove(&orbit, NOBODYS).await.refused(10001, &format!("User \"{NOBODYS}\" does not exist"));
        remove(&other, &member).await
            .refused(10023, &format!("User \"{member}\" is not a member of org \"{other}\""));
    }

    async fn each_part_needs_its_right_there_or_globally(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let operator = role(&sofia, &orbit, "operator", &[&deploy]).await;
        let reader = role(&sofia, &orbit, "reader", &[&system_permission(USER_READ)]).await;
        let caller_id = sofia.make_user("nadia", &[&orbit, &other]).await;
        let nadia = app.rpc_as("nadia").await;
        let user = sofia.make_user("tomas", &[]).await;
        let plain = json!({ "orgId": orbit, "userId": user });
        let with = |field: &str, named: &str| json!({ "orgId": orbit, "userId": user, field: [named] });
        let remove = async || sofia.call("org.removeMember", plain.clone()).await.plain();
        for right in [USER_WRITE, PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE] {
            sofia.grant(&caller_id, Some(&other), right).await;
        }
        for body in [plain.clone(), json!({ "orgId": NOBODYS, "userId": NOBODYS })] {
            nadia.call("org.addMember", body.clone()).await.forbidden("nadia");
            nadia.call("org.removeMember", body).await.forbidden("nadia");
        }
        sofia.grant(&caller_id, Some(&orbit), USER_WRITE).await;
        for (field, right, named) in [
            ("permissions", PERMISSION_ASSIGNMENT_WRITE, &deploy),
            ("roles", ROLE_ASSIGNMENT_WRITE, &operator),
        ] {
            nadia.call("org.addMember", with(field, named)).await.forbidden("nadia");
            nadia.call("org.addMember", with(field, NOBODYS)).await.forbidden("nadia");
            sofia.grant(&caller_id, Some(&orbit), right).await;
            nadia.call("org.addMember", with(field, named)).await.plain();
            remove().await;
        }
        // The org's own permissions may be granted without holding them; system ones may not.
        nadia.call("org.addMember", with("roles", &reader)).await.forbidden("nadia");
        sofia.grant(&caller_id, None, USER_READ).await;
        nadia.call("org.addMember", with("roles", &reader)).await.plain();
        nadia.call("org.removeMember", plain.clone()).await.plain();
        let global = sofia.make_user("petra", &[]).await;
        sofia.grant(&global, None, USER_WRITE).await;
        app.rpc_as("petra").await.call("org.addMember", plain).await.plain();
    }

    async fn the_last_administrator_may_be_removed(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        let id = nadia.id().await;
        nadia.call("org.removeMember", json!({ "orgId": orbit, "userId": id })).await.plain();
        nadia.call("org.delete", json!({ "id": orbit })).await.forbidden("nadia@orbit.test");
    }

    async fn the_bodies_have_their_rules(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let body = json!({
            "more": 1, "expiresInSeconds": 2_592_001, "roles": [{ "id": 7, "resourceId": "x", "more": 1 }],
            "permissions": null, "userId": "g".repeat(24),
        });
        nadia.call("org.addMember", body).await.invalid(json!([
            [["userId"], "string.hex"],
            [["orgId"], "any.required"],
            [["permissions"], "array.base"],
            [["roles", 0, "id"], "string.base"],
            [["roles", 0, "resourceId"], "number.base"], [["roles", 0, "resourceId"], "string.min"],
            [["roles", 0, "more"], "object.allowUnknown"],
            [["roles"], "array.includesRequiredUnknowns"],
            [["expiresInSeconds"], "number.max"],
            [["more"], "object.allowUnknown"],
        ]));
        for (seconds, kind) in [
            (json!(-1), "number.min"), (json!(1.5), "number.integer"), (json!("soon"), "number.base"),
            (json!(null), "number.base"), (json!(true), "number.base"),
        ] {
            let body = json!({ "userId": NOBODYS, "orgId": NOBODYS, "expiresInSeconds": seconds });
            nadia.call("org.addMember", body).await.invalid(json!([[["expiresInSeconds"], kind]]));
        }
        nadia.call("org.removeMember", json!({ "roles": [] })).await.invalid(json!([
            [["userId"], "any.required"], [["orgId"], "any.required"], [["roles"], "object.allowUnknown"],
        ]));
    }

    async fn lists_of_assignments_have_their_rules(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let ids: Vec<String> = (0..101).map(|number| format!("{number:024x}")).collect();
        let mut many: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        let twice = json!({ "id": ids[0], "resourceId": "7" });
        let mut faulty = many.clone();
        faulty[1] = json!({});
        many.truncate(101);
        for field in ["permissions", "roles"] {
            for (value, faults) in [
                (json!([]), json!([[[field], "array.includesRequiredUnknowns"]])),
                (json!([7]), json!([[[field, 0], "object.base"], [[field], "array.includesRequiredUnknowns"]])),
                (json!([null, ids[0]]), json!([[[field, 0], "object.base"]])),
                (json!(many), json!([[[field], "array.max"]])),
                // All errors, not just the first.
                (json!(faulty), json!([[[field, 1, "id"], "any.required"], [[field], "array.max"]])),
                (json!([ids[0], { "id": ids[0] }]), json!([[[field, 1], "array.unique"]])),
                (json!([twice, ids[0], { "id": ids[0], "resourceId": 7 }]), json!([[[field, 2], "array.unique"]])),
                (json!([{ "id": "0000000000000000000000AB" }, "0000000000000000000000ab", "x"]), json!([
                    [[field, 2, "id"], "string.length"], [[field, 2, "id"], "string.hex"], [[field, 1], "array.unique"],
                ])),
            ] {
                let body = json!({ "userId": NOBODYS, "orgId": NOBODYS, field: value });
                nadia.call("org.addMember", body).await.invalid(faults.clone());
                let body = json!({ "userKey": "tomas", "orgId": NOBODYS, field: value });
                nadia.call("user.invite", body).await.invalid(faults);
            }
            for value in [json!(ids[0]), json!({ "id": ids[0] }), json!([ids[0], ids[1]]), json!(many[..100])] {
                let body = json!({ "userId": NOBODYS, "orgId": NOBODYS, field: value });
                nadia.call("org.addMember", body).await.forbidden("nadia@orbit.test");
            }
        }
    }
}
