//! A PostgreSQL cluster that the tests share and that is removed after them.
//!
//! A runner may give every test a process of its own, so the cluster belongs to no process. Three lock files in cargo's
//! folder for test data hold the agreement; the kernel releases a lock when its holder dies, however it dies:
//!
//! - `turn` is held while a process starts the cluster or joins it, so that only one does;
//! - `in-use` is held, shared, by every test process for as long as it lives;
//! - `supervisor` is held by the shell that runs the server. When nobody has held `in-use` for three seconds, it stops the
//!   server and removes its data; when the shell itself is killed, the kernel stops the server, and the next start removes
//!   the data.
//!
//! Needs PostgreSQL's server programs, and `flock`, `setpriv` and `setsid` (util-linux). The server listens on a loopback
//! port and asks for a password made for this cluster, since a superuser of PostgreSQL may run programs.

mod own;
mod server;

use std::env;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Read as _;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

pub use self::own::OwnCluster;
use self::server::Server;
pub use self::server::server_user;
use super::needs::skip;

const REQUIRED: &str = "USHER_REQUIRE_POSTGRES";
const SUPERUSER: &str = "usher";

/// An empty database for one test. It is removed with the cluster.
pub struct Database {
    /// `postgres://user:password@127.0.0.1:port/name`
    pub url: String,
}

impl Database {
    /// The output of `pg_dump`, with rows as `INSERT` statements.
    pub async fn dump(&self) -> String {
        let name = self.url.rsplit('/').next().unwrap().to_owned();
        tokio::task::spawn_blocking(move || cluster().unwrap().dump_database(&name)).await.unwrap()
    }
}

/// Creates an empty database. `None` if PostgreSQL is not installed; panics if `USHER_REQUIRE_POSTGRES` is set.
pub async fn fresh_database() -> Option<Database> {
    tokio::task::spawn_blocking(|| cluster().map(Cluster::create_database))
        .await
        .unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(|| programs().map(Cluster::join)).as_ref()
}

/// The folder of PostgreSQL's programs. `None` (test skipped) if they are not installed.
fn programs() -> Option<PathBuf> {
    let found = find_programs();
    if found.is_none() {
        skip("PostgreSQL is not installed (initdb, postgres, createdb; flock, setpriv, setsid)", REQUIRED);
    }
    found
}

/// The folder of PostgreSQL's programs. Debian keeps the server's out of `$PATH`.
fn find_programs() -> Option<PathBuf> {
    let path: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    if !["flock", "setpriv", "setsid"].iter().all(|tool| path.iter().any(|dir| dir.join(tool).is_file())) {
        return None;
    }
    let told = Command::new("pg_config").arg("--bindir").output().ok();
    let told = told.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    let mut debian: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    debian.sort();
    let debian = debian.into_iter().rev().map(|(_, dir)| dir);
    let programs = ["initdb", "postgres", "createdb"];
    path.into_iter().chain(told).chain(debian).find(|dir| programs.iter().all(|name| dir.join(name).is_file()))
}

struct Cluster {
    programs: PathBuf,
    server: Server,
    /// Keeps the server running as long as this process lives.
    _in_use: File,
}

impl Cluster {
    fn join(programs: PathBuf) -> Self {
        let agreement = Path::new(env!("CARGO_TARGET_TMPDIR")).join("postgres");
        fs::create_dir_all(&agreement).unwrap();
        let turn = open(&agreement.join("turn"));
        turn.lock().unwrap();
        let in_use = open(&agreement.join("in-use"));
        in_use.lock_shared().unwrap();

        let mut fault = String::new();
        // Retried: the free port may be taken in between, and a running supervisor may be about to stop.
        for _ in 0..3 {
            let supervisor = open(&agreement.join("supervisor"));
            let server = match supervisor.try_lock() {
                Ok(()) => Server::start(&programs, &agreement, supervisor),
                Err(TryLockError::WouldBlock) => Server::recorded(&agreement).expect("recorded before it was started"),
                Err(TryLockError::Error(error)) => {
                    panic!("cannot lock in {}: {error}", agreement.display())
                }
            };
            match server.wait_until_ready(&agreement) {
                Ok(()) => {
                    return Self { programs, server, _in_use: in_use };
                }
                Err(log) => fault = log,
            }
        }
        panic!("PostgreSQL does not start:\n{fault}");
    }

    fn create_database(&self) -> Database {
        create_database(&self.programs, self.server.port, &self.server.password)
    }

    fn dump_database(&self, name: &str) -> String {
        let rows = ["--column-inserts", "--rows-per-insert=1000"];
        let mut dump = client(&self.programs, "pg_dump", self.server.port, &self.server.password);
        run(dump.args(rows).args(["--no-owner", "--no-privileges", name]))
    }
}

fn create_database(programs: &Path, port: u16, password: &str) -> Database {
    let name = format!("test_{}", random_hex());
    // template0 never has connections; a database with connections cannot be copied.
    let template = ["--maintenance-db=postgres", "--template=template0"];
    run(client(programs, "createdb", port, password).args(template).arg(&name));
    Database { url: format!("postgres://{SUPERUSER}:{password}@127.0.0.1:{port}/{name}") }
}

/// A program that connects to a server.
fn client(programs: &Path, name: &str, port: u16, password: &str) -> Command {
    let mut client = program(programs.join(name));
    client
        .env("PGPASSWORD", password)
        .args(["--host=127.0.0.1", "--no-password"])
        .args([format!("--port={port}"), format!("--username={SUPERUSER}")]);
    client
}

fn open(path: &Path) -> File {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).unwrap()
}

/// The program without the caller's `PG…` variables, which would lead it to another server.
fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.stdin(Stdio::null());
    for (variable, _) in env::vars_os() {
        if variable.as_encoded_bytes().starts_with(b"PG") {
            command.env_remove(variable);
        }
    }
    command
}

/// Runs a program; returns its standard output.
fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn random_hex() -> String {
    let mut bytes = [0; 8];
    File::open("/dev/urandom").unwrap().read_exact(&mut bytes).unwrap();
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

mod tests {
    use super::*;

    #[tokio::test]
    async fn hands_out_databases_of_one_cluster() {
        let (Some(one), Some(other)) = (fresh_database().await, fresh_database().await) else {
            return;
        };
        let split = |url: &str| url.rsplit_once('/').map(|(server, name)| (server.to_owned(), name.to_owned()));
        let ((server, name), (same, another)) = (split(&one.url).unwrap(), split(&other.url).unwrap());
        assert_eq!(server, same);
        assert_ne!(name, another);
    }
}
