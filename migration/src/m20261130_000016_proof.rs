//! Which mailbox a reset was sent to, which members have yet to confirm theirs, and how invitees were named.

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
-- A user may have several: short ones do not replace a long one. SQLite cannot drop the constraint that forbade it, and
-- no table refers to this one. address_id is NULL where an earlier version made the link.
CREATE TABLE new_password_resets (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address_id BIGINT REFERENCES addresses (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
INSERT INTO new_password_resets (uid, user_id, digest, created_at, expires_at, used_at)
SELECT uid, user_id, digest, created_at, expires_at, used_at FROM password_resets;
DROP TABLE password_resets;
ALTER TABLE new_password_resets RENAME TO password_resets;
CREATE INDEX password_resets_of_user ON password_resets (user_id);
CREATE INDEX password_resets_of_address ON password_resets (address_id);

-- A copied link made the account, and the mailbox that it was for is not proved yet: no credentials are shown.
ALTER TABLE environment_members ADD COLUMN awaits_proof BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE environment_members SET awaits_proof = TRUE WHERE EXISTS (
    SELECT 1 FROM invitations i
    JOIN users u ON u.id = environment_members.user_id AND u.created_at = i.answered_at
    JOIN addresses a ON a.user_id = u.id AND a.is_primary AND a.verified_at IS NULL
    WHERE i.id = environment_members.id AND i.answered_by = u.id)
  AND NOT EXISTS (
    SELECT 1 FROM environments e WHERE e.id = environment_members.environment_id AND e.owner_id = environment_members.user_id);

-- How the inviting side named the invitee, where that is not the address: a username, or another spelling.
ALTER TABLE invitations ADD COLUMN named_as TEXT;

-- Raised when more is offered: links that were copied before must not lead to it.
ALTER TABLE invitations ADD COLUMN copied_edition BIGINT NOT NULL DEFAULT 1;
";

const DOWN: &str = "
ALTER TABLE invitations DROP COLUMN copied_edition;
ALTER TABLE invitations DROP COLUMN named_as;
ALTER TABLE environment_members DROP COLUMN awaits_proof;
DELETE FROM password_resets WHERE id NOT IN (SELECT MAX(id) FROM password_resets GROUP BY user_id);
DROP INDEX password_resets_of_address;
ALTER TABLE password_resets DROP COLUMN address_id;
";
