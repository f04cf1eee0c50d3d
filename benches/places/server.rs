//! The release program in a temporary directory.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_usher");

pub struct Server {
    dir: TempDir,
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
    pub fn start() -> Self {
        let dir = tempfile::tempdir().expect("there is a temporary folder");
        let (child, port) = launch(&dir);
        Self { dir, child, port }
    }

    /// Stops the program, changes its database, and restarts it.
    pub fn between(&mut self, change: impl FnOnce(PathBuf)) {
        self.stop();
        change(self.dir.path().join("data/usher.sqlite3"));
        (self.child, self.port) = launch(&self.dir);
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

fn launch(dir: &TempDir) -> (Child, u16) {
    let port = free_port();
    let child = Command::new(PROGRAM)
        .current_dir(dir.path())
        .env("ROCKET_PROFILE", "release")
        .env("ROCKET_PORT", port.to_string())
        .env("ROCKET_RATE_LIMITS_ENABLED", "false")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    wait_for(&format!("http://127.0.0.1:{port}/health/ready"));
    (child, port)
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
