//! `user.delete`

use serde_json::json;

use crate::support::app::PASSWORD;
use crate::support::on_both;
use crate::support::rpc::{USER_WRITE, org, user_body};

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
        let environment = owner.environment("Orbit one").await;
        let member = app.user("member@orbit.test").await;
        member.join(&owner, environment, "member@orbit.test", false).await;
        let owner = app.rpc_as("owner@orbit.test").await;
        let id = owner.id().await;
        owner.call("user.delete", json!({ "id": id })).await.plain();
        let seen = member.get(&format!("/api/environments/{environment}")).await.ok();
        assert_eq!(seen["ownerId"].as_i64().unwrap_or(member.id), member.id, "{seen}");
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
        // A right in another org is worth nothing.
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
