//! `user.delete`

use serde_json::json;

use crate::support::api::code_of;
use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::rpc::{USER_WRITE, org, permission, user_body};

const UNKNOWN: &str = "0123456789abcdef01234567";

on_both! {
    async fn users_end_their_own_account(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        org(&nadia, "orbit").await;
        nadia.call("user.delete", json!({ "id": id })).await.plain();
        nadia.call("session.info", json!({})).await.masked();
        let body = json!({ "userKey": "nadia", "password": PASSWORD });
        app.rpc().call("session.create", body).await.refused(10001, "User \"nadia\" not found");
        sofia.call("user.info", json!({ "id": id })).await.refused(10001, "User does not exist");
        // Name and address are free again.
        sofia.call("user.create", user_body("nadia")).await.ok();
    }

    async fn an_environment_passes_on(app: App) {
        let owner = app.user("owner@orbit.test").await;
        let (shared, lone) = (owner.environment("Orbit one").await, owner.environment("Orbit two").await);
        let first = app.user("first@orbit.test").await;
        let second = app.user("second@orbit.test").await;
        let third = app.user("third@orbit.test").await;
        first.join(&owner, shared, "first@orbit.test", false).await;
        second.join(&owner, shared, "second@orbit.test", true).await;
        let invite = owner.invite(shared, "third@orbit.test", false).await;
        let owner = app.rpc_as("owner@orbit.test").await;
        let id = owner.id().await;
        owner.call("user.delete", json!({ "id": id })).await.plain();
        for member in [&first, &second] {
            let seen = member.get(&format!("/api/environments/{shared}")).await.ok();
            assert_eq!((&seen["ownerId"], &seen["username"]), (&json!(second.id), &json!("second@orbit.test")));
            assert_eq!((&seen["envName"], &seen["pass"]), (&json!("Orbit one"), &json!("salt-water")));
        }
        let members = second.get(&format!("/api/environments/{shared}/users/count")).await.ok();
        assert_eq!(members, json!({ "count": 2 }));
        third.accept(code_of(&invite)).await.refused_somehow(404);
        // Without members it is deleted with its owner.
        second.get(&format!("/api/environments/{lone}")).await.refused(404, "Not Found");
    }

    async fn memberships_and_assignments_go_with_the_user(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let id = sofia.make_user("nadia", &[]).await;
        sofia.call("org.addMember", json!({ "orgId": orbit, "userId": id, "permissions": [deploy] })).await.plain();
        let users = async || {
            let listed = sofia.call("permission.list", json!({ "q": "orbit" })).await.ok();
            listed["permissions"][0]["usersCount"].clone()
        };
        assert_eq!(users().await, 1);
        sofia.call("user.delete", json!({ "id": id })).await.plain();
        assert_eq!(users().await, 0);
        for method in ["org.addMember", "org.removeMember"] {
            sofia.call(method, json!({ "orgId": orbit, "userId": id })).await
                .refused(10001, &format!("User \"{id}\" does not exist"));
        }
    }

    async fn the_org_of_birth_may_end_an_account_that_is_in_no_other(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("walt", &[]).await;
        let orbit = org(&app.rpc_as("walt").await, "orbit").await;
        let other = org(&app.rpc_as("walt").await, "other").await;
        let walt = app.rpc_as("walt").await;
        let of_both = sofia.make_user("both", &[&orbit, &other]).await;
        walt.call("user.delete", json!({ "id": of_both })).await.forbidden("walt");
        let born = sofia.make_user("born", &[&orbit]).await;
        let of_nobody = sofia.make_user("nobody", &[]).await;
        walt.call("user.delete", json!({ "id": of_nobody })).await.forbidden("walt");
        // A right in another org does not count.
        sofia.make_user("olga", &[]).await;
        org(&app.rpc_as("olga").await, "third").await;
        app.rpc_as("olga").await.call("user.delete", json!({ "id": born })).await.forbidden("olga");
        walt.call("user.delete", json!({ "id": born })).await.plain();
    }

    async fn the_user_comes_before_the_right(app: App) {
        let sofia = app.superuser().await;
        let id = sofia.make_user("nadia", &[]).await;
        let nadia = app.rpc_as("nadia").await;
        app.rpc().call("user.delete", json!({})).await.masked();
        nadia.call("user.delete", json!({ "ID": id })).await.invalid(json!([
            [["id"], "any.required"], [["ID"], "object.allowUnknown"],
        ]));
        nadia.call("user.delete", json!({ "id": UNKNOWN })).await.refused(10001, "User does not exist");
        let other = sofia.make_user("oleg", &[]).await;
        nadia.call("user.delete", json!({ "id": other })).await.forbidden("nadia");
        sofia.grant(&id, None, USER_WRITE).await;
        nadia.call("user.delete", json!({ "id": other.to_uppercase() })).await.plain();
        nadia.call("user.delete", json!({ "id": other })).await.refused(10001, "User does not exist");
    }
}
