//! The real program: the binary in a folder of its own, accessed over HTTP.

mod client;
mod held;
mod waiting;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read as _, copy, pipe};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use self::client::agent;
pub use self::client::{Client, Reply};
pub use self::waiting::{MAIL_PATIENCE, PATIENCE, wait_at_most, wait_for, wait_for_mail};
use super::app::PASSWORD;
use super::mailbox::Mailbox;

/// A folder, and the environment variables of programs started there.
pub struct Place {
    dir: TempDir,
    program: PathBuf,
    wrapper: Vec<String>,
    variables: Vec<(String, String)>,
}

impl Default for Place {
    fn default() -> Self {
        let dir = tempfile::tempdir().unwrap();
        Self { dir, program: env!("CARGO_BIN_EXE_usher").into(), wrapper: Vec::new(), variables: Vec::new() }
    }
}

impl Place {
    /// Sets `ROCKET_<KEY>`; the last value counts.
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, value);
        self
    }

    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        self.variables.push((format!("ROCKET_{}", key.to_uppercase()), value.into()));
    }

    /// Sets any other variable.
    pub fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The value of `ROCKET_<KEY>`.
    pub fn value(&self, key: &str) -> Option<String> {
        let variable = format!("ROCKET_{}", key.to_uppercase());
        self.variables.iter().rev().find(|(name, _)| *name == variable).map(|(_, value)| value.clone())
    }

    pub fn unset(&mut self, key: &str) {
        let variable = format!("ROCKET_{}", key.to_uppercase());
        self.variables.retain(|(name, _)| *name != variable);
    }

    /// Another binary than the built one.
    pub fn with_program(mut self, program: impl Into<PathBuf>) -> Self {
        self.program = program.into();
        self
    }

    /// Starts the program through a wrapper, which has to `exec` it. The log then goes through a pipe, so that file
    /// size limits do not apply to it.
    pub fn under(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(|&word| word.to_owned()).collect();
        self
    }

    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    pub fn data(&self, name: &str) -> PathBuf {
        self.dir.path().join("data").join(name)
    }

    fn command(&self) -> Command {
        let program = self.program.as_os_str();
        let mut words = self.wrapper.iter().map(OsStr::new).chain([program]);
        let mut command = Command::new(words.next().unwrap_or(program));
        command.args(words);
        command.current_dir(self.dir.path()).stdin(Stdio::null());
        for (variable, _) in std::env::vars() {
            if variable.starts_with("ROCKET_") || variable == "RUST_LOG" {
                command.env_remove(variable);
            }
        }
        // Rocket would otherwise use its debug profile, with other defaults.
        command.env("ROCKET_PROFILE", "release").envs(self.variables.iter().cloned());
        command
    }

    /// The server's command line as one word between others, for a program that gives it a terminal.
    pub fn command_through(&self, before: &[&str], after: &[&str]) -> Command {
        let mut command = self.command();
        let mut through = Command::new(before[0]);
        through.args(&before[1..]).arg(&self.program).args(after).current_dir(self.path()).stdin(Stdio::null());
        for (name, value) in command.stdin(Stdio::null()).get_envs() {
            match value {
                Some(value) => through.env(name, value),
                None => through.env_remove(name),
            };
        }
        through
    }

    /// Runs `usher <arguments>` to completion; `input` goes to its standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write as _;

        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that exits before reading its input closes the pipe.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let deadline = Instant::now() + PATIENCE;
        while child.try_wait().unwrap().is_none() {
            if Instant::now() > deadline {
                child.kill().unwrap();
                panic!("usher {arguments:?} does not exit");
            }
            sleep(Duration::from_millis(5));
        }
        child.wait_with_output().unwrap()
    }

    /// Starts the server and waits until it is ready.
    pub fn start(&self) -> Process {
        let process = self.start_without_waiting();
        process.wait_until_ready();
        process
    }

    /// As [`Self::start`], where it listens on another address than 127.0.0.1.
    pub fn start_at(&self, address: &str) -> Process {
        let process = self.start_without_waiting();
        let address: IpAddr = address.parse().unwrap();
        let base = format!("http://{}", SocketAddr::new(address, process.port));
        let url = format!("{base}/health/ready");
        let is_ready = || agent().get(&url).call().is_ok_and(|answer| answer.status() == 200);
        wait_for(is_ready).unwrap_or_else(|()| panic!("the server does not become ready:\n{}", process.log()));
        process
    }

    pub fn start_without_waiting(&self) -> Process {
        self.start_on(free_port())
    }

    /// Starts the server on a port, without waiting.
    pub fn start_on(&self, port: u16) -> Process {
        let number = std::fs::read_dir(self.logs()).unwrap().count();
        let log = self.logs().join(format!("{number}.stderr"));
        let out = self.logs().join(format!("{number}.stdout"));
        let mut command = self.command();
        command.env("ROCKET_PORT", port.to_string());
        command.stdout(File::create(&out).unwrap()).stderr(self.open_log(&log));
        let child = command.spawn().unwrap();
        Process { child, port, log, out }
    }

    fn open_log(&self, path: &Path) -> Stdio {
        let mut log = File::create(path).unwrap();
        if self.wrapper.is_empty() {
            return log.into();
        }
        let (mut written, writer) = pipe().unwrap();
        spawn(move || copy(&mut written, &mut log));
        writer.into()
    }

    /// Outside of the program's working directory.
    fn logs(&self) -> PathBuf {
        let logs = PathBuf::from(format!("{}.logs", self.dir.path().display()));
        std::fs::create_dir_all(&logs).unwrap();
        logs
    }

    /// Creates a user with a verified address from the command line; returns the output.
    #[track_caller]
    pub fn create_user(&self, address: &str) -> String {
        let output = self.run(&["user", "create", "--email", address, "--full-name", "Rosa Lindqvist"], PASSWORD);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The mails below `data/mail`.
    pub fn mailbox(&self) -> Mailbox {
        Mailbox::at(self.data("mail"))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = std::fs::remove_dir_all(format!("{}.logs", self.dir.path().display()));
    }
}

/// A running server. Killed on drop.
pub struct Process {
    child: Child,
    pub port: u16,
    log: PathBuf,
    out: PathBuf,
}

impl Process {
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn wait_until_ready(&self) {
        let url = format!("{}/health/ready", self.base());
        let agent = agent();
        wait_for(|| agent.get(&url).call().is_ok_and(|answer| answer.status() == 200))
            .unwrap_or_else(|()| panic!("the server does not become ready:\n{}", self.log()));
    }

    /// A client that is not logged in.
    pub fn client(&self) -> Client {
        Client { agent: agent(), base: self.base() }
    }

    /// The server's standard error so far.
    pub fn log(&self) -> String {
        read(&self.log)
    }

    /// The server's standard output so far.
    pub fn out(&self) -> String {
        read(&self.out)
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// A line of `/proc/<id>/status` such as `VmRSS`, in MiB; `None` where there is no such file.
    pub fn memory(&self, line: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).ok()?;
        let found = status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
        let kib: u64 = found.unwrap().trim().trim_end_matches(" kB").parse().unwrap();
        Some(kib / 1024)
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `kill -9` through a shared reference.
    pub fn kill_now(&self) {
        self.signal("-KILL");
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        self.signal("-TERM");
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.id().to_string()]).status().unwrap().success());
    }

    pub fn wait_for_end(&mut self) -> ExitStatus {
        let mut ended = None;
        let waited = wait_for(|| {
            ended = self.child.try_wait().unwrap();
            ended.is_some()
        });
        assert!(waited.is_ok(), "the server does not exit:\n{}", self.log());
        ended.unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn read(path: &Path) -> String {
    let mut text = String::new();
    File::open(path).unwrap().read_to_string(&mut text).unwrap();
    text
}
