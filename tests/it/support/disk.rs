//! Full disks: a limit on file sizes, and a small file system.

use std::fs::{self, DirBuilder, File};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::needs::{find_program, say_skipped, skip};
use super::process::{Place, Process};

/// When set, tests fail instead of skip where `prlimit` or a C compiler is missing.
pub const REQUIRED: &str = "USHER_REQUIRE_FAULTS";

/// A disk fault that a test turns on and off while the server runs.
pub trait Trouble {
    /// From now on writes fail.
    fn begin(&self, server: &Process);
    /// From now on writes succeed again.
    fn end(&self, server: &Process);
}

/// A limit on the size of the files that a process writes (`RLIMIT_FSIZE`). Needs no privileges.
pub struct SizeLimit {
    bytes: u64,
}

impl SizeLimit {
    /// A limit of so many bytes, not yet in force. `None` (test skipped) where `prlimit` is missing.
    pub fn at(bytes: u64) -> Option<Self> {
        if find_program("prlimit").is_none() {
            skip("prlimit (util-linux) is missing", REQUIRED);
            return None;
        }
        Some(Self { bytes })
    }

    /// A place whose programs ignore SIGXFSZ, so that a write beyond the limit fails with EFBIG instead of killing them.
    pub fn place() -> Place {
        Place::default().under(&["sh", "-c", r#"trap "" XFSZ; exec "$0" "$@""#])
    }

    /// As [`Self::place`], with the log in the file `log`, which is under the limit too.
    pub fn place_with_log() -> Place {
        Place::default().under(&["sh", "-c", r#"trap "" XFSZ; exec "$0" "$@" 2>>log"#])
    }

    /// Sets the soft limit only: an unprivileged process may raise it again.
    fn set(server: &Process, limit: &str) {
        let [process, limit] = [format!("--pid={}", server.id()), format!("--fsize={limit}:")];
        let output = Command::new("prlimit").args([process, limit]).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
}

impl Trouble for SizeLimit {
    fn begin(&self, server: &Process) {
        Self::set(server, &self.bytes.to_string());
    }

    fn end(&self, server: &Process) {
        Self::set(server, "unlimited");
    }
}

/// A tmpfs. Unmounted on drop; declare it after the place and before the server.
pub struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    /// Mounts it at a place's `data`. `None` (test skipped) where mounting is not permitted.
    pub fn mount(place: &Place, megabytes: u32) -> Option<Self> {
        let at = place.path().join("data");
        DirBuilder::new().mode(0o700).create(&at).unwrap();
        let options = format!("size={megabytes}m,mode=700");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "usher-test"]).arg(&at).output();
        if mounted.is_ok_and(|output| output.status.success()) {
            return Some(Self { at });
        }
        say_skipped("a file system cannot be mounted here");
        None
    }

    fn ballast(&self) -> PathBuf {
        self.at.join("ballast")
    }
}

impl Trouble for SmallDisk {
    fn begin(&self, _: &Process) {
        fill_up(&self.ballast());
    }

    fn end(&self, _: &Process) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

/// Writes to a file until no page is free.
fn fill_up(ballast: &Path) {
    let mut file = File::create(ballast).unwrap();
    loop {
        match file.write(&[0; 4096]) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::StorageFull => return,
            Err(error) => panic!("{error}"),
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily, since a server that is just being killed may still have files open.
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).status();
    }
}
