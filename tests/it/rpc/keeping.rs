//! An org keeps an administrator and an installation a superuser, unless the contract allows removing the last one.

use serde_json::json;

use crate::support::app::App;
use crate::support::on_both;
use crate::support::rpc::{Rpc, admin_role, org, system_permission};

const NO_ADMINISTRATOR: &str = "The org would be left without an administrator";
const LAST_SUPERUSER: &str = "The last superuser stays";

/// A superuser, and Nadia with an org of which Otto is a member; returns the ids of Nadia, Otto and the org.
async fn world(app: &App) -> (Rpc<'_>, Rpc<'_>, [String; 3]) {
    let sofia = app.superuser().await;
    let nadia_id = sofia.make_user("nadia", &[]).await;
    let nadia = app.rpc_as("nadia").await;
    let orbit = org(&nadia, "orbit").await;
    let otto = sofia.make_user("otto", &[&orbit]).await;
    (sofia, nadia, [nadia_id, otto, orbit])
}

on_both! {
    async fn the_last_administrator_of_an_org_keeps_the_role(app: App) {
        let (sofia, nadia, [id, otto, orbit]) = world(&app).await;
        let role = |user: &str| json!({ "userId": user, "orgId": orbit, "roleId": admin_role() });
        nadia.call("user.revokeRole", role(&id)).await.refused(10012, NO_ADMINISTRATOR);
        // A deactivated user is no administrator.
        nadia.call("user.assignRole", role(&otto)).await.ok();
        sofia.call("user.deactivate", json!({ "id": otto })).await.ok();
        nadia.call("user.revokeRole", role(&id)).await.refused(10012, NO_ADMINISTRATOR);
        sofia.call("user.activate", json!({ "id": otto })).await.ok();
        nadia.call("user.revokeRole", role(&id)).await.plain();
    }

    async fn an_administrator_whose_time_runs_out_is_not_the_last(app: App) {
        let (sofia, nadia, [id, otto, orbit]) = world(&app).await;
        let role = |user: &str| json!({ "userId": user, "orgId": orbit, "roleId": admin_role() });
        nadia.call("user.assignRole", role(&otto)).await.ok();
        sofia.call("user.deactivate", json!({ "id": otto, "deactivateAfterSeconds": 60 })).await.ok();
        nadia.call("user.revokeRole", role(&id)).await.refused(10012, NO_ADMINISTRATOR);
        let zoe = sofia.make_user("zoe", &[]).await;
        let body = json!({ "userId": zoe, "orgId": orbit, "expiresInSeconds": 60 });
        nadia.call("org.addMember", body).await.plain();
        nadia.call("user.assignRole", role(&zoe)).await.ok();
        nadia.call("user.revokeRole", role(&id)).await.refused(10012, NO_ADMINISTRATOR);
    }

    async fn the_last_administrator_does_not_leave_others_behind(app: App) {
        let (sofia, nadia, [id, otto, orbit]) = world(&app).await;
        nadia.call("user.delete", json!({ "id": id })).await.refused(10012, NO_ADMINISTRATOR);
        sofia.call("user.delete", json!({ "id": id })).await.refused(10012, NO_ADMINISTRATOR);
        // The contract lets anybody with the right remove the last one.
        nadia.call("org.removeMember", json!({ "userId": otto, "orgId": orbit })).await.plain();
        nadia.call("user.delete", json!({ "id": id })).await.plain();
    }

    async fn the_last_administrator_may_be_removed(app: App) {
        let (_, nadia, [id, _, orbit]) = world(&app).await;
        nadia.call("org.removeMember", json!({ "userId": id, "orgId": orbit })).await.plain();
    }

    async fn the_last_superuser_stays(app: App) {
        let (sofia, _, [id, ..]) = world(&app).await;
        let own = sofia.id().await;
        let role = |user: &str| json!({ "userId": user, "roleId": admin_role() });
        for _ in 0..2 {
            for after in [0, 3600] {
                let body = json!({ "id": own, "deactivateAfterSeconds": after });
                sofia.call("user.deactivate", body).await.refused(10012, LAST_SUPERUSER);
            }
            sofia.call("user.delete", json!({ "id": own })).await.refused(10012, LAST_SUPERUSER);
            // A user with a scheduled deactivation does not count, either.
            sofia.call("user.assignRole", role(&id)).await.ok();
            sofia.call("user.deactivate", json!({ "id": id, "deactivateAfterSeconds": 3600 })).await.ok();
            sofia.call("user.deactivate", json!({ "id": own })).await.refused(10012, LAST_SUPERUSER);
            sofia.call("user.revokeRole", role(&id)).await.plain();
        }
        // Sofia is a superuser by permissions of her own: each of them stays.
        let permission = json!({ "userId": own, "permissionId": system_permission(1) });
        sofia.call("user.revokePermission", permission.clone()).await.refused(10012, LAST_SUPERUSER);
        sofia.call("user.activate", json!({ "id": id })).await.ok();
        sofia.call("user.assignRole", role(&id)).await.ok();
        sofia.call("user.revokePermission", permission).await.plain();
    }

    async fn a_role_that_makes_the_last_superuser_stays_as_it_is(app: App) {
        let (sofia, _, _) = world(&app).await;
        let own = sofia.id().await;
        let all: Vec<String> = (1..=12).map(system_permission).collect();
        let body = json!({ "name": "root", "permissions": all });
        let role = sofia.call("role.create", body).await.ok()["role"]["id"].clone();
        sofia.call("user.assignRole", json!({ "userId": own, "roleId": role })).await.ok();
        for number in 1..=12 {
            let body = json!({ "userId": own, "permissionId": system_permission(number) });
            sofia.call("user.revokePermission", body).await.plain();
        }
        let body = json!({ "id": role, "permissions": [system_permission(1)] });
        sofia.call("role.update", body).await.refused(10012, LAST_SUPERUSER);
        sofia.call("role.delete", json!({ "id": role })).await.refused(10012, LAST_SUPERUSER);
        sofia.call("role.update", json!({ "id": role, "name": "wheel" })).await.ok();
    }

    async fn mycrt_keeps_a_superuser_too(app: App) {
        let sofia = app.superuser().await;
        let mut master = app.api();
        master.log_in("sofia@orbit.test").await;
        let refused = master.delete(&format!("/api/users/{}", master.id)).await;
        refused.refused(409, "The last administrator of the service stays");
        sofia.id().await;
    }
}
