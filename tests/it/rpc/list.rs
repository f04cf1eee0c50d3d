//! `user.list`

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::support::on_both;
use crate::support::rpc::{USER_READ, org};

/// The usernames in a response.
#[track_caller]
fn names(answer: &Value) -> Vec<&str> {
    answer["users"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap()).collect()
}

on_both! {
    async fn who_reads_everybody_sees_everybody_with_all_orgs(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        sofia.make_user("nadia", &[&orbit]).await;
        sofia.make_user("oleg", &[]).await;
        let answer = sofia.call("user.list", json!({})).await.ok();
        assert_eq!(names(&answer), ["sofia", "nadia", "oleg"]);
        assert!(answer.get("nextCursor").is_none());
        let nadia = &answer["users"][1];
        let expected = sofia.call("user.info", json!({ "id": nadia["id"] })).await.ok();
        assert_eq!(nadia, &expected["user"]);
        assert_eq!(nadia["orgs"], json!([orbit]));
        let fields: Vec<&String> = nadia.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["id", "username", "fullName", "picture", "emails", "orgs", "createdAt", "updatedAt"]);
    }

    async fn a_reader_of_orgs_sees_their_members_and_these_orgs_only(app: App) {
        let sofia = app.superuser().await;
        sofia.make_user("walt", &[]).await;
        let (orbit, second) = (org(&app.rpc_as("walt").await, "orbit").await, org(&app.rpc_as("walt").await, "second").await);
        let foreign = org(&sofia, "foreign").await;
        sofia.make_user("nadia", &[&orbit, &foreign, &second]).await;
        sofia.make_user("oleg", &[&foreign]).await;
        let walt = app.rpc_as("walt").await;
        let answer = walt.call("user.list", json!({})).await.ok();
        assert_eq!(names(&answer), ["walt", "nadia"]);
        assert_eq!(answer["users"][1]["orgs"], json!([orbit, second]));
        // A caller without the right gets an empty list.
        let nadia = app.rpc_as("nadia").await;
        assert_eq!(nadia.call("user.list", json!({})).await.ok(), json!({ "ok": true, "users": [] }));
        sofia.grant(&nadia.id().await, Some(&foreign), USER_READ).await;
        let answer = nadia.call("user.list", json!({})).await.ok();
        assert_eq!(names(&answer), ["sofia", "nadia", "oleg"]);
        assert_eq!(answer["users"][1]["orgs"], json!([foreign]));
        app.rpc().call("user.list", json!({ "limit": 0 })).await.masked();
    }

    async fn q_is_the_beginning_of_a_username(app: App) {
        let sofia = app.superuser().await;
        for name in ["nadia", "na_x", "nab", "oleg"] {
            sofia.make_user(name, &[]).await;
        }
        app.user("nameless@orbit.test").await;
        let list = async |q: &str| sofia.call("user.list", json!({ "q": q })).await.ok();
        assert_eq!(names(&list(" NA ").await), ["nadia", "na_x", "nab"]);
        assert_eq!(names(&list("na_").await), ["na_x"]);
        assert_eq!(names(&list("%").await), Vec::<&str>::new());
        assert_eq!(names(&list("adia").await), Vec::<&str>::new());
        let all = sofia.call("user.list", json!({})).await.ok();
        assert_eq!(all["users"].as_array().unwrap().len(), 6);
        assert!(all["users"][5].get("username").is_none());
    }

    async fn parts_follow_each_other_without_overlap(app: App) {
        let sofia = app.superuser().await;
        for name in ["nadia", "oleg", "petra"] {
            sofia.make_user(name, &[]).await;
        }
        let projection = json!({ "id": false });
        let list = async |cursor: Option<&Value>| {
            let mut body = json!({ "limit": "2", "projection": projection });
            if let Some(cursor) = cursor {
                body["cursor"] = cursor.clone();
            }
            sofia.call("user.list", body).await.ok()
        };
        let first = list(None).await;
        assert_eq!(names(&first), ["sofia", "nadia"]);
        assert!(first["users"][0].get("id").is_none());
        assert!(STANDARD.decode(first["nextCursor"].as_str().unwrap()).is_ok());
        let second = list(Some(&first["nextCursor"])).await;
        assert_eq!(names(&second), ["oleg", "petra"]);
        // A full page has a cursor even if nothing follows.
        let third = list(Some(&second["nextCursor"])).await;
        assert_eq!(third, json!({ "ok": true, "users": [] }));
    }

    async fn a_projection_cuts(app: App) {
        let sofia = app.superuser().await;
        let projection = json!({
            "id": false, "fullName": "false", "picture": false, "emails": false, "orgs": false,
            "createdAt": false, "updatedAt": false, "username": true,
        });
        let answer = sofia.call("user.list", json!({ "projection": projection })).await.ok();
        assert_eq!(answer, json!({ "ok": true, "users": [{ "username": "sofia" }] }));
    }

    async fn the_body_has_its_rules(app: App) {
        let sofia = app.superuser().await;
        let body = json!({
            "extra": 1,
            "projection": { "permissions": true, "orgs": 1 },
            "cursor": "no!",
            "limit": 501,
            "q": "",
        });
        sofia.call("user.list", body).await.invalid(json!([
            [["q"], "any.empty"], [["q"], "string.min"],
            [["limit"], "number.max"],
            [["cursor"], "string.base64"],
            [["projection", "orgs"], "boolean.base"],
            [["projection", "permissions"], "object.allowUnknown"],
            [["extra"], "object.allowUnknown"],
        ]));
        for (body, faults) in [
            (json!({ "limit": 0 }), json!([[["limit"], "number.min"]])),
            (json!({ "limit": 1.5 }), json!([[["limit"], "number.integer"]])),
            (json!({ "q": "q".repeat(2001) }), json!([[["q"], "string.max"]])),
            (json!({ "cursor": 5 }), json!([[["cursor"], "string.base"]])),
            // Base64 without meaning, and base64 without padding.
            (json!({ "cursor": STANDARD.encode("nonsense") }), json!([[["cursor"], "string.base64"]])),
            (json!({ "cursor": "YWI" }), json!([[["cursor"], "string.base64"]])),
            (json!({ "projection": null }), json!([[["projection"], "object.base"]])),
        ] {
            sofia.call("user.list", body).await.invalid(faults);
        }
    }
}
