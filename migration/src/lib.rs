//! The schema of Usher's database: the truth about it. A shipped migration is never edited.

use std::collections::BTreeSet;

use sea_orm_migration::prelude::*;
pub use sea_orm_migration::prelude::{MigrationName, MigratorTrait, SchemaManager};

pub use crate::schema::{BREAKING, mark_breaking};

pub mod folding;
mod m20261121_000001_accounts;
mod m20261121_000002_permissions;
mod m20261121_000003_environments;
mod m20261121_000004_invitations;
mod m20261121_000005_mail_and_audit;
mod m20261121_000006_orgs;
mod m20261121_000007_pictures;
mod m20261122_000008_notices;
mod m20261122_000010_tokens;
mod m20261122_000011_last_seen;
mod m20261122_000012_language;
mod m20261122_000014_ways;
mod m20261122_000015_declined;
mod m20261130_000016_proof;
mod m20261130_000017_places;
mod m20261201_000018_flat;
mod m20261202_000019_names;
mod m20261203_000020_mail_servers;
mod m20261204_000021_known;
mod m20261205_000022_activity;
mod m20261206_000023_notes;
mod m20261207_000024_repeats;
mod m20261208_000025_known_again;
mod schema;

/// All migrations, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_accounts::Migration),
            Box::new(m20261121_000002_permissions::Migration),
            Box::new(m20261121_000003_environments::Migration),
            Box::new(m20261121_000004_invitations::Migration),
            Box::new(m20261121_000005_mail_and_audit::Migration),
            Box::new(m20261121_000006_orgs::Migration),
            Box::new(m20261121_000007_pictures::Migration),
            Box::new(m20261122_000008_notices::Migration),
            Box::new(m20261122_000010_tokens::Migration),
            Box::new(m20261122_000011_last_seen::Migration),
            Box::new(m20261122_000012_language::Migration),
            Box::new(m20261122_000014_ways::Migration),
            Box::new(m20261122_000015_declined::Migration),
            Box::new(m20261130_000016_proof::Migration),
            Box::new(m20261130_000017_places::Migration),
            Box::new(m20261201_000018_flat::Migration),
            Box::new(m20261202_000019_names::Migration),
            Box::new(m20261203_000020_mail_servers::Migration),
            Box::new(m20261204_000021_known::Migration),
            Box::new(m20261205_000022_activity::Migration),
            Box::new(m20261206_000023_notes::Migration),
            Box::new(m20261207_000024_repeats::Migration),
            Box::new(m20261208_000025_known_again::Migration),
        ]
    }
}

/// The names of all migrations.
pub fn names() -> BTreeSet<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}
