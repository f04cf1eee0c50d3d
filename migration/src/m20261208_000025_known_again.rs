//! Which version a former value is, and in which place it does not matter that somebody knows a secret.

use sea_orm_migration::prelude::*;

use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    /// Breaking: earlier programs dismiss by columns that are gone.
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
";
