//! The dumps in `tests/dumps`: a folder for each shipped schema, named after its last migration.

use std::fs;
use std::path::{Path, PathBuf};

use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use serde::{Deserialize, Serialize};
use usher::clock::Timestamp;

use super::questions::Answered;
use crate::support::app::{App, Set};
use crate::support::postgres::fresh_database;

/// A database management system; each folder has a dump for both.
#[derive(Clone, Copy, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Settings for an empty database; `None` where PostgreSQL is not installed.
    pub async fn empty(self) -> Option<Set> {
        match self {
            Self::Sqlite => Some(Set::default()),
            Self::Postgres => Some(Set::default().with("database_url", fresh_database().await?.url)),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// What tests need to know about a dump, and cannot read from it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Memory {
    /// When the dump was created, in milliseconds since 1970.
    pub at: i64,
    /// The cookies of a browser in which Rosa is signed in.
    pub cookies: String,
    /// An access token of Rosa's.
    pub token: String,
    /// The path of the link in Wanda's latest mail.
    pub link: String,
    /// The path of the link in the mail before, which no longer works.
    pub retired_link: String,
    /// The responses of the APIs.
    #[serde(skip)]
    pub answers: Vec<Answered>,
}

impl Memory {
    /// The reverse of [`Memory::written`].
    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let memory: Self = serde_json::from_str(lines.next().unwrap()).unwrap();
        Self { answers: lines.map(|line| serde_json::from_str(line).unwrap()).collect(), ..memory }
    }

    /// JSON Lines: one response a line, for readable diffs.
    fn written(&self) -> String {
        let answers = self.answers.iter().map(serde_json::to_string);
        let lines = std::iter::once(serde_json::to_string(self)).chain(answers);
        lines.map(|line| line.unwrap() + "\n").collect()
    }
}

/// A database of an earlier version.
#[derive(Clone, Debug)]
pub struct Dump {
    folder: PathBuf,
    sql: String,
    pub memory: Memory,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dumps")
}

impl Dump {
    /// All dumps of a database management system, oldest schema first.
    pub fn all(engine: Engine) -> Vec<Self> {
        let mut folders: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        assert!(!folders.is_empty(), "no dumps found");
        folders.into_iter().map(|folder| Self::read(folder, engine)).collect()
    }

    fn read(folder: PathBuf, engine: Engine) -> Self {
        let read = |ending: &str| fs::read_to_string(folder.join(format!("{}.{ending}", engine.name()))).unwrap();
        Self { sql: read("sql"), memory: Memory::parse(&read("jsonl")), folder }
    }

    /// Whether there is a dump of a schema.
    pub fn is_kept(schema: &str) -> bool {
        folder().join(schema).exists()
    }

    /// Writes a dump into `tests/dumps`.
    pub fn keep(engine: Engine, schema: &str, key: &str, sql: &str, memory: &Memory) {
        let folder = folder().join(schema);
        fs::create_dir_all(&folder).unwrap();
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write("master.key", &format!("{key}\n"));
        write(&format!("{}.sql", engine.name()), sql);
        write(&format!("{}.jsonl", engine.name()), &memory.written());
    }

    /// Starts the current program on the dump, at the time when it was created.
    pub async fn start(&self, set: Set) -> App {
        let at = Timestamp(self.memory.at);
        App::start_on(set, at, async |data_dir, database| self.load(data_dir, database).await).await
    }

    /// Loads the dump into an empty data directory and an empty database.
    pub async fn load(&self, data_dir: &Path, database: &DatabaseConnection) {
        // Shown when the test fails.
        println!("the dump {}", self.folder.display());
        fs::copy(self.folder.join("master.key"), data_dir.join("master.key")).unwrap();
        database.execute_unprepared(&self.sql).await.unwrap();
    }
}
