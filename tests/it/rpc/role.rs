//! `role.*`

use std::time::Duration;

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::on_both;
use crate::support::rpc::{
    ROLE_READ, ROLE_WRITE, USER_READ, USER_WRITE, admin_role, org, permission, role, system_permission,
};

on_both! {
    async fn roles_hold_what_their_scope_has_and_their_writer_holds(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let (orbit, harbor) = (org(&nadia, "orbit").await, org(&tomas, "harbor").await);
        let own = permission(&nadia, &orbit, "orbit.deploy").await;
        let other = permission(&tomas, &harbor, "harbor.deploy").await;
        let create = |name: &str, permissions: Value| json!({ "name": name, "scope": orbit, "permissions": permissions });
        nadia.call("role.create", create("operator", json!([own, other]))).await.refused(
            10008,
            &format!("Permission \"{other}\" does not exist or is not accessible"),
        );
        nadia.call("role.create", create("admin", json!([own]))).await.refused(10016, "Role \"admin\" already exists");
        nadia.call("role.create", create("operator", json!([]))).await.invalid(json!([[["permissions"], "array.min"]]));
        let role = role(&nadia, &orbit, "operator", &[&own, &system_permission(3)]).await;

        // The right to write roles does not allow granting rights that the caller does not hold.
        let user = tomas.id().await;
        nadia.call("org.addMember", json!({ "orgId": orbit, "userId": user })).await.plain();
        let writer = json!({ "userId": user, "orgId": orbit, "permissionId": system_permission(9) });
        nadia.call("user.assignPermission", writer).await.ok();
        tomas.call("role.create", create("mine", json!([own]))).await.ok();
        tomas.call("role.create", create("more", json!([system_permission(3)]))).await.forbidden("tomas@orbit.test");
        let grow = json!({ "id": role, "permissions": [system_permission(1)] });
        tomas.call("role.update", grow).await.forbidden("tomas@orbit.test");

        tomas.call("role.delete", json!({ "id": admin_role() })).await.forbidden("tomas@orbit.test");
        nadia.call("permission.delete", json!({ "id": own })).await.plain();
        let left = nadia.call("role.info", json!({ "id": role })).await.ok();
        assert_eq!(left["role"]["permissions"], json!([system_permission(3)]));
        nadia.call("role.delete", json!({ "id": role })).await.plain();
        nadia.call("role.info", json!({ "id": role })).await.refused(10017, &format!("Role {role} cannot be found"));
    }

    async fn a_role_is_made_shown_and_changed_whole(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        let (first, second) = (permission(&nadia, &orbit, "first").await, permission(&nadia, &orbit, "second").await);
        let body = json!({
            "name": " Orbit:Op_er-a.1 ", "description": " Runs ", "scope": orbit.to_uppercase(),
            "permissions": first.to_uppercase(),
        });
        let made = nadia.call("role.create", body).await.ok();
        let id = made["role"]["id"].clone();
        let mut expected = json!({ "ok": true, "role": {
            "id": id, "name": "orbit:op_er-a.1", "description": "Runs", "scope": orbit, "permissions": [first],
            "isSystemRole": false,
            "createdAt": "2026-03-01T08:15:30.250Z", "updatedAt": "2026-03-01T08:15:30.250Z",
        } });
        assert_eq!(made, expected);
        for (seconds, field, sent, kept) in [
            ("31", "name", json!(" Other "), json!("other")),
            ("32", "description", json!(" Else "), json!("Else")),
            ("33", "permissions", json!([first, second]), json!([first, second])),
            ("34", "permissions", json!(second), json!([second])),
            ("35", "name", json!("OTHER"), json!("other")),
        ] {
            app.advance(Duration::from_secs(1));
            expected["role"][field] = kept;
            expected["role"]["updatedAt"] = json!(format!("2026-03-01T08:15:{seconds}.250Z"));
            assert_eq!(nadia.call("role.update", json!({ "id": id, field: sent })).await.ok(), expected);
            let upper = json!({ "id": id.as_str().unwrap().to_uppercase() });
            assert_eq!(nadia.call("role.info", upper).await.ok(), expected);
        }
        let plain = role(&nadia, &orbit, "plain", &[&first]).await;
        let plain = nadia.call("role.info", json!({ "id": plain })).await.ok();
        assert!(plain["role"].get("description").is_none(), "{plain}");
    }

    async fn the_role_of_the_system_stays_as_it_is(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let (orbit, admin) = (org(&sofia, "orbit").await, admin_role());
        let shown = sofia.call("role.info", json!({ "id": admin })).await.ok()["role"].clone();
        let twelve: Vec<String> = (1..=12).map(system_permission).collect();
        assert_eq!(
            (&shown["name"], &shown["isSystemRole"], &shown["scope"], &shown["permissions"], shown.get("description")),
            (&json!("admin"), &json!(true), &json!(null), &json!(twelve), None)
        );
        for (method, body, action) in [
            ("role.update", json!({ "id": admin, "name": "other" }), "updated"),
            ("role.update", json!({ "id": admin, "description": "Mine" }), "updated"),
            ("role.update", json!({ "id": admin, "permissions": [system_permission(1)] }), "updated"),
            ("role.delete", json!({ "id": admin }), "deleted"),
        ] {
            nadia.call(method, body.clone()).await.forbidden("nadia");
            let message = format!("Role {admin} is a system role and thus cannot be {action}");
            sofia.call(method, body).await.refused(10018, &message);
        }
        // Its name is taken in every scope.
        let own = permission(&sofia, &orbit, "own").await;
        let mine = role(&sofia, &orbit, "mine", &[&own]).await;
        let taken = "Role \"admin\" already exists";
        for scope in [json!({ "scope": orbit }), json!({})] {
            let mut body = json!({ "name": " ADMIN ", "permissions": [system_permission(1)] });
            body.as_object_mut().unwrap().extend(scope.as_object().unwrap().clone());
            sofia.call("role.create", body).await.refused(10016, taken);
        }
        sofia.call("role.update", json!({ "id": mine, "name": "Admin" })).await.refused(10016, taken);
    }

    async fn a_name_is_taken_within_its_scope(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let read = system_permission(USER_READ);
        let one = role(&sofia, &orbit, "one", &[&read]).await;
        role(&sofia, &orbit, "two", &[&read]).await;
        role(&sofia, &other, "one", &[&read]).await;
        let global = json!({ "name": "one", "permissions": read });
        assert_eq!(sofia.call("role.create", global.clone()).await.ok()["role"]["scope"], json!(null));
        sofia.call("role.create", global).await.refused(10016, "Role \"one\" already exists");
        let body = json!({ "name": "ONE", "permissions": [NOBODYS], "scope": orbit });
        sofia.call("role.create", body).await.refused(10016, "Role \"one\" already exists");
        let body = json!({ "id": one, "name": "Two", "permissions": [NOBODYS] });
        sofia.call("role.update", body).await.refused(10016, "Role \"two\" already exists");
    }

    async fn the_first_permission_that_does_not_fit_is_named(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let (own, foreign) = (permission(&sofia, &orbit, "own").await, permission(&sofia, &other, "foreign").await);
        let global = sofia.call("permission.create", json!({ "name": "global" })).await.ok();
        let global = global["permission"]["id"].as_str().unwrap();
        let mine = role(&sofia, &orbit, "mine", &[&own, global, &system_permission(1)]).await;
        for wrong in [foreign.as_str(), NOBODYS] {
            let permissions = [own.as_str(), global, wrong, "ffffffffffffffffffffffff"];
            let body = json!({ "name": "new", "scope": orbit, "permissions": permissions });
            sofia.call("role.create", body).await
                .refused(10008, &format!("Permission \"{wrong}\" does not exist or is not accessible"));
            app.advance(Duration::from_secs(1));
            let body = json!({ "id": mine, "name": "other", "permissions": permissions });
            sofia.call("role.update", body).await
                .refused(10008, &format!("Permission {wrong} does not exist or is not accessible"));
        }
        // A global role holds only global permissions.
        sofia.call("role.create", json!({ "name": "new", "permissions": [own] })).await
            .refused(10008, &format!("Permission \"{own}\" does not exist or is not accessible"));
        // Nothing was done in part.
        let shown = sofia.call("role.info", json!({ "id": mine })).await.ok()["role"].clone();
        assert_eq!((&shown["name"], &shown["updatedAt"]), (&json!("mine"), &shown["createdAt"]));
        assert_eq!(shown["permissions"].as_array().unwrap().len(), 3);
    }

    async fn reading_and_writing_have_their_rights(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let (mine, yours) = (permission(&sofia, &orbit, "mine").await, permission(&sofia, &other, "yours").await);
        let (own, foreign) = (role(&sofia, &orbit, "own", &[&mine]).await, role(&sofia, &other, "foreign", &[&yours]).await);
        let free = sofia.call("permission.create", json!({ "name": "free" })).await.ok()["permission"]["id"].clone();
        let global = sofia.call("role.create", json!({ "name": "global", "permissions": [free] })).await.ok();
        let global = global["role"]["id"].as_str().unwrap();
        for (name, right, others, methods) in [
            ("reader", ROLE_READ, ROLE_WRITE, &["role.info"][..]),
            ("writer", ROLE_WRITE, ROLE_READ, &["role.update", "role.delete"]),
        ] {
            let caller_id = sofia.make_user(name, &[&orbit, &other]).await;
            let caller = app.rpc_as(name).await;
            sofia.grant(&caller_id, Some(&orbit), others).await;
            sofia.grant(&caller_id, Some(&other), right).await;
            for method in methods {
                let call = async |id: &str| caller.call(method, json!({ "id": id })).await;
                call(NOBODYS).await.refused(10017, &format!("Role {NOBODYS} cannot be found"));
                call(&own).await.forbidden(name);
                call(global).await.forbidden(name);
                caller.call(method, json!({ "more": 1 })).await.invalid(json!([
                    [["id"], "any.required"], [["more"], "object.allowUnknown"],
                ]));
            }
            if right == ROLE_READ {
                caller.call("role.info", json!({ "id": foreign })).await.ok();
                sofia.grant(&caller_id, None, right).await;
                for id in [own.as_str(), &foreign, global] {
                    caller.call("role.info", json!({ "id": id })).await.ok();
                }
            } else {
                for scope in [json!(orbit), json!(NOBODYS)] {
                    let body = json!({ "name": "new", "scope": scope, "permissions": [NOBODYS] });
                    caller.call("role.create", body).await.forbidden(name);
                }
                caller.call("role.create", json!({ "name": "new", "permissions": [free] })).await.forbidden(name);
                caller.call("role.update", json!({ "id": foreign })).await.invalid(json!([[["name"], "any.required"]]));
                caller.call("role.update", json!({ "id": foreign, "name": "changed" })).await.ok();
                role(&caller, &other, "new", &[&yours]).await;
                sofia.grant(&caller_id, None, right).await;
                for id in [own.as_str(), &foreign, global] {
                    caller.call("role.delete", json!({ "id": id })).await.plain();
                    sofia.call("role.delete", json!({ "id": id })).await
                        .refused(10017, &format!("Role {id} cannot be found"));
                }
                caller.call("role.create", json!({ "name": "new", "permissions": [free] })).await.ok();
            }
        }
    }

    async fn a_right_held_globally_may_go_into_an_orgs_role(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let id = sofia.make_user("nadia", &[&orbit]).await;
        let nadia = app.rpc_as("nadia").await;
        sofia.grant(&id, Some(&orbit), ROLE_WRITE).await;
        let body = json!({ "name": "reader", "scope": orbit, "permissions": [system_permission(USER_READ)] });
        nadia.call("role.create", body.clone()).await.forbidden("nadia");
        sofia.grant(&id, None, USER_READ).await;
        nadia.call("role.create", body).await.ok();
        // A right in the org does not count outside of it.
        sofia.grant(&id, None, ROLE_WRITE).await;
        sofia.grant(&id, Some(&orbit), USER_WRITE).await;
        let body = json!({ "name": "global", "permissions": [system_permission(USER_WRITE)] });
        nadia.call("role.create", body).await.forbidden("nadia");
    }

    async fn a_deleted_role_leaves_everything_at_once(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let reader = role(&sofia, &orbit, "reader", &[&system_permission(USER_READ)]).await;
        let id = sofia.make_user("nadia", &[]).await;
        sofia.call("org.addMember", json!({ "orgId": orbit, "userId": id, "roles": [reader] })).await.plain();
        sofia.call("user.invite", json!({ "userKey": "ines@orbit.test", "orgId": orbit, "roles": [reader] })).await.plain();
        let token = app.mail_to("ines@orbit.test").await.token();
        let nadia = app.rpc_as("nadia").await;
        let seen = async || nadia.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len();
        assert_eq!(seen().await, 2);
        sofia.call("role.delete", json!({ "id": reader })).await.plain();
        assert_eq!(seen().await, 0);
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!((&told["roles"], &told["permissions"]), (&json!([]), &json!([])));
        let join = json!({ "token": token, "username": "ines", "password": "correct horse 1", "fullName": "Ines" });
        app.rpc().call("user.join", join).await.ok();
        let ines = app.rpc_as("ines").await;
        assert_eq!(ines.call("user.list", json!({})).await.ok()["users"], json!([]));
    }
}
