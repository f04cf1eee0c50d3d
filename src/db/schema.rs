//! The schema: created and upgraded at start, checked by readiness.

use std::collections::BTreeSet;

use migration::{Migrator, MigratorTrait as _, SchemaManager};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, QueryResult, Statement};

use super::OpenError;

/// How a database's schema compares with what this program needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fit {
    /// Everything that this program needs is there, perhaps more.
    Ready,
    /// Some migrations are missing.
    Behind,
    /// It has migrations that this program does not know and cannot work with.
    Ahead(Ahead),
}

/// Why this program cannot use the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Ahead {
    #[error(
        "it was upgraded by Usher {version} ({migration}), and this Usher {own} is too old for it: start Usher \
         {version} or newer, or restore the backup from before the upgrade",
        own = env!("CARGO_PKG_VERSION")
    )]
    Upgraded { version: String, migration: String },
    #[error(
        "it has {applied}, which this Usher {own} does not know, and lacks {missing}: start an Usher that knows both",
        own = env!("CARGO_PKG_VERSION")
    )]
    Apart { applied: String, missing: String },
}

/// Creates or upgrades the schema. Nobody else may do so meanwhile: sea-orm-migration takes no lock.
///
/// # Errors
/// [`OpenError::Ahead`], or those of the database.
pub(super) async fn migrate(connection: &DatabaseConnection) -> Result<(), OpenError> {
    let is_new = !SchemaManager::new(connection).has_table("seaql_migrations").await?;
    let fit = if is_new { Fit::Behind } else { fit(connection).await? };
    match fit {
        Fit::Ready => Ok(()),
        Fit::Behind => Ok(Migrator::up(connection, None).await?),
        Fit::Ahead(ahead) => Err(OpenError::Ahead(ahead)),
    }
}

/// Compares the schema with what this program needs. Unknown migrations, as during a rolling upgrade, are accepted
/// unless one is marked as breaking.
///
/// # Errors
/// Those of the database.
pub async fn fit(connection: &impl ConnectionTrait) -> Result<Fit, DbErr> {
    let known = migration::names();
    let applied: BTreeSet<String> = texts(connection, "SELECT version, '' FROM seaql_migrations")
        .await?
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let unknown: Vec<&str> = applied.difference(&known).map(String::as_str).collect();
    let missing: Vec<&str> = known.difference(&applied).map(String::as_str).collect();
    if unknown.is_empty() {
        return Ok(if missing.is_empty() { Fit::Ready } else { Fit::Behind });
    }
    let marks = texts(connection, "SELECT name, value FROM installation ORDER BY name").await?;
    let breaking = marks.into_iter().rev().find_map(|(name, version)| {
        let migration = name.strip_prefix(migration::BREAKING)?.to_owned();
        (!known.contains(&migration)).then_some(Ahead::Upgraded { version, migration })
    });
    Ok(match breaking {
        Some(upgraded) => Fit::Ahead(upgraded),
        None if missing.is_empty() => Fit::Ready,
        None => Fit::Ahead(Ahead::Apart { applied: unknown.join(", "), missing: missing.join(", ") }),
    })
}

/// Runs a query whose rows are two strings.
async fn texts(connection: &impl ConnectionTrait, sql: &str) -> Result<Vec<(String, String)>, DbErr> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(QueryResult::try_get_many_by_index).collect()
}
