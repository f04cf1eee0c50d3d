//! `org.create`, `org.delete`

use std::time::Duration;

use serde_json::{Value, json};

use super::NOBODYS;
use crate::support::on_both;
use crate::support::rpc::{ORG_WRITE, admin_role, org, permission, role};

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

    async fn the_maker_is_member_and_administrator(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        app.advance(Duration::from_millis(750));
        let made = nadia.call("org.create", json!({ "name": "  Orbit Labs ", "slug": " Or_b-1T " })).await.ok();
        let org = made["org"]["id"].clone();
        assert_eq!(made, json!({ "ok": true, "org": {
            "id": org, "name": "Orbit Labs", "slug": "or_b-1t",
            "createdAt": "2026-03-01T08:15:31.000Z", "updatedAt": "2026-03-01T08:15:31.000Z",
        } }));
        let ask = json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = nadia.call("user.info", ask).await.ok()["user"].clone();
        assert_eq!(told["orgs"], json!([org]));
        assert_eq!(told["roles"], json!([{
            "id": admin_role(), "name": "admin", "isSystemRole": true, "orgId": org, "resourceId": "",
        }]));
        let held = told["permissions"].as_array().unwrap();
        assert!(held.len() == 12 && held.iter().all(|held| held["orgId"] == org), "{held:?}");
    }

    async fn fields_have_their_bounds(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let create = async |name: Value, slug: Value| {
            nadia.call("org.create", json!({ "name": name, "slug": slug })).await
        };
        for (name, kinds) in [
            (json!(" ab "), vec!["string.min"]),
            (json!("n".repeat(101)), vec!["string.max"]),
            (json!("  "), vec!["any.empty", "string.min"]),
            (json!(7), vec!["string.base"]),
            (json!("Or\0bit"), vec!["string.base"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([["name"], kind])).collect();
            create(name, json!("orbit")).await.invalid(faults);
        }
        for (slug, kinds) in [
            (json!("ab"), vec!["string.min"]),
            (json!("s".repeat(31)), vec!["string.max"]),
            (json!(""), vec!["any.empty", "string.min"]),
            (json!("or.bit"), vec!["string.regex.name"]),
            (json!("or bit"), vec!["string.regex.name"]),
            (json!("\u{f6}rbit"), vec!["string.regex.name"]),
            (json!("!"), vec!["string.min", "string.regex.name"]),
            (json!(["orbit"]), vec!["string.base"]),
        ] {
            let faults: Value = kinds.iter().map(|kind| json!([["slug"], kind])).collect();
            create(json!("Orbit"), slug).await.invalid(faults);
        }
        for (name, slug) in [("abc".to_owned(), "abc".to_owned()), ("n".repeat(100), "s".repeat(30))] {
            create(json!(name), json!(slug)).await.ok();
        }
        let body = json!({ "id": "short", "orgId": NOBODYS });
        nadia.call("org.delete", body).await.invalid(json!([
            [["id"], "string.length"], [["id"], "string.hex"], [["orgId"], "object.allowUnknown"],
        ]));
        nadia.call("org.delete", json!({})).await.invalid(json!([[["id"], "any.required"]]));
    }

    async fn making_orgs_can_be_closed(app: App, org_creation_open = false) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let body = json!({ "name": "Orbit", "slug": "orbit" });
        nadia.call("org.create", json!({})).await.refused(400, "Invalid request body");
        nadia.call("org.create", body.clone()).await.forbidden("nadia");
        // A right in an org is not enough.
        let other = org(&sofia, "other").await;
        sofia.call("org.addMember", json!({ "orgId": other, "userId": id })).await.plain();
        sofia.grant(&id, Some(&other), ORG_WRITE).await;
        nadia.call("org.create", body.clone()).await.forbidden("nadia");
        nadia.call("org.create", json!({ "name": "Other", "slug": "other" })).await.forbidden("nadia");
        sofia.grant(&id, None, ORG_WRITE).await;
        nadia.call("org.create", body).await.ok();
    }

    async fn an_org_goes_with_all_that_is_in_it(app: App) {
        let sofia = app.superuser().await;
        let nadia_id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        let (gone, stays) = (org(&nadia, "gone").await, org(&nadia, "stays").await);
        let deploy = permission(&nadia, &gone, "orbit.deploy").await;
        let operator = role(&nadia, &gone, "operator", &[&deploy]).await;
        let user = sofia.make_user("tomas", &[&gone, &stays]).await;
        for (method, field, named) in
            [("user.assignPermission", "permissionId", &deploy), ("user.assignRole", "roleId", &operator)]
        {
            nadia.call(method, json!({ "userId": user, "orgId": gone, field: named })).await.ok();
        }
        nadia.call("user.invite", json!({ "userKey": "ines@orbit.test", "orgId": gone })).await.plain();
        let token = app.mail_to("ines@orbit.test").await.token();
        nadia.call("org.delete", json!({ "id": gone })).await.plain();

        let ask = |id: &str| json!({ "id": id, "projection": { "roles": true, "permissions": true } });
        let told = sofia.call("user.info", ask(&user)).await.ok()["user"].clone();
        assert_eq!((&told["orgs"], &told["roles"], &told["permissions"]), (&json!([stays]), &json!([]), &json!([])));
        let told = nadia.call("user.info", ask(&nadia_id)).await.ok()["user"].clone();
        assert!(told["permissions"].as_array().unwrap().iter().all(|held| held["orgId"] == stays), "{told}");
        sofia.call("permission.info", json!({ "id": deploy })).await
            .refused(10008, &format!("Permission {deploy} cannot be found"));
        sofia.call("role.info", json!({ "id": operator })).await
            .refused(10017, &format!("Role {operator} cannot be found"));
        let join = json!({ "token": token, "username": "ines", "password": "correct horse 1", "fullName": "Ines" });
        app.rpc().call("user.join", join).await.refused(10027, "Token does not exist or has already expired");
        nadia.call("org.delete", json!({ "id": gone })).await.forbidden("nadia");
        sofia.call("org.delete", json!({ "id": gone })).await.refused(10011, &format!("Org \"{gone}\" does not exist"));
        org(&nadia, "gone").await;
    }

    async fn deleting_needs_the_right_there_or_globally(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        sofia.make_user("walt", &[]).await;
        let walt = app.rpc_as("walt").await;
        let (one, two, three) = (org(&walt, "one").await, org(&walt, "two").await, org(&walt, "three").await);
        for id_of in [&one, &two] {
            walt.call("org.addMember", json!({ "orgId": id_of, "userId": id })).await.plain();
        }
        let nadia = app.rpc_as("nadia").await;
        nadia.call("org.delete", json!({ "id": one })).await.forbidden("nadia");
        sofia.grant(&id, Some(&one), ORG_WRITE).await;
        nadia.call("org.delete", json!({ "id": two })).await.forbidden("nadia");
        nadia.call("org.delete", json!({ "id": one })).await.plain();
        sofia.grant(&id, None, ORG_WRITE).await;
        nadia.call("org.delete", json!({ "id": three })).await.plain();
    }
}
