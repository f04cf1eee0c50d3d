//! A session ends while a request that it authenticated is in progress: the change does not happen.

use serde_json::{Value, json};

use crate::faults::on_both_databases;
use crate::support::api::environment_body;
use crate::support::app::PASSWORD;
use crate::support::process::{Client, Place, Process};
use crate::support::rpc::{admin_role, system_permission, user_body};

/// A user with all rights, an environment and an org.
struct World {
    server: Process,
    rosa: Client,
    tomas: Client,
    environment: i64,
    org: String,
    user: String,
    code: String,
}

/// A bearer token for one of the users.
fn bearer(server: &Process, address: &str) -> String {
    let body = json!({ "userKey": address, "password": PASSWORD });
    let told = server.client().post("/api/v1/session.create", body).ok();
    told["token"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

fn id(told: &Value, thing: &str) -> String {
    told[thing]["id"].as_str().unwrap_or_else(|| panic!("{told}")).to_owned()
}

impl World {
    fn make(place: &Place) -> Self {
        for address in ["rosa@harbor.test", "tomas@harbor.test"] {
            let name = address.split('@').next().unwrap();
            let arguments =
                ["user", "create", "--superuser", "--username", name, "--email", address, "--full-name", name];
            assert!(place.run(&arguments, PASSWORD).status.success());
        }
        let server = place.start();
        let (rosa, tomas) = (server.client(), server.client());
        rosa.log_in("rosa@harbor.test");
        tomas.log_in("tomas@harbor.test");
        let environment = rosa.environment();
        let other = tomas.post("/api/environments", environment_body("Lighthouse")).ok()["id"].clone();
        let body = json!({ "environmentId": other, "userEmail": "rosa@harbor.test", "isAdmin": false });
        let code = tomas.post("/api/environments/invites", body).ok()["inviteCode"].as_str().unwrap().to_owned();
        let org = id(&rosa.post("/api/v1/org.create", json!({ "name": "Orbit", "slug": "orbit" })).ok(), "org");
        let user = id(&rosa.post("/api/v1/user.create", user_body("nadia")).ok(), "user");
        Self { server, rosa, tomas, environment, org, user, code }
    }

    fn changes(&self) -> Vec<(&'static str, String, Value)> {
        let Self { environment, org, user, code, .. } = self;
        let assignment = json!({ "userId": user, "orgId": org, "roleId": admin_role() });
        vec![
            ("POST", "/api/environments".into(), environment_body("Second")),
            ("PUT", format!("/api/environments/{environment}"), environment_body("Renamed")),
            (
                "POST",
                "/api/environments/invites".into(),
                json!({ "environmentId": environment, "userEmail": "tomas@harbor.test" }),
            ),
            ("PUT", "/api/environments/invites/accept".into(), json!({ "inviteCode": code })),
            ("POST", format!("/api/environments/{environment}/slack"), json!({ "token": "xoxb-1", "channel": "C1" })),
            (
                "PUT",
                "/api/users/changePassword".into(),
                json!({ "oldPassword": PASSWORD, "newPassword": "other horse 2", "newPasswordAgain": "other horse 2" }),
            ),
            ("POST", "/api/v1/org.create".into(), json!({ "name": "Second", "slug": "second" })),
            ("POST", "/api/v1/org.addMember".into(), json!({ "userId": user, "orgId": org })),
            ("POST", "/api/v1/user.assignRole".into(), assignment),
            ("POST", "/api/v1/permission.create".into(), json!({ "name": "orbit.deploy", "scope": org })),
            (
                "POST",
                "/api/v1/role.create".into(),
                json!({ "name": "operator", "scope": org, "permissions": [system_permission(1)] }),
            ),
            ("POST", "/api/v1/user.create".into(), user_body("otto")),
            ("POST", "/api/v1/user.invite".into(), json!({ "userKey": "nadia", "orgId": org })),
            ("POST", "/api/v1/user.deactivate".into(), json!({ "id": user })),
            ("POST", "/api/v1/user.delete".into(), json!({ "id": user })),
            ("POST", "/api/v1/org.delete".into(), json!({ "id": org })),
        ]
    }

    /// Starts every change with a session, ends what the sessions depend on, and completes the requests.
    fn refuses(&self, end: impl FnOnce(&str)) {
        let token = bearer(&self.server, "rosa@harbor.test");
        let begun: Vec<_> = self
            .changes()
            .into_iter()
            .map(|(method, path, body)| (path.clone(), self.server.hold(&token, method, &path, &body)))
            .collect();
        end(&token);
        for (path, held) in begun {
            let (status, text) = held.finish();
            if path.starts_with("/api/v1/") {
                // Deactivated users lose their rights, which some methods check first.
                assert!(text.contains("\"code\":404,") || text.contains("\"code\":10012,"), "{path}: {text}");
            } else {
                assert_eq!(status, 403, "{path}: {text}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_session_began_ends_with_it() {
    for place in on_both_databases().await {
        let place = place.with("rate_limits_enabled", "false");
        let world = World::make(&place);
        let server = &world.server;
        world.refuses(|token| {
            let (status, text) = server.hold(token, "PUT", "/api/users/logout", &json!({})).finish();
            assert_eq!(status, 200, "{text}");
        });
        let rosa = world.rosa.post("/api/v1/session.info", json!({})).ok()["session"]["user"]["id"].clone();
        world.refuses(|_| {
            world.tomas.post("/api/v1/user.deactivate", json!({ "id": rosa })).ok();
        });
        world.tomas.post("/api/v1/user.activate", json!({ "id": rosa })).ok();
        world.refuses(|_| {
            let change = json!({ "oldPassword": PASSWORD, "newPassword": PASSWORD, "newPasswordAgain": PASSWORD });
            assert_eq!(world.rosa.try_put("/api/users/changePassword", &change).unwrap().status, 200);
        });
        // Nothing was changed.
        assert_eq!(world.rosa.get("/api/environments").ok().as_array().unwrap().len(), 1);
        world.rosa.post("/api/v1/user.info", json!({ "id": world.user })).ok();
    }
}
