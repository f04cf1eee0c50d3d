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
, let_in_by TEXT, awaits_proof BOOLEAN NOT NULL DEFAULT FALSE);
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
, org_id BIGINT REFERENCES orgs (id) ON DELETE SET NULL, named_as TEXT, copied_edition BIGINT NOT NULL DEFAULT 1);
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
CREATE TABLE "password_resets" (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address_id BIGINT REFERENCES addresses (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
INSERT INTO seaql_migrations (version, applied_at) VALUES
('m20261121_000001_accounts', 1796019474),
('m20261121_000002_permissions', 1796019474),
('m20261121_000003_environments', 1796019474),
('m20261121_000004_invitations', 1796019474),
('m20261121_000005_mail_and_audit', 1796019474),
('m20261121_000006_orgs', 1796019474),
('m20261121_000007_pictures', 1796019474),
('m20261122_000008_notices', 1796019474),
('m20261122_000010_tokens', 1796019474),
('m20261122_000011_last_seen', 1796019474),
('m20261122_000012_language', 1796019474),
('m20261122_000014_ways', 1796019474),
('m20261122_000015_declined', 1796019474),
('m20261130_000016_proof', 1796019474);
INSERT INTO installation (name, value) VALUES
('key_fingerprint', '7c2b77a0e6f914c1044a8a0a6aa3661f');
INSERT INTO users (id, uid, username, full_name, password_hash, created_at, updated_at, deactivated_at, birth_org_id, picture, seen_at, language) VALUES
(1, '019ca87781ca58eab676bcb3', 'sofia', 'Sofia', '$argon2id$v=19$m=19456,t=2,p=1$6EdlLc9K7kGvejnvSnVNaw$74Zt/z9WNW9f8GIBUKaMlq8ZDuGw7PmFWrKbOcIUzPo', 1772352930250, 1772352930250, NULL, NULL, NULL, 1772353290250, NULL),
(2, '019ca87781ca58eab676bcb7', 'rosa', 'Rosa Löwe', '$argon2id$v=19$m=19456,t=2,p=1$GPVB7EZBYhG00HDrewJWEQ$IkZBeusFKF+8aEL7USoQpVoVzfoVIlHdyOWVsKryXC0', 1772352930250, 1772352990250, NULL, NULL, '019ca8786c2a3c8fc96be884.png', 1772353290250, NULL),
(3, '019ca87781ca58eab676bcba', 'tomas', 'tomas of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$RZlIgIxGuvZkLKUDuI0dTQ$4U/pj1iLRsJwv/0Zt7JYjT1n+zZp1xK1wDInkpxCn6E', 1772352930250, 1772352930250, NULL, NULL, NULL, 1772353290250, NULL),
(4, '019ca87781ca58eab676bcbd', 'mara', 'mara of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$/8bzFyZtP38UgW9FcFFvoA$LHckE/wnPRgJFgwQRcn9Sx3AK+Q9QawdQCQwpaDaVs8', 1772352930250, 1772352990250, NULL, NULL, NULL, 1772353290250, 'de'),
(6, '019ca87781ca58eab676bcc3', 'stan', 'stan of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$T9cCEZdGFL+Qq/tZ2XVGvg$NrwOskPPEjdhPwWIQpIDhN7eSmRULNn4nVUP5FjL6jA', 1772352930250, 1772352930250, NULL, NULL, NULL, NULL, NULL),
(7, '019ca87781ca58eab676bcc6', 'oskar', 'oskar of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$NCQJlK5+xiHOgATVn+DvGQ$Tp+85vDczC73UwYPWEWgnk+1dkMVRBfx6bnEoIS0OOs', 1772352930250, 1772352930250, NULL, NULL, NULL, NULL, NULL),
(8, '019ca87781ca58eab676bcc9', 'noa', 'noa of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$eMBTDsVDqUjV6z3nMEGxjg$KLa7YoSs9LH7VcAhGLVsYU0OXFRT9C1SUdO/kWqKneg', 1772352930250, 1772353230250, 1772353230250, NULL, NULL, NULL, NULL),
(9, '019ca87b2b4a73e2b39e0091', 'nadia', 'nadia of Orbit', '$argon2id$v=19$m=19456,t=2,p=1$6DmsSSXsELD6GwdChQoE6Q$skMLXsmiDp+KPkXrhW4yqwYjwQjUsLJ12UyPZrKwdr0', 1772353170250, 1772353170250, NULL, 1, NULL, NULL, NULL),
(10, '019ca87b2b4a73e2b39e00a2', NULL, 'Bo Quay', '$argon2id$v=19$m=19456,t=2,p=1$iBjnQn7Th3RIZONyh+m2Fg$uEbZ2Vng5XwFGu7VklxJrbPLBy+/dDJBTydNWJKG0yU', 1772353170250, 1772353170250, NULL, 1, NULL, NULL, NULL),
(11, '019ca87d000a6932b1999789', NULL, 'una', '$argon2id$v=19$m=19456,t=2,p=1$ZhQ9/kHw2L0F7nyr7JKhpw$kBp1XRNtmSxsgH3kU/0kU1UOjVEk9jk2F+3uMHUM0aE', 1772353290250, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL);
INSERT INTO addresses (id, uid, user_id, address, normal, is_primary, counts, verified_at, generation, verify_digest, verify_expires_at, created_at) VALUES
(1, '019ca87781ca58eab676bcb4', 1, 'sofia@orbit.test', 'sofia@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(2, '019ca87781ca58eab676bcb8', 2, 'rosa@orbit.test', 'rosa@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(3, '019ca87781ca58eab676bcbb', 3, 'tomas@orbit.test', 'tomas@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(4, '019ca87781ca58eab676bcbe', 4, 'mara@orbit.test', 'mara@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(6, '019ca87781ca58eab676bcc4', 6, 'stan@orbit.test', 'stan@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(7, '019ca87781ca58eab676bcc7', 7, 'oskar@orbit.test', 'oskar@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(8, '019ca87781ca58eab676bcca', 8, 'noa@orbit.test', 'noa@orbit.test', 1, 1, 1772352930250, 1, NULL, NULL, 1772352930250),
(9, '019ca8786c2a3c8fc96be887', 3, 'tomas@quay.test', 'tomas@quay.test', 0, 0, NULL, 1, '34db311aa6086022dd3701e839e089c4eac6556e875db8617e4e0d19db1f52e8', 1772612190250, 1772352990250),
(10, '019ca87b2b4a73e2b39e0092', 9, 'nadia@orbit.test', 'nadia@orbit.test', 1, 1, 1772353170250, 1, NULL, NULL, 1772353170250),
(11, '019ca87b2b4a73e2b39e00a3', 10, 'bo@quay.test', 'bo@quay.test', 1, 1, 1772353170250, 1, NULL, NULL, 1772353170250),
(12, '019ca87d000a6932b1999787', 11, 'una@orbit.test', 'una@orbit.test', 1, 1, NULL, 1, '6eb62a9c1cabbc54aa495a2756e01e3eac8b09194268ccdc54982263298cab7f', 1772612490250, 1772353290250);
INSERT INTO sessions (id, uid, user_id, kind, digest, agent, created_at, seen_at, expires_at, name, ip) VALUES
(1, '019ca87781ca58eab676bcb5', 1, 'browser', 'd2c9db4d832c27b03a1ae2be3864d37a12627da49bfad3df96cfe8525f24d7d2', NULL, 1772352930250, 1772352930250, 1772957730250, NULL, NULL),
(2, '019ca87781ca58eab676bcb6', 1, 'bearer', 'c88958a178c5bfb1bd6ed3d18f3ad7e8867875ff076864ae9f76c87ae5bae5bd', NULL, 1772352930250, 1772353230250, 1772957730250, NULL, NULL),
(3, '019ca8786c2a3c8fc96be87f', 2, 'browser', '05f8bdaded9d317131037596c8094ab9f2fadf007ade78e3606b6aaddd7f39ca', NULL, 1772352990250, 1772353290250, 1772957790250, NULL, '192.0.2.7'),
(4, '019ca8786c2a3c8fc96be883', 2, 'browser', '2eabaa83f2c59a7545cb80f2708fc29901ababa119e71b5792fd38f486b0bac0', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(5, '019ca8786c2a3c8fc96be885', 4, 'browser', '44298c01ea7574b79c4fd19586a9aae886ac1d8623753465f8584564bfadcded', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(6, '019ca8786c2a3c8fc96be886', 3, 'browser', 'a87d250c6b9b50f3a373eeb989998764eb515de5dc7700128e837ebe7938c657', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, NULL),
(7, '019ca8786c2a3c8fc96be88d', 3, 'browser', '81a9eb9632e396339cac51a34ff987eb25312ef6eb4d4aa5ae2199c0d6b3797d', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, '192.0.2.7'),
(9, '019ca8786c2a3c8fc96be88f', 4, 'browser', '12177c2dd9e396214976ced1865eaffad8fe102b9fa496eda1c320f70e9b4edd', NULL, 1772352990250, 1772352990250, 1772957790250, NULL, '192.0.2.7'),
(10, '019ca87b2b4a73e2b39e0088', 2, 'bearer', '835fe431d1bf9e80790e6418e04fd9df0d21788295ae094144f095075fea0302', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(11, '019ca87b2b4a73e2b39e0096', 2, 'browser', 'ef84c4d2662f1b5d81a2c0fa44981ef5e4d7ecd3b1d03c90317a5e3ae295e282', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(12, '019ca87b2b4a73e2b39e00a1', 10, 'browser', '03c6877c1ca5e0fccf0aa87e235fa68cc7e201d0319f5d241b80aaae59bcb865', NULL, 1772353170250, 1772353170250, 1772957970250, NULL, NULL),
(14, '019ca87c15aa6f35db7a7bf9', 2, 'bearer', '89178e88d77b05f0ec46fbe5209f2648f250c5ed59db3d5bfaa50a9979123de4', NULL, 1772353230250, 1772353230250, 1772958030250, NULL, NULL),
(15, '019ca87c15aa6f35db7a7c05', 3, 'browser', '586d4a28e15724493ff39c8d6aee639bdf7fafc36eb49c1c30a4c202e149d99b', NULL, 1772353230250, 1772353230250, 1772958030250, NULL, '192.0.2.7'),
(16, '019ca87d000a6932b1999783', 2, 'bearer', '9a9c93a405c1f9dff2c36192f005a1e70f04741ecc9f454ec52dea4e4615ff46', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(17, '019ca87d000a6932b199978a', 11, 'browser', '22a04d56ef83f52c6d4a38f01b0f696703ed5bf17daf4290b5c5be59403076f2', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(18, '019ca87d000a6932b199978d', 2, 'browser', '8e7258f20d259410d97c3604fd3f8fa2b52889c76fd544571665ad9504933c33', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(19, '019ca87d000a6932b199978e', 2, 'bearer', '9dff0432563e0b7e467761d0af6e38e161047fd2d8090e7727a76aa88628fdbf', NULL, 1772353290250, 0, 1803889290250, 'Nightly backup', NULL),
(20, '019ca87d000a6932b1999790', 2, 'bearer', 'be09cfe69034bbceb946fc7133145f2d8e56b0330d2fb1a4e1c73bc92c02b5bc', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(21, '019ca87d000a6932b1999793', 3, 'bearer', 'dcced9692f7803fad26fc8d1bb5891b386b5770d717440b99305e4a1fd66625a', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(22, '019ca87d000a6932b1999795', 4, 'bearer', 'e5d5e8cd80f84e14ebe51c09a5824c8618851a951bd46c3992fc008a50069a5e', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL),
(23, '019ca87d000a6932b1999797', 1, 'bearer', '5456ad84aecb5c3c9c87e3edcee42107c64a930ee74123ab9cfc6bf4db958d8d', NULL, 1772353290250, 1772353290250, 1772958090250, NULL, NULL);
INSERT INTO throttles (name, count, resets_at) VALUES
('829878aded7fac9d73b85f93c772965f', 1, 1772356590250),
('42646df7493cd41dcd142548a6b579a9', 10, 1772353890250),
('a9affa4ddd1960ce3631da6cc7a01d92', 2, 1772356590250),
('03ab2172d647befe86e9bfeb55e42679', 14, 1772356590250),
('67f598bedc4ca9eafe806505831aa57f', 1, 1772356590250),
('1690b1329b1d0e430aa81fa57f348502', 1, 1772356590250),
('e9bc08a80e3788e9ec8339c47372ad43', 1, 1772356590250),
('02abf4f63a99ffb074c2fce40d3b9b60', 1, 1772356650250),
('f1fd28677aea57b56d079625a62e04cd', 1, 1772356650250),
('1480a79bbad2cf35a579616615f0faf7', 2, 1772356650250),
('6ccba905bfc595465947bc76bdc5cba4', 3, 1772356710250),
('df74ee6d9af12ec0401614a587d3dfe3', 1, 1772356710250),
('04121bfbf660a065579f341a8e87f1de', 1, 1772356770250),
('d1e5a341dffd8e6ae59a590eaa20b8b5', 1, 1772356770250),
('87e419e025e66c8d4d64e10fb85fe552', 1, 1772356830250),
('7f794545d5746ee9cbbd4403b6023bbb', 1, 1772356830250),
('4f2fd98f5bf964f495cc98e4f0d1cc20', 1, 1772356890250),
('dc09d7597ab157015585c53bd2ddbcf5', 1, 1772356890250);
INSERT INTO orgs (id, uid, slug, name, created_at, updated_at) VALUES
(1, '019ca87b2b4a73e2b39e0089', 'works', 'Harbor works', 1772353170250, 1772353170250);
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
(13, '019ca87b2b4a73e2b39e008b', 1, 'berth.open', NULL, 0, 1772353170250, 1772353170250),
(14, '019ca87b2b4a73e2b39e0098', NULL, 'lamp.light', 'Lights the lamp', 0, 1772353170250, 1772353170250);
INSERT INTO roles (id, uid, org_id, name, description, is_system, created_at, updated_at) VALUES
(1, '00000000000000000000000d', NULL, 'admin', NULL, 1, 1795219200000, 1795219200000),
(2, '019ca87b2b4a73e2b39e008d', 1, 'runner', NULL, 0, 1772353170250, 1772353170250),
(3, '019ca87b2b4a73e2b39e009a', NULL, 'keeper', NULL, 0, 1772353170250, 1772353170250);
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
(1, '019ca8786c2a3c8fc96be881', 2, 'myKeys', 'mykeys', X'017C2B77A089BAB50E9ED0B85388C1A235C28933EB251CD972D27299F7996E16468039C9D5F78B9001181539D6A4513507FDA8F851AF0A', X'017C2B77A00CF2C2D519D71336BF16A07EC02B71EBE460177C650D23BB54258CB4F761E2CC5A16AFE51D3F33FFD4F5EF89196D446041F3556EB0A6C4', 'eu-west-1', 1772352990250, 1772352990250);
INSERT INTO environments (id, uid, owner_id, cloud_keys_id, name, name_key, bucket, prefix, db_name, host, db_user, db_pass, instance, parameter_group, created_at, updated_at) VALUES
(1, '019ca8786c2a3c8fc96be880', 2, 1, 'Harbor staging', 'harbor staging', 'harbor-logs', NULL, 'tides', 'tides.db.harbor.test', X'017C2B77A0ED845120294250E2096BFDB46EED38BA4D55F6B333D192D1E3FF9A5A4B1D2851EA3EFE15C9DBBEFE052AEF7D7029', X'017C2B77A0D05697A8AC17B772F9886185548A224E2E5C23F4F16329709F588CE96F8B4436F00A1294D4A3A780A9B204ED1FD30DBE9FBC', 'tides-1', 'tides-params', 1772352990250, 1772352990250);
INSERT INTO environment_members (id, environment_id, user_id, is_admin, accepted_at, let_in_by, awaits_proof) VALUES
(1, 1, 2, 1, 1772352990250, NULL, 0),
(2, 1, 3, 1, 1772352990250, 'Rosa Löwe', 0),
(4, 1, 4, 0, 1772352990250, 'leo of Orbit', 0);
INSERT INTO invitations (id, uid, kind, environment_id, is_admin, target_name, inviter_id, invitee_id, address, normal, state, generation, life, created_at, sent_at, expires_at, answered_at, answered_by, link_asked_at, mailed_digest, copied_digest, code_digest, org_id, named_as, copied_edition) VALUES
(2, '019ca8786c2a3c8fc96be890', 'environment', 1, 1, 'Harbor staging', 2, 3, 'tomas@orbit.test', 'tomas@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, 3, NULL, '5c1b597cb547b821b9d3b17ed58aa0517d328f47863fbf553919c54a446bdc92', 'd871d5b04caa30ac327ab9e5c4591ac5087d4a5af0017760e811bc2656c345d2', '274abbe5835ceb06fd3b4096553c4c662301ecf21a7fd454a0f07b11a203ae4c', NULL, NULL, 1),
(3, '019ca8786c2a3c8fc96be898', 'environment', 1, 1, 'Harbor staging', 2, NULL, 'leo@orbit.test', 'leo@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, NULL, NULL, '73438f75e4caf6519ee1599155126af60f61482ed7418944368199b9d1487c1c', '09eff0f9a4c423a43e5827bc00b980fc82a3438670e117653109c3e2f5ce044b', '16d7faa4ec8dd234ca2a1e746adb92fed37a334897c2041252cd7c2414ed2b76', NULL, NULL, 1),
(4, '019ca8786c2a3c8fc96be8a0', 'environment', 1, 0, 'Harbor staging', NULL, 4, 'mara@orbit.test', 'mara@orbit.test', 'accepted', 1, 86400000, 1772352990250, 1772352990250, 1772439390250, 1772352990250, 4, NULL, '245803df533ba196e02f288ef16de1a30adbc05d3fff99330e4d92695579ca8a', '14993f89eb431847e2846374830078f58239e73f9328276cf91031aab08d0446', 'eecb9e01cb166342ed37c211a7e9d8de8a4fc34e9bf24c84f741d5327408c3c7', NULL, NULL, 1),
(5, '019ca879568a563b4184554e', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'nils@quay.test', 'nils@quay.test', 'declined', 1, 86400000, 1772353050250, 1772353050250, 1772439450250, 1772353050250, NULL, NULL, '0217211ba4e7d3d886c5bf0c26b765d760f54918cee1a22519e69ca92c9fa67c', 'fb95ae5c1cbc39d65148297ba847d2a258cf8a25fc8fa67c6a1ac169047527f4', 'b6e89c2177221303acafabd940ebdf854021f4b3165d49d777ae3f6e1f72171a', NULL, NULL, 1),
(6, '019ca879568a563b41845554', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'pele@quay.test', 'pele@quay.test', 'revoked', 1, 86400000, 1772353050250, 1772353050250, 1772439450250, 1772353050250, 2, NULL, '7a77faf38f353b835fba39b228e13f8548c567a3769171f94ba8d7a28598843c', '54623a75215b64932cb54a8cf2bf6c4d5001b964b406dd3b3fea757b57d2644c', '6c7d91491b2662e009450b4381cbff22eca6c7061e150eb6be2096c4a718290e', NULL, NULL, 1),
(7, '019ca879568a563b41845559', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'wanda@quay.test', 'wanda@quay.test', 'pending', 2, 86400000, 1772353050250, 1772353110250, 1772439510250, NULL, NULL, NULL, '7b30806f9c3f9a21b17b4f362cb7c16876c76909871b99d177ebd779b517bd3d', '59d5815d0f543cad0950b9af3eca779b46db5ddef6732ba956beece2b73446fa', '6e18dcf95c851d306ce8415a94a76842ee72b2e4796f140554e0984517e372c1', NULL, NULL, 1),
(8, '019ca87a40ea588d1d05efb3', 'environment', 1, 0, 'Harbor staging', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'superseded', 1, 86400000, 1772353110250, 1772353110250, 1772439510250, 1772353290250, NULL, NULL, '2b958fee760556afe794718b43ff9f1a9ac3cf99e1c65285f250de43d801d57e', '52d055a0be63db348758f566b51c544b2aec7fc29ea9aa5936463e8df27d7de7', '7ecaadbb3b614253a3bdad9cf3c377db688ade775ec7f2c77a47cebea2d07d77', NULL, NULL, 1),
(9, '019ca87a40ea588d1d05efb7', 'environment', 1, 0, 'Harbor staging', 2, NULL, 'mistyped@quay.test', 'mistyped@quay.test', 'pending', 1, 86400000, 1772353110250, 1772353110250, 1772439510250, NULL, NULL, NULL, 'd377ce59fe5464e7b74ef7f9efdec3a90acedfdf9c086576add459fac56dc464', '102415302daa5e93e078f2d3e00c60933093842c114145f8f360a644e91c637d', '624a9c1d00573a7a5d543b2df05888358148f776e9153b572e35d79af7b96da4', NULL, NULL, 1),
(13, '019ca87b2b4a73e2b39e009e', 'org', NULL, 0, 'Harbor works', 2, NULL, 'bo@quay.test', 'bo@quay.test', 'accepted', 1, 604800000, 1772353170250, 1772353170250, 1772957970250, 1772353170250, 10, NULL, 'f0be9e555493ddcf698b62f9dfcebc33c7b5f1cb6fc33a77d1e748c5e38db332', 'b746ea9eb1232f76295d684e9c93da50415f685a2c1505500586bc65f9efb88a', NULL, 1, NULL, 1),
(14, '019ca87b2b4a73e2b39e00a6', 'org', NULL, 0, 'Harbor works', 2, NULL, 'late@quay.test', 'late@quay.test', 'pending', 1, 60000, 1772353170250, 1772353170250, 1772353230250, NULL, NULL, 1772353230250, '45ecf94088a609f8be512d083d8adc1e3e258b5c15fcb3c7469b82e3e2f52753', '8c44c213df4a7508c1459b91657306dc8f51dae327c8f642bce69723395041d6', NULL, 1, NULL, 1),
(18, '019ca87c15aa6f35db7a7bfe', 'org', NULL, 0, 'Org dock', 1, 6, 'stan@orbit.test', 'stan@orbit.test', 'revoked', 1, 604800000, 1772353230250, 1772353230250, 1772958030250, 1772353230250, NULL, NULL, '22c8245617c65f0a852121ccc536573d2af1e4f0110676da83885e6ea3f6a11b', '16cac1e3158f9726e430fbb7bae0dc8a2b93f3206b40416abbe3db3ab47c265f', NULL, NULL, 'stan', 1),
(20, '019ca87c15aa6f35db7a7c06', 'environment', NULL, 0, 'Old quay', 2, 3, 'tomas@orbit.test', 'tomas@orbit.test', 'accepted', 1, 86400000, 1772353230250, 1772353230250, 1772439630250, 1772353230250, 3, NULL, 'f5792a424fc81aeb9aa3440be809ca902334958256b000abd344e7eb8ccd48c5', 'a02eee8bbd636482442a49024e8fd9d802c8b6a291168bf31486a592c1c85725', 'f058e66226abe812f4367a0e9fbf1a90b5ee6b431cd8311a8fe2eb8bf469773a', NULL, NULL, 1),
(21, '019ca87c15aa6f35db7a7c0f', 'environment', NULL, 0, 'Older quay', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'revoked', 1, 86400000, 1772353230250, 1772353230250, 1772439630250, 1772353230250, NULL, NULL, '7f497aa06466b52f536ce1a54b23e97a45e22e7ab1ee252e420a93056ed760a9', 'e868cdfbd76347eae9440fd1241a61448fc1e7da0f36aaab44e96874db27f0c3', '24e2708af67849ae8c5f1c73e51a7aa3a7c5a455b86941bd4dffc9c8dc5fcf35', NULL, NULL, 1),
(22, '019ca87d000a6932b199977f', 'environment', 1, 0, 'Harbor staging', 2, 6, 'stan@orbit.test', 'stan@orbit.test', 'pending', 1, 86400000, 1772353290250, 1772353290250, 1772439690250, NULL, NULL, NULL, 'f714fcff13bc4097616dca9c2ba7b1f01a9811e65eb79c248a283bfbe1ef14ea', '383b6d44b0cd9cc7b18745b0e0ffc9f7c264bdc465078e3b353964117a1fb035', 'b72a3defc79f2f94cc0b79332de24f0cc89976eb6bfd8a9ba1dc513e8cc6032e', NULL, NULL, 1),
(23, '019ca87d000a6932b1999784', 'org', NULL, 0, 'Harbor works', 2, NULL, 'zoe@quay.test', 'zoe@quay.test', 'pending', 1, 604800000, 1772353290250, 1772353290250, 1772958090250, NULL, NULL, NULL, '0781122befc318f66c091005b51f002866d002c200a601ace44f2e58998d226e', 'ff0a05ae9939e17fcd82608b2e5b1327c6280334b991671941a99c37898ebcef', NULL, 1, NULL, 1);
INSERT INTO retired_links (digest, invitation_id) VALUES
('4982e64acd2fd2612183b7ec9fdaf7fb3f2d5c8f36954c50d89e466dc3bd7cf1', 7),
('8a453f03f085e5c83b3521ce6a7ffa2601c33e3f7657f675d04603783ca79216', 7);
INSERT INTO outbox (id, uid, kind, address, user_id, invitation_id, generation, subject_uid, state, attempts, next_at, lease, lease_until, fault, created_at, done_at, carrier, environment_id, org_id, actor_id) VALUES
(1, '019ca8786c2a3c8fc96be888', 'verify_address', 'tomas@quay.test', 3, NULL, 1, '019ca8786c2a3c8fc96be887', 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(2, '019ca8786c2a3c8fc96be88b', 'slack_set_up', '', 2, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(3, '019ca8786c2a3c8fc96be891', 'invitation', 'tomas@orbit.test', NULL, 2, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(4, '019ca8786c2a3c8fc96be892', 'slack_invited', '', 2, 2, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(5, '019ca8786c2a3c8fc96be894', 'slack_joined', '', 3, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(6, '019ca8786c2a3c8fc96be895', 'invitation_accepted', 'rosa@orbit.test', 3, 2, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(7, '019ca8786c2a3c8fc96be899', 'invitation', 'leo@orbit.test', NULL, 3, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(8, '019ca8786c2a3c8fc96be89a', 'slack_invited', '', 2, 3, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(9, '019ca8786c2a3c8fc96be89c', 'slack_joined', '', NULL, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(10, '019ca8786c2a3c8fc96be89d', 'invitation_accepted', 'rosa@orbit.test', NULL, 3, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(11, '019ca8786c2a3c8fc96be8a1', 'invitation', 'mara@orbit.test', NULL, 4, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(12, '019ca8786c2a3c8fc96be8a2', 'slack_invited', '', NULL, 4, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(13, '019ca8786c2a3c8fc96be8a4', 'slack_joined', '', 4, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(14, '019ca8786c2a3c8fc96be8a5', 'invitation_accepted', 'leo@orbit.test', 4, 4, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', NULL, NULL, NULL),
(15, '019ca8786c2a3c8fc96be8a8', 'slack_promoted', '', 4, NULL, NULL, NULL, 'queued', 0, 1772352990250, NULL, NULL, NULL, 1772352990250, NULL, 'slack', 1, NULL, NULL),
(16, '019ca8786c2a3c8fc96be8a9', 'rights_changed', 'mara@orbit.test', 4, NULL, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772352990250, 1772353050250, 'mail', 1, NULL, 2),
(17, '019ca879568a563b4184554f', 'invitation', 'nils@quay.test', NULL, 5, 1, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(18, '019ca879568a563b41845550', 'slack_invited', '', 2, 5, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(19, '019ca879568a563b41845552', 'invitation_declined', 'rosa@orbit.test', NULL, 5, NULL, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(20, '019ca879568a563b41845555', 'invitation', 'pele@quay.test', NULL, 6, 1, NULL, 'dropped', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(21, '019ca879568a563b41845556', 'slack_invited', '', 2, 6, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(22, '019ca879568a563b4184555a', 'invitation', 'wanda@quay.test', NULL, 7, 1, NULL, 'sent', 1, 1772353052250, NULL, NULL, NULL, 1772353050250, 1772353050250, 'mail', NULL, NULL, NULL),
(23, '019ca879568a563b4184555b', 'slack_invited', '', 2, 7, NULL, NULL, 'queued', 0, 1772353050250, NULL, NULL, NULL, 1772353050250, NULL, 'slack', 1, NULL, NULL),
(24, '019ca87a40ea588d1d05efb1', 'invitation', 'wanda@quay.test', NULL, 7, 2, NULL, 'sent', 1, 1772353112250, NULL, NULL, NULL, 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(25, '019ca87a40ea588d1d05efb4', 'invitation', 'stan@orbit.test', NULL, 8, 1, NULL, 'sent', 1, 1772353112250, NULL, NULL, NULL, 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(26, '019ca87a40ea588d1d05efb5', 'slack_invited', '', 2, 8, NULL, NULL, 'queued', 0, 1772353110250, NULL, NULL, NULL, 1772353110250, NULL, 'slack', 1, NULL, NULL),
(27, '019ca87a40ea588d1d05efb8', 'invitation', 'mistyped@quay.test', NULL, 9, 1, NULL, 'failed', 1, 1772353112250, NULL, NULL, '{"why":"reason-recipient-refused","said":"550 no such mailbox here"}', 1772353110250, 1772353110250, 'mail', NULL, NULL, NULL),
(28, '019ca87a40ea588d1d05efb9', 'slack_invited', '', 2, 9, NULL, NULL, 'queued', 0, 1772353110250, NULL, NULL, NULL, 1772353110250, NULL, 'slack', 1, NULL, NULL),
(29, '019ca87b2b4a73e2b39e008f', 'member_added', 'tomas@orbit.test', 3, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, 1, 2),
(30, '019ca87b2b4a73e2b39e0094', 'rights_changed', 'nadia@orbit.test', 9, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, 1, 2),
(31, '019ca87b2b4a73e2b39e009c', 'rights_changed', 'stan@orbit.test', 6, NULL, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, 1),
(32, '019ca87b2b4a73e2b39e009f', 'invitation', 'bo@quay.test', NULL, 13, 1, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(33, '019ca87b2b4a73e2b39e00a4', 'invitation_accepted', 'rosa@orbit.test', 10, 13, NULL, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(34, '019ca87b2b4a73e2b39e00a7', 'invitation', 'late@quay.test', NULL, 14, 1, NULL, 'sent', 1, 1772353172250, NULL, NULL, NULL, 1772353170250, 1772353170250, 'mail', NULL, NULL, NULL),
(35, '019ca87c15aa6f35db7a7bf2', 'new_link_wanted', 'rosa@orbit.test', NULL, 14, NULL, NULL, 'sent', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(37, '019ca87c15aa6f35db7a7bff', 'invitation', 'stan@orbit.test', NULL, 18, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(38, '019ca87c15aa6f35db7a7c07', 'invitation', 'tomas@orbit.test', NULL, 20, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(39, '019ca87c15aa6f35db7a7c0b', 'invitation_accepted', 'rosa@orbit.test', 3, 20, NULL, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(40, '019ca87c15aa6f35db7a7c10', 'invitation', 'stan@orbit.test', NULL, 21, 1, NULL, 'dropped', 1, 1772353232250, NULL, NULL, NULL, 1772353230250, 1772353230250, 'mail', NULL, NULL, NULL),
(41, '019ca87d000a6932b1999780', 'invitation', 'stan@orbit.test', NULL, 22, 1, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(42, '019ca87d000a6932b1999781', 'slack_invited', '', 2, 22, NULL, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'slack', 1, NULL, NULL),
(43, '019ca87d000a6932b1999785', 'invitation', 'zoe@quay.test', NULL, 23, 1, NULL, 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(44, '019ca87d000a6932b1999788', 'verify_address', 'una@orbit.test', 11, NULL, 1, '019ca87d000a6932b1999787', 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL),
(45, '019ca87d000a6932b199978c', 'reset_password', 'oskar@orbit.test', 7, NULL, NULL, '019ca87d000a6932b199978b', 'queued', 0, 1772353290250, NULL, NULL, NULL, 1772353290250, NULL, 'mail', NULL, NULL, NULL);
INSERT INTO audit_events (id, uid, at, actor_id, actor_name, action, environment_id, org_id, subject, ip, details) VALUES
(1, '019ca87781ca58eab676bcb9', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'rosa of Orbit', NULL, NULL),
(2, '019ca87781ca58eab676bcbc', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'tomas of Orbit', NULL, NULL),
(3, '019ca87781ca58eab676bcbf', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'mara of Orbit', NULL, NULL),
(4, '019ca87781ca58eab676bcc2', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'leo of Orbit', NULL, NULL),
(5, '019ca87781ca58eab676bcc5', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'stan of Orbit', NULL, NULL),
(6, '019ca87781ca58eab676bcc8', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'oskar of Orbit', NULL, NULL),
(7, '019ca87781ca58eab676bccb', 1772352930250, 1, 'Sofia', 'user_created', NULL, NULL, 'noa of Orbit', NULL, NULL),
(8, '019ca8786c2a3c8fc96be882', 1772352990250, 2, 'rosa of Orbit', 'environment_created', 1, NULL, 'Harbor staging', '192.0.2.7', NULL),
(9, '019ca8786c2a3c8fc96be889', 1772352990250, 3, 'tomas of Orbit', 'address_added', NULL, NULL, 'tomas@quay.test', NULL, NULL),
(10, '019ca8786c2a3c8fc96be88c', 1772352990250, 2, 'Rosa Löwe', 'slack_set_up', 1, NULL, 'C0HARBOR', '192.0.2.7', NULL),
(11, '019ca8786c2a3c8fc96be893', 1772352990250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'tomas@orbit.test', '192.0.2.7', '{"place":"administrator"}'),
(12, '019ca8786c2a3c8fc96be896', 1772352990250, 3, 'tomas of Orbit', 'invitation_accepted', 1, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"administrator"}'),
(13, '019ca8786c2a3c8fc96be897', 1772352990250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(14, '019ca8786c2a3c8fc96be89b', 1772352990250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'leo@orbit.test', '192.0.2.7', '{"place":"administrator"}'),
(15, '019ca8786c2a3c8fc96be89e', 1772352990250, 5, 'leo of Orbit', 'invitation_accepted', 1, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"administrator"}'),
(16, '019ca8786c2a3c8fc96be89f', 1772352990250, 5, 'leo of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(17, '019ca8786c2a3c8fc96be8a3', 1772352990250, 5, 'leo of Orbit', 'invitation_sent', 1, NULL, 'mara@orbit.test', '192.0.2.7', '{"place":"member"}'),
(18, '019ca8786c2a3c8fc96be8a6', 1772352990250, 4, 'mara of Orbit', 'invitation_accepted', 1, NULL, 'leo of Orbit', '192.0.2.7', '{"place":"member"}'),
(19, '019ca8786c2a3c8fc96be8a7', 1772352990250, 4, 'mara of Orbit', 'credentials_revealed', 1, NULL, NULL, '192.0.2.7', NULL),
(20, '019ca8786c2a3c8fc96be8aa', 1772352990250, 2, 'Rosa Löwe', 'member_promoted', 1, NULL, 'mara of Orbit', NULL, NULL),
(21, '019ca8786c2a3c8fc96be8ac', 1772352990250, 2, 'Rosa Löwe', 'member_demoted', 1, NULL, 'mara of Orbit', NULL, NULL),
(22, '019ca8786c2a3c8fc96be8ad', 1772352990250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(23, '019ca879568a563b41845551', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'nils@quay.test', NULL, '{"place":"member"}'),
(24, '019ca879568a563b41845553', 1772353050250, NULL, 'nils@quay.test', 'invitation_declined', 1, NULL, 'Rosa Löwe', NULL, NULL),
(25, '019ca879568a563b41845557', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'pele@quay.test', NULL, '{"place":"member"}'),
(26, '019ca879568a563b41845558', 1772353050250, 2, 'Rosa Löwe', 'invitation_revoked', 1, NULL, 'pele@quay.test', NULL, NULL),
(27, '019ca879568a563b4184555c', 1772353050250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'wanda@quay.test', NULL, '{"place":"member"}'),
(28, '019ca87a40ea588d1d05efb2', 1772353110250, 2, 'Rosa Löwe', 'invitation_resent', 1, NULL, 'wanda@quay.test', NULL, NULL),
(29, '019ca87a40ea588d1d05efb6', 1772353110250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'stan@orbit.test', NULL, '{"place":"member"}'),
(30, '019ca87a40ea588d1d05efba', 1772353110250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'mistyped@quay.test', NULL, '{"place":"member"}'),
(31, '019ca87b2b4a73e2b39e008a', 1772353170250, 2, 'Rosa Löwe', 'org_created', NULL, 1, 'Org works', NULL, NULL),
(32, '019ca87b2b4a73e2b39e008c', 1772353170250, 2, 'Rosa Löwe', 'permission_created', NULL, 1, 'berth.open', NULL, NULL),
(33, '019ca87b2b4a73e2b39e008e', 1772353170250, 2, 'Rosa Löwe', 'role_created', NULL, 1, 'runner', NULL, '{"gave":[{"permission":{"name":"berth.open","resource_id":null}}]}'),
(34, '019ca87b2b4a73e2b39e0090', 1772353170250, 2, 'Rosa Löwe', 'member_added', NULL, 1, 'tomas of Orbit', NULL, '{"gave":[{"role":{"name":"runner","resource_id":"\"berth-7\""}}]}'),
(35, '019ca87b2b4a73e2b39e0093', 1772353170250, 1, 'Sofia', 'user_created', NULL, 1, 'nadia of Orbit', NULL, NULL),
(36, '019ca87b2b4a73e2b39e0095', 1772353170250, 2, 'Rosa Löwe', 'rights_changed', NULL, 1, 'nadia of Orbit', NULL, '{"gave":[{"permission":{"name":"berth.open","resource_id":null}}]}'),
(37, '019ca87b2b4a73e2b39e0097', 1772353170250, 2, 'Rosa Löwe', 'org_changed', NULL, 1, 'Harbor works', NULL, '{"was":"Org works"}'),
(38, '019ca87b2b4a73e2b39e0099', 1772353170250, 1, 'Sofia', 'permission_created', NULL, NULL, 'lamp.light', NULL, NULL),
(39, '019ca87b2b4a73e2b39e009b', 1772353170250, 1, 'Sofia', 'role_created', NULL, NULL, 'keeper', NULL, '{"gave":[{"permission":{"name":"lamp.light","resource_id":null}}]}'),
(40, '019ca87b2b4a73e2b39e009d', 1772353170250, 1, 'Sofia', 'rights_changed', NULL, NULL, 'stan of Orbit', NULL, '{"gave":[{"role":{"name":"keeper","resource_id":null}}]}'),
(41, '019ca87b2b4a73e2b39e00a0', 1772353170250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'bo@quay.test', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":null}}]}'),
(42, '019ca87b2b4a73e2b39e00a5', 1772353170250, 10, 'Bo Quay', 'invitation_accepted', NULL, 1, 'Rosa Löwe', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":null}}]}'),
(43, '019ca87b2b4a73e2b39e00a8', 1772353170250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'late@quay.test', NULL, '{"place":"member"}'),
(44, '019ca87c15aa6f35db7a7bf6', 1772353230250, 5, 'leo of Orbit', 'environment_created', 2, NULL, 'Leos berth', '192.0.2.7', NULL),
(45, '019ca87c15aa6f35db7a7bf7', 1772353230250, 1, 'Sofia', 'environment_deleted', 2, NULL, 'Leos berth', NULL, NULL),
(46, '019ca87c15aa6f35db7a7bf8', 1772353230250, 1, 'Sofia', 'user_deleted', NULL, NULL, 'leo of Orbit', NULL, NULL),
(47, '019ca87c15aa6f35db7a7bfb', 1772353230250, 2, 'Rosa Löwe', 'org_created', NULL, 2, 'Org dock', NULL, NULL),
(48, '019ca87c15aa6f35db7a7bfd', 1772353230250, 1, 'Sofia', 'member_added', NULL, 2, 'tomas of Orbit', NULL, NULL),
(49, '019ca87c15aa6f35db7a7c00', 1772353230250, 1, 'Sofia', 'invitation_sent', NULL, 2, 'stan', NULL, '{"place":"member"}'),
(50, '019ca87c15aa6f35db7a7c01', 1772353230250, 1, 'Sofia', 'org_deleted', NULL, 2, 'Org dock', NULL, NULL),
(51, '019ca87c15aa6f35db7a7c04', 1772353230250, 2, 'Rosa Löwe', 'environment_created', 3, NULL, 'Old quay', '192.0.2.7', NULL),
(52, '019ca87c15aa6f35db7a7c09', 1772353230250, 2, 'Rosa Löwe', 'invitation_sent', 3, NULL, 'tomas@orbit.test', '192.0.2.7', '{"place":"member"}'),
(53, '019ca87c15aa6f35db7a7c0c', 1772353230250, 3, 'tomas of Orbit', 'invitation_accepted', 3, NULL, 'Rosa Löwe', '192.0.2.7', '{"place":"member"}'),
(54, '019ca87c15aa6f35db7a7c0d', 1772353230250, 3, 'tomas of Orbit', 'credentials_revealed', 3, NULL, NULL, '192.0.2.7', NULL),
(55, '019ca87c15aa6f35db7a7c0e', 1772353230250, 2, 'Rosa Löwe', 'environment_changed', 3, NULL, 'Older quay', '192.0.2.7', '{"was":"Old quay"}'),
(56, '019ca87c15aa6f35db7a7c12', 1772353230250, 2, 'Rosa Löwe', 'invitation_sent', 3, NULL, 'stan@orbit.test', '192.0.2.7', '{"place":"member"}'),
(57, '019ca87c15aa6f35db7a7c13', 1772353230250, 2, 'Rosa Löwe', 'environment_deleted', 3, NULL, 'Older quay', '192.0.2.7', NULL),
(58, '019ca87c15aa6f35db7a7c14', 1772353230250, 1, 'Sofia', 'user_deactivated', NULL, NULL, 'noa of Orbit', NULL, NULL),
(59, '019ca87d000a6932b1999782', 1772353290250, 2, 'Rosa Löwe', 'invitation_sent', 1, NULL, 'stan@orbit.test', NULL, '{"place":"member"}'),
(60, '019ca87d000a6932b1999786', 1772353290250, 2, 'Rosa Löwe', 'invitation_sent', NULL, 1, 'zoe@quay.test', NULL, '{"place":"member","gave":[{"permission":{"name":"berth.open","resource_id":null}},{"role":{"name":"runner","resource_id":"9"}}]}'),
(61, '019ca87d000a6932b199978f', 1772353290250, 2, 'Rosa Löwe', 'token_made', NULL, NULL, 'Nightly backup', NULL, NULL),
(62, '019ca87d000a6932b1999791', 1772353290250, 2, 'Rosa Löwe', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(63, '019ca87d000a6932b1999792', 1772353290250, 2, 'Rosa Löwe', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(64, '019ca87d000a6932b1999794', 1772353290250, 3, 'tomas of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL),
(65, '019ca87d000a6932b1999796', 1772353290250, 4, 'mara of Orbit', 'credentials_revealed', 1, NULL, NULL, NULL, NULL);
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
(2, '019ca8786c2a3c8fc96be884.png', X'89504E470D0A1A0A0000000D494844520000019000000190080600000080BF36CC000010B2494441547801EDC003A0245996C6F1FF77EE8DC8CCA7724B63AE6DDBB66DDBB66DDBB66D698C9E964AAF9E323322EEF976B76A7AA6873B6BD5AFFE3198ABAEBAEA79FC252FCBB7F3FEFC252FCB55575DF53C08AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8FE0AAABAEBAEAAAABFEF508AEBAEAAAABAEBAEA5F8F7F04D40807EA01F920020000000049454E44AE426082', 'image/png', 1772352990250);
INSERT INTO environment_slack (id, uid, environment_id, channel, token, is_on, created_at, updated_at) VALUES
(1, '019ca8786c2a3c8fc96be88a', 1, 'C0HARBOR', X'017C2B77A02AA63F6E00B18D1A4989184CD2A095C4B8870D4166963EC8FE37D9BF3C13E078AF5AF8D4C6C6659BB4D27032E74A76625FF7C54B7C', 1, 1772352990250, 1772352990250);
INSERT INTO password_resets (id, uid, user_id, address_id, digest, created_at, expires_at, used_at) VALUES
(1, '019ca87d000a6932b199978b', 7, 7, '1187f56c83cfecc506257db76e9071efd8b5f8b34bc12a4ff4945daf77ea8ebd', 1772353290250, 1772356890250, NULL);
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
CREATE INDEX password_resets_of_user ON password_resets (user_id);
CREATE INDEX password_resets_of_address ON password_resets (address_id);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence (name, seq) VALUES
('permissions', 14),
('roles', 3),
('invitations', 23),
('password_resets', 1),
('users', 11),
('addresses', 12),
('assignments', 19),
('sessions', 23),
('audit_events', 65),
('cloud_keys', 3),
('environments', 3),
('outbox', 45),
('environment_slack', 1),
('orgs', 2),
('invitation_grants', 4);
COMMIT;
