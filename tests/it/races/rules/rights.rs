//! Who may do what in orgs, and globally.

use futures_util::future::join_all;
use serde_json::json;

use super::{ROUNDS, assert_no_fault, in_two_processes, succeeded};
use crate::support::rpc::{ROLE_ASSIGNMENT_WRITE, USER_WRITE, admin_role, org, permission, role, user_body};

in_two_processes! {
    async fn an_org_keeps_an_administrator(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let nadia_id = sofia.make_user("nadia", &[]).await;
        let nadia = pair.one.rpc_as("nadia").await;
        let orbit = org(&nadia, "orbit").await;
        let otto_id = sofia.make_user("otto", &[&orbit]).await;
        let otto = pair.other.rpc_as("otto").await;
        let role = |user: &str| json!({ "userId": user, "orgId": orbit, "roleId": admin_role() });
        nadia.call("user.assignRole", role(&otto_id)).await.ok();
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                nadia.call("user.revokeRole", role(&nadia_id)),
                otto.call("user.revokeRole", role(&otto_id))
            );
            let (nadia_went, otto_went) = (succeeded(&one), succeeded(&other));
            assert!(nadia_went != otto_went, "{one:?} {other:?}");
            sofia.call("user.assignRole", role(if nadia_went { &nadia_id } else { &otto_id })).await.ok();
        }
    }

    async fn an_org_keeps_an_administrator_when_accounts_end(pair: Pair) {
        let sofia = pair.one.superuser().await;
        for round in 0..ROUNDS {
            let names = [format!("nadia{round}"), format!("otto{round}"), format!("mia{round}")];
            let nadia_id = sofia.make_user(&names[0], &[]).await;
            let nadia = pair.one.rpc_as(&names[0]).await;
            let orbit = org(&nadia, &format!("orbit{round}")).await;
            let otto_id = sofia.make_user(&names[1], &[&orbit]).await;
            sofia.make_user(&names[2], &[&orbit]).await;
            let role = json!({ "userId": otto_id, "orgId": orbit, "roleId": admin_role() });
            nadia.call("user.assignRole", role).await.ok();
            let otto = pair.other.rpc_as(&names[1]).await;
            let (one, other) = tokio::join!(
                nadia.call("user.delete", json!({ "id": nadia_id })),
                otto.call("user.delete", json!({ "id": otto_id }))
            );
            assert!(succeeded(&one) != succeeded(&other), "{one:?} {other:?}");
        }
    }

    async fn an_installation_keeps_a_superuser(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let sofia_id = sofia.id().await;
        let otto_id = sofia.make_user("otto", &[]).await;
        sofia.call("user.assignRole", json!({ "userId": otto_id, "roleId": admin_role() })).await.ok();
        let otto = pair.other.rpc_as("otto").await;
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                sofia.call("user.deactivate", json!({ "id": sofia_id })),
                otto.call("user.deactivate", json!({ "id": otto_id }))
            );
            let sofia_went = succeeded(&one);
            assert!(sofia_went != succeeded(&other), "{one:?} {other:?}");
            let (left, gone) = if sofia_went { (&otto, &sofia_id) } else { (&sofia, &otto_id) };
            left.call("user.activate", json!({ "id": gone })).await.ok();
        }
    }

    async fn only_members_are_assigned_rights(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let elsewhere = pair.rpc_elsewhere(&sofia);
        let walt = sofia.make_user("walt", &[]).await;
        let membership = json!({ "userId": walt, "orgId": orbit });
        let assignment = json!({ "userId": walt, "orgId": orbit, "roleId": admin_role() });
        for _ in 0..ROUNDS {
            sofia.call("org.addMember", membership.clone()).await.plain();
            let (removed, assigned) = tokio::join!(
                sofia.call("org.removeMember", membership.clone()),
                elsewhere.call("user.assignRole", assignment.clone())
            );
            assert!(succeeded(&removed), "{removed:?}");
            assert_no_fault(&assigned);
            let left = "SELECT COUNT(*) FROM assignments a JOIN users u ON u.id = a.user_id WHERE u.username = 'walt'";
            assert_eq!(pair.count(left).await, 0, "somebody who is no member has rights");
        }
    }

    async fn a_user_is_made_a_member_once(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let elsewhere = pair.rpc_elsewhere(&sofia);
        let walt = sofia.make_user("walt", &[]).await;
        let run = permission(&sofia, &orbit, "run").await;
        let runner = role(&sofia, &orbit, "runner", &[&run]).await;
        let membership = json!({ "userId": walt, "orgId": orbit, "roles": [{ "id": runner }] });
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                sofia.call("org.addMember", membership.clone()),
                elsewhere.call("org.addMember", membership.clone())
            );
            assert!(succeeded(&one) != succeeded(&other), "{one:?} {other:?}");
            sofia.call("org.removeMember", json!({ "userId": walt, "orgId": orbit })).await.plain();
        }
    }

    async fn a_right_is_assigned_once_and_told_once(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let elsewhere = pair.rpc_elsewhere(&sofia);
        let walt = sofia.make_user("walt", &[]).await;
        let role = json!({ "userId": walt, "roleId": admin_role() });
        pair.one.deliver().await;
        for _ in 0..ROUNDS {
            let (one, other) = tokio::join!(
                sofia.call("user.assignRole", role.clone()),
                elsewhere.call("user.assignRole", role.clone())
            );
            assert!(succeeded(&one) != succeeded(&other), "{one:?} {other:?}");
            sofia.call("user.revokeRole", role.clone()).await.plain();
            assert_eq!(pair.one.deliver().await.len(), 1, "not one mail about several changes");
        }
    }

    async fn nothing_is_done_by_a_right_that_was_taken(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let walt = sofia.make_user("walt", &[&orbit]).await;
        let nobody = sofia.make_user("nobody", &[]).await;
        let by_walt = pair.other.rpc_as("walt").await;
        let role = json!({ "userId": walt, "orgId": orbit, "roleId": admin_role() });
        let membership = json!({ "userId": nobody, "orgId": orbit });
        for _ in 0..ROUNDS {
            sofia.call("user.assignRole", role.clone()).await.ok();
            let (taken, added) = tokio::join!(
                sofia.call("user.revokeRole", role.clone()),
                join_all((0..3).map(|_| by_walt.call("org.addMember", membership.clone())))
            );
            assert!(succeeded(&taken), "{taken:?}");
            added.iter().for_each(assert_no_fault);
            sofia.call("org.removeMember", membership.clone()).await;
        }
        let late = "SELECT COUNT(*) FROM audit_events late
                    JOIN audit_events lost ON lost.id = (SELECT MAX(id) FROM audit_events before
                        WHERE before.action = 'rights_changed' AND before.id < late.id)
                    WHERE late.action = 'member_added' AND late.actor_name LIKE 'walt%'
                      AND lost.details LIKE '%took%'";
        assert_eq!(pair.count(late).await, 0, "somebody used a right after it was taken");
    }

    async fn nothing_is_done_by_a_global_right_that_was_taken(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let walt = sofia.make_user("walt", &[]).await;
        let by_walt = pair.other.rpc_as("walt").await;
        let all = [USER_WRITE, ROLE_ASSIGNMENT_WRITE].map(crate::support::rpc::system_permission);
        for round in 0..ROUNDS {
            let body = json!({ "name": format!("writers{round}"), "permissions": all });
            let writers = sofia.call("role.create", body).await.ok()["role"]["id"].clone();
            sofia.call("user.assignRole", json!({ "userId": walt, "roleId": writers })).await.ok();
            let users = (0..3).map(|number| user_body(&format!("user{round}x{number}")));
            let (deleted, made) = tokio::join!(
                sofia.call("role.delete", json!({ "id": writers })),
                join_all(users.map(|user| by_walt.call("user.create", user)))
            );
            assert!(succeeded(&deleted), "{deleted:?}");
            made.iter().for_each(assert_no_fault);
        }
        let late = "SELECT COUNT(*) FROM audit_events late
                    WHERE late.action = 'user_created' AND late.actor_name LIKE 'walt%'
                      AND (SELECT action FROM audit_events b WHERE b.id < late.id
                           AND b.action IN ('rights_changed', 'role_deleted') ORDER BY b.id DESC LIMIT 1) = 'role_deleted'";
        assert_eq!(pair.count(late).await, 0, "somebody used a role after it was deleted");
    }

    async fn a_slug_a_username_and_a_name_are_taken_once(pair: Pair) {
        let sofia = pair.one.superuser().await;
        let orbit = org(&sofia, "orbit").await;
        let run = permission(&sofia, &orbit, "run").await;
        let elsewhere = pair.rpc_elsewhere(&sofia);
        for round in 0..ROUNDS {
            let calls = [
                ("org.create", json!({ "name": "Harbor", "slug": format!("harbor{round}") })),
                ("user.create", user_body(&format!("walt{round}"))),
                ("role.create", json!({ "name": format!("runner{round}"), "scope": orbit, "permissions": [run] })),
                ("permission.create", json!({ "name": format!("run{round}") })),
            ];
            for (method, body) in calls {
                let (one, other) =
                    tokio::join!(sofia.call(method, body.clone()), elsewhere.call(method, body.clone()));
                assert!(succeeded(&one) != succeeded(&other), "{method}: {one:?} {other:?}");
            }
        }
    }
}
