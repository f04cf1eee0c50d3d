//! Which version a former value is, in which place it does not matter that somebody knows a secret, and which earlier events
//! do not say for sure that somebody has seen one.

use sea_orm_migration::prelude::*;

use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    /// Breaking: earlier programs dismiss by columns that are gone, and cannot read the action of a look at Slack's token.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mark_breaking(manager, self).await?;
        execute(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("this cannot be undone: restore the backup from before the upgrade".to_owned()))
    }
}

const UP: &str = "
-- Without a foreign key: the value may outlive it. NULL: kept by an earlier program, which did not note it.
ALTER TABLE former_secrets ADD COLUMN version TEXT;

-- That it does not matter in a place what somebody without access knows. Who said so and why is in the place's activity.
CREATE TABLE dismissals (
    version TEXT NOT NULL REFERENCES secret_versions (uid) ON DELETE CASCADE,
    user_id BIGINT NOT NULL,
    place_id BIGINT NOT NULL REFERENCES places (id) ON DELETE CASCADE,
    -- How often they had seen it then: seeing it again undoes this.
    times BIGINT NOT NULL,
    PRIMARY KEY (version, user_id, place_id)
);
CREATE INDEX dismissals_of_place ON dismissals (place_id);
-- Until now it counted in every place with the version; it was said where the event is.
INSERT INTO dismissals (version, user_id, place_id, times)
SELECT g.version, g.user_id, s.place_id, g.times
FROM sightings g JOIN environment_secrets s ON s.version = g.version
WHERE g.dismissed_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM audit_events l
              WHERE l.at = g.dismissed_at AND l.place_id = s.place_id AND l.action = 'exposure_dismissed');
DROP INDEX sightings_lost;
ALTER TABLE sightings DROP COLUMN dismissed_at;
ALTER TABLE sightings DROP COLUMN dismissed_by;
ALTER TABLE sightings DROP COLUMN dismissed_because;
CREATE INDEX sightings_lost ON sightings (version, user_id) WHERE lost_at IS NOT NULL;

-- Of the events that became sightings, two kinds prove less than was taken for certain: a look at keys was written in every
-- environment that used them, also where its actor could not see the database's user and password; and a look at Slack's
-- token was written like one at the credentials. What somebody entered is certain.
UPDATE sightings SET is_certain = FALSE
WHERE way = 'event' AND is_certain
  AND NOT EXISTS (
      SELECT 1 FROM environment_secrets s
      JOIN environments e ON e.place_id = s.place_id
      JOIN audit_events l ON l.place_id = s.place_id AND l.actor_id = sightings.user_id AND l.at <= sightings.last_at
      WHERE s.version = sightings.version
        AND l.id >= COALESCE((SELECT MAX(c.id) FROM audit_events c
                              WHERE c.place_id = s.place_id AND c.action = 'credentials_changed'
                                AND c.at <= sightings.last_at), 0)
        AND (l.action IN ('credentials_changed', 'place_created')
             OR l.action = 'credentials_revealed'
                AND NOT EXISTS (SELECT 1 FROM environment_slack k WHERE k.environment_id = e.id)
                AND NOT EXISTS (SELECT 1 FROM audit_events k WHERE k.place_id = s.place_id
                                AND k.action IN ('slack_set_up', 'slack_changed', 'slack_removed'))
                AND (s.field IN ('access_key', 'secret_key')
                     OR EXISTS (SELECT 1 FROM members m
                                WHERE m.place_id = s.place_id AND m.user_id = sightings.user_id)
                     OR NOT EXISTS (SELECT 1 FROM environments o
                                    WHERE o.cloud_keys_id = e.cloud_keys_id AND o.id <> e.id))));

-- When the latest event was recorded of its owner's program that polls them.
ALTER TABLE cloud_keys ADD COLUMN told_at BIGINT NOT NULL DEFAULT 0;

-- Who has known secrets of an environment in other ways than by a look at the present ones.
CREATE INDEX audit_events_of_knowing ON audit_events (place_id, actor_id, at)
WHERE action IN ('place_created', 'credentials_changed', 'former_secret_revealed');
";
