//! A cluster for a single test, which may stop and start it.

use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::server::{free_port, make_home, roomy_folder};
use super::{Database, SUPERUSER, create_database, program, programs, random_hex, run};

const PATIENCE: Duration = Duration::from_mins(1);

/// A running cluster. Stopped and removed on drop. Commits survive a kill of its processes, not a power loss.
pub struct OwnCluster {
    programs: PathBuf,
    home: PathBuf,
    user: Option<(u32, u32)>,
    port: u16,
    password: String,
    /// Beside those of every cluster.
    settings: Vec<String>,
    server: Option<Child>,
}

impl OwnCluster {
    /// Creates and starts one. `None` (test skipped) if PostgreSQL is not installed.
    ///
    /// The server is killed when the thread that started it ends.
    pub fn start() -> Option<Self> {
        Self::start_with(|_| Vec::new())
    }

    /// As [`Self::start`], with settings that `prepare` returns. It gets the folder where the server runs.
    pub fn start_with(prepare: impl FnOnce(&Path) -> Vec<String>) -> Option<Self> {
        let programs = programs()?;
        let home = roomy_folder().join(format!("usher-postgres-{}", random_hex()));
        let password = random_hex();
        let user = make_home(&home, &password);
        let settings = prepare(&home);
        for entry in fs::read_dir(&home).unwrap().filter(|_| user.is_some()) {
            let (uid, gid) = user.unzip();
            chown(entry.unwrap().path(), uid, gid).unwrap();
        }
        let mut cluster = Self { programs, home, user, port: free_port(), password, settings, server: None };
        run(cluster.command("initdb").args(["--pgdata=data", "--pwfile=password", "--auth=password"]).args([
            format!("--username={SUPERUSER}").as_str(),
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ]));
        cluster.start_server();
        Some(cluster)
    }

    /// Creates an empty database.
    pub fn create_database(&self) -> Database {
        create_database(&self.programs, self.port, &self.password)
    }

    /// Where the server runs.
    pub fn home(&self) -> &Path {
        &self.home
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Of the superuser `usher`.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// What the server has logged since it was started.
    pub fn log(&self) -> String {
        fs::read_to_string(self.home.join("log")).unwrap()
    }

    /// `pg_ctl stop -m immediate`: all connections break, and the next start runs crash recovery.
    pub fn stop_immediately(&mut self) {
        run(self.command("pg_ctl").args(["stop", "-D", "data", "-m", "immediate"]));
        self.server.take().unwrap().wait().unwrap();
    }

    /// Restarts it as a hot standby, which can be read but not written.
    pub fn become_standby(&mut self) {
        self.stop_immediately();
        fs::write(self.home.join("data/standby.signal"), "").unwrap();
        self.start_server();
    }

    /// Restarts it as a primary.
    pub fn become_primary(&mut self) {
        self.stop_immediately();
        fs::remove_file(self.home.join("data/standby.signal")).unwrap();
        self.start_server();
    }

    /// Starts it with the same data and port, and waits until it is ready.
    pub fn start_server(&mut self) {
        let log = File::create(self.home.join("log")).unwrap();
        let mut command = self.command("setpriv");
        command
            .args(["--pdeathsig", "QUIT"])
            .arg(self.programs.join("postgres"))
            .args(["-D", "data", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="])
            // The operating system does not crash here, so writes survive without fsync.
            .args(["-c", "fsync=off", "-c", "dynamic_shared_memory_type=mmap", "-c"])
            .arg(format!("port={}", self.port))
            .args(self.settings.iter().flat_map(|setting| ["-c", setting]))
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        self.server = Some(command.spawn().unwrap());
        self.wait_until_ready();
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        let is_ready =
            |status: &str| status.lines().nth(7).is_some_and(|line| ["ready", "standby"].contains(&line.trim()));
        while !fs::read_to_string(self.home.join("data/postmaster.pid")).is_ok_and(|status| is_ready(&status)) {
            let ended = self.server.as_mut().unwrap().try_wait().unwrap().is_some();
            assert!(!ended && Instant::now() <= deadline, "PostgreSQL does not start:\n{}", self.log());
            sleep(Duration::from_millis(10));
        }
    }

    /// A program of PostgreSQL or the system, to run in the home folder as the server's user.
    fn command(&self, name: &str) -> Command {
        let own = self.programs.join(name);
        let mut command = if own.is_file() { program(own) } else { program(name) };
        if let Some((uid, gid)) = self.user {
            command.uid(uid).gid(gid);
        }
        command.current_dir(&self.home);
        command
    }
}

impl Drop for OwnCluster {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            // Its backends exit with it.
            let _ = Command::new("kill").args(["-QUIT", &server.id().to_string()]).status();
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.home);
    }
}
