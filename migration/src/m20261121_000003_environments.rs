//! Environments, their stored keys and their members.

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
-- A pair of keys of a cloud account. Environments of one owner may share them.
CREATE TABLE cloud_keys (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    access_key {bytes} NOT NULL,
    secret_key {bytes} NOT NULL,
    region TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX cloud_keys_of_user ON cloud_keys (user_id, name_key);

CREATE TABLE environments (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    owner_id BIGINT NOT NULL REFERENCES users (id),
    cloud_keys_id BIGINT NOT NULL REFERENCES cloud_keys (id),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    bucket TEXT NOT NULL,
    prefix TEXT,
    db_name TEXT NOT NULL,
    host TEXT NOT NULL,
    db_user {bytes} NOT NULL,
    db_pass {bytes} NOT NULL,
    instance TEXT NOT NULL,
    parameter_group TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX environments_of_owner ON environments (owner_id);
CREATE INDEX environments_of_keys ON environments (cloud_keys_id);

-- The id is the accepted invitation's; an owner's comes from the same sequence.
CREATE TABLE environment_members (
    id BIGINT PRIMARY KEY,
    environment_id BIGINT NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    is_admin BOOLEAN NOT NULL,
    accepted_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX environment_members_once ON environment_members (environment_id, user_id);
CREATE INDEX environment_members_page ON environment_members (environment_id, id);
CREATE INDEX environment_members_of_user ON environment_members (user_id, environment_id);
";

const DOWN: &str = "
DROP TABLE environment_members;
DROP TABLE environments;
DROP TABLE cloud_keys;
";
