//! The installation, its users, their addresses and sessions.

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
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE users (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    username TEXT UNIQUE,
    full_name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    deactivated_at BIGINT
);

-- An address counts (for log-in, for invitations, as taken) or merely waits for its verification.
CREATE TABLE addresses (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    address TEXT NOT NULL,
    normal TEXT NOT NULL,
    is_primary BOOLEAN NOT NULL,
    counts BOOLEAN NOT NULL,
    verified_at BIGINT,
    generation BIGINT NOT NULL,
    verify_digest TEXT UNIQUE,
    verify_expires_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX addresses_taken ON addresses (normal) WHERE counts;
CREATE UNIQUE INDEX addresses_primary ON addresses (user_id) WHERE is_primary;
CREATE UNIQUE INDEX addresses_of_user ON addresses (user_id, normal);

CREATE TABLE sessions (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    agent TEXT,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_expiring ON sessions (expires_at);

CREATE TABLE password_resets (
    id {id},
    uid TEXT NOT NULL UNIQUE,
    user_id BIGINT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    digest TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);

-- Counters that slow guessing down. The name is a keyed digest: it tells nobody who was counted.
CREATE TABLE throttles (
    name TEXT PRIMARY KEY,
    count BIGINT NOT NULL,
    resets_at BIGINT NOT NULL
);
CREATE INDEX throttles_resetting ON throttles (resets_at);
";

const DOWN: &str = "
DROP TABLE throttles;
DROP TABLE password_resets;
DROP TABLE sessions;
DROP TABLE addresses;
DROP TABLE users;
DROP TABLE installation;
";
