//! Orgs, permissions, roles and their assignments, with the twelve system permissions and the one
//! system role.

use std::fmt::Write as _;

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
        execute(manager, UP).await?;
        execute(manager, &system_rows()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        execute(manager, DOWN).await
    }
}

/// Name and description of each system permission.
const SYSTEM_PERMISSIONS: [(&str, &str); 12] = [
    ("yeep.org.write", "Change or delete the org"),
    ("yeep.org.read", "See the org"),
    ("yeep.user.write", "Invite, add and remove people"),
    ("yeep.user.read", "See who is in"),
    ("yeep.permission.write", "Make, change and delete permissions"),
    ("yeep.permission.read", "See permissions"),
    ("yeep.permission.assignment.write", "Give permissions to people and take them back"),
    ("yeep.permission.assignment.read", "See who has which permission"),
    ("yeep.role.write", "Make, change and delete roles"),
    ("yeep.role.read", "See roles"),
    ("yeep.role.assignment.write", "Give roles to people and take them back"),
    ("yeep.role.assignment.read", "See who has which role"),
];

/// The system rows exist before any user does: their uids and times are the same everywhere.
const BIRTH: i64 = 1_795_219_200_000;

fn system_rows() -> String {
    let mut sql = String::new();
    for (number, (name, description)) in (1..).zip(SYSTEM_PERMISSIONS) {
        let _ = write!(
            sql,
            "INSERT INTO permissions (uid, org_id, name, description, is_system, created_at, updated_at)
             VALUES ('{number:024x}', NULL, '{name}', '{description}', TRUE, {BIRTH}, {BIRTH});"
        );
    }
    let _ = write!(
        sql,
        "INSERT INTO roles (uid, org_id, name, description, is_system, created_at, updated_at)
         VALUES ('{:024x}', NULL, 'admin', NULL, TRUE, {BIRTH}, {BIRTH});
         INSERT INTO role_permissions (role_id, permission_id)
         SELECT roles.id, permissions.id FROM roles, permissions;",
        SYSTEM_PERMISSIONS.len() + 1
    );
    sql
}

const UP: &str = "
CREATE TABLE orgs (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- org_id NULL: global.
CREATE TABLE permissions (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    is_system BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX permissions_of_org ON permissions (org_id, name) WHERE org_id IS NOT NULL;
CREATE UNIQUE INDEX permissions_global ON permissions (name) WHERE org_id IS NULL;

CREATE TABLE roles (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    is_system BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX roles_of_org ON roles (org_id, name) WHERE org_id IS NOT NULL;
CREATE UNIQUE INDEX roles_global ON roles (name) WHERE org_id IS NULL;

CREATE TABLE role_permissions (
    role_id BIGINT NOT NULL REFERENCES roles (id) ON DELETE CASCADE,
    permission_id BIGINT NOT NULL REFERENCES permissions (id) ON DELETE CASCADE,
    PRIMARY KEY (role_id, permission_id)
);
CREATE INDEX role_permissions_of_permission ON role_permissions (permission_id);

-- The grant of one permission or one role to a user, in an org or (org_id NULL) globally.
CREATE TABLE assignments (
    id {id},
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    org_id BIGINT REFERENCES orgs (id) ON DELETE CASCADE,
    permission_id BIGINT REFERENCES permissions (id) ON DELETE CASCADE,
    role_id BIGINT REFERENCES roles (id) ON DELETE CASCADE,
    resource_id TEXT,
    created_at BIGINT NOT NULL,
    CHECK ((permission_id IS NULL) <> (role_id IS NULL))
);
CREATE INDEX assignments_of_user ON assignments (user_id, org_id);
CREATE INDEX assignments_of_permission ON assignments (permission_id);
CREATE INDEX assignments_of_role ON assignments (role_id);
";

const DOWN: &str = "
DROP TABLE assignments;
DROP TABLE role_permissions;
DROP TABLE roles;
DROP TABLE permissions;
DROP TABLE orgs;
";
