//! `user.join`: its body.

use serde_json::json;

use super::join::{founder_and_org, invite, join_body};
use crate::support::app::PASSWORD;
use crate::support::on_both;

on_both! {
    async fn control_characters_are_faults_of_their_fields(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let mut body = join_body(&token);
        body["fullName"] = json!("Tomas\u{7}Vale");
        app.rpc().call("user.join", body).await.invalid(json!([[["fullName"], "string.regex.name"]]));
        let mut body = join_body(&token);
        body["password"] = json!("in two\nlines of text");
        app.rpc().call("user.join", body).await.invalid(json!([[["password"], "string.regex.name"]]));
        app.rpc().call("user.join", join_body(&token)).await.ok();
    }

    async fn a_newcomers_fields_are_asked_for_one_by_one(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let mut body = json!({ "token": token, "picture": "http://orbit.test/x.png" });
        for (field, value) in [("username", "tomas"), ("password", PASSWORD), ("fullName", "Tomas")] {
            app.rpc().call("user.join", body.clone()).await.invalid(json!([[[field], "any.required"]]));
            body[field] = json!(value);
        }
        app.rpc().call("user.join", body).await.ok();
    }

    async fn a_signed_in_user_sends_the_token_alone(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let token = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let sent = [
            ("picture", "https://orbit.test/x.png"), ("fullName", "Tomas"), ("password", PASSWORD), ("username", "tomas"),
        ];
        let mut body = json!({ "token": token });
        for (field, value) in sent {
            body[field] = json!(value);
            // Membership is checked later, and so is being another user.
            for caller in [&tomas, &nadia] {
                caller.call("user.join", body.clone()).await.invalid(json!([[[field], "any.forbidden"]]));
            }
        }
        tomas.call("user.join", json!({ "token": token })).await.ok();
    }

    async fn the_accounts_own_rules_come_in_their_order(app: App) {
        let (nadia, org) = founder_and_org(&app).await;
        let first = invite(&app, &nadia, &org, "tomas@orbit.test").await;
        let second = invite(&app, &nadia, &org, "ines@orbit.test").await;
        app.rpc().call("user.join", join_body(&first)).await.ok();
        let join = async |username: &str| {
            let mut body = join_body(&second);
            body["username"] = json!(username);
            app.rpc().call("user.join", body).await
        };
        let reserved = "Username \"support\" is reserved for system use";
        let taken = "Username \"tomas\" already in use";
        join("Support").await.refused(10014, reserved);
        join("TOMAS").await.refused(10006, taken);
        // Also if an account with the address was created since.
        app.api().sign_up("ines@orbit.test").await;
        join("Support").await.refused(10014, reserved);
        join("TOMAS").await.refused(10006, taken);
        join("ines").await.refused(10005, "Email address already in use");
        app.rpc_as("ines@orbit.test").await.call("user.join", json!({ "token": second })).await.ok();
    }

    async fn the_body_has_its_rules(app: App) {
        let body = json!({
            "more": 1, "picture": "ftp://x", "fullName": "N", "password": "short", "username": "a b", "token": "a_b",
        });
        let faults = json!([
            [["token"], "string.min"], [["token"], "string.regex.name"],
            [["username"], "string.regex.name"],
            [["password"], "string.min"],
            [["fullName"], "string.min"],
            [["picture"], "string.uriCustomScheme"],
            [["more"], "object.allowUnknown"],
        ]);
        app.rpc().call("user.join", body.clone()).await.invalid(faults.clone());
        app.founder("nadia@orbit.test").await.call("user.join", body).await.invalid(faults);
        app.rpc().call("user.join", json!({})).await.invalid(json!([[["token"], "any.required"]]));
        let body = json!({ "token": "t".repeat(101), "picture": format!("https://{}", "x".repeat(493)) });
        app.rpc().call("user.join", body).await
            .invalid(json!([[["token"], "string.max"], [["picture"], "string.max"]]));
    }
}
