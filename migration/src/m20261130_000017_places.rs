//! Environments and orgs become two kinds of place, and their members one table. What lists are sorted and searched by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, Statement, Value};

use crate::folding::{folded, search_key};
use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mark_breaking(manager, self).await?;
        execute(manager, PLACES).await?;
        execute(manager, MEMBERS).await?;
        execute(manager, REFERENCES).await?;
        check_counts(manager).await?;
        execute(manager, CLEAN_UP).await?;
        execute(manager, INDEXES).await?;
        fill_keys(manager, "places", "SELECT id, name, CASE WHEN kind = 'org' THEN key ELSE '' END, '' FROM places")
            .await?;
        fill_keys(
            manager,
            "users",
            "SELECT u.id, u.full_name, COALESCE(u.username, ''), COALESCE(a.address, '')
             FROM users u LEFT JOIN addresses a ON a.user_id = u.id AND a.is_primary",
        )
        .await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("this cannot be undone: restore the backup from before the upgrade".to_owned()))
    }
}

/// Places deleted before have events: they get a number that nothing else ever has, by a row that goes again.
const PLACES: &str = "
-- What people are let into. `key` stands in its path: an environment's number, an org's slug.
CREATE TABLE places (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    sort_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    created_at BIGINT NOT NULL,
    UNIQUE (kind, key)
);
INSERT INTO places (uid, kind, name, key, created_at)
SELECT uid, 'environment', name, CAST(id AS TEXT), created_at FROM environments ORDER BY id;
INSERT INTO places (uid, kind, name, key, created_at)
SELECT uid, 'org', name, slug, created_at FROM orgs ORDER BY id;

ALTER TABLE environments ADD COLUMN place_id BIGINT REFERENCES places (id) ON DELETE CASCADE;
UPDATE environments SET place_id =
    (SELECT p.id FROM places p WHERE p.kind = 'environment' AND p.key = CAST(environments.id AS TEXT));
CREATE UNIQUE INDEX environments_of_place ON environments (place_id);
ALTER TABLE orgs ADD COLUMN place_id BIGINT REFERENCES places (id) ON DELETE CASCADE;
UPDATE orgs SET place_id = (SELECT p.id FROM places p WHERE p.kind = 'org' AND p.key = orgs.slug);
CREATE UNIQUE INDEX orgs_of_place ON orgs (place_id);

INSERT INTO places (uid, kind, name, key, created_at)
SELECT 'gone environment ' || id, 'environment', '', 'gone ' || id, 0
FROM (SELECT DISTINCT environment_id AS id FROM audit_events
      WHERE environment_id IS NOT NULL AND environment_id NOT IN (SELECT id FROM environments)) gone;
INSERT INTO places (uid, kind, name, key, created_at)
SELECT 'gone org ' || id, 'org', '', 'gone ' || id, 0
FROM (SELECT DISTINCT org_id AS id FROM audit_events
      WHERE org_id IS NOT NULL AND org_id NOT IN (SELECT id FROM orgs)) gone;
";

const MEMBERS: &str = "
-- Who is in a place. The id is the accepted invitation's, or the next of the same sequence.
CREATE TABLE members (
    id BIGINT PRIMARY KEY,
    place_id BIGINT NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    level TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    expires_at BIGINT,
    let_in_by TEXT,
    awaits_proof BOOLEAN NOT NULL DEFAULT FALSE
);
INSERT INTO members (id, place_id, user_id, level, joined_at, let_in_by, awaits_proof)
SELECT m.id, e.place_id, m.user_id,
       CASE WHEN m.is_admin OR m.user_id = e.owner_id THEN 'administrator' ELSE 'member' END,
       m.accepted_at, m.let_in_by, m.awaits_proof
FROM environment_members m JOIN environments e ON e.id = m.environment_id ORDER BY m.id;
-- What an org's members may do is in their roles.
INSERT INTO members (id, place_id, user_id, level, joined_at, expires_at, let_in_by)
SELECT m.id, o.place_id, m.user_id, 'member', m.joined_at, m.expires_at, m.let_in_by
FROM org_members m JOIN orgs o ON o.id = m.org_id ORDER BY m.id;
";

const REFERENCES: &str = "
ALTER TABLE invitations ADD COLUMN place_id BIGINT REFERENCES places (id) ON DELETE SET NULL;
ALTER TABLE invitations ADD COLUMN level TEXT NOT NULL DEFAULT 'member';
UPDATE invitations SET place_id = (SELECT e.place_id FROM environments e WHERE e.id = invitations.environment_id)
WHERE environment_id IS NOT NULL;
UPDATE invitations SET place_id = (SELECT o.place_id FROM orgs o WHERE o.id = invitations.org_id)
WHERE org_id IS NOT NULL;
UPDATE invitations SET level = 'administrator' WHERE is_admin;

-- A place that is gone leaves NULL: rights everywhere are told of by a message of their own.
ALTER TABLE outbox ADD COLUMN place_id BIGINT REFERENCES places (id) ON DELETE SET NULL;
UPDATE outbox SET kind = 'global_rights_changed'
WHERE kind = 'rights_changed' AND environment_id IS NULL AND org_id IS NULL;
UPDATE outbox SET place_id = (SELECT e.place_id FROM environments e WHERE e.id = outbox.environment_id)
WHERE environment_id IS NOT NULL;
UPDATE outbox SET place_id = (SELECT o.place_id FROM orgs o WHERE o.id = outbox.org_id) WHERE org_id IS NOT NULL;

-- No foreign key: an event outlives the place that it tells of.
ALTER TABLE audit_events ADD COLUMN place_id BIGINT;
ALTER TABLE audit_events ADD COLUMN place_kind TEXT;
UPDATE audit_events SET place_kind = 'environment', place_id = COALESCE(
    (SELECT e.place_id FROM environments e WHERE e.id = audit_events.environment_id),
    (SELECT p.id FROM places p WHERE p.kind = 'environment' AND p.key = 'gone ' || audit_events.environment_id))
WHERE environment_id IS NOT NULL;
UPDATE audit_events SET place_kind = 'org', place_id = COALESCE(
    (SELECT o.place_id FROM orgs o WHERE o.id = audit_events.org_id),
    (SELECT p.id FROM places p WHERE p.kind = 'org' AND p.key = 'gone ' || audit_events.org_id))
WHERE org_id IS NOT NULL;
UPDATE audit_events SET action = 'place_created' WHERE action IN ('environment_created', 'org_created');
UPDATE audit_events SET action = 'place_changed' WHERE action IN ('environment_changed', 'org_changed');
UPDATE audit_events SET action = 'place_handed_over' WHERE action = 'environment_handed_over';
UPDATE audit_events SET action = 'place_deleted' WHERE action IN ('environment_deleted', 'org_deleted');
DELETE FROM places WHERE key LIKE 'gone %';
";

/// What is counted, before and after.
const COUNTS: [(&str, &str, &str); 6] = [
    (
        "environments",
        "SELECT COUNT(*) FROM environments",
        "SELECT COUNT(*) FROM environments WHERE place_id IS NOT NULL",
    ),
    ("orgs", "SELECT COUNT(*) FROM orgs", "SELECT COUNT(*) FROM orgs WHERE place_id IS NOT NULL"),
    (
        "memberships",
        "SELECT (SELECT COUNT(*) FROM environment_members) + (SELECT COUNT(*) FROM org_members)",
        "SELECT COUNT(*) FROM members",
    ),
    (
        "invitations",
        "SELECT COUNT(*) FROM invitations WHERE environment_id IS NOT NULL OR org_id IS NOT NULL",
        "SELECT COUNT(*) FROM invitations WHERE place_id IS NOT NULL",
    ),
    (
        "messages",
        "SELECT COUNT(*) FROM outbox WHERE environment_id IS NOT NULL OR org_id IS NOT NULL",
        "SELECT COUNT(*) FROM outbox WHERE place_id IS NOT NULL",
    ),
    (
        "events",
        "SELECT COUNT(*) FROM audit_events WHERE environment_id IS NOT NULL OR org_id IS NOT NULL",
        "SELECT COUNT(*) FROM audit_events WHERE place_id IS NOT NULL",
    ),
];

/// # Errors
/// When something was not moved: the transaction ends, and nothing has changed.
async fn check_counts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for (what, before, after) in COUNTS {
        let (before, after) = (count(manager, before).await?, count(manager, after).await?);
        if before != after {
            return Err(DbErr::Custom(format!(
                "of {before} {what} only {after} could be moved: rows refer to an environment or org that is not there. \
                 Nothing was changed. Look for them, or restore a backup"
            )));
        }
    }
    Ok(())
}

async fn count(manager: &SchemaManager<'_>, sql: &str) -> Result<i64, DbErr> {
    let connection = manager.get_connection();
    let row = connection.query_one_raw(Statement::from_string(connection.get_database_backend(), sql)).await?;
    row.ok_or_else(|| DbErr::Custom("a count returned no row".to_owned()))?.try_get_by_index(0)
}

const CLEAN_UP: &str = "
DROP TABLE environment_members;
DROP TABLE org_members;

DROP INDEX invitations_open_address;
DROP INDEX invitations_open_invitee;
DROP INDEX invitations_of_environment;
DROP INDEX invitations_open_org_address;
DROP INDEX invitations_open_org_invitee;
DROP INDEX invitations_of_org;
ALTER TABLE invitations DROP COLUMN environment_id;
ALTER TABLE invitations DROP COLUMN org_id;
ALTER TABLE invitations DROP COLUMN is_admin;

DROP INDEX outbox_of_environment;
DROP INDEX outbox_of_org;
ALTER TABLE outbox DROP COLUMN environment_id;
ALTER TABLE outbox DROP COLUMN org_id;

DROP INDEX audit_events_of_environment;
DROP INDEX audit_events_of_org;
DROP INDEX audit_events_of_looks;
ALTER TABLE audit_events DROP COLUMN environment_id;
ALTER TABLE audit_events DROP COLUMN org_id;

ALTER TABLE environments DROP COLUMN name;
ALTER TABLE environments DROP COLUMN created_at;
ALTER TABLE orgs DROP COLUMN name;
ALTER TABLE orgs DROP COLUMN created_at;

ALTER TABLE users ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN search_key TEXT NOT NULL DEFAULT '';
";

const INDEXES: &str = "
CREATE UNIQUE INDEX members_once ON members (place_id, user_id);
CREATE INDEX members_page ON members (place_id, id);
CREATE INDEX members_of_user ON members (user_id, place_id);

CREATE UNIQUE INDEX invitations_open_address ON invitations (place_id, normal) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_open_invitee ON invitations (place_id, invitee_id) WHERE state = 'pending';
CREATE INDEX invitations_of_place ON invitations (place_id, state, id);
-- What waits for its inviter: by its end, and by the wish for a new link.
CREATE INDEX invitations_ending ON invitations (inviter_id, expires_at) WHERE state = 'pending';
CREATE INDEX invitations_wanted ON invitations (inviter_id, link_asked_at)
    WHERE state = 'pending' AND link_asked_at IS NOT NULL;

CREATE INDEX roles_page ON roles (org_id, uid);
CREATE INDEX permissions_page ON permissions (org_id, uid);

CREATE INDEX outbox_of_place ON outbox (place_id) WHERE place_id IS NOT NULL;

CREATE INDEX audit_events_of_place ON audit_events (place_id, id);
CREATE INDEX audit_events_of_looks ON audit_events (place_id, actor_id, at) WHERE action = 'credentials_revealed';
";

/// Fills in what rows are sorted and searched by, out of their numbers and three texts, of which the first that is not
/// empty is what they are called.
async fn fill_keys(manager: &SchemaManager<'_>, table: &str, texts: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let backend = connection.get_database_backend();
    let rows = connection.query_all_raw(Statement::from_string(backend, texts)).await?;
    let rows: Vec<(i64, String, String, String)> =
        rows.into_iter().map(|row| row.try_get_many_by_index()).collect::<Result<_, _>>()?;
    for rows in rows.chunks(PART) {
        let (mut keys, mut values) = (Vec::new(), Vec::<Value>::new());
        for (id, first, second, third) in rows {
            let texts = [first.as_str(), second.as_str(), third.as_str()];
            let called = texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            values.extend([folded(called).into(), search_key(texts).into()]);
            keys.push(format!("({id}, ${}, ${})", values.len() - 1, values.len()));
        }
        let sql = format!(
            "WITH keys (id, sort_key, search_key) AS (VALUES {})
             UPDATE {table} SET sort_key = keys.sort_key, search_key = keys.search_key FROM keys WHERE keys.id = {table}.id",
            keys.join(", ")
        );
        connection.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}

/// Rows that are changed by one statement.
const PART: usize = 200;
