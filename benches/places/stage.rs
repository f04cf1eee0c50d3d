//! A server with a large environment and a large org, and the people who ask it.

use serde_json::{Value, json};

use super::database;
use super::person::Person;
use super::seed::{self, COLLECTOR, FEW, GUEST, MANY, OWNER, ROOT};
use super::server::Server;

pub struct Stage {
    pub server: Server,
    pub members: usize,
    /// The large environment's id.
    pub environment: i64,
    /// The large org's uid.
    pub org: String,
    /// Made both, and sent all invitations.
    pub owner: Person,
    /// Is invited, and comes and goes.
    pub guest: Person,
    /// Has every right.
    pub root: Person,
    /// Administers four orgs.
    pub few: Person,
    /// Administers a hundred.
    pub many: Person,
    /// Owns as many environments as the large one has members.
    pub collector: Person,
}

impl Stage {
    /// Creates the people, the environment and the org over HTTP, and everybody else in the database.
    pub fn set(members: usize) -> Self {
        let mut server = Server::start();
        for address in [GUEST, ROOT, FEW, MANY, COLLECTOR] {
            Person::at(&server).sign_up(address);
        }
        let owner = Person::at(&server);
        owner.sign_up(OWNER);
        owner.sign_in(OWNER);
        let environment = new_environment(&owner, "Large");
        let made = owner.call("org.create", &json!({ "name": "Big", "slug": "big" }));
        let org = made["org"]["id"].as_str().expect("it has an id").to_owned();
        server.between(|url| database::write(url, seed::sql(environment, members)));
        let [owner, guest, root, few, many, collector] = [OWNER, GUEST, ROOT, FEW, MANY, COLLECTOR].map(|address| {
            let person = Person::at(&server);
            person.sign_in(address);
            person
        });
        Self { server, members, environment, org, owner, guest, root, few, many, collector }
    }

    /// The path of a page of the environment.
    pub fn environment(&self, page: &str) -> String {
        format!("/environments/{}/{page}", self.environment)
    }

    /// Invites the guest to the environment.
    pub fn invite(&self) -> Value {
        let body = json!({ "environmentId": self.environment, "userEmail": GUEST, "isAdmin": false });
        self.owner.post("/api/environments/invites", &body)
    }

    /// Invites the guest, who accepts and leaves again.
    pub fn invite_and_accept(&self) {
        let invite = self.invite();
        let body = json!({ "inviteCode": invite["inviteCode"] });
        self.guest.send("PUT", "/api/environments/invites/accept", Some(&body));
        self.guest.send("DELETE", &format!("/api/environments/invites/{}", invite["id"]), None);
    }
}

/// Creates an environment; returns its id.
pub fn new_environment(owner: &Person, name: &str) -> i64 {
    let made = owner.post("/api/environments", &environment(name));
    made["id"].as_i64().expect("it has an id")
}

/// What it takes to create an environment.
pub fn environment(name: &str) -> Value {
    json!({
        "envName": name, "keysName": name, "accessKey": "AKIALARGE", "secretKey": "very-secret", "region": "eu-west-1",
        "bucket": "large", "prefix": "", "dbName": "large", "host": "large.test", "user": "reader", "pass": "secret",
        "instance": "large", "parameterGroup": "large",
    })
}

/// Invites the guest to an org.
pub fn invite_to_org(inviter: &Person, org: &str) {
    inviter.call("user.invite", &json!({ "userKey": GUEST, "orgId": org }));
}
