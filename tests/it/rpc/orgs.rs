//! `org.*`, `permission.*` and `role.*`: who may, and what is refused in which order.

use serde_json::{Value, json};

use crate::support::on_both;
use crate::support::rpc::{Rpc, admin_role, org, system_permission};

const NOBODYS: &str = "0123456789abcdef01234567";

async fn permission(rpc: &Rpc<'_>, org: &str, name: &str) -> Value {
    rpc.call("permission.create", json!({ "name": name, "scope": org })).await.ok()["permission"]["id"].clone()
}

on_both! {
    async fn orgs_are_checked_in_their_order(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        app.rpc().call("org.create", json!({})).await.masked();
        nadia.call("org.create", json!({ "slug": " A! ", "name": null, "extra": 1 })).await.invalid(json!([
            [["name"], "string.base"], [["slug"], "string.min"], [["slug"], "string.regex.name"],
            [["extra"], "object.allowUnknown"],
        ]));
        nadia.call("org.create", json!([])).await.invalid(json!([[[], "object.base"]]));
        let id = org(&nadia, "orbit").await;
        nadia.call("org.create", json!({ "name": "Other", "slug": "ORBIT" })).await
            .refused(10003, "Org \"orbit\" already exists");
        nadia.call("org.create", json!({ "name": "Other", "slug": "new" })).await
            .refused(10003, "Org \"new\" already exists");

        let tomas = app.founder("tomas@orbit.test").await;
        tomas.call("org.delete", json!({ "id": id })).await.forbidden("tomas@orbit.test");
        nadia.call("org.delete", json!({ "id": NOBODYS })).await.forbidden("nadia@orbit.test");
        nadia.call("org.delete", json!({ "id": id.to_uppercase() })).await.plain();
        org(&nadia, "orbit").await;
    }

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
        app.advance(std::time::Duration::from_secs(60));
        assert_eq!(orgs(tomas.call("user.info", json!({ "id": user })).await.ok()), json!([]));
        nadia.call("org.addMember", add).await.plain();
    }

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

    async fn roles_hold_what_their_scope_has_and_their_writer_holds(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let (orbit, harbor) = (org(&nadia, "orbit").await, org(&tomas, "harbor").await);
        let own = permission(&nadia, &orbit, "orbit.deploy").await;
        let other = permission(&tomas, &harbor, "harbor.deploy").await;
        let create = |name: &str, permissions: Value| json!({ "name": name, "scope": orbit, "permissions": permissions });
        let other_id = other.as_str().unwrap();
        nadia.call("role.create", create("operator", json!([own, other]))).await.refused(
            10008,
            &format!("Permission \"{other_id}\" does not exist or is not accessible"),
        );
        nadia.call("role.create", create("admin", json!([own]))).await.refused(10016, "Role \"admin\" already exists");
        nadia.call("role.create", create("operator", json!([]))).await.invalid(json!([[["permissions"], "array.min"]]));
        let role = nadia.call("role.create", create("operator", json!([own, system_permission(3)]))).await.ok();
        let role = role["role"]["id"].as_str().unwrap().to_owned();

        // Whoever may write roles hands out no right that they do not hold.
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
}
