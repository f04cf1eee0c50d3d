//! Invitations and the links that newer ones replaced.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::schema::execute;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, UP).await?;
        if manager.get_database_backend() == DbBackend::Sqlite {
            // Memberships without an invitation take their ids from this sequence too: it has to be there
            // before the first invitation is.
            execute(manager, "INSERT INTO sqlite_sequence (name, seq) VALUES ('invitations', 0);").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, DOWN).await
    }
}

const UP: &str = "
-- What is offered: kind, and the columns of that kind. A target that is gone leaves NULL.
CREATE TABLE invitations (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    environment_id BIGINT REFERENCES environments (id) ON DELETE SET NULL,
    is_admin BOOLEAN NOT NULL,
    target_name TEXT NOT NULL,
    inviter_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    invitee_id BIGINT REFERENCES users (id) ON DELETE SET NULL,
    address TEXT NOT NULL,
    normal TEXT NOT NULL,
    state TEXT NOT NULL,
    generation BIGINT NOT NULL,
    life BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    answered_at BIGINT,
    answered_by BIGINT REFERENCES users (id) ON DELETE SET NULL,
    link_asked_at BIGINT,
    mailed_digest TEXT NOT NULL UNIQUE,
    copied_digest TEXT NOT NULL UNIQUE,
    code_digest TEXT
);
CREATE UNIQUE INDEX invitations_code ON invitations (code_digest) WHERE state = 'pending';
CREATE INDEX invitations_code_any ON invitations (code_digest);
CREATE UNIQUE INDEX invitations_open_address ON invitations (environment_id, normal) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_open_invitee ON invitations (environment_id, invitee_id) WHERE state = 'pending';
CREATE INDEX invitations_of_environment ON invitations (environment_id, state, id);
CREATE INDEX invitations_of_address ON invitations (normal, state);
CREATE INDEX invitations_of_invitee ON invitations (invitee_id, state);
CREATE INDEX invitations_of_inviter ON invitations (inviter_id, state);

-- Links of earlier mails: they no longer work, but tell that a newer mail was sent.
CREATE TABLE retired_links (
    digest TEXT PRIMARY KEY,
    invitation_id BIGINT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE
);
CREATE INDEX retired_links_of_invitation ON retired_links (invitation_id);
";

const DOWN: &str = "
DROP TABLE retired_links;
DROP TABLE invitations;
";
