//! `role.create`, `role.update`: their bodies; `role.list`

use std::time::Duration;

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::on_both;
use crate::support::rpc::{ROLE_READ, Rpc, USER_READ, admin_role, org, permission, role, system_permission};

async fn names(rpc: &Rpc<'_>, body: Value) -> Vec<String> {
    let listed = rpc.call("role.list", body).await.ok();
    listed["roles"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn the_bodies_have_their_rules(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let body = json!({ "more": 1, "scope": 7, "permissions": ["x", 7], "description": "d".repeat(141), "name": "a b" });
        nadia.call("role.create", body).await.invalid(json!([
            [["name"], "string.regex.name"],
            [["description"], "string.max"],
            [["permissions", 0], "string.length"], [["permissions", 0], "string.hex"],
            [["permissions", 1], "string.base"],
            [["scope"], "string.base"],
            [["more"], "object.allowUnknown"],
        ]));
        nadia.call("role.create", json!({})).await.invalid(json!([
            [["name"], "any.required"], [["permissions"], "any.required"],
        ]));
        let ids: Vec<String> = (0..101).map(|number| format!("{number:024x}")).collect();
        let mut faulty = ids.clone();
        faulty[1] = "x".repeat(24);
        for (value, faults) in [
            (json!([]), json!([[["permissions"], "array.min"]])),
            (json!(null), json!([[["permissions"], "array.base"]])),
            (json!(7), json!([[["permissions", 0], "string.base"]])),
            (json!({ "id": NOBODYS }), json!([[["permissions", 0], "string.base"]])),
            (json!(ids), json!([[["permissions"], "array.max"]])),
            (json!(faulty), json!([[["permissions", 1], "string.hex"], [["permissions"], "array.max"]])),
            (json!(["0000000000000000000000ab", ids[0], "0000000000000000000000AB"]),
             json!([[["permissions", 2], "array.unique"]])),
        ] {
            nadia.call("role.create", json!({ "name": "name", "permissions": value })).await.invalid(faults.clone());
            nadia.call("role.update", json!({ "id": NOBODYS, "permissions": value })).await.invalid(faults);
        }
        for value in [json!(ids[..100]), json!(NOBODYS)] {
            nadia.call("role.create", json!({ "name": "a:", "permissions": value })).await.forbidden("nadia@orbit.test");
            nadia.call("role.update", json!({ "id": NOBODYS, "permissions": value })).await
                .refused(10017, &format!("Role {NOBODYS} cannot be found"));
        }
        nadia.call("role.update", json!({ "scope": NOBODYS, "name": "n".repeat(65), "id": "x" })).await.invalid(json!([
            [["id"], "string.length"], [["id"], "string.hex"], [["name"], "string.max"],
            [["scope"], "object.allowUnknown"],
        ]));
    }

    async fn a_list_tells_what_roles_hold_and_who_has_them(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let mine = permission(&sofia, &orbit, "mine").await;
        let reader = role(&sofia, &orbit, "reader", &[&mine, &system_permission(USER_READ)]).await;
        let (one, two) = (sofia.make_user("one", &[&orbit, &other]).await, sofia.make_user("two", &[]).await);
        for resource in [json!(1), json!("ship")] {
            let body = json!({ "userId": one, "orgId": orbit, "roleId": reader, "resourceId": resource });
            sofia.call("user.assignRole", body).await.ok();
        }
        let body = json!({ "userId": two, "orgId": orbit, "roles": [reader], "expiresInSeconds": 60 });
        sofia.call("org.addMember", body).await.plain();
        let listed = sofia.call("role.list", json!({})).await.ok();
        let mut shown = listed["roles"][1].clone();
        shown.as_object_mut().unwrap().remove("scope");
        assert_eq!(shown, json!({
            "id": reader, "name": "reader", "isSystemRole": false, "permissions": [system_permission(USER_READ), mine],
            "usersCount": 2, "createdAt": "2026-03-01T08:15:30.250Z", "updatedAt": "2026-03-01T08:15:30.250Z",
        }));
        let admin = &listed["roles"][0];
        assert_eq!((&admin["id"], &admin["isSystemRole"], &admin["usersCount"]), (&json!(admin_role()), &json!(true), &json!(1)));
        // An expired membership counts as absent.
        app.advance(Duration::from_mins(1));
        assert_eq!(sofia.call("role.list", json!({ "q": "r" })).await.ok()["roles"][0]["usersCount"], 1);
    }

    async fn a_list_shows_what_its_caller_may_read(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let read = system_permission(USER_READ);
        role(&sofia, &other, "b:one", &[&read]).await;
        role(&sofia, &orbit, "a:one", &[&read]).await;
        sofia.call("role.create", json!({ "name": "a:global", "permissions": [read] })).await.ok();
        let id = sofia.make_user("nadia", &[&orbit, &other]).await;
        let nadia = app.rpc_as("nadia").await;
        sofia.grant(&id, None, USER_READ).await;
        assert_eq!(nadia.call("role.list", json!({})).await.ok(), json!({ "ok": true, "roles": [] }));
        sofia.grant(&id, Some(&orbit), ROLE_READ).await;
        assert_eq!(names(&nadia, json!({})).await, ["a:one"]);
        sofia.grant(&id, Some(&other), ROLE_READ).await;
        assert_eq!(names(&nadia, json!({})).await, ["b:one", "a:one"]);
        sofia.grant(&id, None, ROLE_READ).await;
        assert_eq!(names(&nadia, json!({})).await, ["admin", "b:one", "a:one", "a:global"]);
        assert_eq!(names(&nadia, json!({ "q": "A:" })).await, ["a:one", "a:global"]);
        for q in ["a%", "_:one", "one"] {
            assert_eq!(names(&nadia, json!({ "q": q })).await, Vec::<String>::new(), "{q}");
        }
        let first = nadia.call("role.list", json!({ "limit": 3 })).await.ok();
        assert_eq!(names(&nadia, json!({ "limit": 3, "cursor": first["nextCursor"] })).await, ["a:global"]);
        let last = nadia.call("role.list", json!({ "limit": 4 })).await.ok();
        let rest = nadia.call("role.list", json!({ "limit": 4, "cursor": last["nextCursor"] })).await.ok();
        assert_eq!(rest, json!({ "ok": true, "roles": [] }));
        let body = json!({ "projection": {}, "limit": 501, "cursor": 7 });
        nadia.call("role.list", body).await.invalid(json!([
            [["limit"], "number.max"], [["cursor"], "string.base"], [["projection"], "object.allowUnknown"],
        ]));
    }
}
