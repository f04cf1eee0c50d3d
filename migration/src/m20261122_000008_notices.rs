//! Notices to Slack, and messages about a place.

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
-- Where an environment's notices go in Slack. The token is sealed.
CREATE TABLE environment_slack (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    environment_id BIGINT NOT NULL UNIQUE REFERENCES environments (id) ON DELETE CASCADE,
    channel TEXT NOT NULL,
    token {bytes} NOT NULL,
    is_on BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What carries a message, the environment or org that it is about, and who did what it tells of.
ALTER TABLE outbox ADD COLUMN carrier TEXT NOT NULL DEFAULT 'mail';
ALTER TABLE outbox ADD COLUMN environment_id BIGINT REFERENCES environments (id) ON DELETE CASCADE;
ALTER TABLE outbox ADD COLUMN org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE;
ALTER TABLE outbox ADD COLUMN actor_id BIGINT REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX outbox_of_environment ON outbox (environment_id) WHERE environment_id IS NOT NULL;
CREATE INDEX outbox_of_org ON outbox (org_id) WHERE org_id IS NOT NULL;
CREATE INDEX outbox_of_actor ON outbox (actor_id) WHERE actor_id IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX outbox_of_actor;
DROP INDEX outbox_of_org;
DROP INDEX outbox_of_environment;
ALTER TABLE outbox DROP COLUMN actor_id;
ALTER TABLE outbox DROP COLUMN org_id;
ALTER TABLE outbox DROP COLUMN environment_id;
ALTER TABLE outbox DROP COLUMN carrier;
DROP TABLE environment_slack;
";
