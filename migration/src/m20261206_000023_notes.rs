//! What an inviter wrote to the invitee.

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
-- NULL: nothing. Of the present inviter.
ALTER TABLE invitations ADD COLUMN note TEXT;
";

const DOWN: &str = "
ALTER TABLE invitations DROP COLUMN note;
";
