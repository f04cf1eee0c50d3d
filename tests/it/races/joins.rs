//! Concurrent calls of Yeep's methods: of many with one token one joins, of two equal ones one succeeds.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::app::{App, PASSWORD};
use crate::support::on_both;
use crate::support::rpc::{Rpc, Told, USER_READ, org, permission, system_permission, user_body};

const DEAD: &str = "Token does not exist or has already expired";

async fn invite(app: &App, inviter: &Rpc<'_>, org: &str, address: &str) -> String {
    inviter.call("user.invite", json!({ "userKey": address, "orgId": org })).await.plain();
    app.mail_to(address).await.token()
}

fn join_body(token: &str, username: &str) -> Value {
    json!({ "token": token, "username": username, "password": PASSWORD, "fullName": "Tomas Vale" })
}

async fn members(reader: &Rpc<'_>) -> usize {
    reader.call("user.list", json!({})).await.ok()["users"].as_array().unwrap().len()
}

/// The number of successes; the others failed with this.
#[track_caller]
fn succeeded(answers: &[Told], code: u64, message: &str) -> usize {
    let (done, refused): (Vec<&Told>, Vec<&Told>) = answers.iter().partition(|told| told.0.json()["ok"] == json!(true));
    for told in refused {
        told.refused(code, message);
    }
    done.len()
}

on_both! {
    async fn of_many_newcomers_with_one_token_one_joins(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        for alike in [true, false] {
            let before = members(&nadia).await;
            let token = invite(&app, &nadia, &orbit, &format!("alike-{alike}@orbit.test")).await;
            let rpc = app.rpc();
            let answers = join_all((0..5).map(|number| {
                let name = if alike { "tomas".to_owned() } else { format!("tomas{number}") };
                let (rpc, token) = (&rpc, &token);
                async move { rpc.call("user.join", join_body(token, &name)).await }
            }))
            .await;
            assert_eq!(succeeded(&answers, 10027, DEAD), 1, "{answers:?}");
            assert_eq!(members(&nadia).await, before + 1);
            app.deliver().await;
        }
        // Nobody has an account without having joined.
        let names = ["tomas0", "tomas1", "tomas2", "tomas3", "tomas4"].map(|name| {
            let body = json!({ "userKey": name, "password": PASSWORD });
            async { app.rpc().call("session.create", body).await.0.json()["ok"].clone() }
        });
        assert_eq!(join_all(names).await.iter().filter(|ok| **ok == json!(true)).count(), 1);
    }

    async fn of_many_uses_by_one_user_one_joins(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        let tomas = app.founder("tomas@orbit.test").await;
        let token = invite(&app, &nadia, &orbit, "tomas@orbit.test").await;
        let answers = join_all((0..6).map(|_| tomas.call("user.join", json!({ "token": token })))).await;
        let (done, refused): (Vec<&Told>, Vec<&Told>) =
            answers.iter().partition(|told| told.0.json()["ok"] == json!(true));
        assert_eq!(done.len(), 1, "{answers:?}");
        for told in refused {
            assert!([json!(10027), json!(10028)].contains(&told.0.json()["error"]["code"]), "{told:?}");
        }
        assert_eq!(members(&nadia).await, 2);
        assert_eq!(app.deliver().await.len(), 1, "not exactly one mail to the inviter");
    }

    async fn joining_and_inviting_anew_leave_one_token_or_one_member(app: App) {
        let nadia = app.founder("nadia@orbit.test").await;
        let orbit = org(&nadia, "orbit").await;
        for number in 0..4 {
            let address = format!("tomas{number}@orbit.test");
            let before = members(&nadia).await;
            let token = invite(&app, &nadia, &orbit, &address).await;
            let rpc = app.rpc();
            let (joined, invited) = tokio::join!(
                rpc.call("user.join", join_body(&token, &format!("tomas{number}"))),
                nadia.call("user.invite", json!({ "userKey": address, "orgId": orbit }))
            );
            invited.plain();
            let did = succeeded(&[joined], 10027, DEAD);
            assert_eq!(members(&nadia).await, before + did);
            app.deliver().await;
        }
    }

    async fn joining_and_losing_the_inviter_have_one_winner(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        for number in 0..4 {
            let id = sofia.make_user(&format!("nadia{number}"), &[&orbit]).await;
            sofia.grant(&id, Some(&orbit), crate::support::rpc::USER_WRITE).await;
            let nadia = app.rpc_as(&format!("nadia{number}")).await;
            let address = format!("tomas{number}@orbit.test");
            let token = invite(&app, &nadia, &orbit, &address).await;
            let before = members(&sofia).await;
            let rpc = app.rpc();
            let (joined, removed) = tokio::join!(
                rpc.call("user.join", join_body(&token, &format!("tomas{number}"))),
                sofia.call("org.removeMember", json!({ "orgId": orbit, "userId": id }))
            );
            removed.plain();
            assert_eq!(members(&sofia).await, before + succeeded(&[joined], 10027, DEAD));
            app.deliver().await;
        }
    }

    async fn joining_and_deleting_the_org_leave_no_member(app: App) {
        let sofia = app.superuser().await;
        for number in 0..4 {
            let orbit = org(&sofia, "orbit").await;
            let token = invite(&app, &sofia, &orbit, &format!("tomas{number}@orbit.test")).await;
            let rpc = app.rpc();
            let (joined, deleted) = tokio::join!(
                rpc.call("user.join", join_body(&token, &format!("tomas{number}"))),
                sofia.call("org.delete", json!({ "id": orbit }))
            );
            deleted.plain();
            let name = format!("tomas{number}");
            let found = sofia.call("user.list", json!({ "q": name })).await.ok()["users"].clone();
            let did = succeeded(&[joined], 10027, DEAD);
            assert_eq!(found.as_array().unwrap().len(), did);
            assert!(did == 0 || found[0]["orgs"] == json!([]), "{found}");
            app.deliver().await;
        }
    }

    async fn of_two_alike_one_is_done(app: App) {
        let sofia = app.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let deploy = permission(&sofia, &orbit, "orbit.deploy").await;
        let user = sofia.make_user("nadia", &[]).await;
        let many = async |method: &str, body: Value| {
            join_all((0..5).map(|_| sofia.call(method, body.clone()))).await
        };
        let answers = many("org.addMember", json!({ "orgId": orbit, "userId": user, "permissions": [deploy] })).await;
        let message = format!("User \"{user}\" is already a member of org \"{orbit}\"");
        assert_eq!(succeeded(&answers, 10028, &message), 1, "{answers:?}");

        let permission = system_permission(USER_READ);
        let body = json!({ "userId": user, "orgId": orbit, "permissionId": permission });
        let answers = many("user.assignPermission", body.clone()).await;
        let message = format!("Permission {permission} already assigned to the designated user");
        assert_eq!(succeeded(&answers, 10010, &message), 1, "{answers:?}");
        let answers = many("user.revokePermission", body).await;
        assert_eq!(succeeded(&answers, 10013, "PermissionAssignment does not exist"), 1, "{answers:?}");

        let answers = many("org.create", json!({ "name": "Other", "slug": "other" })).await;
        assert_eq!(succeeded(&answers, 10003, "Org \"other\" already exists"), 1, "{answers:?}");
        let answers = many("permission.create", json!({ "name": "new", "scope": orbit })).await;
        assert_eq!(succeeded(&answers, 10007, "Permission \"new\" already exists"), 1, "{answers:?}");
        let body = json!({ "name": "new", "scope": orbit, "permissions": [deploy] });
        let answers = many("role.create", body).await;
        assert_eq!(succeeded(&answers, 10016, "Role \"new\" already exists"), 1, "{answers:?}");
        let answers = many("user.create", user_body("oleg")).await;
        assert_eq!(succeeded(&answers, 10006, "Username \"oleg\" already in use"), 1, "{answers:?}");

        let answers = many("org.removeMember", json!({ "orgId": orbit, "userId": user })).await;
        let message = format!("User \"{user}\" is not a member of org \"{orbit}\"");
        assert_eq!(succeeded(&answers, 10023, &message), 1, "{answers:?}");
    }
}
