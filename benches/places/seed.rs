//! Everybody and everything but the people who ask. Inserted into the database directly: hashing thousands of passwords
//! would take longer than everything else.

use usher::clock::Clock;
use usher::ids::hex;
use usher::keys::Keys;

use super::database::{make_superuser, uid_of, user, verify_everybody};
use super::server::MASTER_KEY;

pub const OWNER: &str = "owner@bench.test";
pub const GUEST: &str = "guest@bench.test";
pub const ROOT: &str = "root@bench.test";
pub const FEW: &str = "few@bench.test";
pub const MANY: &str = "many@bench.test";
pub const COLLECTOR: &str = "collector@bench.test";

/// Roles of the org, and as many permissions. Every member has one of each.
const DEFINITIONS: usize = 8;
/// The ids of orgs that [`FEW`] and [`MANY`] administer follow these.
const FEW_ORGS: usize = 100;
const MANY_ORGS: usize = 200;

/// The uid of an org that [`FEW`] administers.
pub fn org_of_few() -> String {
    uid(FEW_ORGS + 1)
}

/// The uid of an org that [`MANY`] administers.
pub fn org_of_many() -> String {
    uid(MANY_ORGS + 1)
}

/// In milliseconds.
pub fn now() -> i64 {
    Clock::system().now().millis()
}

fn uid(number: usize) -> String {
    format!("{number:024x}")
}

/// The statements. All times are now.
pub fn sql(environment: i64, members: usize) -> Vec<String> {
    let seed = Seed { now: now(), members };
    let environment = format!("(SELECT place_id FROM environments WHERE id = {environment})");
    let org = "(SELECT place_id FROM orgs WHERE slug = 'big')";
    let mut statements = vec![
        "BEGIN".to_owned(),
        verify_everybody(seed.now),
        make_superuser(ROOT, seed.now),
        seed.users(),
        seed.place("environment", &environment, r#"{"place":"member"}"#, 1_000_000),
        seed.place("org", org, r#"{"gave":[{"role":{"name":"role 1","resource_id":null}}]}"#, 2_000_000),
        seed.rights(),
        seed.orgs(FEW, FEW_ORGS, 4),
        seed.orgs(MANY, MANY_ORGS, 100),
    ];
    statements.extend(seed.keys());
    statements.extend([seed.environments(), "COMMIT".to_owned()]);
    statements
}

struct Seed {
    now: i64,
    members: usize,
}

impl Seed {
    /// Begins a statement that inserts a row for each number `i`.
    fn numbers(&self) -> String {
        up_to(self.members)
    }

    fn users(&self) -> String {
        let (now, numbers) = (self.now, self.numbers());
        format!(
            "INSERT INTO users (id, uid, username, full_name, password_hash, created_at, updated_at, sort_key, search_key)
             {numbers} SELECT 1000 + i, printf('%024x', 1000 + i), 'm' || i, 'Member ' || i, '', {now}, {now},
                              'member ' || i, 'member ' || i || ' m' || i || ' m' || i || '@bench.test' FROM n;
             INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, created_at)
             {numbers} SELECT printf('%024x', 1000 + i), 1000 + i, 'm' || i || '@bench.test', 'm' || i || '@bench.test',
                              TRUE, TRUE, {now}, 1, {now} FROM n;"
        )
    }

    /// A place's members, open invitations with their mails, and the events of those with what was offered. Ids follow a
    /// number far above all others.
    fn place(&self, kind: &str, place: &str, offered: &str, after: usize) -> String {
        let (now, numbers, owner) = (self.now, self.numbers(), user(OWNER));
        format!(
            "INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
             {numbers} SELECT {after} + i, {place}, '{kind}', 1000 + i, printf('%024x', 1000 + i), 'member', {now} FROM n;
             INSERT INTO invitations (id, uid, kind, place_id, level, target_name, inviter_id, address, normal, state,
                                      generation, life, created_at, sent_at, expires_at, mailed_digest, copied_digest)
             {numbers} SELECT 3000000 + {after} + i, printf('%024x', {after} + i), '{kind}', {place}, 'member', 'Big',
                              {owner}, 'open-' || i || '@bench.test', 'open-' || i || '@bench.test', 'pending', 1,
                              604800000, {now}, {now}, {now} + 604800000, 'm{kind}' || i, 'c{kind}' || i FROM n;
             INSERT INTO outbox (uid, kind, carrier, address, invitation_id, generation, place_id, actor_id, state,
                                 attempts, next_at, created_at, done_at)
             {numbers} SELECT printf('%024x', {after} + i), 'invitation', 'mail', 'open-' || i || '@bench.test',
                              3000000 + {after} + i, 1, {place}, {owner}, 'sent', 1, {now}, {now}, {now} FROM n;
             INSERT INTO audit_events (uid, at, actor_id, actor_name, action, place_id, place_kind, subject, details, ip)
             {numbers} SELECT printf('%024x', {after} + i), {now}, {owner}, 'Owner', 'invitation_sent', {place}, '{kind}',
                              'open-' || i || '@bench.test', '{offered}', '127.0.0.1' FROM n;
             INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times,
                                    is_certain)
             {numbers} SELECT s.version, 1000 + i, 'Member', 'page', {now}, {now}, 1, {now}, 1, TRUE
                       FROM n JOIN environment_secrets s ON s.place_id = {place};"
        )
    }

    /// The large org's roles and permissions; who has them, and who is to get them.
    fn rights(&self) -> String {
        let (now, numbers, few) = (self.now, self.numbers(), up_to(DEFINITIONS));
        let org = "(SELECT id FROM orgs WHERE slug = 'big')";
        format!(
            "INSERT INTO permissions (id, uid, org_id, name, is_system, created_at, updated_at)
             {few} SELECT 1000 + i, printf('%024x', 1000 + i), {org}, 'permission ' || i, FALSE, {now}, {now} FROM n;
             INSERT INTO roles (id, uid, org_id, name, is_system, created_at, updated_at)
             {few} SELECT 1000 + i, printf('%024x', 1000 + i), {org}, 'role ' || i, FALSE, {now}, {now} FROM n;
             INSERT INTO role_permissions (role_id, permission_id)
             SELECT r.id, p.id FROM roles r JOIN permissions p ON p.org_id = r.org_id;
             INSERT INTO assignments (user_id, org_id, role_id, created_at)
             {numbers} SELECT 1000 + i, {org}, 1001 + i % {DEFINITIONS}, {now} FROM n;
             INSERT INTO assignments (user_id, org_id, permission_id, created_at)
             {numbers} SELECT 1000 + i, {org}, 1001 + i % {DEFINITIONS}, {now} FROM n;
             INSERT INTO invitation_grants (invitation_id, role_id)
             {numbers} SELECT 5000000 + i, 1001 + i % {DEFINITIONS} FROM n;"
        )
    }

    /// Small orgs that a user administers.
    fn orgs(&self, address: &str, after: usize, orgs: usize) -> String {
        let (now, numbers, user, uid) = (self.now, up_to(orgs), user(address), uid_of(address));
        format!(
            "INSERT INTO places (id, uid, kind, name, key, sort_key, search_key, created_at)
             {numbers} SELECT {after} + i, printf('%024x', {after} + i), 'org', 'Org ' || ({after} + i),
                              'org-' || ({after} + i), 'org ' || ({after} + i),
                              'org ' || ({after} + i) || ' org-' || ({after} + i), {now} FROM n;
             INSERT INTO orgs (id, uid, place_id, slug, updated_at)
             {numbers} SELECT {after} + i, printf('%024x', {after} + i), {after} + i, 'org-' || ({after} + i), {now} FROM n;
             INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
             {numbers} SELECT 4000000 + {after} + i, {after} + i, 'org', {user}, {uid}, 'member', {now} FROM n;
             INSERT INTO assignments (user_id, org_id, role_id, created_at)
             {numbers} SELECT {user}, {after} + i, (SELECT id FROM roles WHERE is_system AND org_id IS NULL), {now} FROM n;"
        )
    }

    /// Keys of cloud accounts, sealed as the program does it.
    fn keys(&self) -> Vec<String> {
        let (keys, now, owner) = (Keys::derive(&MASTER_KEY), self.now, user(COLLECTOR));
        let row = |number: usize| {
            let uid = uid(number);
            let seal = |column: &str, plain: &str| hex(&keys.seal(column, &uid, plain));
            let (access, secret) =
                (seal("cloud_keys.access_key", "AKIALARGE"), seal("cloud_keys.secret_key", "very-secret"));
            format!(
                "({number}, '{uid}', {owner}, 'Keys {number}', 'keys {number}', X'{access}', X'{secret}', 'eu-west-1', \
                 {now}, {now})"
            )
        };
        let numbers: Vec<usize> = (1001..=1000 + self.members).collect();
        let insert = |part: &[usize]| {
            let rows: Vec<String> = part.iter().map(|number| row(*number)).collect();
            format!(
                "INSERT INTO cloud_keys (id, uid, user_id, name, name_key, access_key, secret_key, region, created_at,
                                         updated_at) VALUES {}",
                rows.join(", ")
            )
        };
        numbers.chunks(500).map(insert).collect()
    }

    /// One for each pair of keys. Nothing asks for what is sealed in them.
    fn environments(&self) -> String {
        let (now, numbers, owner, uid) = (self.now, self.numbers(), user(COLLECTOR), uid_of(COLLECTOR));
        format!(
            "INSERT INTO places (id, uid, kind, name, key, sort_key, search_key, created_at)
             {numbers} SELECT 1000 + i, printf('%024x', 1000 + i), 'environment', 'Environment ' || i, 1000 + i,
                              'environment ' || i, 'environment ' || i, {now} FROM n;
             INSERT INTO environments (id, uid, place_id, owner_id, cloud_keys_id, name_key, bucket, db_name, host, db_user,
                                       db_pass, instance, updated_at)
             {numbers} SELECT 1000 + i, printf('%024x', 1000 + i), 1000 + i, {owner}, 1000 + i, 'environment ' || i, 'logs',
                              'tides', 'tides.test', X'00', X'00', 'tides', {now} FROM n;
             INSERT INTO secret_versions (uid, made_at, made_by_name)
             {numbers} SELECT 'access' || i, {now}, '' FROM n UNION ALL SELECT 'secret' || i, {now}, '' FROM n;
             INSERT INTO environment_secrets (place_id, field, version)
             {numbers} SELECT 1000 + i, 'access_key', 'access' || i FROM n
                       UNION ALL SELECT 1000 + i, 'secret_key', 'secret' || i FROM n;
             INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
             {numbers} SELECT 2500000 + i, 1000 + i, 'environment', {owner}, {uid}, 'administrator', {now} FROM n;"
        )
    }
}

fn up_to(last: usize) -> String {
    format!("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last})")
}
