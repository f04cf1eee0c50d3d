//! `permission.*`

use std::time::Duration;

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::on_both;
use crate::support::rpc::{PERMISSION_READ, PERMISSION_WRITE, org, permission, role, system_permission};

pub const SYSTEM: [&str; 12] = [
    "yeep.org.write",
    "yeep.org.read",
    "yeep.user.write",
    "yeep.user.read",
    "yeep.permission.write",
    "yeep.permission.read",
    "yeep.permission.assignment.write",
    "yeep.permission.assignment.read",
    "yeep.role.write",
    "yeep.role.read",
    "yeep.role.assignment.write",
    "yeep.role.assignment.read",
];

on_both! {
    async fn permissions_live_in_their_scope(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let (orbit, harbor) = (org(&nadia, "orbit").await, org(&tomas, "harbor").await);
        let id = permission(&nadia, &orbit, "orbit.deploy").await;
        let create = |name: &str, scope: &str| json!({ "name": name, "scope": scope });
        nadia.call("permission.create", json!({ "name": "anything" })).await.forbidden("nadia@orbit.test");
        nadia.call("permission.create", create("yeep.more", &orbit)).await
            .refused(10015, "Permissions starting with \"yeep\" are reserved for system use");
        nadia.call("permission.create", create("yeepish", &orbit)).await.ok();
        nadia.call("permission.create", create("Orbit.Deploy", &orbit)).await
            .refused(10007, "Permission \"orbit.deploy\" already exists");
        tomas.call("permission.create", create("orbit.deploy", &harbor)).await.ok();
        tomas.call("permission.create", create("mine", &orbit)).await.forbidden("tomas@orbit.test");

        tomas.call("permission.info", json!({ "id": id })).await.forbidden("tomas@orbit.test");
        tomas.call("permission.info", json!({ "id": NOBODYS })).await
            .refused(10008, &format!("Permission {NOBODYS} cannot be found"));
        nadia.call("permission.update", json!({ "id": id })).await.invalid(json!([[["name"], "any.required"]]));
        app.advance(std::time::Duration::from_secs(1));
        let changed = nadia.call("permission.update", json!({ "id": id, "description": "May" })).await.ok();
        let changed = &changed["permission"];
        assert_eq!((&changed["name"], &changed["scope"]), (&json!("orbit.deploy"), &json!(orbit)));
        assert!(changed["updatedAt"].as_str() > changed["createdAt"].as_str());

        let listed = nadia.call("permission.list", json!({})).await.ok();
        let names: Vec<&str> =
            listed["permissions"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["orbit.deploy", "yeepish"]);
        let first = nadia.call("permission.list", json!({ "limit": 1, "q": "ORBIT" })).await.ok();
        let rest = json!({ "limit": 1, "q": "orbit", "cursor": first["nextCursor"] });
        assert_eq!(nadia.call("permission.list", rest).await.ok()["permissions"], json!([]));
        nadia.call("permission.list", json!({ "cursor": "bm90aGluZw==" })).await
            .refused(400, "Invalid request body");
    }

    async fn a_permission_is_made_shown_and_changed_whole(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        let body = json!({ "name": " Orbit_De-ploy.1 ", "description": " May deploy ", "scope": orbit.to_uppercase() });
        let made = nadia.call("permission.create", body).await.ok();
        let id = made["permission"]["id"].clone();
        let mut expected = json!({ "ok": true, "permission": {
            "id": id, "name": "orbit_de-ploy.1", "description": "May deploy", "scope": orbit,
            "isSystemPermission": false,
            "createdAt": "2026-03-01T08:15:30.250Z", "updatedAt": "2026-03-01T08:15:30.250Z",
        } });
        assert_eq!(made, expected);
        let upper = json!({ "id": id.as_str().unwrap().to_uppercase() });
        assert_eq!(nadia.call("permission.info", upper).await.ok(), expected);
        for (seconds, field, sent, kept) in
            [("31", "name", " Other ", "other"), ("32", "description", " Else ", "Else"), ("33", "name", "OTHER", "other")]
        {
            app.advance(Duration::from_secs(1));
            expected["permission"][field] = json!(kept);
            expected["permission"]["updatedAt"] = json!(format!("2026-03-01T08:15:{seconds}.250Z"));
            let changed = nadia.call("permission.update", json!({ "id": id, field: sent })).await.ok();
            assert_eq!(changed, expected);
            assert_eq!(nadia.call("permission.info", json!({ "id": id })).await.ok(), expected);
        }
        let plain = nadia.call("permission.create", json!({ "name": "plain", "scope": orbit })).await.ok();
        assert!(plain["permission"].get("description").is_none(), "{plain}");
    }

    async fn a_global_one_has_no_scope(app: App) {
        let sofia = app.superuser().await;
        let made = sofia.call("permission.create", json!({ "name": "global" })).await.ok();
        assert_eq!(made["permission"]["scope"], json!(null));
        // In an org the name is free.
        let orbit = org(&sofia, "orbit").await;
        permission(&sofia, &orbit, "global").await;
        sofia.call("permission.create", json!({ "name": "GLOBAL" })).await
            .refused(10007, "Permission \"global\" already exists");
    }

    async fn the_twelve_of_the_system_stay_as_they_are(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        for (number, name) in SYSTEM.into_iter().enumerate() {
            let id = system_permission(number + 1);
            let shown = sofia.call("permission.info", json!({ "id": id })).await.ok()["permission"].clone();
            assert_eq!(
                (&shown["name"], &shown["isSystemPermission"], &shown["scope"]),
                (&json!(name), &json!(true), &json!(null))
            );
            assert!(!shown["description"].as_str().unwrap().is_empty(), "{shown}");
            for (method, body, action) in [
                ("permission.update", json!({ "id": id, "name": "yeep.other" }), "updated"),
                ("permission.update", json!({ "id": id, "description": "Mine" }), "updated"),
                ("permission.delete", json!({ "id": id }), "deleted"),
            ] {
                nadia.call(method, body.clone()).await.forbidden("nadia");
                let message = format!("Permission {id} is a system permission and thus cannot be {action}");
                sofia.call(method, body).await.refused(10009, &message);
            }
        }
        let listed = sofia.call("permission.list", json!({})).await.ok();
        let names: Vec<&Value> = listed["permissions"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
        assert_eq!(json!(names), json!(SYSTEM));
    }

    async fn names_of_the_system_are_reserved(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        let id = permission(&nadia, &orbit, "mine").await;
        permission(&nadia, &orbit, "taken").await;
        let reserved = "Permissions starting with \"yeep\" are reserved for system use";
        for name in ["yeep.user.read", "YEEP.x", " yeep.. "] {
            nadia.call("permission.create", json!({ "name": name, "scope": orbit })).await.refused(10015, reserved);
            nadia.call("permission.update", json!({ "id": id, "name": name })).await.refused(10015, reserved);
        }
        nadia.call("permission.update", json!({ "id": id, "name": "Taken" })).await
            .refused(10007, "Permission \"taken\" already exists");
        for name in ["yeep", "yeepish", "yeep-x"] {
            nadia.call("permission.update", json!({ "id": id, "name": name })).await.ok();
        }
        permission(&nadia, &orbit, "yeep").await;
    }

    async fn reading_and_writing_have_their_rights(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let (own, foreign) = (permission(&sofia, &orbit, "own").await, permission(&sofia, &other, "foreign").await);
        let global = sofia.call("permission.create", json!({ "name": "global" })).await.ok();
        let global = global["permission"]["id"].as_str().unwrap();
        for (name, right, others, methods) in [
            ("reader", PERMISSION_READ, PERMISSION_WRITE, &["permission.info"][..]),
            ("writer", PERMISSION_WRITE, PERMISSION_READ, &["permission.update", "permission.delete"]),
        ] {
            let caller_id = sofia.make_user(name, &[&orbit, &other]).await;
            let caller = app.rpc_as(name).await;
            sofia.grant(&caller_id, Some(&orbit), others).await;
            sofia.grant(&caller_id, Some(&other), right).await;
            for method in methods {
                let call = async |id: &str| caller.call(method, json!({ "id": id })).await;
                call(NOBODYS).await.refused(10008, &format!("Permission {NOBODYS} cannot be found"));
                call(&own).await.forbidden(name);
                call(global).await.forbidden(name);
                caller.call(method, json!({ "more": 1 })).await.invalid(json!([
                    [["id"], "any.required"], [["more"], "object.allowUnknown"],
                ]));
            }
            if right == PERMISSION_READ {
                caller.call("permission.info", json!({ "id": foreign })).await.ok();
                sofia.grant(&caller_id, None, right).await;
                for id in [own.as_str(), &foreign, global] {
                    caller.call("permission.info", json!({ "id": id })).await.ok();
                }
            } else {
                for scope in [json!(orbit), json!(NOBODYS)] {
                    caller.call("permission.create", json!({ "name": "new", "scope": scope })).await.forbidden(name);
                }
                caller.call("permission.create", json!({ "name": "new" })).await.forbidden(name);
                caller.call("permission.create", json!({ "name": "new", "scope": other })).await.ok();
                caller.call("permission.update", json!({ "id": foreign })).await
                    .invalid(json!([[["name"], "any.required"]]));
                caller.call("permission.update", json!({ "id": foreign, "name": "changed" })).await.ok();
                sofia.grant(&caller_id, None, right).await;
                for id in [own.as_str(), &foreign, global] {
                    caller.call("permission.delete", json!({ "id": id })).await.plain();
                    sofia.call("permission.delete", json!({ "id": id })).await
                        .refused(10008, &format!("Permission {id} cannot be found"));
                }
                caller.call("permission.create", json!({ "name": "new" })).await.ok();
            }
        }
    }

    async fn the_bodies_have_their_rules(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let body = json!({ "permissions": [], "scope": "x", "description": " ", "name": "a b" });
        nadia.call("permission.create", body).await.invalid(json!([
            [["name"], "string.regex.name"],
            [["description"], "any.empty"], [["description"], "string.min"],
            [["scope"], "string.length"], [["scope"], "string.hex"],
            [["permissions"], "object.allowUnknown"],
        ]));
        nadia.call("permission.create", json!({})).await.invalid(json!([[["name"], "any.required"]]));
        for (name, kinds) in [
            (json!("a"), vec!["string.min"]),
            (json!("n".repeat(65)), vec!["string.max"]),
            (json!("or:bit"), vec!["string.regex.name"]),
            (json!(":"), vec!["string.min", "string.regex.name"]),
            (json!(null), vec!["string.base"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([["name"], kind])).collect();
            nadia.call("permission.create", json!({ "name": name })).await.invalid(faults.clone());
            nadia.call("permission.update", json!({ "name": name, "id": NOBODYS })).await.invalid(faults);
        }
        let body = json!({ "scope": NOBODYS, "description": "d".repeat(141), "id": null });
        nadia.call("permission.update", body).await.invalid(json!([
            [["id"], "string.base"], [["description"], "string.max"], [["scope"], "object.allowUnknown"],
        ]));
        let orbit = org(&nadia, "orbit").await;
        for (name, description) in [("ab".to_owned(), "d".to_owned()), ("n".repeat(64), "d".repeat(140))] {
            let body = json!({ "name": name, "description": description, "scope": orbit });
            nadia.call("permission.create", body).await.ok();
        }
    }

    async fn a_deleted_permission_leaves_everything(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let operator = role(&sofia, &orbit, "operator", &[&deploy]).await;
        let id = sofia.make_user("nadia", &[]).await;
        let body = json!({ "orgId": orbit, "userId": id, "permissions": [deploy], "roles": [operator] });
        sofia.call("org.addMember", body).await.plain();
        let ask = json!({ "userKey": "ines@orbit.test", "orgId": orbit, "permissions": [deploy], "roles": [operator] });
        sofia.call("user.invite", ask).await.plain();
        let token = app.mail_to("ines@orbit.test").await.token();
        sofia.call("permission.delete", json!({ "id": deploy })).await.plain();

        let nadia = app.rpc_as("nadia").await;
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!((&told["roles"][0]["id"], &told["permissions"]), (&json!(operator), &json!([])));
        assert_eq!(sofia.call("role.info", json!({ "id": operator })).await.ok()["role"]["permissions"], json!([]));
        sofia.call("user.assignPermission", json!({ "userId": id, "orgId": orbit, "permissionId": deploy })).await
            .refused(10008, "Permission does not exist");
        let join = json!({ "token": token, "username": "ines", "password": "correct horse 1", "fullName": "Ines" });
        let joined = app.rpc().call("user.join", join).await.ok()["user"]["id"].clone();
        let ask = json!({ "id": joined, "projection": { "permissions": true } });
        assert_eq!(sofia.call("user.info", ask).await.ok()["user"]["permissions"], json!([]));
        // The name is free again.
        permission(&sofia, &orbit, "orbit.deploy").await;
    }
}
