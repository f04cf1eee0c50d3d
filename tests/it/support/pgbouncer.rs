//! PgBouncer in front of the tests' PostgreSQL, for one test.

use std::env;
use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpStream};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::PathBuf;
use std::process::{Child, Command};

use tempfile::TempDir;

use super::needs::{find_program, skip};
use super::postgres::server_user;
use super::process::{free_port, wait_for};

const REQUIRED: &str = "USHER_REQUIRE_PGBOUNCER";

/// A running PgBouncer. Killed on drop.
pub struct PgBouncer {
    child: Child,
    port: u16,
    dir: TempDir,
}

impl PgBouncer {
    /// Starts one in front of the server of a URL. `None` (test skipped) if it is not installed.
    pub fn start(url: &str, settings: &str) -> Option<Self> {
        let program = program()?;
        let (server, _) = url.rsplit_once('/').unwrap();
        let (user, address) = server.rsplit_once('@').unwrap();
        let (user, password) = user.strip_prefix("postgres://").unwrap().split_once(':').unwrap();
        let (host, port) = address.split_once(':').unwrap();
        let dir = tempfile::tempdir().unwrap();
        let own = free_port();
        let ini = format!(
            "[databases]\n* = host={host} port={port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {own}\n\
             unix_socket_dir =\nauth_type = plain\nauth_file = {0}/users\nadmin_users = {user}\n{settings}\n",
            dir.path().display()
        );
        fs::write(dir.path().join("ini"), ini).unwrap();
        fs::write(dir.path().join("users"), format!("\"{user}\" \"{password}\"\n")).unwrap();
        let log = File::create(dir.path().join("log")).unwrap();
        let mut command = Command::new(program);
        command.arg("ini").current_dir(dir.path()).stdout(log.try_clone().unwrap()).stderr(log);
        // It refuses to be root, as PostgreSQL does.
        if let Some((uid, gid)) = server_user(dir.path()) {
            for path in [dir.path().to_owned(), dir.path().join("ini"), dir.path().join("users")] {
                chown(path, Some(uid), Some(gid)).unwrap();
            }
            command.uid(uid).gid(gid);
        }
        let bouncer = Self { child: command.spawn().unwrap(), port: own, dir };
        wait_for(|| TcpStream::connect((Ipv4Addr::LOCALHOST, own)).is_ok())
            .unwrap_or_else(|()| panic!("PgBouncer does not start:\n{}", bouncer.log()));
        Some(bouncer)
    }

    /// The URL of the same database through it.
    pub fn url(&self, url: &str) -> String {
        let (server, name) = url.rsplit_once('/').unwrap();
        let (user, _) = server.rsplit_once('@').unwrap();
        format!("{user}@127.0.0.1:{}/{name}", self.port)
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.dir.path().join("log")).unwrap()
    }
}

impl Drop for PgBouncer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program() -> Option<PathBuf> {
    if let Some(named) = env::var_os("USHER_PGBOUNCER") {
        return Some(named.into());
    }
    let debian = PathBuf::from("/usr/sbin/pgbouncer");
    let found = find_program("pgbouncer").or_else(|| debian.is_file().then_some(debian));
    if found.is_none() {
        skip("PgBouncer is not installed", REQUIRED);
    }
    found
}

/// Whether the installed one knows the prepared statements of its clients, as 1.21 and later do.
pub fn knows_statements() -> bool {
    let Some(program) = program() else { return false };
    let output = Command::new(program).arg("--version").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut numbers = text.split_whitespace().nth(1).unwrap().split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    version >= (1, 21)
}
