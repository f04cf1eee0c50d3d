//! The baseline: the least that a durable change, and a page with fifty rows, can cost with the same packages.

use std::process::{Child, Command, Stdio};

use rocket_dyn_templates::Template;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, TransactionTrait as _};
use serde_json::json;

use super::cost::{Cost, cost_of};
use super::server::{free_port, wait_for};

const PORT: &str = "USHER_BENCH_BARE_PORT";

/// Whether this process should run as the bare server.
pub fn is_wanted() -> bool {
    std::env::var_os(PORT).is_some()
}

const PAGE: &str = "<!doctype html><html><body><table>
{% for row in rows %}<tr><td>{{ row.name }}</td><td>{{ row.address }}</td><td>{{ row.since }}</td></tr>
{% endfor %}</table></body></html>";

#[rocket::get("/")]
fn fifty_rows() -> Template {
    let row = |number| json!({ "name": format!("Member {number}"), "address": "m@bench.test", "since": "2026-11-30" });
    Template::render("rows", json!({ "rows": (0..50).map(row).collect::<Vec<_>>() }))
}

/// Serves one page with fifty plain rows.
pub fn serve() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    std::fs::write(folder.path().join("rows.html.tera"), PAGE).expect("it can be written");
    let port: u16 = std::env::var(PORT).ok().and_then(|port| port.parse().ok()).expect("a port is given");
    let figment = rocket::Config::figment()
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("template_dir", folder.path()));
    let server = rocket::custom(figment).mount("/", rocket::routes![fifty_rows]).attach(Template::fairing());
    rocket::execute(server.launch()).expect("it runs");
}

/// The costs that others are compared with.
#[derive(Clone, Copy, Debug)]
pub struct Bare {
    pub page: Cost,
    pub transaction: Cost,
}

impl Bare {
    pub fn measure() -> Self {
        Self { page: page(), transaction: transaction() }
    }
}

struct BareServer(Child);

impl Drop for BareServer {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The CPU cost of a page with fifty plain rows.
fn page() -> Cost {
    let port = free_port();
    let program = std::env::current_exe().expect("this program has a path");
    let child = Command::new(program)
        .env("ROCKET_PROFILE", "release")
        .env(PORT, port.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let bare = BareServer(child.expect("it starts"));
    let url = format!("http://127.0.0.1:{port}/");
    wait_for(&url);
    let agent: ureq::Agent = ureq::Agent::config_builder().build().into();
    cost_of(bare.0.id(), || {
        let page = agent.get(&url).call().expect("it is there").body_mut().read_to_string().expect("it arrives");
        assert_eq!(page.matches("<tr>").count(), 50);
    })
}

/// The CPU cost of a durable change of one row.
fn transaction() -> Cost {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let url = format!("sqlite://{}?mode=rwc", folder.path().join("bare.sqlite3").display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let database = runtime.block_on(async {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1);
        let database = Database::connect(options).await.expect("it opens");
        for sql in [
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)",
        ] {
            database.execute_unprepared(sql).await.expect("SQLite takes it");
        }
        database
    });
    cost_of(std::process::id(), || {
        runtime.block_on(async {
            let transaction = database.begin().await.expect("it begins");
            transaction.execute_unprepared("INSERT INTO rows (text) VALUES ('a row')").await.expect("it fits");
            transaction.commit().await.expect("it is kept");
        });
    })
}
