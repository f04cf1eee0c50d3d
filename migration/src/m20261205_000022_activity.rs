//! The activity of a whole installation and of one person: whom an event concerns, the name of its place, and what finds
//! both.

use sea_orm_migration::prelude::*;

use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Earlier programs cannot read the actions that are recorded from now on.
        mark_breaking(manager, self).await?;
        execute(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("this cannot be undone: restore the backup from before the upgrade".to_owned()))
    }
}

const UP: &str = "
-- The user whom it was done to, if one is known. No foreign key: an event outlives the account.
ALTER TABLE audit_events ADD COLUMN subject_id BIGINT;
-- As the place was called then; of earlier events as it is called now, or was called when it was deleted.
ALTER TABLE audit_events ADD COLUMN place_name TEXT;
CREATE INDEX audit_events_of_actor ON audit_events (actor_id, id);
CREATE INDEX audit_events_of_subject ON audit_events (subject_id, id);
CREATE INDEX audit_events_by_time ON audit_events (at, id);
CREATE INDEX audit_events_of_deletions ON audit_events (place_id) WHERE action = 'place_deleted';
UPDATE audit_events SET place_name = COALESCE(
    (SELECT p.name FROM places p WHERE p.id = audit_events.place_id),
    (SELECT MAX(d.subject) FROM audit_events d WHERE d.place_id = audit_events.place_id AND d.action = 'place_deleted'))
WHERE place_id IS NOT NULL;
DROP INDEX audit_events_of_deletions;
";
