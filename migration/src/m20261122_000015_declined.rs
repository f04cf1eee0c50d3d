//! Of whom an invitation was that somebody declined.

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

    /// What the subject was is not known any more, nor does anything need it.
    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Ok(())
    }
}

const UP: &str = "
-- The subject was the invitee, who did it, and is now the inviter: former ones would be taken for whoever invited.
UPDATE audit_events SET subject = NULL WHERE action = 'invitation_declined' AND details IS NULL;
";
