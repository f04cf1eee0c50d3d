//! What an event was in detail, when somebody last looked at credentials, and who let a member in.

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
-- JSON: what was given or taken, and former names. NULL: nothing, or it was not recorded yet.
ALTER TABLE audit_events ADD COLUMN details TEXT;
CREATE INDEX audit_events_of_looks ON audit_events (environment_id, actor_id, at)
    WHERE action = 'credentials_revealed';

-- What whoever let the member in was called then: their account may go. NULL: nobody, they were there from the start.
ALTER TABLE environment_members ADD COLUMN let_in_by TEXT;
ALTER TABLE org_members ADD COLUMN let_in_by TEXT;
UPDATE environment_members SET let_in_by = (
    SELECT u.full_name FROM invitations i JOIN users u ON u.id = i.inviter_id WHERE i.id = environment_members.id);
UPDATE org_members SET let_in_by = (
    SELECT u.full_name FROM invitations i JOIN users u ON u.id = i.inviter_id WHERE i.id = org_members.id);
-- Adding somebody and its event are of the same moment.
CREATE INDEX audit_events_of_moments ON audit_events (org_id, at);
UPDATE org_members SET let_in_by = (
    SELECT MIN(e.actor_name) FROM audit_events e
    WHERE e.org_id = org_members.org_id AND e.at = org_members.joined_at AND e.action IN ('member_added', 'user_created'))
WHERE let_in_by IS NULL;
DROP INDEX audit_events_of_moments;
";

const DOWN: &str = "
ALTER TABLE org_members DROP COLUMN let_in_by;
ALTER TABLE environment_members DROP COLUMN let_in_by;
DROP INDEX audit_events_of_looks;
ALTER TABLE audit_events DROP COLUMN details;
";
