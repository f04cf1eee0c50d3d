//! Access tokens: sessions with a name. And where a session was opened from.

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
-- A session with a name is an access token, which its user made by hand; seen_at is 0 until it is used.
ALTER TABLE sessions ADD COLUMN name TEXT;
ALTER TABLE sessions ADD COLUMN ip TEXT;
";

const DOWN: &str = "
DELETE FROM sessions WHERE name IS NOT NULL;
ALTER TABLE sessions DROP COLUMN ip;
ALTER TABLE sessions DROP COLUMN name;
";
