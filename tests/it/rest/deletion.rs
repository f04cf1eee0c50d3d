//! Section 4: deleting an account.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::api::{Api, code_of, environment_body};
use crate::support::app::{App, PASSWORD};
use crate::support::on_both;

const SECOND: Duration = Duration::from_secs(1);

async fn delete(master: &Api<'_>, user: &Api<'_>) {
    let answer = master.delete(&format!("/api/users/{}", user.id)).await;
    answer.ok();
}

async fn members(api: &Api<'_>, environment: i64) -> Vec<(Value, Value)> {
    let list = api.get(&format!("/api/environments/{environment}/users/list")).await.ok();
    let mut members: Vec<(Value, Value)> =
        list.as_array().unwrap().iter().map(|member| (member["userId"].clone(), member["isAdmin"].clone())).collect();
    members.sort_by_key(|(id, _)| id.as_i64());
    members
}

/// A superuser, Rosa with an environment, Tomas and Ines.
async fn four(app: &App) -> (Api<'_>, Api<'_>, Api<'_>, Api<'_>, i64) {
    let master = Api::superuser(app, "master@harbor.test").await;
    let rosa = app.unverified_user("rosa@harbor.test").await;
    let tomas = app.unverified_user("tomas@harbor.test").await;
    let ines = app.unverified_user("ines@harbor.test").await;
    let id = rosa.environment("Harbor staging").await;
    app.advance(SECOND);
    (master, rosa, tomas, ines, id)
}

on_both! {
    async fn only_superusers_delete(app: App) {
        let (master, rosa, tomas, _, _) = four(&app).await;
        for id in [rosa.id, tomas.id, 999_999] {
            rosa.delete(&format!("/api/users/{id}")).await.refused(403, "admin login required");
        }
        master.delete("/api/users/999999").await.refused(404, "Not Found");
        tomas.get("/api/users/me").await.ok();
    }

    async fn a_deleted_account_is_gone_at_once(app: App) {
        let (master, _, tomas, _, _) = four(&app).await;
        delete(&master, &tomas).await;
        tomas.get("/api/users/me").await.refused(403, "login required");
        let login = json!({ "email": "tomas@harbor.test", "password": PASSWORD });
        app.api().post("/api/users/login", login).await.refused(403, "User not found");
        master.delete(&format!("/api/users/{}", tomas.id)).await.refused(404, "Not Found");
        let users = master.get("/api/users").await.ok();
        assert!(!users.to_string().contains("tomas@"), "{users}");
        let again = app.api().sign_up("tomas@harbor.test").await;
        assert_ne!(again["id"], tomas.id, "an id was reused");
    }

    async fn its_memberships_and_invites_end(app: App) {
        let (master, rosa, tomas, ines, id) = four(&app).await;
        tomas.join(&rosa, id, "tomas@harbor.test", true).await;
        let sent = tomas.invite(id, "ines@harbor.test", false).await;
        delete(&master, &tomas).await;
        assert_eq!(members(&rosa, id).await, [(json!(rosa.id), json!(true))]);
        ines.accept(code_of(&sent)).await.refused_somehow(404);

        let received = rosa.invite(id, "ines@harbor.test", false).await;
        delete(&master, &ines).await;
        let again = app.unverified_user("ines@harbor.test").await;
        again.accept(code_of(&received)).await.refused_somehow(404);
        assert_eq!(again.get("/api/environments").await.ok(), json!([]));
    }

    async fn an_environment_passes_to_the_first_administrator(app: App) {
        let (master, rosa, tomas, ines, id) = four(&app).await;
        let nils = app.unverified_user("nils@harbor.test").await;
        for (api, address, admin) in
            [(&tomas, "tomas@harbor.test", false), (&ines, "ines@harbor.test", true), (&nils, "nils@harbor.test", true)]
        {
            api.join(&rosa, id, address, admin).await;
            app.advance(SECOND);
        }
        let invite = rosa.invite(id, "master@harbor.test", true).await;
        delete(&master, &rosa).await;
        master.accept(code_of(&invite)).await.refused_somehow(404);
        let seen = tomas.get(&format!("/api/environments/{id}")).await.ok();
        assert_eq!((&seen["ownerId"], &seen["username"]), (&json!(ines.id), &json!("ines@harbor.test")));
        assert_eq!((&seen["pass"], &seen["keysName"]), (&json!("salt-water"), &json!("myKeys")));
        let expected = [(json!(tomas.id), json!(false)), (json!(ines.id), json!(true)), (json!(nils.id), json!(true))];
        assert_eq!(members(&tomas, id).await, expected);
        ines.end_membership(ines.membership(id).await).await.refused_somehow(409);
        let keys = ines.get("/api/awsKeys").await.ok();
        assert_eq!((&keys[0]["id"], &keys[0]["secretKey"]), (&seen["keysId"], &json!("s3cr3t/harbor+1")));
    }

    async fn without_an_administrator_it_passes_to_the_first_member(app: App) {
        let (master, rosa, tomas, ines, id) = four(&app).await;
        ines.join(&rosa, id, "ines@harbor.test", false).await;
        app.advance(SECOND);
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        delete(&master, &rosa).await;
        let expected = [(json!(tomas.id), json!(false)), (json!(ines.id), json!(true))];
        assert_eq!(members(&ines, id).await, expected);
        assert_eq!(tomas.get(&format!("/api/environments/{id}")).await.ok()["ownerId"], ines.id);
        ines.put(&format!("/api/environments/{id}"), environment_body("Harbor live")).await.ok();
    }

    async fn nobody_deactivated_inherits(app: App) {
        let (master, rosa, tomas, ines, id) = four(&app).await;
        for (api, address, admin) in [(&tomas, "tomas@harbor.test", true), (&ines, "ines@harbor.test", false)] {
            api.join(&rosa, id, address, admin).await;
            app.advance(SECOND);
        }
        let superuser = app.rpc_as("master@harbor.test").await;
        let deactivate = async |address: &str| {
            let uid = superuser.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().iter()
                .find(|user| user["emails"][0]["address"] == address).unwrap()["id"].clone();
            superuser.call("user.deactivate", json!({ "id": uid })).await.ok();
        };
        deactivate("tomas@harbor.test").await;
        delete(&master, &rosa).await;
        assert_eq!(ines.get(&format!("/api/environments/{id}")).await.ok()["ownerId"], ines.id);

        // Without a possible successor it is neither deleted nor given to Tomas.
        let refused = master.delete(&format!("/api/users/{}", ines.id)).await;
        refused.refused(409, "Nobody else in environment Harbor staging could own it");
        assert_eq!(ines.get(&format!("/api/environments/{id}")).await.ok()["ownerId"], ines.id);
    }

    async fn one_without_other_members_goes_too(app: App) {
        let (master, rosa, tomas, _, id) = four(&app).await;
        let invite = rosa.invite(id, "tomas@harbor.test", true).await;
        delete(&master, &rosa).await;
        tomas.get(&format!("/api/environments/{id}")).await.refused(404, "Not Found");
        tomas.accept(code_of(&invite)).await.refused_somehow(404);
        tomas.environment("Harbor staging").await;
    }

    async fn inherited_keys_get_a_free_name(app: App) {
        let (master, rosa, tomas, _, id) = four(&app).await;
        tomas.environment("Harbor of Tomas").await;
        tomas.join(&rosa, id, "tomas@harbor.test", false).await;
        delete(&master, &rosa).await;
        let keys = tomas.get("/api/awsKeys").await.ok();
        let keys = keys.as_array().unwrap();
        assert_eq!(keys.len(), 2);
        assert_ne!(keys[0]["name"], keys[1]["name"]);
        assert!(keys.iter().all(|keys| keys["userId"] == tomas.id));
    }
}
