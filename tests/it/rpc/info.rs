//! `user.info`

use serde_json::{Value, json};

use crate::support::on_both;
use crate::support::rpc::{
    PERMISSION_ASSIGNMENT_READ, ROLE_ASSIGNMENT_READ, USER_READ, USER_WRITE, admin_role, org, permission, role,
    system_permission,
};

const UNKNOWN: &str = "0123456789abcdef01234567";

on_both! {
    async fn users_see_themselves_whole(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let orbit = org(&app.rpc_as("nadia").await, "orbit").await;
        let answer = nadia.call("user.info", json!({ "id": id.to_uppercase() })).await.ok();
        assert_eq!(answer, json!({ "ok": true, "user": {
            "id": id,
            "username": "nadia",
            "fullName": "nadia of Orbit",
            "picture": null,
            "emails": [{ "address": "nadia@orbit.test", "isVerified": true, "isPrimary": true }],
            "orgs": [orbit],
            "createdAt": "2026-03-01T08:15:30.250Z",
            "updatedAt": "2026-03-01T08:15:30.250Z",
        } }));
        let projection = json!({
            "id": false, "username": false, "fullName": false, "picture": false, "emails": false, "orgs": false,
            "createdAt": false, "updatedAt": false, "permissions": "true", "roles": true,
        });
        let answer = nadia.call("user.info", json!({ "id": id, "projection": projection })).await.ok();
        let role = json!({ "id": admin_role(), "name": "admin", "isSystemRole": true, "orgId": orbit, "resourceId": "" });
        assert_eq!(answer["user"]["roles"], json!([role]));
        assert_eq!(answer["user"]["permissions"].as_array().unwrap().len(), 12);
        assert_eq!(answer["user"]["permissions"][0], json!({
            "id": system_permission(2), "name": "yeep.org.read", "isSystemPermission": true,
            "orgId": orbit, "resourceId": "", "roleId": admin_role(),
        }));
        let fields: Vec<&String> = answer["user"].as_object().unwrap().keys().collect();
        assert_eq!(fields, ["permissions", "roles"]);
    }

    async fn permissions_are_sorted_and_each_shows_once(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let orbit = org(&app.rpc_as("nadia").await, "orbit").await;
        sofia.grant(&id, Some(&orbit), USER_READ).await;
        sofia.grant(&id, None, USER_READ).await;
        for resource in [json!("ship"), json!("12")] {
            let body = json!({ "userId": id, "permissionId": system_permission(USER_READ), "resourceId": resource });
            sofia.call("user.assignPermission", body).await.ok();
        }
        let body = json!({ "id": id, "projection": { "permissions": true } });
        let answer = sofia.call("user.info", body).await.ok();
        let of_users: Vec<Value> = answer["user"]["permissions"].as_array().unwrap().iter()
            .filter(|held| held["name"] == "yeep.user.read")
            .map(|held| json!([held["orgId"], held["resourceId"], held["roleId"]]))
            .collect();
        assert_eq!(of_users, [
            json!(["", "", ""]),
            json!(["", 12, ""]),
            json!(["", "ship", ""]),
            json!([orbit, "", ""]),
        ]);
        assert!(answer["user"].get("roles").is_none());
    }

    async fn a_reader_in_an_org_of_the_user_or_globally_may_look(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("walt", &[]).await;
        let walt = app.rpc_as("walt").await;
        let (orbit, other) = (org(&walt, "orbit").await, org(&walt, "other").await);
        let target = sofia.make_user("target", &[&orbit]).await;
        let id = sofia.make_user("nadia", &[&orbit, &other]).await;
        let nadia = app.rpc_as("nadia").await;
        let look = async || nadia.call("user.info", json!({ "id": target })).await;
        look().await.forbidden("nadia");
        sofia.grant(&id, Some(&other), USER_READ).await;
        look().await.forbidden("nadia");
        sofia.grant(&id, Some(&orbit), USER_WRITE).await;
        look().await.forbidden("nadia");
        sofia.grant(&id, Some(&orbit), USER_READ).await;
        look().await.ok();
        // A user without orgs is visible only to callers who may read all users.
        let lone = sofia.make_user("lone", &[]).await;
        nadia.call("user.info", json!({ "id": lone })).await.forbidden("nadia");
        sofia.grant(&id, None, USER_READ).await;
        nadia.call("user.info", json!({ "id": lone })).await.ok();
    }

    async fn permissions_and_roles_need_their_rights_in_one_context(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("walt", &[]).await;
        let walt = app.rpc_as("walt").await;
        let (orbit, other) = (org(&walt, "orbit").await, org(&walt, "other").await);
        let target = sofia.make_user("target", &[&orbit, &other]).await;
        for (name, right, wanted) in [
            ("nadia", PERMISSION_ASSIGNMENT_READ, "permissions"),
            ("oleg", ROLE_ASSIGNMENT_READ, "roles"),
        ] {
            let id = sofia.make_user(name, &[&orbit, &other]).await;
            let reader = app.rpc_as(name).await;
            let body = json!({ "id": target, "projection": { wanted: true } });
            sofia.grant(&id, Some(&orbit), USER_READ).await;
            sofia.grant(&id, Some(&other), right).await;
            reader.call("user.info", body.clone()).await.forbidden(name);
            sofia.grant(&id, Some(&orbit), right).await;
            reader.call("user.info", body).await.ok();
            let both = json!({ "id": target, "projection": { "permissions": true, "roles": true } });
            reader.call("user.info", both).await.forbidden(name);
        }
    }

    async fn the_user_comes_before_the_right(app: App) {
        let sofia = app.superuser().await;
        let sofia_id = sofia.id().await;
        sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        app.rpc().call("user.info", json!({})).await.masked();
        nadia.call("user.info", json!({ "id": UNKNOWN })).await.refused(10001, "User does not exist");
        nadia.call("user.info", json!({ "id": sofia_id })).await.forbidden("nadia");
        let body = json!({ "y": 1, "projection": { "password": true, "roles": "yes", "id": null }, "x": 1 });
        nadia.call("user.info", body).await.invalid(json!([
            [["id"], "any.required"],
            [["projection", "id"], "boolean.base"],
            [["projection", "roles"], "boolean.base"],
            [["projection", "password"], "object.allowUnknown"],
            [["y"], "object.allowUnknown"],
            [["x"], "object.allowUnknown"],
        ]));
        for (id, kinds) in [(json!(5), json!([[["id"], "string.base"]])), (json!(" "), json!([[["id"], "string.length"], [["id"], "string.hex"]]))] {
            nadia.call("user.info", json!({ "id": id })).await.invalid(kinds);
        }
    }

    async fn a_reader_in_one_org_sees_every_context(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let target = sofia.make_user("target", &[&other, &orbit]).await;
        let deploy = permission(&sofia, &other, "b.deploy").await;
        let operator = role(&sofia, &other, "a:operator", &[&deploy]).await;
        for resource in [None, Some("zz"), Some("7")] {
            let mut body = json!({ "userId": target, "orgId": other, "roleId": operator });
            if let Some(resource) = resource {
                body["resourceId"] = json!(resource);
            }
            sofia.call("user.assignRole", body).await.ok();
        }
        sofia.call("user.assignRole", json!({ "userId": target, "roleId": admin_role() })).await.ok();
        // One by the role, one direct: a single entry, for the direct one.
        let body = json!({ "userId": target, "orgId": other, "permissionId": deploy });
        sofia.call("user.assignPermission", body).await.ok();
        let id = sofia.make_user("nadia", &[&orbit]).await;
        for right in [USER_READ, PERMISSION_ASSIGNMENT_READ, ROLE_ASSIGNMENT_READ] {
            sofia.grant(&id, Some(&orbit), right).await;
        }
        let nadia = app.rpc_as("nadia").await;
        let ask = json!({ "id": target, "projection": { "permissions": true, "roles": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        let roles: Vec<Value> = told["roles"].as_array().unwrap().iter()
            .map(|held| json!([held["name"], held["orgId"], held["resourceId"]]))
            .collect();
        assert_eq!(roles, [
            json!(["a:operator", other, ""]),
            json!(["a:operator", other, 7]),
            json!(["a:operator", other, "zz"]),
            json!(["admin", "", ""]),
        ]);
        let permissions: Vec<Value> = told["permissions"].as_array().unwrap().iter()
            .filter(|held| held["name"] == "b.deploy")
            .map(|held| json!([held["orgId"], held["resourceId"], held["roleId"]]))
            .collect();
        assert_eq!(permissions, [
            json!([other, "", ""]), json!([other, 7, operator]), json!([other, "zz", operator]),
        ]);
        assert_eq!(told["permissions"].as_array().unwrap().len(), 15);
        assert_eq!(told["orgs"], json!([other, orbit]));
        let ask = json!({ "id": target, "projection": { "orgs": false } });
        assert!(nadia.call("user.info", ask).await.ok()["user"].get("orgs").is_none());
    }
}
