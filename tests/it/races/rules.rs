//! The rules of ARCHITECTURE that span rows, each with conflicting changes in two processes at once, many times over.

mod accounts;
mod invitations;
mod repeats;
mod rights;
mod secrets;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use sea_orm::{ConnectionTrait as _, Database, DatabaseConnection, Statement};

use crate::support::api::Api;
use crate::support::app::{App, Set};
use crate::support::postgres::fresh_database;
use crate::support::rpc::{Rpc, Told};

/// How often the same race is run.
const ROUNDS: usize = 12;

/// Two processes with pools of their own on one database.
struct Pair {
    one: App,
    other: App,
    database: DatabaseConnection,
}

impl Pair {
    /// `None`: PostgreSQL is not installed.
    async fn start(set: Set) -> Option<Self> {
        let url = fresh_database().await?.url;
        let set = set.with("database_url", &url).with("master_key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        let one = App::start(set.clone()).await;
        let other = App::start(set).await;
        Some(Self { one, other, database: Database::connect(url).await.unwrap() })
    }

    /// The same session in the other process.
    fn elsewhere<'a>(&'a self, api: &Api<'_>) -> Api<'a> {
        let mut elsewhere = self.other.api();
        elsewhere.cookie.clone_from(&api.cookie);
        elsewhere.id = api.id;
        elsewhere
    }

    /// The same bearer in the other process.
    fn rpc_elsewhere<'a>(&'a self, rpc: &Rpc<'_>) -> Rpc<'a> {
        let mut elsewhere = self.other.rpc();
        elsewhere.token.clone_from(&rpc.token);
        elsewhere
    }

    /// The number that a query returns.
    async fn count(&self, sql: &str) -> i64 {
        let statement = Statement::from_string(self.database.get_database_backend(), sql);
        self.database.query_one_raw(statement).await.unwrap().unwrap().try_get_by_index(0).unwrap()
    }
}

/// Tests of a [`Pair`].
macro_rules! in_two_processes {
    ($(async fn $name:ident($pair:ident: Pair $(, $key:ident = $value:expr)*) $body:block)*) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $name() {
            let set = $crate::support::app::Set::default()$(.with(stringify!($key), $value))*;
            let Some($pair) = super::Pair::start(set).await else { return };
            $body
        }
    )*};
}
use in_two_processes;

/// Whether a method succeeded; a failure must be a refusal.
#[track_caller]
fn succeeded(told: &Told) -> bool {
    let body = told.0.json();
    let code = body["error"]["code"].as_u64().unwrap_or_default();
    assert!(told.0.status == 200 && !(500..600).contains(&code), "{body}");
    body["ok"] == true
}

#[track_caller]
fn assert_no_fault(told: &Told) {
    succeeded(told);
}

/// How many answers are successes; the others must be refusals.
#[track_caller]
fn successes<'a>(statuses: impl IntoIterator<Item = &'a u16>) -> usize {
    let of = |status: &u16| {
        assert!((200..500).contains(status), "{status}");
        usize::from(*status == 200)
    };
    statuses.into_iter().map(of).sum()
}

/// The names in the last column of the table of rules.
fn named_in_the_table(text: &str) -> BTreeSet<&str> {
    let (_, section) = text.split_once("## Rules that span rows").unwrap();
    let section = section.split_once("\n## ").map_or(section, |(section, _)| section);
    let cells = section.lines().filter(|line| line.starts_with('|')).filter_map(|line| line.rsplit('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn every_rule_has_its_race() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut sources = String::new();
    let mut folders = vec![root.join("tests/it/races"), root.join("tests/it/mail")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources += &fs::read_to_string(path).unwrap();
            }
        }
    }
    let named = named_in_the_table(&text);
    assert!(named.len() > 15, "{named:?}");
    let missing: Vec<_> = named.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "no such race: {missing:?}");
}
