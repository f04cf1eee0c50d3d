//! The pictures of users, one each, as they are served.

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
-- The name is the file's, as users.picture has it. It changes with the picture.
CREATE TABLE pictures (
    user_id BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL UNIQUE,
    content {bytes} NOT NULL,
    content_type TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
";

const DOWN: &str = "
DROP TABLE pictures;
";
