//! Full disks.

use std::process::Command;

use super::needs::{find_program, skip};
use super::process::{Place, Process};

/// When set, tests fail instead of skip where `prlimit` is missing.
const REQUIRED: &str = "USHER_REQUIRE_FAULTS";

/// A disk fault that a test switches on and off while the server runs.
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
    pub fn place(&self) -> Place {
        Place::default().under(&["sh", "-c", r#"trap "" XFSZ; exec "$0" "$@""#])
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
