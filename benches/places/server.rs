//! The program of this build in a temporary directory.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_usher");
/// Given to every server, so that seeds can be sealed and several servers can share a database.
pub const MASTER_KEY: [u8; 32] = [7; 32];

pub struct Server {
    dir: TempDir,
    database_url: String,
    child: Child,
    port: u16,
}

/// A port that is currently free.
pub fn free_port() -> u16 {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    socket.local_addr().expect("it has an address").port()
}

/// Waits until a server answers.
pub fn wait_for(url: &str) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while ureq::get(url).call().is_err() {
        assert!(Instant::now() < deadline, "{url} does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Server {
    /// Starts one on an empty SQLite database.
    pub fn start() -> Self {
        let dir = tempfile::tempdir().expect("there is a temporary folder");
        let database_url = format!("sqlite://{}", dir.path().join("usher.sqlite3").display());
        Self::launched(dir, database_url)
    }

    /// Starts one on a database of PostgreSQL.
    pub fn on(database_url: &str) -> Self {
        Self::launched(tempfile::tempdir().expect("there is a temporary folder"), database_url.to_owned())
    }

    fn launched(dir: TempDir, database_url: String) -> Self {
        let port = free_port();
        let child = launch(&dir, &database_url, port);
        Self { dir, database_url, child, port }
    }

    /// Stops the program, changes its database, and restarts it on the same port.
    pub fn between(&mut self, change: impl FnOnce(&str)) {
        self.stop();
        change(&self.database_url);
        self.child = launch(&self.dir, &self.database_url, self.port);
    }

    /// Restarts the program: its memory is as at the start.
    pub fn restart(&mut self) {
        self.between(|_| ());
    }

    /// Stops the program cleanly.
    pub fn end(mut self) {
        self.stop();
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn stop(&mut self) {
        // A clean stop folds the write-ahead log into the file.
        let id = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.is_ok_and(|status| status.success()), "the server takes SIGTERM");
        self.child.wait().expect("it ends");
    }
}

fn launch(dir: &TempDir, database_url: &str, port: u16) -> Child {
    let child = Command::new(PROGRAM)
        .current_dir(dir.path())
        .env("ROCKET_PROFILE", "release")
        .env("ROCKET_PORT", port.to_string())
        .env("ROCKET_DATABASE_URL", database_url)
        .env("ROCKET_MASTER_KEY", STANDARD.encode(MASTER_KEY))
        .env("ROCKET_RATE_LIMITS_ENABLED", "false")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    wait_for(&format!("http://127.0.0.1:{port}/health/ready"));
    child
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
