//! What a mail server's refusals ask of the outbox: messages that leave together when it is mended, messages that
//! somebody waits for, and failed ones that are sent again.

use sea_orm_migration::prelude::*;

use crate::schema::execute;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, DOWN).await
    }
}

const UP: &str = "
-- From when on another message that goes through makes this one due: it was put off for a reason that may be the set-up.
ALTER TABLE outbox ADD COLUMN held_at BIGINT;
-- How often another one has made it due.
ALTER TABLE outbox ADD COLUMN freed BIGINT NOT NULL DEFAULT 0;
-- When somebody had it sent again after it had failed: its day of tries begins anew.
ALTER TABLE outbox ADD COLUMN resent_at BIGINT;
CREATE INDEX outbox_held ON outbox (carrier, held_at) WHERE state = 'queued' AND held_at IS NOT NULL;
CREATE INDEX outbox_awaited ON outbox (next_at, id)
    WHERE state = 'queued' AND kind IN ('reset_password', 'verify_address');
CREATE INDEX outbox_failed ON outbox (state, id) WHERE state = 'failed';
";

const DOWN: &str = "
DROP INDEX outbox_failed;
DROP INDEX outbox_awaited;
DROP INDEX outbox_held;
ALTER TABLE outbox DROP COLUMN resent_at;
ALTER TABLE outbox DROP COLUMN freed;
ALTER TABLE outbox DROP COLUMN held_at;
";
