//! A few rows in every table, and their ids.

use sea_orm::DatabaseConnection;
use usher::clock::Timestamp;
use usher::ids::{CloudKeysId, DefinitionId, DefinitionKind, EnvironmentId, InvitationId, OrgId, PlaceId, UserId};
use usher::store::definitions;

pub use crate::support::app::START as NOW;

pub const LATER: Timestamp = Timestamp(NOW.0 + 1000);
pub const ANNA: UserId = UserId(1);
pub const BEN: UserId = UserId(2);
pub const CARA: UserId = UserId(3);
pub const STAGING: PlaceId = PlaceId(1);
pub const ENVIRONMENT: EnvironmentId = EnvironmentId(1);
pub const ANNAS_KEYS: CloudKeysId = CloudKeysId(1);
pub const ACME: PlaceId = PlaceId(2);
pub const ORG: OrgId = OrgId(1);
pub const TO_STAGING: InvitationId = InvitationId(1);
pub const TO_ACME: InvitationId = InvitationId(2);

/// Anna owns the environment and administers the org and the installation. Ben is a member of environment and org. Cara
/// has no address yet.
pub fn rows() -> String {
    let (now, later) = (NOW.millis(), LATER.millis());
    format!(
        "INSERT INTO users (uid, username, full_name, password_hash, created_at, updated_at, sort_key, search_key)
         VALUES ('u1', 'anna', 'Anna', 'hash', 1, 1, 'anna', 'anna'), ('u2', 'ben', 'Ben', 'hash', 1, 1, 'ben', 'ben'),
                ('u3', NULL, 'Cara', 'hash', 1, 1, 'cara', 'cara');
         INSERT INTO addresses (uid, user_id, address, normal, is_primary, counts, verified_at, generation, verify_digest,
                                created_at)
         VALUES ('a1', 1, 'anna@a.test', 'anna@a.test', TRUE, TRUE, 1, 1, NULL, 1),
                ('a2', 2, 'ben@a.test', 'ben@a.test', TRUE, TRUE, 1, 1, NULL, 1),
                ('a3', 1, 'new@a.test', 'new@a.test', FALSE, FALSE, NULL, 1, 'proof', 2);
         INSERT INTO sessions (uid, user_id, kind, digest, created_at, seen_at, expires_at, name)
         VALUES ('s1', 1, 'browser', 'session', 1, {now}, {later}, NULL), ('s2', 1, 'bearer', 'token', 1, 0, {later}, 'T');
         INSERT INTO password_resets (uid, user_id, address_id, digest, created_at, expires_at)
         VALUES ('w1', 1, 1, 'reset', 1, {later});
         INSERT INTO pictures (user_id, name, content, content_type, created_at) VALUES (1, 'p.png', 'x', 'image/png', 1);
         INSERT INTO repeats (user_id, key_digest, body_digest, nonce, created_at) VALUES (1, 'k', 'b', 'n', 1);
         INSERT INTO throttles (name, count, resets_at) VALUES ('t', 1, {later});
         INSERT INTO installation (name, value) VALUES ('fact', 'value');
         INSERT INTO cloud_keys (uid, user_id, name, name_key, access_key, secret_key, region, created_at, updated_at)
         VALUES ('k1', 1, 'K', 'k', 'x', 'x', 'r', 1, 1), ('k2', 2, 'L', 'l', 'x', 'x', 'r', 1, 1);
         INSERT INTO places (uid, kind, name, key, created_at)
         VALUES ('e1', 'environment', 'Staging', '1', 1), ('o1', 'org', 'Acme', 'acme', 1);
         INSERT INTO environments (uid, place_id, owner_id, cloud_keys_id, name_key, bucket, db_name, host, db_user, db_pass,
                                   instance, updated_at)
         VALUES ('e1', 1, 1, 1, 'staging', 'b', 'd', 'h', 'x', 'x', 'i', 1);
         INSERT INTO environment_slack (uid, environment_id, channel, token, is_on, created_at, updated_at)
         VALUES ('h1', 1, '#c', 'x', TRUE, 1, 1);
         INSERT INTO secret_versions (uid, made_at, made_by, made_by_name)
         VALUES ('v1', 1, 1, 'Anna'), ('v2', 1, 1, 'Anna'), ('v3', 1, NULL, ''), ('v4', 1, NULL, ''), ('v5', 1, 1, 'Anna');
         INSERT INTO environment_secrets (place_id, field, version)
         VALUES (1, 'access_key', 'v1'), (1, 'secret_key', 'v2'), (1, 'db_user', 'v3'), (1, 'db_pass', 'v4');
         INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times,
                                is_certain, lost_at)
         VALUES ('v1', 2, 'Ben', 'page', 1, 1, 1, 1, 1, TRUE, NULL), ('v1', 3, 'Cara', 'json', 1, 1, 1, 1, 1, TRUE, 1);
         INSERT INTO orgs (uid, place_id, slug, updated_at) VALUES ('o1', 2, 'acme', 1);
         INSERT INTO members (id, place_id, kind, user_id, user_uid, level, joined_at)
         VALUES (101, 1, 'environment', 1, 'u1', 'administrator', 1), (102, 1, 'environment', 2, 'u2', 'member', 1),
                (103, 2, 'org', 1, 'u1', 'member', 1), (104, 2, 'org', 2, 'u2', 'member', 1);
         INSERT INTO roles (uid, org_id, name, is_system, created_at, updated_at) VALUES ('r1', 1, 'editor', FALSE, 1, 1);
         INSERT INTO permissions (uid, org_id, name, is_system, created_at, updated_at)
         VALUES ('q1', 1, 'edit', FALSE, 1, 1);
         INSERT INTO role_permissions (role_id, permission_id)
         SELECT r.id, p.id FROM roles r, permissions p WHERE r.uid = 'r1' AND p.uid = 'q1';
         INSERT INTO assignments (user_id, org_id, role_id, created_at) SELECT 1, 1, id, 1 FROM roles WHERE is_system;
         INSERT INTO assignments (user_id, org_id, role_id, created_at) SELECT 1, NULL, id, 1 FROM roles WHERE is_system;
         INSERT INTO assignments (user_id, org_id, role_id, created_at) SELECT 2, 1, id, 1 FROM roles WHERE uid = 'r1';
         INSERT INTO invitations (uid, kind, place_id, target_name, inviter_id, invitee_id, address, normal, state,
                                  generation, life, created_at, sent_at, expires_at, mailed_digest, copied_digest, code_digest)
         VALUES ('i1', 'environment', 1, 'Staging', 1, NULL, 'd@a.test', 'd@a.test', 'pending', 1, 9, 1, 1, {later}, 'm1',
                 'c1', 'code'),
                ('i2', 'org', 2, 'Acme', 1, 3, 'e@a.test', 'e@a.test', 'pending', 1, 9, 1, 1, 2, 'm2', 'c2', NULL);
         INSERT INTO invitation_grants (invitation_id, role_id) SELECT 2, id FROM roles WHERE uid = 'r1';
         INSERT INTO outbox (uid, carrier, kind, address, invitation_id, generation, place_id, state, attempts, next_at, lease,
                             created_at)
         VALUES ('x1', 'mail', 'invitation', 'd@a.test', 1, 1, 1, 'queued', 0, 1, 'lease', 1);
         INSERT INTO audit_events (uid, at, actor_id, actor_name, action, place_id, place_kind)
         VALUES ('v1', 1, 1, 'Anna', 'credentials_revealed', 1, 'environment');"
    )
}

/// The role and the permission of the org.
pub async fn definitions_of_acme(database: &DatabaseConnection) -> [DefinitionId; 2] {
    let role = definitions::by_uid(database, DefinitionKind::Role, "r1").await.unwrap().unwrap();
    let permission = definitions::by_uid(database, DefinitionKind::Permission, "q1").await.unwrap().unwrap();
    [role.id, permission.id]
}
