//! Indexes for what grew with the number of members, holders and messages.

use sea_orm_migration::prelude::*;

use crate::schema::{execute, mark_breaking};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    /// Breaking: earlier programs add members without their uid and kind, and lists would not show them.
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        mark_breaking(manager, self).await?;
        execute(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        Err(DbErr::Custom("this cannot be undone: restore the backup from before the upgrade".to_owned()))
    }
}

const UP: &str = "
-- The user's uid, which never changes: lists for programs are ordered by it.
ALTER TABLE members ADD COLUMN user_uid TEXT NOT NULL DEFAULT '';
UPDATE members SET user_uid = (SELECT u.uid FROM users u WHERE u.id = members.user_id);
CREATE INDEX members_by_uid ON members (place_id, user_uid);
-- The place's kind, which never changes either: somebody's places of one kind.
ALTER TABLE members ADD COLUMN kind TEXT NOT NULL DEFAULT '';
UPDATE members SET kind = (SELECT p.kind FROM places p WHERE p.id = members.place_id);
DROP INDEX members_of_user;
CREATE INDEX members_of_user ON members (user_id, kind, place_id);
-- Who would inherit an environment.
CREATE INDEX members_by_level ON members (place_id, level, joined_at, id);

-- Counting members: all, without the few that ended.
CREATE INDEX members_ending ON members (place_id, expires_at) WHERE expires_at IS NOT NULL;

-- Who holds a role or permission, and whether an org has an administrator.
DROP INDEX assignments_of_role;
CREATE INDEX assignments_of_role ON assignments (role_id, org_id, user_id);
DROP INDEX assignments_of_permission;
CREATE INDEX assignments_of_permission ON assignments (permission_id, org_id, user_id);

-- The twelve of the system, among all.
CREATE INDEX permissions_of_system ON permissions (id) WHERE is_system;
CREATE INDEX roles_of_system ON roles (id) WHERE is_system;

-- The few that a user's search key does not hold.
CREATE INDEX addresses_further ON addresses (user_id) WHERE NOT is_primary;
CREATE INDEX users_deactivated ON users (id) WHERE deactivated_at IS NOT NULL;
CREATE INDEX sessions_idle ON sessions (seen_at) WHERE kind = 'browser';

-- Whether the mail with the present link failed: only these wait for their inviter.
ALTER TABLE invitations ADD COLUMN mail_failed_at BIGINT;
UPDATE invitations SET mail_failed_at = o.done_at FROM outbox o
WHERE o.invitation_id = invitations.id AND o.generation = invitations.generation AND o.kind = 'invitation'
  AND o.state = 'failed';
CREATE INDEX invitations_failed ON invitations (inviter_id, mail_failed_at)
    WHERE state = 'pending' AND mail_failed_at IS NOT NULL;
-- With the place: what somebody has invited to a place that they leave.
DROP INDEX invitations_of_inviter;
CREATE INDEX invitations_of_inviter ON invitations (inviter_id, state, place_id);
DROP INDEX invitations_wanted;
CREATE INDEX invitations_wanted ON invitations (inviter_id, link_asked_at)
    WHERE state = 'pending' AND mail_failed_at IS NULL AND link_asked_at IS NOT NULL;
DROP INDEX invitations_ending;
CREATE INDEX invitations_ending ON invitations (inviter_id, expires_at)
    WHERE state = 'pending' AND mail_failed_at IS NULL AND link_asked_at IS NULL;
";
