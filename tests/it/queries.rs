//! Executes every query on both databases, against the migrated schema: a misspelt column fails here, not on the page
//! that uses it. Every public function of `store` is called until each of its SQL texts was executed; if a statement
//! depends on a change by an earlier one, the data makes that change happen. Each call is rolled back.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    TransactionTrait as _,
};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ItemFn, ItemMod, LitStr, Macro, Token, Visibility};
use usher::error::Error;

use crate::support::postgres::fresh_database;
use crate::support::recorder::Recorder;

mod offers;
mod people;
mod places;
mod world;

/// Calls functions of `store`, each in a transaction of its own.
macro_rules! call {
    ($asked:ident: $($module:ident::$function:ident($($argument:expr),* $(,)?);)*) => {$(
        let connection = $asked.begin().await;
        let outcome = $module::$function(&connection $(, $argument)*).await;
        let name = concat!(stringify!($module), "::", stringify!($function));
        $asked.end(name, connection, outcome.map(drop)).await;
    )*};
}
use call;

/// The calls and their statements.
struct Asked {
    database: DatabaseConnection,
    functions: BTreeSet<String>,
    statements: String,
    failures: Vec<String>,
}

impl Asked {
    async fn begin(&self) -> Recorder<DatabaseTransaction> {
        Recorder::new(self.database.begin().await.unwrap())
    }

    async fn end(&mut self, function: &str, connection: Recorder<DatabaseTransaction>, outcome: Result<(), Error>) {
        let statements = connection.taken();
        if let Err(error) = outcome {
            let last = statements.last().map(|statement| statement.sql.as_str());
            self.failures.push(format!("{function}: {error:?}\n{}", last.unwrap_or_default()));
        }
        for statement in statements {
            // SQLite prepares a statement anew for each execution when its limit, or what a partial index asks for, is bound.
            for bound in ["LIMIT ?", "LIMIT $", "state = ?", "state = $"] {
                let condition = statement.sql.split("WHERE").skip(1).any(|part| part.contains(bound));
                if condition {
                    self.failures.push(format!("{function}: {bound} is bound\n{}", statement.sql));
                }
            }
            self.statements += &in_one_line(&statement.sql);
            self.statements.push('\n');
        }
        self.functions.insert(function.to_owned());
        connection.inner.rollback().await.unwrap();
    }
}

fn in_one_line(sql: &str) -> String {
    sql.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_query_is_asked_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    ask_everything(&format!("sqlite://{}?mode=rwc", dir.path().join("db").display())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_query_is_asked_on_postgres() {
    let Some(empty) = fresh_database().await else { return };
    ask_everything(&empty.url).await;
}

async fn ask_everything(url: &str) {
    let mut options = ConnectOptions::new(url);
    let database = Database::connect(options.max_connections(1).to_owned()).await.unwrap();
    Migrator::up(&database, None).await.unwrap();
    database.execute_unprepared(&world::rows()).await.unwrap();
    let backend = database.get_database_backend();
    let mut asked = Asked { database, functions: BTreeSet::new(), statements: String::new(), failures: Vec::new() };
    people::users_and_passwords(&mut asked).await;
    people::addresses_of_users(&mut asked).await;
    people::sessions_and_the_installation(&mut asked).await;
    places::places_and_members(&mut asked).await;
    places::environments_and_slack(&mut asked).await;
    places::secrets_and_sightings(&mut asked).await;
    places::orgs_and_definitions(&mut asked).await;
    offers::rights_of_users(&mut asked).await;
    offers::open_invitations(&mut asked).await;
    offers::messages_and_events(&mut asked).await;
    let store = Store::read();
    assert!(store.functions.len() > 200, "{} functions were found", store.functions.len());
    assert!(store.texts.len() > 100, "{} texts were found", store.texts.len());
    let Asked { functions, statements, failures: mut faults, .. } = asked;
    faults.extend(store.functions.difference(&functions).map(|function| format!("{function} is not called")));
    let unasked =
        store.texts.iter().filter(|text| !is_of_another(text, backend) && !statements.contains(text.as_str()));
    faults.extend(unasked.map(|text| format!("not reached by any call: {text}")));
    // Entity queries have no SQL text. This one is executed only if the statement before it has changed a row.
    assert!(statements.contains("INSERT INTO \"retired_links\""), "no link was retired");
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

/// The next number of a sequence, and the locks that SQLite does not need.
fn is_of_another(text: &str, backend: DbBackend) -> bool {
    let others: &[&str] = match backend {
        DbBackend::Postgres => &["sqlite_sequence"],
        _ => &["nextval", "lock_timeout", "pg_advisory_xact_lock", "FOR UPDATE", "FOR NO KEY UPDATE", "FOR KEY SHARE"],
    };
    others.iter().any(|other| text.contains(other))
}

/// The functions and SQL texts in the sources of `store`.
#[derive(Default)]
struct Store {
    module: String,
    /// The public asynchronous functions: `users::find`.
    functions: BTreeSet<String>,
    /// SQL fragments between placeholders, each on one line.
    texts: BTreeSet<String>,
}

impl Store {
    fn read() -> Self {
        let mut store = Self::default();
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        store.read_file(&src.join("store.rs"));
        store.read_folder(&src.join("store"));
        store
    }

    fn read_folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { self.read_folder(&path) } else { self.read_file(&path) }
        }
    }

    fn read_file(&mut self, path: &Path) {
        path.file_stem().unwrap().to_str().unwrap().clone_into(&mut self.module);
        self.visit_file(&syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap());
    }
}

impl Visit<'_> for Store {
    fn visit_attribute(&mut self, _: &Attribute) {}

    fn visit_item_mod(&mut self, item: &ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &ItemFn) {
        if matches!(item.vis, Visibility::Public(_)) && item.sig.asyncness.is_some() {
            self.functions.insert(format!("{}::{}", self.module, item.sig.ident));
        }
        visit::visit_item_fn(self, item);
    }

    /// Mostly `format!`.
    fn visit_macro(&mut self, call: &Macro) {
        let arguments = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        for argument in arguments.into_iter().flatten() {
            self.visit_expr(&argument);
        }
    }

    fn visit_lit_str(&mut self, literal: &LitStr) {
        let text = in_one_line(&literal.value());
        if is_sql(&text) {
            self.texts.extend(parts(&text).filter(|part| part.contains(char::is_alphanumeric)));
        }
    }
}

fn is_sql(text: &str) -> bool {
    let is_keyword = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase());
    text.contains(" = ") || text.contains('$') || text.split(|c: char| !c.is_alphanumeric()).any(is_keyword)
}

/// The fragments between the placeholders of a format string.
fn parts(text: &str) -> impl Iterator<Item = String> {
    let after_gaps = text.split('{').enumerate().map(|(number, part)| match part.split_once('}') {
        Some((_, after)) if number > 0 => after,
        _ => part,
    });
    after_gaps.map(|part| part.trim().to_owned())
}
