//! When users were last here: sessions end and are swept, this stays.

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
-- NULL: not since the account was made.
ALTER TABLE users ADD COLUMN seen_at BIGINT;
";

const DOWN: &str = "
ALTER TABLE users DROP COLUMN seen_at;
";
