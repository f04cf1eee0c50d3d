//! The name that an inviter gave with the address of somebody without an account.

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
-- NULL: none was given, or the invitee has an account.
ALTER TABLE invitations ADD COLUMN invitee_name TEXT;
";

const DOWN: &str = "
ALTER TABLE invitations DROP COLUMN invitee_name;
";
