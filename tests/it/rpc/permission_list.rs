//! `permission.list`

use std::time::Duration;

use serde_json::{Value, json};

use super::permission::SYSTEM;
use crate::support::on_both;
use crate::support::rpc::{PERMISSION_READ, Rpc, USER_READ, org, permission, role};

async fn names(rpc: &Rpc<'_>, body: Value) -> Vec<String> {
    let listed = rpc.call("permission.list", body).await.ok();
    listed["permissions"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn a_list_counts_users_and_roles(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other) = (org(&sofia, "orbit").await, org(&sofia, "other").await);
        let global = sofia.call("permission.create", json!({ "name": "app.global", "description": "All" })).await.ok();
        let global = global["permission"]["id"].as_str().unwrap();
        let mine = permission(&sofia, &orbit, "app.mine").await;
        role(&sofia, &orbit, "one", &[&mine, global]).await;
        let by_role = role(&sofia, &orbit, "two", &[&mine]).await;
        let (one, two) = (sofia.make_user("one", &[&orbit, &other]).await, sofia.make_user("two", &[]).await);
        for (user, org, resource) in
            [(&one, json!(orbit), json!(1)), (&one, json!(orbit), json!(2)), (&one, json!(other), json!(1))]
        {
            let body = json!({ "userId": user, "orgId": org, "permissionId": global, "resourceId": resource });
            sofia.call("user.assignPermission", body).await.ok();
        }
        sofia.call("user.assignPermission", json!({ "userId": two, "permissionId": global })).await.ok();
        sofia.call("user.assignRole", json!({ "userId": one, "orgId": orbit, "roleId": by_role })).await.ok();
        let body = json!({ "userId": two, "orgId": orbit, "permissions": [mine], "expiresInSeconds": 60 });
        sofia.call("org.addMember", body).await.plain();
        let counts = async || {
            let listed = sofia.call("permission.list", json!({ "q": "app." })).await.ok();
            let shown = listed["permissions"].as_array().unwrap().clone();
            let counts: Vec<Value> =
                shown.iter().map(|one| json!([one["name"], one["usersCount"], one["rolesCount"]])).collect();
            (shown, counts)
        };
        let (shown, counted) = counts().await;
        assert_eq!(counted, [json!(["app.global", 2, 1]), json!(["app.mine", 1, 2])]);
        let fields: Vec<&String> = shown[0].as_object().unwrap().keys().filter(|key| *key != "scope").collect();
        assert_eq!(fields, [
            "id", "name", "description", "isSystemPermission", "usersCount", "rolesCount", "createdAt", "updatedAt",
        ]);
        assert!(shown[1].get("description").is_none(), "{}", shown[1]);
        // An expired membership counts as absent.
        app.advance(Duration::from_mins(1));
        assert_eq!(counts().await.1, [json!(["app.global", 2, 1]), json!(["app.mine", 0, 2])]);
    }

    async fn a_list_shows_what_its_caller_may_read(app: App) {
        let sofia = app.superuser().await;
        let (orbit, other, third) = (org(&sofia, "orbit").await, org(&sofia, "other").await, org(&sofia, "third").await);
        for (org, name) in [(&other, "b"), (&orbit, "a"), (&third, "c")] {
            permission(&sofia, org, &format!("app.{name}")).await;
        }
        sofia.call("permission.create", json!({ "name": "app.global" })).await.ok();
        let id = sofia.make_user("nadia", &[&orbit, &other, &third]).await;
        let nadia = app.rpc_as("nadia").await;
        sofia.grant(&id, Some(&third), USER_READ).await;
        assert_eq!(nadia.call("permission.list", json!({})).await.ok(), json!({ "ok": true, "permissions": [] }));
        sofia.grant(&id, Some(&orbit), PERMISSION_READ).await;
        assert_eq!(names(&nadia, json!({})).await, ["app.a"]);
        sofia.grant(&id, Some(&other), PERMISSION_READ).await;
        // In order of creation.
        assert_eq!(names(&nadia, json!({})).await, ["app.b", "app.a"]);
        sofia.grant(&id, None, PERMISSION_READ).await;
        assert_eq!(names(&nadia, json!({ "q": " APP" })).await, ["app.b", "app.a", "app.c", "app.global"]);
        assert_eq!(names(&nadia, json!({})).await.len(), 16);
        for q in ["app%", "app_", "pp", "!", "app.."] {
            assert_eq!(names(&nadia, json!({ "q": q })).await, Vec::<String>::new(), "{q}");
        }
    }

    async fn parts_follow_each_other(app: App) {
        let sofia = app.superuser().await;
        let mut seen = Vec::new();
        let mut body = json!({ "limit": "5" });
        loop {
            let part = sofia.call("permission.list", body.clone()).await.ok();
            let names = part["permissions"].as_array().unwrap();
            seen.extend(names.iter().map(|one| one["name"].as_str().unwrap().to_owned()));
            assert_eq!(part.get("nextCursor").is_some(), names.len() == 5, "{part}");
            match part.get("nextCursor") {
                Some(cursor) => body["cursor"] = cursor.clone(),
                None => break,
            }
        }
        assert_eq!(seen, SYSTEM);
        let body = json!({ "projection": {}, "limit": 0, "q": "", "cursor": "YWI" });
        sofia.call("permission.list", body).await.invalid(json!([
            [["q"], "any.empty"], [["q"], "string.min"], [["limit"], "number.min"], [["cursor"], "string.base64"],
            [["projection"], "object.allowUnknown"],
        ]));
        let nonsense = sofia.call("permission.list", json!({ "cursor": "bm9uc2Vuc2U=" })).await.0.json();
        assert_eq!(nonsense["error"]["details"][0]["path"], json!(["cursor"]));
    }

    async fn a_part_is_a_hundred_unless_said_otherwise(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        for number in 0..101 {
            permission(&nadia, &orbit, &format!("app.{number}")).await;
        }
        for (body, length, is_full) in
            [(json!({}), 100, true), (json!({ "limit": 101 }), 101, true), (json!({ "limit": 500 }), 101, false)]
        {
            let part = nadia.call("permission.list", body).await.ok();
            assert_eq!(part["permissions"].as_array().unwrap().len(), length);
            assert_eq!(part.get("nextCursor").is_some(), is_full);
        }
    }
}
