//! Members of orgs, invitations to orgs, and what a user shows of themselves.

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
-- The id is the accepted invitation's, or the next of the same sequence. expires_at NULL: no end.
CREATE TABLE org_members (
    id BIGINT PRIMARY KEY,
    org_id BIGINT NOT NULL REFERENCES orgs (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    joined_at BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE UNIQUE INDEX org_members_once ON org_members (org_id, user_id);
CREATE INDEX org_members_page ON org_members (org_id, id);
CREATE INDEX org_members_of_user ON org_members (user_id, org_id);

-- The same grant at most once. resource_id is JSON: a number or a text.
CREATE UNIQUE INDEX assignments_once ON assignments (
    user_id, COALESCE(org_id, 0), COALESCE(permission_id, 0), COALESCE(role_id, 0), COALESCE(resource_id, '')
);
CREATE INDEX assignments_of_org ON assignments (org_id, user_id);

ALTER TABLE invitations ADD COLUMN org_id BIGINT REFERENCES orgs (id) ON DELETE SET NULL;
CREATE UNIQUE INDEX invitations_open_org_address ON invitations (org_id, normal) WHERE state = 'pending';
CREATE UNIQUE INDEX invitations_open_org_invitee ON invitations (org_id, invitee_id) WHERE state = 'pending';
CREATE INDEX invitations_of_org ON invitations (org_id, state, id);

-- The permissions and roles that an invitation to an org offers.
CREATE TABLE invitation_grants (
    id {id},
    invitation_id BIGINT NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
    permission_id BIGINT REFERENCES permissions (id) ON DELETE CASCADE,
    role_id BIGINT REFERENCES roles (id) ON DELETE CASCADE,
    resource_id TEXT,
    CHECK ((permission_id IS NULL) <> (role_id IS NULL))
);
CREATE INDEX invitation_grants_of_invitation ON invitation_grants (invitation_id);
CREATE INDEX invitation_grants_of_permission ON invitation_grants (permission_id);
CREATE INDEX invitation_grants_of_role ON invitation_grants (role_id);

-- The org in which the account was made, and a picture: an outside URL, or the name of a file of our own.
ALTER TABLE users ADD COLUMN birth_org_id BIGINT REFERENCES orgs (id) ON DELETE SET NULL;
ALTER TABLE users ADD COLUMN picture TEXT;
";

const DOWN: &str = "
ALTER TABLE users DROP COLUMN picture;
ALTER TABLE users DROP COLUMN birth_org_id;
DROP TABLE invitation_grants;
DROP INDEX invitations_of_org;
DROP INDEX invitations_open_org_invitee;
DROP INDEX invitations_open_org_address;
ALTER TABLE invitations DROP COLUMN org_id;
DROP INDEX assignments_of_org;
DROP INDEX assignments_once;
DROP TABLE org_members;
";
