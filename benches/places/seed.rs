//! A place with many members and open invitations. These are inserted into the database directly: hashing thousands of
//! passwords would take longer than everything else.

use std::path::Path;

use sea_orm::{ConnectionTrait as _, Database};
use serde_json::json;
use usher::clock::Clock;

use super::person::Person;
use super::server::Server;

pub const OWNER: &str = "owner@bench.test";
pub const GUEST: &str = "guest@bench.test";

pub struct Seeded {
    pub environment: i64,
    /// The org's uid.
    pub org: String,
}

/// Creates an owner, a guest, an environment and an org over HTTP, and everybody else in the database.
pub fn make(server: &mut Server, members: usize) -> Seeded {
    let [owner, _] = [OWNER, GUEST].map(|address| {
        let person = Person::at(server);
        person.sign_up(address);
        person
    });
    owner.sign_in(OWNER);
    let environment = json!({
        "envName": "Large", "keysName": "large", "accessKey": "AKIALARGE", "secretKey": "very-secret",
        "region": "eu-west-1", "bucket": "large", "prefix": "", "dbName": "large", "host": "large.test", "user": "reader",
        "pass": "secret", "instance": "large", "parameterGroup": "large",
    });
    let made = owner.post("/api/environments", &environment);
    let environment = made["id"].as_i64().expect("it has an id");
    let made = owner.post("/api/v1/org.create", &json!({ "name": "Big", "slug": "big" }));
    let org = made["org"]["id"].as_str().expect("it has an id").to_owned();
    server.between(|database| write(&database, &sql(environment, members)));
    Seeded { environment, org }
}

fn write(database: &Path, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let connection = Database::connect(format!("sqlite://{}", database.display())).await.expect("it opens");
        connection.execute_unprepared(sql).await.expect("the rows fit the schema");
        connection.close().await.expect("it closes");
    });
}

/// Members' ids are far above all others. All times are now.
fn sql(environment: i64, members: usize) -> String {
    let now = Clock::system().now().millis();
    let numbers = format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {members})");
    let invitation = |kind: &str, place: &str, mark: &str, from: usize| {
        format!(
            "INSERT INTO invitations (id, uid, kind, place_id, level, target_name, inviter_id, address, normal, state,
                                      generation, life, created_at, sent_at, expires_at, mailed_digest, copied_digest)
             {numbers} SELECT {from} + i, printf('%024x', {from} + i), '{kind}', {place}, 'member', 'Big', 1,
                              'open-' || i || '@bench.test', 'open-' || i || '@bench.test', 'pending', 1, 604800000,
                              {now}, {now}, {now} + 604800000, 'm{mark}' || i, 'c{mark}' || i FROM n;"
        )
    };
    let environment = format!("(SELECT place_id FROM environments WHERE id = {environment})");
    let org = "(SELECT place_id FROM orgs WHERE slug = 'big')";
    format!(
        "BEGIN;
         INSERT INTO users (id, uid, full_name, password_hash, created_at, updated_at, sort_key, search_key)
         {numbers} SELECT 1000 + i, printf('%024x', 1000 + i), 'Member ' || i, '', {now}, {now}, 'member ' || i,
                          'member ' || i || ' m' || i || '@bench.test' FROM n;
         INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
         {numbers} SELECT printf('%024x', 1000 + i), 1000 + i, 'm' || i || '@bench.test', 'm' || i || '@bench.test', TRUE,
                          TRUE, {now}, 1, {now} FROM n;
         INSERT INTO members (id, place_id, user_id, level, joined_at)
         {numbers} SELECT 1000000 + i, {environment}, 1000 + i, 'member', {now} FROM n;
         INSERT INTO members (id, place_id, user_id, level, joined_at)
         {numbers} SELECT 2000000 + i, {org}, 1000 + i, 'member', {now} FROM n;
         {to_environment}
         {to_org}
         COMMIT;",
        to_environment = invitation("environment", &environment, "e", 3_000_000),
        to_org = invitation("org", org, "o", 4_000_000),
    )
}
