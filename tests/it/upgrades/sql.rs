//! A database as SQL that a plain connection can load.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// The schema and all rows of a SQLite database.
pub async fn of_sqlite(database: &impl ConnectionTrait) -> String {
    let mut statements = vec!["PRAGMA foreign_keys = OFF".to_owned(), "BEGIN".to_owned()];
    statements.extend(schema(database, "type = 'table' AND name NOT LIKE 'sqlite_%'").await);
    for table in tables(database).await {
        statements.push(insert(database, &table).await);
    }
    statements.extend(schema(database, "type <> 'table' AND sql IS NOT NULL").await);
    // The highest ids so far, including deleted rows.
    statements.push("DELETE FROM sqlite_sequence".to_owned());
    statements.push(insert(database, "sqlite_sequence").await);
    statements.push("COMMIT".to_owned());
    statements.iter().map(|statement| format!("{statement};\n")).collect()
}

async fn schema(database: &impl ConnectionTrait, condition: &str) -> Vec<String> {
    texts(database, &format!("SELECT sql AS text FROM sqlite_schema WHERE {condition} ORDER BY rowid")).await
}

/// All rows of a table, which must not be empty.
async fn insert(database: &impl ConnectionTrait, table: &str) -> String {
    let columns = texts(database, &format!("SELECT name AS text FROM pragma_table_info('{table}')")).await;
    let values: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
    let row = format!("'(' || {} || ')'", values.join(" || ', ' || "));
    let rows = texts(database, &format!("SELECT {row} AS text FROM {table} ORDER BY rowid")).await;
    format!("INSERT INTO {table} ({}) VALUES\n{}", columns.join(", "), rows.join(",\n"))
}

/// The output of `pg_dump` without comments, commands of `psql` and settings of the session.
pub fn of_postgres(dump: &str) -> String {
    let superfluous = ["--", "\\", "SET ", "SELECT pg_catalog.set_config("];
    let is_needed = |line: &&str| !line.is_empty() && !superfluous.iter().any(|start| line.starts_with(start));
    dump.lines().filter(is_needed).map(|line| format!("{}\n", line.trim_start())).collect()
}

/// Tables without a row.
pub async fn empty_tables(database: &impl ConnectionTrait) -> Vec<String> {
    let mut empty = Vec::new();
    for table in tables(database).await {
        if texts(database, &format!("SELECT '' AS text FROM {table} LIMIT 1")).await.is_empty() {
            empty.push(table);
        }
    }
    empty
}

async fn tables(database: &impl ConnectionTrait) -> Vec<String> {
    let sql = match database.get_database_backend() {
        DbBackend::Postgres => "SELECT tablename::text AS text FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT name AS text FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
    };
    texts(database, sql).await
}

/// The column `text` of every row.
pub async fn texts(database: &impl ConnectionTrait, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(database.get_database_backend(), sql);
    let rows = database.query_all_raw(statement).await.unwrap();
    rows.iter().map(|row| row.try_get("", "text").unwrap()).collect()
}
