//! The requests, from people with their own cookies.

use serde_json::json;

use super::person::Person;
use super::seed::{GUEST, OWNER, Seeded};
use super::server::Server;

/// The owner of a place and their guest.
pub struct Client {
    owner: Person,
    guest: Person,
}

impl Client {
    pub fn of(server: &Server) -> Self {
        let [owner, guest] = [OWNER, GUEST].map(|address| {
            let person = Person::at(server);
            person.sign_in(address);
            person
        });
        Self { owner, guest }
    }

    /// Gets a page as the owner.
    pub fn page(&self, path: &str) {
        self.owner.get(path);
    }

    /// Gets a page as the guest.
    pub fn page_of_guest(&self, path: &str) {
        self.guest.get(path);
    }

    /// Invites the guest to the environment; returns the code.
    pub fn invite(&self, seeded: &Seeded) -> String {
        let body = json!({ "environmentId": seeded.environment, "userEmail": GUEST, "isAdmin": false });
        let invite = self.owner.post("/api/environments/invites", &body);
        invite["inviteCode"].as_str().expect("it has a code").to_owned()
    }

    /// Invites the guest, who accepts and leaves again.
    pub fn invite_and_accept(&self, seeded: &Seeded) {
        let body = json!({ "inviteCode": self.invite(seeded) });
        self.guest.send("PUT", "/api/environments/invites/accept", Some(&body));
        let me = self.guest.send("GET", &format!("/api/environments/{}/users/me", seeded.environment), None);
        self.guest.send("DELETE", &format!("/api/environments/invites/{}", me["id"]), None);
    }

    /// Invites the guest to the org.
    pub fn invite_to_org(&self, seeded: &Seeded) {
        let answer = self.owner.post("/api/v1/user.invite", &json!({ "userKey": GUEST, "orgId": seeded.org }));
        assert_eq!(answer["ok"], true, "{answer}");
    }
}
