//! The outbox of mails, and the audit log.

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
-- Mails that a committed change owes to somebody. No link and no secret stands in a row: mails are
-- rendered when they are sent.
CREATE TABLE outbox (
    id {id},
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
);
CREATE INDEX outbox_due ON outbox (state, next_at);
CREATE INDEX outbox_of_invitation ON outbox (invitation_id, generation);
CREATE INDEX outbox_of_user ON outbox (user_id);

-- Who did what to what, when, from where. No foreign keys: an event outlives what it tells of.
CREATE TABLE audit_events (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    at BIGINT NOT NULL,
    actor_id BIGINT,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    environment_id BIGINT,
    org_id BIGINT,
    subject TEXT,
    ip TEXT
);
CREATE INDEX audit_events_of_environment ON audit_events (environment_id, id);
CREATE INDEX audit_events_of_org ON audit_events (org_id, id);
";

const DOWN: &str = "
DROP TABLE audit_events;
DROP TABLE outbox;
";
