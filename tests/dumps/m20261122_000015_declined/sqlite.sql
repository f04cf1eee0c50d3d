PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "seaql_migrations" ( "version" varchar NOT NULL PRIMARY KEY, "applied_at" integer NOT NULL );
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    username TEXT UNIQUE,
    full_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deactivated_at BIGINT
, birth_org_id BIGINT REFERENCES orgs (id) ON DELETE SET NULL, picture TEXT, seen_at BIGINT, language TEXT);
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    normal TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    counts BOOLEAN NOT NULL,
    verified_at BIGINT,
    generation BIGINT NOT NULL,
    verify_digest TEXT UNIQUE,
    verify_expires_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    agent TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
, name TEXT, ip TEXT);
CREATE TABLE password_resets (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE TABLE throttles (
    name TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    resets_at BIGINT NOT NULL
);
CREATE TABLE orgs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE permissions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    is_system BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE roles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    is_system BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE role_permissions (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission_id BIGINT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, permission_id)
);
CREATE TABLE assignments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    permission_id BIGINT REFERENCES permissions (id) ON DELETE CASCADE,
    role_id BIGINT REFERENCES roles (id) ON DELETE CASCADE,
    resource_id TEXT,
    created_at BIGINT NOT NULL,
    CHECK ((permission_id IS NULL) <> (role_id IS NULL))
);
CREATE TABLE cloud_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    access_key BLOB NOT NULL,
    secret_key BLOB NOT NULL,
    region TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE environments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    owner_id BIGINT NOT NULL REFERENCES users (id),
    cloud_keys_id BIGINT NOT NULL REFERENCES cloud_keys (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    bucket TEXT NOT NULL,
    prefix TEXT,
    db_name TEXT NOT NULL,
    host TEXT NOT NULL,
    db_user BLOB NOT NULL,
    db_pass BLOB NOT NULL,
    instance TEXT NOT NULL,
    parameter_group TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE environment_members (
    id BIGINT PRIMARY KEY,
    environment_id BIGINT NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    is_admin BOOLEAN NOT NULL,
    accepted_at BIGINT NOT NULL
, let_in_by TEXT);
CREATE TABLE invitations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    environment_id BIGINT REFERENCES environments (id) ON DELETE SET NULL,
    is_admin BOOLEAN NOT NULL,
    target_name TEXT NOT NULL,
    inviter_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    invitee_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    address TEXT NOT NULL,
    normal TEXT NOT NULL,
    state TEXT NOT NULL,
    generation BIGINT NOT NULL,
    life BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT REFERENCES users (id) ON DELETE SET NULL,
    link_asked_at BIGINT,
    mailed_digest TEXT NOT NULL UNIQUE,
    copied_digest TEXT NOT NULL UNIQUE,
    code_digest TEXT
, org_id BIGINT REFERENCES orgs (id) ON DELETE SET NULL);
CREATE TABLE retired_links (
    digest TEXT PRIMARY KEY,
    invitation_id BIGINT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE
);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    address TEXT NOT NULL,
    user_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    invitation_id BIGINT REFERENCES invitations (id) ON DELETE CASCADE,
    generation BIGINT,
    subject_uid TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    lease TEXT,
    lease_until BIGINT,
    fault TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT
, carrier TEXT NOT NULL DEFAULT 'mail', environment_id BIGINT REFERENCES environments (id) ON DELETE CASCADE, org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE, actor_id BIGINT REFERENCES users (id) ON DELETE SET NULL);
CREATE TABLE audit_events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    environment_id BIGINT,
    org_id BIGINT,
    subject TEXT,
    ip TEXT
, details TEXT);
CREATE TABLE org_members (
    id BIGINT PRIMARY KEY,
    org_id BIGINT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    joined_at BIGINT NOT NULL,
    expires_at BIGINT
, let_in_by TEXT);
CREATE TABLE invitation_grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    invitation_id BIGINT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
    permission_id BIGINT REFERENCES permissions (id) ON DELETE CASCADE,
    role_id BIGINT REFERENCES roles (id) ON DELETE CASCADE,
    resource_id TEXT,
    CHECK ((permission_id IS NULL) <> (role_id IS NULL))
);
CREATE TABLE pictures (
    user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL,
    content_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE environment_slack (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    environment_id BIGINT NOT NULL UNIQUE REFERENCES environments (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    token BLOB NOT NULL,
    is_on BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
INSERT INTO seaql_migrations (version, applied_at) VALUES
('m20261121_000001_accounts', 1795994061),
('m20261121_000002_permissions', 1795994061),
('m20261121_000003_environments', 1795994061),
('m20261121_000004_invitations', 1795994061),
('m20261121_000005_mail_and_audit', 1795994061),
('m20261121_000006_orgs', 1795994061),
('m20261121_000007_pictures', 1795994061),
('m20261122_000008_notices', 1795994061),
('m20261122_000010_tokens', 1795994061),
('m20261122_000011_last_seen', 1795994061),
('m20261122_000012_language', 1795994061),
('m20261122_000014_ways', 1795994061),
('m20261122_000015_declined', 1795994061);
INSERT INTO installation (name, value) VALUES
('key_fingerprint', '7c2b77a0e6f914c1044a8a0a6aa3661f');
INSERT INTO users (id, uid, username, full_name, password_hash, created_at, updated_at, deactivated_at, birth_org_id, picture, seen_at, language) VALUES
(1, '019ca87781ca510bc5213717', 'sofia', 'Sofia', '$argon2id$v=19$m=19456,t=2,p=1$8hjokma5STqXpChYWOXxKQ$cX/U70jSD+CFe9QlBanbJ1FUtYvgSNmM0IitJ1vdZsI', 1772352930250, 1772352930250, NULL, NULL, NULL, 1772353290250, NULL),
(2, '019ca87781ca510bc521371b', 'rosa', 'Rosa Löwe', '$argon2id$v=19$m=19456,t=2,p=1$sq4CfpSf5QscOJgEPcdKVA$PR4a0BPBuwp2anydlNCuc9oB/g2hHq2YMxh1KlF+aNY', 1772352930250, 1772352990250, NULL, NULL, '019ca8786c2a35e0248c08bc.png', 1772353290250, NULL),
(3, '019ca87781ca510bc521371e', 'tomas', 'tomas of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$RJN7LvcYLmjtj9cMbrklMA$rSTuSGsIeynDQIDRInWGSy2nRoO0besIE+dWPK3DgSo', 1772352930250, 1772352930250, NULL, NULL, NULL, 1772353290250, NULL),
(4, '019ca87781ca510bc5213721', 'mara', 'mara of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$gI4EMuw3YBGZZro/FoHTkQ$9vVU2nkeZzYfh2CU99QXv+ROzitEoZm+MpRxeT5zEg4', 1772352930250, 1772352990250, NULL, NULL, NULL, 1772353290250, 'de'),
(6, '019ca87781ca510bc5213727', 'stan', 'stan of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$Tz2RlJiKZcJ2uA6dfr1log$zukJ6lMOInww0Ew355M/jbigeAUyvp+MwXWkVVoXJgA', 1772352930250, 1772352930250, NULL, NULL, NULL, NULL, NULL),
(7, '019ca87781ca510bc521372a', 'oskar', 'oskar of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$DFj4/kKKQGM1nL68e29B5g$tazxQ4z+0AmSawA2epN/g4aUG0PG4j0G7w7C0XU0ISg', 1772352930250, 1772352930250, NULL, NULL, NULL, NULL, NULL),
(8, '019ca87781ca510bc521372d', 'noa', 'noa of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$Pr7IQVpXQ63UhHs3NINkdg$p7HqwxPacTUn219qK0OGh07fmG1D0kQmkWjSm8lYimk', 1772352930250, 1772353230250, 1772353230250, NULL, NULL, NULL, NULL),
(9, '019ca87b2b4a70a2b9aab4d3', 'nadia', 'nadia of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$BPo1bhUdTubfhTzpV+65BQ$tSJBg7ciCDeeEPMxjrkX0G7ZlquS8xGmCofV4HSuzm0', 1772353170250, 1772353170250, NULL, 1, NULL, NULL, NULL),
(10, '019ca87b2b4a70a2b9aab4e4', NULL, 'Bo Quay', '$argon2id$v=19$m=19456,t=2,p=1$UUXyri+ov0MTm0Wq/cufgw$F1bAck7fM5i+n9vlnvK5yBzhDO20H7/pj6TI36VRh/w', 1772353170250, 1772353170250, NULL, 1, NULL, NULL, NULL),
(11, '019ca87d000a457a1a764c5b', NULL, 'una', '$argon2id$v=19$m=19456,t=2,p=1$Go8II584K08HT4at7c8wlg$9Lc7gkVJoxDH8gUhGVvkBt2VbXT7cLcwQROyCwWjUeI', 1772353290250, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL);
INSERT INTO addresses (id, uid, user_id, address, normal, is_primary, counts, verified_at, generation, verify_digest, verify_expires_at, created_at) VALUES
(1, '019ca87781ca510bc5213718', 1, 'sofia@orbit.test', 'sofia@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(2, '019ca87781ca510bc521371c', 2, 'rosa@orbit.test', 'rosa@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(3, '019ca87781ca510bc521371f', 3, 'tomas@orbit.test', 'tomas@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(4, '019ca87781ca510bc5213722', 4, 'mara@orbit.test', 'mara@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(6, '019ca87781ca510bc5213728', 6, 'stan@orbit.test', 'stan@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(7, '019ca87781ca510bc521372b', 7, 'oskar@orbit.test', 'oskar@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(8, '019ca87781ca510bc521372e', 8, 'noa@orbit.test', 'noa@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(9, '019ca8786c2a35e0248c08bf', 3, 'tomas@quay.test', 'tomas@quay.test', 0, 0, NULL, 1, '78ef1cca3d20ba9ff79067102e83de678ceb52a7e0c092c00a4c326e9d184799', 1772612190250, 1772352990250),
(10, '019ca87b2b4a70a2b9aab4d4', 9, 'nadia@orbit.test', 'nadia@orbit.test', 1, 1, 1772353170250, 1, NULL, NULL, 1772353170250),
(11, '019ca87b2b4a70a2b9aab4e5', 10, 'bo@quay.test', 'bo@quay.test', 1, 1, 1772353170250, 1, NULL, NULL, 1772353170250),
(12, '019ca87d000a457a1a764c59', 11, 'una@orbit.test', 'una@orbit.test', 1, 1, NULL, 1, 'e78883edf23114ad9cb97a05903c43fe7032d4aebb5a720fd57f000c53faf307', 1772612490250, 1772353290250);
INSERT INTO sessions (id, uid, user_id, kind, digest, agent, created_at, seen_at, expires_at, name, ip) VALUES
(1, '019ca87781ca510bc5213719', 1, 'browser', 'ac4e499b7caf93da8f04508d872a9f12235104f64c53ffbdbc2afa9439a4eefa', NULL, 1772352930250, 1772352930250, 1772957730250, NULL, NULL),
(2, '019ca87781ca510bc521371a', 1, 'bearer', '27b635869390a75cd6154e39c70be83ee4bdccfff344cf5075d7eb70f1cce57f', NULL, 1772352930250, 1772353230250, 1772957730250, NULL, NULL),
(3, '019ca8786c2a35e0248c08b7', 2, 'browser', '56b702ce874cac148e8ad5ff69abc4c3573a5efe52335e2beb63e0147ce6a060', NULL, 1772352990250, 1772353290250, 1772957790250, NULL, '192.0.2.7'),
(4, '019ca8786c2a35e0248c08bb', 2, 'browser', 'da7bf7e81da301e7ca3d9bc1135aa2c5483f0a425e337780883f01c390449efc', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(5, '019ca8786c2a35e0248c08bd', 4, 'browser', 'e7dcd2b80976fc7577286fc947255234dcdcd184108ff8e5ffe2edcd31fe52ae', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(6, '019ca8786c2a35e0248c08be', 3, 'browser', '2e3b9ca44b11919389efff0401a0c01394140bf586110048331b398aadd13104', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(7, '019ca8786c2a35e0248c08c5', 3, 'browser', 'c394811d4c5a6160f3348bd31f818c7a62e219f372efbdd9118486dcac076a74', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, '192.0.2.7'),
(9, '019ca8786c2a35e0248c08c7', 4, 'browser', '9f2d1fb65c2f2d266d2d71a86b1b2c6896f6e8eedbb112e1add7e9b7c4b4a214', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, '192.0.2.7'),
(10, '019ca87b2b4a70a2b9aab4ca', 2, 'bearer', 'b6eb2c0974658777cfa8587442aef7b36076ad295525a404de476ac40f075962', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(11, '019ca87b2b4a70a2b9aab4d8', 2, 'browser', 'b80a10e283baf077ece87ef27d875287ab2bfa6aecc685d3c9d5886036e5a035', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(12, '019ca87b2b4a70a2b9aab4e3', 10, 'browser', '675adddbdf59c103cd9d61f5b5bd526f6c30770cfae4833637e6824ac22cac49', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(14, '019ca87c15aa43eecfc9c55a', 2, 'bearer', 'b988e6b9fb7b13e494eb289e6482665b18105295936a59d202053cf353102236', NULL, 1772353230250, 1772353230250, 1772958030250, NULL, NULL),
(15, '019ca87c15aa43eecfc9c566', 3, 'browser', '6c4ef0c91700bb1da01ff99ee4a939dda9248e304d336ea4157892e764226f6c', NULL, 1772353230250, 1772353230250, 1772958030250, NULL, '192.0.2.7'),
(16, '019ca87d000a457a1a764c55', 2, 'bearer', '24c4b92c55981dba0043390fef5c62bf0f285a450c35f002b435b8ed6a7bf272', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(17, '019ca87d000a457a1a764c5c', 11, 'browser', '13fc7c5e64450b45ffa0a7e3af2502d2e30320891af54d334ea26af1e13d0682', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(18, '019ca87d000a457a1a764c5f', 2, 'browser', 'abeac18d701bc2fc1f039f876ce23deb9bbf557dc58f5d7e3403bdda8ef22daf', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(19, '019ca87d000a457a1a764c60', 2, 'bearer', '9d7198a88f258aaa870fbccdea474af2951d14fc9c95e1a71eb0be1520040eca', NULL, 1772353290250, 0, 1803889290250, 'Nightly backup', NULL),
(20, '019ca87d000a457a1a764c62', 2, 'bearer', 'e3b31d8e9da4b1ac693e91260e79df5a657cdc67ef624173dc3a5b1a0be8f696', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(21, '019ca87d000a457a1a764c64', 3, 'bearer', '8b86248822b5612426c3214a669523d7766cdc0ec6f6bbb85eed1a9a28fe4667', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(22, '019ca87d000a457a1a764c66', 4, 'bearer', 'e274b2c96b0bb9c44e162b90b7dc3eaafc5bbd73d43d4be46ab2425209280fff', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(23, '019ca87d000a457a1a764c68', 1, 'bearer', 'fb6dd5ed7d128b5351f119fe2c7b6b4e5017539df25927bbda86b8d1b0bf20c2', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL);
INSERT INTO password_resets (id, uid, user_id, digest, created_at, expires_at, used_at) VALUES
(1, '019ca87d000a457a1a764c5d', 7, '94952fcf61e499584686d585479aa9c4e679e1e1e810e1e81f5fd7b1ecd46102', 1772353290250, 1772356890250, NULL);
INSERT INTO throttles (name, count, resets_at) VALUES
('829878aded7fac9d73b85f93c772965f', 1, 1772356590250),
('42646df7493cd41dcd142548a6b579a9', 10, 1772353890250),
('76dca220b83819c2560f96243a800a3d', 2, 1772356590250),
('03ab2172d647befe86e9bfeb55e42679', 14, 1772356590250),
('7b98733949c31f39c3e396c07ee7bc0b', 1, 1772356590250),
('7da91ee99775bfb6e5f1fd28a28843f7', 1, 1772356590250),
('e9bc08a80e3788e9ec8339c47372ad43', 1, 1772356590250),
('02abf4f63a99ffb074c2fce40d3b9b60', 1, 1772356650250),
('f1fd28677aea57b56d079625a62e04cd', 1, 1772356650250),
('1480a79bbad2cf35a579616615f0faf7', 2, 1772356650250),
('5f4969002027f358c5df5adacb1d5f31', 3, 1772356710250),
('df74ee6d9af12ec0401614a587d3dfe3', 1, 1772356710250),
('04121bfbf660a065579f341a8e87f1de', 1, 1772356770250),
('d1e5a341dffd8e6ae59a590eaa20b8b5', 1, 1772356770250),
('3c785b8b35ce5dc8ba0315bb52dfeb96', 1, 1772356830250),
('7f794545d5746ee9cbbd4403b6023bbb', 1, 1772356830250),
('4f2fd98f5bf964f495cc98e4f0d1cc20', 1, 1772356890250),
('dc09d7597ab157015585c53bd2ddbcf5', 1, 1772356890250);
INSERT INTO orgs (id, uid, slug, name, created_at, updated_at) VALUES
(1, '019ca87b2b4a70a2b9aab4cb', 'works', 'Harbor works', 1772353170250, 1772353170250);
INSERT INTO permissions (id, uid, org_id, name, description, is_system, created_at, updated_at) VALUES
(1, '000000000000000000000001', NULL, 'yeep.org.write', 'Change or delete the org', 1, 1795219200000, 1795219200000),
(2, '000000000000000000000002', NULL, 'yeep.org.read', 'See the org', 1, 1795219200000, 1795219200000),
(3, '000000000000000000000003', NULL, 'yeep.user.write', 'Invite, add and remove people', 1, 1795219200000, 1795219200000),
(4, '000000000000000000000004', NULL, 'yeep.user.read', 'See who is in', 1, 1795219200000, 1795219200000),
(5, '000000000000000000000005', NULL, 'yeep.permission.write', 'Make, change and delete permissions', 1, 1795219200000, 1795219200000),
(6, '000000000000000000000006', NULL, 'yeep.permission.read', 'See permissions', 1, 1795219200000, 1795219200000),
(7, '000000000000000000000007', NULL, 'yeep.permission.assignment.write', 'Give permissions to people and take them back', 1, 1795219200000, 1795219200000),
(8, '000000000000000000000008', NULL, 'yeep.permission.assignment.read', 'See who has which permission', 1, 1795219200000, 1795219200000),
(9, '000000000000000000000009', NULL, 'yeep.role.write', 'Make, change and delete roles', 1, 1795219200000, 1795219200000),
(10, '00000000000000000000000a', NULL, 'yeep.role.read', 'See roles', 1, 1795219200000, 1795219200000),
(11, '00000000000000000000000b', NULL, 'yeep.role.assignment.write', 'Give roles to people and take them back', 1, 1795219200000, 1795219200000),
(12, '00000000000000000000000c', NULL, 'yeep.role.assignment.read', 'See who has which role', 1, 1795219200000, 1795219200000),
(13, '019ca87b2b4a70a2b9aab4cd', 1, 'berth.open', NULL, 0, 1772353170250, 1772353170250),
(14, '019ca87b2b4a70a2b9aab4da', NULL, 'lamp.light', 'Lights the lamp', 0, 1772353170250, 1772353170250);
INSERT INTO roles (id, uid, org_id, name, description, is_system, created_at, updated_at) VALUES
(1, '00000000000000000000000d', NULL, 'admin', NULL, 1, 1795219200000, 1795219200000),
(2, '019ca87b2b4a70a2b9aab4cf', 1, 'runner', NULL, 0, 1772353170250, 1772353170250),
(3, '019ca87b2b4a70a2b9aab4dc', NULL, 'keeper', NULL, 0, 1772353170250, 1772353170250);
INSERT INTO role_permissions (role_id, permission_id) VALUES
(1, 1),
(1, 2),
(1, 3),
(1, 4),
(1, 5),
(1, 6),
(1, 7),
(1, 8),
(1, 9),
(1, 10),
(1, 11),
(1, 12),
(2, 13),
(3, 14);
INSERT INTO assignments (id, user_id, org_id, permission_id, role_id, resource_id, created_at) VALUES
(1, 1, NULL, 1, NULL, NULL, 1772352930250),
(2, 1, NULL, 2, NULL, NULL, 1772352930250),
(3, 1, NULL, 3, NULL, NULL, 1772352930250),
(4, 1, NULL, 4, NULL, NULL, 1772352930250),
(5, 1, NULL, 5, NULL, NULL, 1772352930250),
(6, 1, NULL, 6, NULL, NULL, 1772352930250),
(7, 1, NULL, 7, NULL, NULL, 1772352930250),
(8, 1, NULL, 8, NULL, NULL, 1772352930250),
(9, 1, NULL, 9, NULL, NULL, 1772352930250),
(10, 1, NULL, 10, NULL, NULL, 1772352930250),
(11, 1, NULL, 11, NULL, NULL, 1772352930250),
(12, 1, NULL, 12, NULL, NULL, 1772352930250),
(13, 2, 1, NULL, 1, NULL, 1772353170250),
(14, 3, 1, NULL, 2, '"berth-7"', 1772353170250),
(15, 9, 1, 13, NULL, NULL, 1772353170250),
(16, 6, NULL, NULL, 3, NULL, 1772353170250),
(17, 10, 1, 13, NULL, NULL, 1772353170250),
(18, 10, 1, NULL, 2, NULL, 1772353170250);
INSERT INTO cloud_keys (id, uid, user_id, name, name_key, access_key, secret_key, region, created_at, updated_at) VALUES
(1, '019ca8786c2a35e0248c08b9', 2, 'myKeys', 'mykeys', X'017C2B77A04AE1CF2377DB3C7BB29F5AC8D3F60968C09ACE04CDA43A95DEEAC03EDBFD337B1E02B567B654E9290D4FF66487463D2D1764', X'017C2B77A0758150CE031CA357C83EA6061FE9A4B5EB454BFC19DD96B56D1FA7A05D9C9DA6B6F91DEB37BB9B66428F58C89B2AD1F81EAAAE528DA7C1', 'eu-west-1', 1772352990250, 1772352990250);
INSERT INTO environments (id, uid, owner_id, cloud_keys_id, name, name_key, bucket, prefix, db_name, host, db_user, db_pass, instance, parameter_group, created_at, updated_at) VALUES
(1, '019ca8786c2a35e0248c08b8', 2, 1, 'Harbor staging', 'harbor staging', 'harbor-logs', NULL, 'tides', 'tides.db.harbor.test', X'017C2B77A0B154F5F553862423BB1588DC185E4E06ECEFCFA8D9A761CF2E56E0E17911E402BEEEECC30B551E0C40780CEA0593', X'017C2B77A0B3D7C6178700F3830438364AC5819DC1F7E569659C56649A93B8FE4DBDC6ABEB6D0CF057A2EC26357874F82F2AE48E677E2C', 'tides-1', 'tides-params', 1772352990250, 1772352990250);
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at, let_in_by) VALUES
(1, 1, 2, 1, 1772352990250, NULL),
(2, 1, 3, 1, 1772352990250, 'Rosa Löwe'),
(4, 1, 4, 0, 1772352990250, 'leo of Orbit');
INSERT INTO invitations (id, uid, kind, environment_id, is_admin, target_name, inviter_id, invitee_id, address, normal, state, generation, life, created_at, sent_at, expires_at, answered_at, answered_by, link_asked_at, mailed_digest, copied_digest, code_digest, org_id) VALUES
(2, '019ca8786c2a35e0248c08c8', 'environment', 1, 1, 'Harbor staging', 2, 3, 'tomas@orbit.test', 'tomas@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, 3, NULL, '3f047b7706d36f2f6429afb9c7ce6e5b5c0f9f015759bda1d6c1e7510b88947d', '47f9f5ba6be22ca15039da92825acb3c62a57fbba31a9231a18ab8ef6e99c8bd', 'b59fb4bebc5fddd3f7bb64020448ccc72420d93c53a0bffaf2ccdcf137907a60', NULL),
(3, '019ca8786c2a35e0248c08d0', 'environment', 1, 1, 'Harbor staging', 2, NULL, 'leo@orbit.test', 'leo@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, NULL, NULL, '581bc5ef05bb7f240e4628df8e9800a0d0f906d1f90ffd3016ad6d1c2ea13989', '1f50756718d39277717799e0c5fc93711a30221cd5ba20da00db5eb7043fe56f', 'b1ec1ad573bf6dbf7a68a8b5e14aa1843c1d0bd87d3c46fccdffeffbce3e7a00', NULL),
(4, '019ca8786c2a35e0248c08d8', 'environment', 1, 0, 'Harbor staging', NULL, 4, 'mara@orbit.test', 'mara@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, 4, NULL, '934d645c0a78c802834e0769ab4eb3643e5353ed3123afc6345eec541cc171c3', '49c671cfa417651645a16281d0cd79f950918546e65a057a06fb8fc9c8c32990', '70189a8f726b577391d75d98b599d21f34662b98446b703b97c2bcde5ff965d0', NULL),
(5, '019ca879568a09346eb9fec6', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'nils@quay.test', 'nils@quay.test', 'declined', 1, 86400000, 1772353050250, 1772353050250, 1772439450250, 1772353050250, NULL, NULL, 'd0df3e839f3e09b268a5a67e1554f2db0ed1b976e9f99e6f96247e94686023b3', '5b5c688ccff85f9218225dd48d0c6015a42deb87323702076a619a3f6b6ff891', 'b9a744e14a830bc7717f64c4286f9fe3945c74cad5cb438e70ee7c25d06e4023', NULL),
(6, '019ca879568a09346eb9fecc', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'pele@quay.test', 'pele@quay.test', 'revoked', 1, 86400000, 1772353050250, 1772353050250, 1772439450250, 1772353050250, 2, NULL, '28fcb071fbec8aa475da862921216e4c5edabfa3c0e1cd189fce3b24c8571cdd', 'ea6b9da8aa868a253965b896845d23aee8f4b0d3800fad28f966089b09b55a0f', 'b4514bc5bf56aef8060809e179157b49a7ee561e7cf1fe793cc701602eec2044', NULL),
(7, '019ca879568a09346eb9fed1', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'wanda@quay.test', 'wanda@quay.test', 'pending', 2, 86400000, 1772353050250, 1772353110250, 1772439510250, NULL, NULL, NULL, 'e8c824f866b697b47138c11edc63c60ee6cd5fa6bb5e6808e6dee9cb364e4ffb', '8b7e00290833125d2428a0f0bb3c0d1a0119a05f271fc098b529303d158952b2', 'c9599b6e0e76667eacc76e09fce772c591d68c56110c98d850084dbf2fe14c84', NULL),
(8, '019ca87a40ea6f1d3cb8d58d', 'environment', 1, 0, 'Harbor staging', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'superseded', 1, 86400000, 1772353110250, 1772353110250, 1772439510250, 1772353290250, NULL, NULL, '28c2799fb6e59574548f46fa2e0b4e77bcc2fec5cfd89a466ce70db49071bda4', '1a94a65149c0d3a6e052755dfd35519cacf520b99fcb6ec769d4665be2cf4630', 'a404ab97f265a7f3e852effc46771636b703aba5d7dc4a20364ffa86c03a8834', NULL),
(9, '019ca87a40ea6f1d3cb8d591', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'mistyped@quay.test', 'mistyped@quay.test', 'pending', 1, 86400000, 1772353110250, 1772353110250, 1772439510250, NULL, NULL, NULL, '7ba504d94235a5511039bf0557dc221ce1fe79d969db787fcbc26b8ef38faf14', '35e4c6350cafb9780bd0bcf94d70ee6f467042d0d089455eb77473ff58b10425', '3018fe1538b7a430dec05376758035dc09141203d266f1e83dd1a3d5e3619774', NULL),
(13, '019ca87b2b4a70a2b9aab4e0', 'org', NULL, 0, 'Harbor works', 2, NULL, 'bo@quay.test', 'bo@quay.test', 'accepted', 1, 604800000, 1772353170250, 1772353170250, 1772957970250, 1772353170250, 10, NULL, '53ed1d786e257e194a7a0073bd9ad30f4324d593d960088a1977368c23422365', '7c0c1ec9ee650f366d86010bfc933720f890914c9409c818b4f106b08853f980', NULL, 1),
(14, '019ca87b2b4a70a2b9aab4e8', 'org', NULL, 0, 'Harbor works', 2, NULL, 'late@quay.test', 'late@quay.test', 'pending', 1, 60000, 1772353170250, 1772353170250, 1772353230250, NULL, NULL, 1772353230250, '10f243b9cf3183b03758f9a87ab970ec097eee8081714ef0753dd3eb2a8ba053', '4995065acc2727dbc3e2e4843ee9bc66bf237fc6da54b99ca481b5999fff7c57', NULL, 1),
(18, '019ca87c15aa43eecfc9c55f', 'org', NULL, 0, 'Org dock', 1, 6, 'stan@orbit.test', 'stan@orbit.test', 'revoked', 1, 604800000, 1772353230250, 1772353230250, 1772958030250, 1772353230250, NULL, NULL, '6d5616937f148defc9b291cbec44cb64cfc9bc3c31e9739cccce5cfa0b1f3a03', 'b202fbd0744729abe9c38fc78f7939ba5a28e78465775634bb4070aa9ed2dbe0', NULL, NULL),
(20, '019ca87c15aa43eecfc9c567', 'environment', NULL, 0, 'Old quay', 2, 3, 'tomas@orbit.test', 'tomas@orbit.test', 'accepted', 1, 86400000, 1772353230250, 1772353230250, 1772439630250, 1772353230250, 3, NULL, 'b2e132bcb389b8345b24e031e15e2588e9c011fda2e7791468e89308391a38a9', '2d6b886595508357d930439c65fce63de21c7c01bad17e372b1748bf63546e73', 'ed6e00eb932e1c47e04244be783317063c392c846acf6c1970f8c0848cc5a166', NULL),
(21, '019ca87c15aa43eecfc9c570', 'environment', NULL, 0, 'Older quay', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'revoked', 1, 86400000, 1772353230250, 1772353230250, 1772439630250, 1772353230250, NULL, NULL, '8e9bd7adc198523117509fe338b5abc03ae56e0751bfa65b9028be515c25ecd5', '714e33a4ef33e9530cc96b6f7f8435fbd28393021bf59bacd71188024eb07ccd', '1b7cfa1648bea8892f0675311536cdef991a8a9b17a847fe04a97e518fb8ddc5', NULL),
(22, '019ca87d000a457a1a764c51', 'environment', 1, 0, 'Harbor staging', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'pending', 1, 86400000, 1772353290250, 1772353290250, 1772439690250, NULL, NULL, NULL, '56b7d1b875cead8f9da77c808a12d78b02809991c20f425bd1673799e2756b3c', '65c0f05232c3ffc81de1e2d82e13a1a67cb9fe294ba667d5e2f6df57643b4ec3', 'd3e2d925a5a47cb1430f7dd8220e071e51696daa44cbbc6c7eb7b6d9049a2d1a', NULL),
(23, '019ca87d000a457a1a764c56', 'org', NULL, 0, 'Harbor works', 2, NULL, 'zoe@quay.test', 'zoe@quay.test', 'pending', 1, 604800000, 1772353290250, 1772353290250, 1772958090250, NULL, NULL, NULL, 'e14e0d6cfa1d5d280c2a0e098d5bb4629238afa100451d8131c6bdaace23f147', 'f861ba13c1322d50eb70537c68f1f74cd1d563a0218ccc155a7db3ccae99cd1d', NULL, 1);
INSERT INTO retired_links (digest, invitation_id) VALUES
('49ec582bb52029c19627fbe9255f12f1b4e56b99324b20754f6973a2b6b35a82', 7),
('b1a1979557daed15be20aabd4467001236961a495acb56f492b553dee79727b9', 7);
INSERT INTO outbox (id, uid, kind, address, user_id, invitation_id, generation, subject_uid, state, attempts, next_at, lease, lease_until, fault, created_at, done_at, carrier, environment_id, org_id, actor_id) VALUES
(1, '019ca8786c2a35e0248c08c0', 'verify_address', 'tomas@quay.test', 3, NULL, 1, '019ca8786c2a35e0248c08bf', 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(2, '019ca8786c2a35e0248c08c3', 'slack_set_up', '', 2, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(3, '019ca8786c2a35e0248c08c9', 'invitation', 'tomas@orbit.test', NULL, 2, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(4, '019ca8786c2a35e0248c08ca', 'slack_invited', '', 2, 2, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(5, '019ca8786c2a35e0248c08cc', 'slack_joined', '', 3, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(6, '019ca8786c2a35e0248c08cd', 'invitation_accepted', 'rosa@orbit.test', 3, 2, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(7, '019ca8786c2a35e0248c08d1', 'invitation', 'leo@orbit.test', NULL, 3, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(8, '019ca8786c2a35e0248c08d2', 'slack_invited', '', 2, 3, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(9, '019ca8786c2a35e0248c08d4', 'slack_joined', '', NULL, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(10, '019ca8786c2a35e0248c08d5', 'invitation_accepted', 'rosa@orbit.test', NULL, 3, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(11, '019ca8786c2a35e0248c08d9', 'invitation', 'mara@orbit.test', NULL, 4, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(12, '019ca8786c2a35e0248c08da', 'slack_invited', '', NULL, 4, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(13, '019ca8786c2a35e0248c08dc', 'slack_joined', '', 4, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(14, '019ca8786c2a35e0248c08dd', 'invitation_accepted', 'leo@orbit.test', 4, 4, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(15, '019ca8786c2a35e0248c08e0', 'slack_promoted', '', 4, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(16, '019ca8786c2a35e0248c08e1', 'rights_changed', 'mara@orbit.test', 4, NULL, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', 1, NULL, 2),
(17, '019ca879568a09346eb9fec7', 'invitation', 'nils@quay.test', NULL, 5, 1, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(18, '019ca879568a09346eb9fec8', 'slack_invited', '', 2, 5, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(19, '019ca879568a09346eb9feca', 'invitation_declined', 'rosa@orbit.test', NULL, 5, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(20, '019ca879568a09346eb9fecd', 'invitation', 'pele@quay.test', NULL, 6, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(21, '019ca879568a09346eb9fece', 'slack_invited', '', 2, 6, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(22, '019ca879568a09346eb9fed2', 'invitation', 'wanda@quay.test', NULL, 7, 1, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(23, '019ca879568a09346eb9fed3', 'slack_invited', '', 2, 7, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(24, '019ca87a40ea6f1d3cb8d58b', 'invitation', 'wanda@quay.test', NULL, 7, 2, NULL, 'sent', 1, 1772353112250, NULL, NULL, NULL, 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(25, '019ca87a40ea6f1d3cb8d58e', 'invitation', 'stan@orbit.test', NULL, 8, 1, NULL, 'sent', 1, 1772353112250, NULL, NULL, NULL, 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(26, '019ca87a40ea6f1d3cb8d58f', 'slack_invited', '', 2, 8, NULL, NULL, 'queued', 0, 1772353110250, NULL, NULL, NULL, 1772353110250, NULL, 'slack', 1, NULL, NULL),
(27, '019ca87a40ea6f1d3cb8d592', 'invitation', 'mistyped@quay.test', NULL, 9, 1, NULL, 'failed', 1, 1772353112250, NULL, NULL, '{"why":"reason-recipient-refused","said":"550 no such mailbox here"}', 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(28, '019ca87a40ea6f1d3cb8d593', 'slack_invited', '', 2, 9, NULL, NULL, 'queued', 0, 1772353110250, NULL, NULL, NULL, 1772353110250, NULL, 'slack', 1, NULL, NULL),
(29, '019ca87b2b4a70a2b9aab4d1', 'member_added', 'tomas@orbit.test', 3, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, 1, 2),
(30, '019ca87b2b4a70a2b9aab4d6', 'rights_changed', 'nadia@orbit.test', 9, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, 1, 2),
(31, '019ca87b2b4a70a2b9aab4de', 'rights_changed', 'stan@orbit.test', 6, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, 1),
(32, '019ca87b2b4a70a2b9aab4e1', 'invitation', 'bo@quay.test', NULL, 13, 1, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(33, '019ca87b2b4a70a2b9aab4e6', 'invitation_accepted', 'rosa@orbit.test', 10, 13, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(34, '019ca87b2b4a70a2b9aab4e9', 'invitation', 'late@quay.test', NULL, 14, 1, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(35, '019ca87c15aa43eecfc9c554', 'new_link_wanted', 'rosa@orbit.test', NULL, 14, NULL, NULL, 'sent', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(37, '019ca87c15aa43eecfc9c560', 'invitation', 'stan@orbit.test', NULL, 18, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(38, '019ca87c15aa43eecfc9c568', 'invitation', 'tomas@orbit.test', NULL, 20, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(39, '019ca87c15aa43eecfc9c56c', 'invitation_accepted', 'rosa@orbit.test', 3, 20, NULL, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(40, '019ca87c15aa43eecfc9c571', 'invitation', 'stan@orbit.test', NULL, 21, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(41, '019ca87d000a457a1a764c52', 'invitation', 'stan@orbit.test', NULL, 22, 1, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(42, '019ca87d000a457a1a764c53', 'slack_invited', '', 2, 22, NULL, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'slack', 1, NULL, NULL),
(43, '019ca87d000a457a1a764c57', 'invitation', 'zoe@quay.test', NULL, 23, 1, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(44, '019ca87d000a457a1a764c5a', 'verify_address', 'una@orbit.test', 11, NULL, 1, '019ca87d000a457a1a764c59', 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(45, '019ca87d000a457a1a764c5e', 'reset_password', 'oskar@orbit.test', 7, NULL, NULL, '019ca87d000a457a1a764c5d', 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL);
INSERT INTO audit_events (id, uid, at, actor_id, actor_name, action, environment_id, org_id, subject, ip, details) VALUES
(1, '019ca87781ca510bc521371d', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'rosa of Orbit', NULL, NULL),
(2, '019ca87781ca510bc5213720', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'tomas of Orbit', NULL, NULL),
(3, '019ca87781ca510bc5213723', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'mara of Orbit', NULL, NULL),
(4, '019ca87781ca510bc5213726', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'leo of Orbit', NULL, NULL),
(5, '019ca87781ca510bc5213729', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'stan of Orbit', NULL, NULL),
(6, '019ca87781ca510bc521372c', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'oskar of Orbit', NULL, NULL),
(7, '019ca87781ca510bc521372f', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'noa of Orbit', NULL, NULL),
(8, '019ca8786c2a35e0248c08ba', 1772352990250, 2, 'rosa of Orbit', 'environment_created', 1, NULL, 'Harbor staging', '192.0.2.7', NULL),
(9, '019ca8786c2a35e0248c08c1', 1772352990250, 3, 'tomas of Orbit', 'address_added', NULL, NULL, 'tomas@quay.test', NULL, NULL),
(10, '019ca8786c2a35e0248c08c4', 1772352990250, 2, 'Rosa Löwe', 'slack_set_up', 1, NULL, 'C0HARBOR', '192.0.2.7', NULL),
(11, '019ca8786c2a35e0248c08cb', 1772352990250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'tomas@orbit.test', '192.0.2.7', '{"place":"administrator"}'),
(12, '019ca8786c2a35e0248c08ce', 1772352990250, 3, 'tomas of Orbit', 'invitation_accepted', 1, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"administrator"}'),
(13, '019ca8786c2a35e0248c08cf', 1772352990250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(14, '019ca8786c2a35e0248c08d3', 1772352990250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'leo@orbit.test', '192.0.2.7', '{"place":"administrator"}'),
(15, '019ca8786c2a35e0248c08d6', 1772352990250, 5, 'leo of Orbit', 'invitation_accepted', 1, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"administrator"}'),
(16, '019ca8786c2a35e0248c08d7', 1772352990250, 5, 'leo of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(17, '019ca8786c2a35e0248c08db', 1772352990250, 5, 'leo of Orbit', 'invitation_sent', 1, NULL, 'mara@orbit.test', '192.0.2.7', '{"place":"member"}'),
(18, '019ca8786c2a35e0248c08de', 1772352990250, 4, 'mara of Orbit', 'invitation_accepted', 1, NULL, 'leo of Orbit', '192.0.2.7', '{"place":"member"}'),
(19, '019ca8786c2a35e0248c08df', 1772352990250, 4, 'mara of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(20, '019ca8786c2a35e0248c08e2', 1772352990250, 2, 'Rosa Löwe', 'member_promoted', 1, NULL, 'mara of Orbit', NULL, NULL),
(21, '019ca8786c2a35e0248c08e4', 1772352990250, 2, 'Rosa Löwe', 'member_demoted', 1, NULL, 'mara of Orbit', NULL, NULL),
(22, '019ca8786c2a35e0248c08e5', 1772352990250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(23, '019ca879568a09346eb9fec9', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'nils@quay.test', NULL, '{"place":"member"}'),
(24, '019ca879568a09346eb9fecb', 1772353050250, NULL, 'nils@quay.test', 'invitation_declined', 1, NULL, 'Rosa Löwe', NULL, NULL),
(25, '019ca879568a09346eb9fecf', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'pele@quay.test', NULL, '{"place":"member"}'),
(26, '019ca879568a09346eb9fed0', 1772353050250, 2, 'Rosa Löwe', 'invitation_revoked', 1, NULL, 'pele@quay.test', NULL, NULL),
(27, '019ca879568a09346eb9fed4', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'wanda@quay.test', NULL, '{"place":"member"}'),
(28, '019ca87a40ea6f1d3cb8d58c', 1772353110250, 2, 'Rosa Löwe', 'invitation_resent', 1, NULL, 'wanda@quay.test', NULL, NULL),
(29, '019ca87a40ea6f1d3cb8d590', 1772353110250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'stan@orbit.test', NULL, '{"place":"member"}'),
(30, '019ca87a40ea6f1d3cb8d594', 1772353110250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'mistyped@quay.test', NULL, '{"place":"member"}'),
(31, '019ca87b2b4a70a2b9aab4cc', 1772353170250, 2, 'Rosa Löwe', 'org_created', NULL, 1, 'Org works', NULL, NULL),
(32, '019ca87b2b4a70a2b9aab4ce', 1772353170250, 2, 'Rosa Löwe', 'permission_created', NULL, 1, 'berth.open', NULL, NULL),
(33, '019ca87b2b4a70a2b9aab4d0', 1772353170250, 2, 'Rosa Löwe', 'role_created', NULL, 1, 'runner', NULL, '{"gave":[{"permission":{"name":"berth.open","resource_id":null}}]}'),
(34, '019ca87b2b4a70a2b9aab4d2', 1772353170250, 2, 'Rosa Löwe', 'member_added', NULL, 1, 'tomas of Orbit', NULL, '{"gave":[{"role":{"name":"runner","resource_id":"\"berth-7\""}}]}'),
(35, '019ca87b2b4a70a2b9aab4d5', 1772353170250, 1, 'Sofia', 'user_created', NULL, 1, 'nadia of Orbit', NULL, NULL),
(36, '019ca87b2b4a70a2b9aab4d7', 1772353170250, 2, 'Rosa Löwe', 'rights_changed', NULL, 1, 'nadia of Orbit', NULL, '{"gave":[{"permission":{"name":"berth.open","resource_id":null}}]}'),
(37, '019ca87b2b4a70a2b9aab4d9', 1772353170250, 2, 'Rosa Löwe', 'org_changed', NULL, 1, 'Harbor works', NULL, '{"was":"Org works"}'),
(38, '019ca87b2b4a70a2b9aab4db', 1772353170250, 1, 'Sofia', 'permission_created', NULL, NULL, 'lamp.light', NULL, NULL),
(39, '019ca87b2b4a70a2b9aab4dd', 1772353170250, 1, 'Sofia', 'role_created', NULL, NULL, 'keeper', NULL, '{"gave":[{"permission":{"name":"lamp.light","resource_id":null}}]}'),
(40, '019ca87b2b4a70a2b9aab4df', 1772353170250, 1, 'Sofia', 'rights_changed', NULL, NULL, 'stan of Orbit', NULL, '{"gave":[{"role":{"name":"keeper","resource_id":null}}]}'),
(41, '019ca87b2b4a70a2b9aab4e2', 1772353170250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'bo@quay.test', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":null}}]}'),
(42, '019ca87b2b4a70a2b9aab4e7', 1772353170250, 10, 'Bo Quay', 'invitation_accepted', NULL, 1, 'Rosa Löwe', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":null}}]}'),
(43, '019ca87b2b4a70a2b9aab4ea', 1772353170250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'late@quay.test', NULL, '{"place":"member"}'),
(44, '019ca87c15aa43eecfc9c558', 1772353230250, 5, 'leo of Orbit', 'environment_created', 2, NULL, 'Leos berth', '192.0.2.7', NULL),
(45, '019ca87c15aa43eecfc9c559', 1772353230250, 1, 'Sofia', 'user_deleted', NULL, NULL, 'leo of Orbit', NULL, NULL),
(46, '019ca87c15aa43eecfc9c55c', 1772353230250, 2, 'Rosa Löwe', 'org_created', NULL, 2, 'Org dock', NULL, NULL),
(47, '019ca87c15aa43eecfc9c55e', 1772353230250, 1, 'Sofia', 'member_added', NULL, 2, 'tomas of Orbit', NULL, NULL),
(48, '019ca87c15aa43eecfc9c561', 1772353230250, 1, 'Sofia', 'invitation_sent', NULL, 2, 'stan@orbit.test', NULL, '{"place":"member"}'),
(49, '019ca87c15aa43eecfc9c562', 1772353230250, 1, 'Sofia', 'org_deleted', NULL, 2, 'Org dock', NULL, NULL),
(50, '019ca87c15aa43eecfc9c565', 1772353230250, 2, 'Rosa Löwe', 'environment_created', 3, NULL, 'Old quay', '192.0.2.7', NULL),
(51, '019ca87c15aa43eecfc9c56a', 1772353230250, 2, 'Rosa Löwe', 'invitation_sent', 3, NULL, 'tomas@orbit.test', '192.0.2.7', '{"place":"member"}'),
(52, '019ca87c15aa43eecfc9c56d', 1772353230250, 3, 'tomas of Orbit', 'invitation_accepted', 3, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"member"}'),
(53, '019ca87c15aa43eecfc9c56e', 1772353230250, 3, 'tomas of Orbit', 'credentials_revealed', 3, NULL, NULL, '192.0.2.7', NULL),
(54, '019ca87c15aa43eecfc9c56f', 1772353230250, 2, 'Rosa Löwe', 'environment_changed', 3, NULL, 'Older quay', '192.0.2.7', '{"was":"Old quay"}'),
(55, '019ca87c15aa43eecfc9c573', 1772353230250, 2, 'Rosa Löwe', 'invitation_sent', 3, NULL, 'stan@orbit.test', '192.0.2.7', '{"place":"member"}'),
(56, '019ca87c15aa43eecfc9c574', 1772353230250, 2, 'Rosa Löwe', 'environment_deleted', 3, NULL, 'Older quay', '192.0.2.7', NULL),
(57, '019ca87c15aa43eecfc9c575', 1772353230250, 1, 'Sofia', 'user_deactivated', NULL, NULL, 'noa of Orbit', NULL, NULL),
(58, '019ca87d000a457a1a764c54', 1772353290250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'stan@orbit.test', NULL, '{"place":"member"}'),
(59, '019ca87d000a457a1a764c58', 1772353290250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'zoe@quay.test', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":"9"}}]}'),
(60, '019ca87d000a457a1a764c61', 1772353290250, 2, 'Rosa Löwe', 'token_made', NULL, NULL, 'Nightly backup', NULL, NULL),
(61, '019ca87d000a457a1a764c63', 1772353290250, 2, 'Rosa Löwe', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(62, '019ca87d000a457a1a764c65', 1772353290250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(63, '019ca87d000a457a1a764c67', 1772353290250, 4, 'mara of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL);
INSERT INTO org_members (id, org_id, user_id, joined_at, expires_at, let_in_by) VALUES
(10, 1, 2, 1772353170250, NULL, NULL),
(11, 1, 3, 1772353170250, 1774945170250, 'Rosa Löwe'),
(12, 1, 9, 1772353170250, NULL, 'Sofia'),
(13, 1, 10, 1772353170250, NULL, 'Rosa Löwe');
INSERT INTO invitation_grants (id, invitation_id, permission_id, role_id, resource_id) VALUES
(1, 13, 13, NULL, NULL),
(2, 13, NULL, 2, NULL),
(3, 23, 13, NULL, NULL),
(4, 23, NULL, 2, '9');
INSERT INTO pictures (user_id, name, content, content_type, created_at) VALUES
(2, '019ca8786c2a35e0248c08bc.png', X'89504E470D0A1A0A0000000D494844520000019000000190080600000080BF36CC000010B2494441547801EDC003A0245996C6F1FF77EE8DC8CCA7724B63AE6DDBB66DDBB66DDBB66D698C9E964AAF9E323322EEF976B76A7AA6873B6BD5AFFE3198ABAEBAEA79FC252FCBB7F3FEFC252FCB55575DF53C08AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8F7F04D40807EA01F920020000000049454E44AE426082', 'image/png', 1772352990250);
INSERT INTO environment_slack (id, uid, environment_id, channel, token, is_on, created_at, updated_at) VALUES
(1, '019ca8786c2a35e0248c08c2', 1, 'C0HARBOR', X'017C2B77A07890CA403A2C1DBC3D9910094F336C6140ACBFD6EE67643815CBB836493A2B5AAE5FF91FDD53CFA685435991921C048D5C0998CF64', 1, 1772352990250, 1772352990250);
CREATE UNIQUE INDEX addresses_taken ON addresses (normal) WHERE counts;
CREATE UNIQUE INDEX addresses_primary ON addresses (user_id) WHERE is_primary;
CREATE UNIQUE INDEX addresses_of_user ON addresses (user_id, normal);
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_expiring ON sessions (expires_at);
CREATE INDEX throttles_resetting ON throttles (resets_at);
CREATE UNIQUE INDEX permissions_of_org ON permissions (org_id, name) WHERE org_id IS NOT NULL;
CREATE UNIQUE INDEX permissions_global ON permissions (name) WHERE org_id IS NULL;
CREATE UNIQUE INDEX roles_of_org ON roles (org_id, name) WHERE org_id IS NOT NULL;
CREATE UNIQUE INDEX roles_global ON roles (name) WHERE org_id IS NULL;
CREATE INDEX role_permissions_of_permission ON role_permissions (permission_id);
CREATE INDEX assignments_of_user ON assignments (user_id, org_id);
CREATE INDEX assignments_of_permission ON assignments (permission_id);
CREATE INDEX assignments_of_role ON assignments (role_id);
CREATE UNIQUE INDEX cloud_keys_of_user ON cloud_keys (user_id, name_key);
CREATE INDEX environments_of_owner ON environments (owner_id);
CREATE INDEX environments_of_keys ON environments (cloud_keys_id);
CREATE UNIQUE INDEX environment_members_once ON environment_members (environment_id, user_id);
CREATE INDEX environment_members_page ON environment_members (environment_id, id);
CREATE INDEX environment_members_of_user ON environment_members (user_id, environment_id);
CREATE UNIQUE INDEX invitations_code ON invitations (code_digest) WHERE state = 'pending';
CREATE INDEX invitations_code_any ON invitations (code_digest);
CREATE UNIQUE INDEX invitations_open_address ON invitations (environment_id, normal) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_open_invitee ON invitations (environment_id, invitee_id) WHERE state = 'pending';
CREATE INDEX invitations_of_environment ON invitations (environment_id, state, id);
CREATE INDEX invitations_of_address ON invitations (normal, state);
CREATE INDEX invitations_of_invitee ON invitations (invitee_id, state);
CREATE INDEX invitations_of_inviter ON invitations (inviter_id, state);
CREATE INDEX retired_links_of_invitation ON retired_links (invitation_id);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_of_invitation ON outbox (invitation_id, generation);
CREATE INDEX outbox_of_user ON outbox (user_id);
CREATE INDEX audit_events_of_environment ON audit_events (environment_id, id);
CREATE INDEX audit_events_of_org ON audit_events (org_id, id);
CREATE UNIQUE INDEX org_members_once ON org_members (org_id, user_id);
CREATE INDEX org_members_page ON org_members (org_id, id);
CREATE INDEX org_members_of_user ON org_members (user_id, org_id);
CREATE UNIQUE INDEX assignments_once ON assignments (
    user_id, COALESCE(org_id, 0), COALESCE(permission_id, 0), COALESCE(role_id, 0), COALESCE(resource_id, '')
);
CREATE INDEX assignments_of_org ON assignments (org_id, user_id);
CREATE UNIQUE INDEX invitations_open_org_address ON invitations (org_id, normal) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_open_org_invitee ON invitations (org_id, invitee_id) WHERE state = 'pending';
CREATE INDEX invitations_of_org ON invitations (org_id, state, id);
CREATE INDEX invitation_grants_of_invitation ON invitation_grants (invitation_id);
CREATE INDEX invitation_grants_of_permission ON invitation_grants (permission_id);
CREATE INDEX invitation_grants_of_role ON invitation_grants (role_id);
CREATE INDEX outbox_of_environment ON outbox (environment_id) WHERE environment_id IS NOT NULL;
CREATE INDEX outbox_of_org ON outbox (org_id) WHERE org_id IS NOT NULL;
CREATE INDEX outbox_of_actor ON outbox (actor_id) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_events_of_looks ON audit_events (environment_id, actor_id, at)
    WHERE action = 'credentials_revealed';
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES
('permissions', 14),
('roles', 3),
('invitations', 23),
('users', 11),
('addresses', 12),
('assignments', 19),
('sessions', 23),
('audit_events', 63),
('cloud_keys', 3),
('environments', 3),
('outbox', 45),
('environment_slack', 1),
('orgs', 2),
('invitation_grants', 4),
('password_resets', 1);
COMMIT;
