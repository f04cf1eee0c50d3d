//! Which version of each secret an environment has, and who has seen it.

use sea_orm_migration::prelude::*;

use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    /// Breaking: earlier programs change secrets without a new version, and create environments without any.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mark_breaking(manager, self).await?;
        execute(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("this cannot be undone: restore the backup from before the upgrade".to_owned()))
    }
}

const UP: &str = "
-- A value that a secret has, or had. One that is copied with its keys stays the same version.
CREATE TABLE secret_versions (
    uid TEXT PRIMARY KEY,
    made_at BIGINT NOT NULL,
    -- Without a foreign key, as in events: it outlives the account.
    made_by BIGINT,
    made_by_name TEXT NOT NULL
);
-- The present version of each secret of an environment.
CREATE TABLE environment_secrets (
    place_id BIGINT NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    version TEXT NOT NULL REFERENCES secret_versions (uid),
    PRIMARY KEY (place_id, field)
);
CREATE INDEX environment_secrets_of_version ON environment_secrets (version, place_id);
-- Who has seen which version.
CREATE TABLE sightings (
    version TEXT NOT NULL REFERENCES secret_versions (uid) ON DELETE CASCADE,
    -- Without a foreign key: what somebody knows outlives their account.
    user_id BIGINT NOT NULL,
    user_name TEXT NOT NULL,
    -- The latest way.
    way TEXT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    -- When the latest event was recorded: programs that poll get one an hour.
    told_at BIGINT NOT NULL,
    -- How often it had been seen then.
    told_times BIGINT NOT NULL,
    -- False: an event from before versions were noted, perhaps of an earlier version.
    is_certain BOOLEAN NOT NULL,
    -- When access to it ended in some place. Whether there is still another way is asked when it is read.
    lost_at BIGINT,
    -- When an administrator said that it does not matter.
    dismissed_at BIGINT,
    dismissed_by TEXT,
    dismissed_because TEXT,
    PRIMARY KEY (version, user_id)
);
CREATE INDEX sightings_of_user ON sightings (user_id, version);
CREATE INDEX sightings_lost ON sightings (version, user_id) WHERE lost_at IS NOT NULL AND dismissed_at IS NULL;

-- How many former values of each secret administrators can look at.
ALTER TABLE environments ADD COLUMN former_kept BIGINT NOT NULL DEFAULT 0;
CREATE TABLE former_secrets (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    place_id BIGINT NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    field TEXT NOT NULL,
    value {bytes} NOT NULL,
    replaced_at BIGINT NOT NULL,
    replaced_by TEXT NOT NULL
);
CREATE INDEX former_secrets_of_place ON former_secrets (place_id, field, id);
CREATE INDEX former_secrets_by_time ON former_secrets (replaced_at);

INSERT INTO secret_versions (uid, made_at, made_by_name)
SELECT 'k' || k.id || ':access_key', k.updated_at, '' FROM cloud_keys k
WHERE k.id IN (SELECT cloud_keys_id FROM environments)
UNION ALL SELECT 'k' || k.id || ':secret_key', k.updated_at, '' FROM cloud_keys k
WHERE k.id IN (SELECT cloud_keys_id FROM environments)
UNION ALL SELECT 'e' || e.id || ':db_user', e.updated_at, '' FROM environments e
UNION ALL SELECT 'e' || e.id || ':db_pass', e.updated_at, '' FROM environments e;

INSERT INTO environment_secrets (place_id, field, version)
SELECT e.place_id, 'access_key', 'k' || e.cloud_keys_id || ':access_key' FROM environments e
UNION ALL SELECT e.place_id, 'secret_key', 'k' || e.cloud_keys_id || ':secret_key' FROM environments e
UNION ALL SELECT e.place_id, 'db_user', 'e' || e.id || ':db_user' FROM environments e
UNION ALL SELECT e.place_id, 'db_pass', 'e' || e.id || ':db_pass' FROM environments e;

-- Whoever has seen or entered credentials counts as having seen the present ones; it is certain unless they were changed
-- later.
INSERT INTO sightings (version, user_id, user_name, way, first_at, last_at, times, told_at, told_times, is_certain)
SELECT s.version, l.actor_id, MAX(COALESCE(u.full_name, l.actor_name)), 'event', MIN(l.at), MAX(l.at), COUNT(*), MAX(l.at), COUNT(*),
       MAX(CASE WHEN l.id >= COALESCE(c.last_id, 0) THEN 1 ELSE 0 END) = 1
FROM audit_events l
JOIN environment_secrets s ON s.place_id = l.place_id
LEFT JOIN users u ON u.id = l.actor_id
LEFT JOIN (SELECT place_id, MAX(id) AS last_id FROM audit_events
           WHERE action = 'credentials_changed' AND place_id IS NOT NULL GROUP BY place_id) c
    ON c.place_id = l.place_id
WHERE l.actor_id IS NOT NULL
  AND (l.action IN ('credentials_revealed', 'credentials_changed')
       OR l.action = 'place_created' AND l.place_kind = 'environment')
GROUP BY s.version, l.actor_id;
UPDATE sightings SET lost_at = last_at
WHERE NOT EXISTS (SELECT 1 FROM environment_secrets s
                  JOIN members m ON m.place_id = s.place_id AND m.user_id = sightings.user_id AND m.expires_at IS NULL
                  JOIN users u ON u.id = m.user_id AND u.deactivated_at IS NULL
                  WHERE s.version = sightings.version);
";
