//! `user.assignPermission`, `user.revokePermission`, `user.assignRole`, `user.revokeRole`

use serde_json::{Value, json};

use crate::support::on_both;
use crate::support::rpc::{
    PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE, USER_READ, USER_WRITE, admin_role, org, permission, role,
    system_permission,
};

const UNKNOWN: &str = "0123456789abcdef01234567";

on_both! {
    async fn a_permission_is_given_and_taken_back(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let permission = system_permission(USER_READ);
        let upper = json!({ "userId": id.to_uppercase(), "permissionId": permission });
        let answer = sofia.call("user.assignPermission", upper).await.ok();
        let expected = json!({ "userId": id, "orgId": null, "permissionId": permission });
        assert_eq!(answer, json!({ "ok": true, "permissionAssignment": expected }));
        let listed = async || nadia.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len();
        assert_eq!(listed().await, 2);
        let body = json!({ "userId": id, "permissionId": permission });
        sofia.call("user.revokePermission", body.clone()).await.plain();
        assert_eq!(listed().await, 0);
        sofia.call("user.revokePermission", body).await.refused(10013, "PermissionAssignment does not exist");
    }

    async fn a_role_is_given_in_an_org_and_taken_back(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let id = sofia.make_user("nadia", &[&orbit]).await;
        let body = json!({ "userId": id, "orgId": orbit, "roleId": admin_role(), "resourceId": " ship " });
        let answer = sofia.call("user.assignRole", body.clone()).await.ok();
        let expected = json!({ "userId": id, "orgId": orbit, "roleId": admin_role(), "resourceId": "ship" });
        assert_eq!(answer, json!({ "ok": true, "roleAssignment": expected }));
        // Limited to a resource, it opens nothing.
        let nadia = app.rpc_as("nadia").await;
        assert_eq!(nadia.call("user.list", json!({})).await.ok()["users"], json!([]));
        let mut without = body.clone();
        without.as_object_mut().unwrap().remove("resourceId");
        sofia.call("user.revokeRole", without.clone()).await.refused(10021, "RoleAssignment does not exist");
        sofia.call("user.assignRole", without.clone()).await.ok();
        assert_eq!(nadia.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len(), 2);
        let twice = format!("Role {} already assigned to the designated user", admin_role());
        sofia.call("user.assignRole", without.clone()).await.refused(10020, &twice);
        sofia.call("user.assignRole", body.clone()).await.refused(10020, &twice);
        sofia.call("user.revokeRole", body.clone()).await.plain();
        sofia.call("user.revokeRole", body).await.refused(10021, "RoleAssignment does not exist");
        sofia.call("user.revokeRole", without).await.plain();
        assert_eq!(nadia.call("user.list", json!({})).await.ok()["users"], json!([]));
    }

    async fn a_resource_is_a_number_or_a_text(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let permission = system_permission(USER_READ);
        let call = async |method: &str, resource: &Value| {
            sofia.call(method, json!({ "userId": id, "permissionId": permission, "resourceId": resource })).await
        };
        let digits = "123456789012345678901234";
        for (sent, told) in [
            (json!(60), json!(60)),
            (json!(0.5), json!(0.5)),
            (json!(" 61 "), json!(61)),
            (json!("ship 7"), json!("ship 7")),
            (json!(digits), json!(digits)),
        ] {
            let answer = call("user.assignPermission", &sent).await.ok();
            assert_eq!(answer["permissionAssignment"]["resourceId"], told);
            let twice = format!("Permission {permission} already assigned to the designated user");
            call("user.assignPermission", &told).await.refused(10010, &twice);
        }
        call("user.revokePermission", &json!("60")).await.plain();
        call("user.revokePermission", &json!(60)).await.refused(10013, "PermissionAssignment does not exist");
        for (sent, kind) in [
            (json!("x"), "string.min"),
            (json!("x".repeat(141)), "string.max"),
            (json!(true), "string.base"),
            (json!(null), "string.base"),
            (json!({}), "string.base"),
        ] {
            let faults = json!([[["resourceId"], "number.base"], [["resourceId"], kind]]);
            call("user.assignPermission", &sent).await.invalid(faults);
        }
    }

    async fn refusals_come_in_their_order(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let nadia = sofia.make_user("nadia", &[]).await;
        for (assign, revoke, field, known) in [
            ("user.assignPermission", "user.revokePermission", "permissionId", system_permission(USER_READ)),
            ("user.assignRole", "user.revokeRole", "roleId", admin_role()),
        ] {
            for method in [assign, revoke] {
                let call = async |user: &str, org: &str, named: &str| {
                    sofia.call(method, json!({ "userId": user, "orgId": org, field: named })).await
                };
                call(UNKNOWN, UNKNOWN, UNKNOWN).await.refused(10001, "User does not exist");
                call(&nadia, UNKNOWN, UNKNOWN).await.refused(10011, "Org does not exist");
                match method {
                    "user.assignPermission" => {
                        call(&nadia, &orbit, UNKNOWN).await.refused(10008, "Permission does not exist");
                    }
                    "user.revokePermission" => {}
                    _ => call(&nadia, &orbit, UNKNOWN).await.refused(10017, &format!("Role {UNKNOWN} does not exist")),
                }
                let no_member = format!("User {nadia} is not a member of org {orbit}");
                call(&nadia, &orbit, &known).await.refused(10023, &no_member);
            }
            let body = json!({ "userId": nadia, field: UNKNOWN });
            match field {
                "permissionId" => sofia.call(revoke, body).await.refused(10013, "PermissionAssignment does not exist"),
                _ => sofia.call(revoke, body).await.refused(10017, &format!("Role {UNKNOWN} does not exist")),
            }
        }
    }

    async fn each_pair_of_methods_has_its_right(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("walt", &[]).await;
        let walt = app.rpc_as("walt").await;
        let (orbit, other) = (org(&walt, "orbit").await, org(&walt, "other").await);
        let target = sofia.make_user("target", &[&orbit, &other]).await;
        for (name, right, methods, field, named) in [
            ("perm", PERMISSION_ASSIGNMENT_WRITE, ["user.assignPermission", "user.revokePermission"], "permissionId",
             system_permission(PERMISSION_ASSIGNMENT_WRITE)),
            ("role", ROLE_ASSIGNMENT_WRITE, ["user.assignRole", "user.revokeRole"], "roleId", admin_role()),
        ] {
            let id = sofia.make_user(name, &[&orbit, &other]).await;
            let caller = app.rpc_as(name).await;
            let other_right = if name == "perm" { ROLE_ASSIGNMENT_WRITE } else { PERMISSION_ASSIGNMENT_WRITE };
            sofia.grant(&id, Some(&orbit), other_right).await;
            for method in methods {
                app.rpc().call(method, json!({})).await.masked();
                caller.call(method, json!({})).await.invalid(json!([
                    [["userId"], "any.required"], [[field], "any.required"],
                ]));
                let in_orbit = json!({ "userId": target, "orgId": orbit, field: named });
                caller.call(method, in_orbit.clone()).await.forbidden(name);
                caller.call(method, json!({ "userId": UNKNOWN, "orgId": orbit, field: UNKNOWN })).await.forbidden(name);
            }
            sofia.grant(&id, Some(&orbit), right).await;
            let body = |org: Option<&str>, user: &str| {
                let mut body = json!({ "userId": user, field: named });
                if let Some(org) = org {
                    body["orgId"] = json!(org);
                }
                body
            };
            for method in methods {
                caller.call(method, body(Some(&orbit), UNKNOWN)).await.refused(10001, "User does not exist");
                // Neither in another org nor globally.
                caller.call(method, body(Some(&other), &target)).await.forbidden(name);
                caller.call(method, body(None, &target)).await.forbidden(name);
            }
            if name == "perm" {
                caller.call(methods[0], body(Some(&orbit), &target)).await.ok();
                caller.call(methods[1], body(Some(&orbit), &target)).await.plain();
                // A caller cannot grant what they do not hold, but may revoke it.
                let body = json!({ "userId": target, "orgId": orbit, "permissionId": system_permission(USER_WRITE) });
                caller.call(methods[0], body.clone()).await.forbidden(name);
                sofia.grant(&target, Some(&orbit), USER_WRITE).await;
                caller.call(methods[1], body).await.plain();
            } else {
                // Nor a role that contains it.
                caller.call(methods[0], body(Some(&orbit), &target)).await.forbidden(name);
            }
        }
    }

    async fn the_bodies_have_their_rules(app: App) {
        let sofia = app.superuser().await;
        for (methods, field) in [
            (["user.assignPermission", "user.revokePermission"], "permissionId"),
            (["user.assignRole", "user.revokeRole"], "roleId"),
        ] {
            for method in methods {
                let body = json!({ "other": 1, "resourceId": "x", field: 7, "orgId": null, "userId": "short" });
                sofia.call(method, body).await.invalid(json!([
                    [["userId"], "string.length"], [["userId"], "string.hex"],
                    [["orgId"], "string.base"],
                    [[field], "string.base"],
                    [["resourceId"], "number.base"], [["resourceId"], "string.min"],
                    [["other"], "object.allowUnknown"],
                ]));
            }
        }
    }

    async fn what_belongs_to_an_org_is_given_there_alone(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let foreign = permission(&sofia, &other, "foreign").await;
        let foreign_role = role(&sofia, &other, "foreign", &[&foreign]).await;
        let global = sofia.call("permission.create", json!({ "name": "global" })).await.ok();
        let global = global["permission"]["id"].as_str().unwrap();
        let global_role = sofia.call("role.create", json!({ "name": "global", "permissions": [global] })).await.ok();
        let global_role = global_role["role"]["id"].as_str().unwrap();
        let member = sofia.make_user("nadia", &[&orbit]).await;
        let stranger = sofia.make_user("oleg", &[]).await;
        let cannot = |what: &str, id: &str| format!("{what} {id} cannot be assigned to the designated org");
        for user in [&member, &stranger] {
            for org in [json!({ "orgId": orbit }), json!({})] {
                let call = async |method: &str, field: &str, named: &str| {
                    let mut body = json!({ "userId": user, field: named });
                    body.as_object_mut().unwrap().extend(org.as_object().unwrap().clone());
                    sofia.call(method, body).await
                };
                call("user.assignPermission", "permissionId", &foreign).await
                    .refused(10011, &cannot("Permission", &foreign));
                for method in ["user.assignRole", "user.revokeRole"] {
                    call(method, "roleId", &foreign_role).await.refused(10019, &cannot("Role", &foreign_role));
                }
                // Revoking needs only the right to write assignments.
                let told = call("user.revokePermission", "permissionId", &foreign).await;
                if org == json!({}) || *user == member {
                    told.refused(10013, "PermissionAssignment does not exist");
                } else {
                    told.refused(10023, &format!("User {user} is not a member of org {orbit}"));
                }
            }
        }
        for (methods, field, named) in [
            (["user.assignPermission", "user.revokePermission"], "permissionId", global),
            (["user.assignRole", "user.revokeRole"], "roleId", global_role),
        ] {
            for org in [json!({ "orgId": orbit }), json!({})] {
                for method in methods {
                    let mut body = json!({ "userId": member, field: named });
                    body.as_object_mut().unwrap().extend(org.as_object().unwrap().clone());
                    sofia.call(method, body).await.ok();
                }
            }
        }
    }

    async fn an_orgs_own_is_handed_out_held_or_not(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let operator = role(&sofia, &orbit, "operator", &[&deploy]).await;
        let id = sofia.make_user("nadia", &[&orbit]).await;
        let nadia = app.rpc_as("nadia").await;
        for right in [PERMISSION_ASSIGNMENT_WRITE, ROLE_ASSIGNMENT_WRITE] {
            sofia.grant(&id, Some(&orbit), right).await;
        }
        let target = sofia.make_user("target", &[&orbit]).await;
        for (method, field, named) in
            [("user.assignPermission", "permissionId", &deploy), ("user.assignRole", "roleId", &operator)]
        {
            nadia.call(method, json!({ "userId": target, "orgId": orbit, field: named })).await.ok();
        }
    }

    async fn a_membership_that_ended_holds_nothing(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let id = sofia.make_user("nadia", &[]).await;
        sofia.call("org.addMember", json!({ "orgId": orbit, "userId": id, "expiresInSeconds": 60 })).await.plain();
        let body = json!({ "userId": id, "orgId": orbit, "permissionId": system_permission(USER_READ) });
        sofia.call("user.assignPermission", body.clone()).await.ok();
        app.advance(std::time::Duration::from_mins(1));
        let no_member = format!("User {id} is not a member of org {orbit}");
        for method in ["user.assignPermission", "user.revokePermission"] {
            sofia.call(method, body.clone()).await.refused(10023, &no_member);
        }
    }
}
