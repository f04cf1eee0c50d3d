//! Requests that changed something, to know a repeated one again.

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
        execute(manager, "DROP TABLE repeats").await
    }
}

const UP: &str = "
-- A row is written with the change itself. Digests are keyed. The outcome is sealed: where the request led to, never an
-- answer; it comes after the change, and may never come.
CREATE TABLE repeats (
    id {id},
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    key_digest TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    nonce TEXT NOT NULL,
    outcome {bytes},
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX repeats_once ON repeats (user_id, key_digest);
CREATE INDEX repeats_by_time ON repeats (created_at);
";
