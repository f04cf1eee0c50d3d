use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{SUPERUSER, open, program, random_hex, run};

const START_TIMEOUT: Duration = Duration::from_mins(1);

/// The running server, as every test process must know it.
pub struct Server {
    pub port: u16,
    pub password: String,
    home: PathBuf,
}

impl Server {
    pub fn start(programs: &Path, agreement: &Path, supervisor: File) -> Self {
        if let Some(earlier) = Self::recorded(agreement) {
            // Its supervisor was killed. If its home is already gone, so much the better.
            let _ = fs::remove_dir_all(earlier.home);
        }
        // Below the system's temporary folder, not cargo's: if we are root, the server's user must have access.
        let home = roomy_folder().join(format!("usher-postgres-{}", random_hex()));
        let server = Self { port: free_port(), password: random_hex(), home };
        server.record(agreement);
        let user = make_home(&server.home, &server.password);
        server.supervise(programs, agreement, supervisor, user);
        server
    }

    pub fn recorded(agreement: &Path) -> Option<Self> {
        let record = fs::read_to_string(agreement.join("server")).ok()?;
        let mut words = record.splitn(3, ' ');
        Some(Self { port: words.next()?.parse().ok()?, password: words.next()?.to_owned(), home: words.next()?.into() })
    }

    /// Recorded first, so that an interrupted start can be cleaned up.
    fn record(&self, agreement: &Path) {
        let record = format!("{} {} {}", self.port, self.password, self.home.display());
        let written = agreement.join("server.new");
        write_private(&written, &record);
        fs::rename(written, agreement.join("server")).unwrap();
    }

    /// Runs the server below a shell that outlives this process.
    fn supervise(&self, programs: &Path, agreement: &Path, supervisor: File, user: Option<(u32, u32)>) {
        let log = File::create(self.home.join("log")).unwrap();
        // setsid: Ctrl-C in the terminal must reach the tests, not the server they share.
        let mut shell = program("setsid");
        if let Some((uid, gid)) = user {
            shell.uid(uid).gid(gid);
        }
        run(shell
            .args(["--fork", "sh", "-c", include_str!("supervisor.sh"), "supervisor"])
            .arg(&self.home)
            .arg(programs)
            .args([&self.port.to_string(), SUPERUSER, "password"])
            .current_dir("/")
            // The locks are passed as open files: that user may not have access to their paths.
            .stdin(supervisor)
            .stdout(open(&agreement.join("in-use")))
            .stderr(log));
    }

    /// # Errors
    /// The server's log, if its supervisor has given up or on timeout.
    pub fn wait_until_ready(&self, agreement: &Path) -> Result<(), String> {
        let deadline = Instant::now() + START_TIMEOUT;
        while open(&agreement.join("supervisor")).try_lock().is_err() && Instant::now() < deadline {
            // Not by probing the port: another server may use it.
            let status = fs::read_to_string(self.home.join("data/postmaster.pid")).unwrap_or_default();
            if status.lines().nth(7).is_some_and(|line| line.trim() == "ready") {
                return Ok(());
            }
            sleep(Duration::from_millis(10));
        }
        Err(fs::read_to_string(self.home.join("log")).unwrap_or_default())
    }
}

/// A folder with the superuser's password in the file `password`. Returns the user and group who must run the server where
/// we are root: PostgreSQL refuses to be root.
pub(super) fn make_home(home: &Path, password: &str) -> Option<(u32, u32)> {
    DirBuilder::new().mode(0o700).create(home).unwrap();
    let password_file = home.join("password");
    write_private(&password_file, password);
    let (uid, gid) = server_user(home)?;
    for path in [home, &password_file] {
        chown(path, Some(uid), Some(gid)).unwrap();
    }
    Some((uid, gid))
}

/// The user and group to run a server in a folder of ours, where we are root.
pub fn server_user(home: &Path) -> Option<(u32, u32)> {
    if fs::metadata(home).unwrap().uid() != 0 {
        return None;
    }
    let found = ["postgres", "nobody"].iter().find_map(|name| Some((numeric_id("-u", name)?, numeric_id("-g", name)?)));
    Some(found.expect("a user other than root"))
}

/// In memory if there is plenty: every test copies a database of some 8 MB.
pub(super) fn roomy_folder() -> PathBuf {
    const PLENTY_KIB: u64 = 12 * 1024 * 1024;
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let available = memory.lines().find_map(|line| line.strip_prefix("MemAvailable:")?.trim().strip_suffix(" kB"));
    // A container may have a small one despite much memory.
    let shared = program("df").args(["--output=avail", "-k", "/dev/shm"]).output().ok();
    let shared = shared.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let is_plenty =
        |kib: Option<&str>| kib.and_then(|kib| kib.trim().parse().ok()).is_some_and(|kib: u64| kib >= PLENTY_KIB);
    if is_plenty(available) && is_plenty(shared.lines().nth(1)) { PathBuf::from("/dev/shm") } else { env::temp_dir() }
}

fn write_private(path: &Path, text: &str) {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path).unwrap();
    file.write_all(text.as_bytes()).unwrap();
}

fn numeric_id(which: &str, user: &str) -> Option<u32> {
    let output = Command::new("id").args([which, user]).output().ok()?;
    String::from_utf8(output.stdout).ok()?.trim().parse().ok()
}

pub(super) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
