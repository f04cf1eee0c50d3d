//! I/O errors on demand: a preloaded library, and a control file that selects the calls to fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::disk::{REQUIRED, Trouble};
use super::needs::{find_program, skip};
use super::process::{Place, Process};

/// Which calls fail: `write` and `pwrite`, or `fsync` and `fdatasync`.
#[derive(Clone, Copy, Debug)]
pub enum Call {
    Write,
    Sync,
}

/// Calls that fail with EIO.
pub struct FailingCalls {
    control: PathBuf,
    line: String,
}

impl FailingCalls {
    /// Counts calls on files whose path ends in `end`, from the start of the fault: the first `skipped` succeed, the
    /// next `count` fail, later ones succeed. `None` (test skipped) without a C compiler.
    pub fn place(end: &str, call: Call, skipped: u32, count: u32) -> Option<(Place, Self)> {
        static LIBRARY: OnceLock<Option<PathBuf>> = OnceLock::new();
        let library = LIBRARY.get_or_init(compile).as_ref()?;
        let place = Place::default();
        let control = place.path().join("failing-writes");
        let place = place
            .with_variable("LD_PRELOAD", library.to_str().unwrap())
            .with_variable("USHER_FAILING_WRITES", control.to_str().unwrap());
        let call = match call {
            Call::Write => "write",
            Call::Sync => "sync",
        };
        Some((place, Self { control, line: format!("{end} {call} EIO {skipped} {count}\n") }))
    }
}

impl Trouble for FailingCalls {
    fn begin(&self, _: &Process) {
        // Renamed into place, so that no call reads a partial line.
        let unfinished = self.control.with_extension("new");
        fs::write(&unfinished, &self.line).unwrap();
        fs::rename(unfinished, &self.control).unwrap();
    }

    fn end(&self, _: &Process) {
        fs::remove_file(&self.control).unwrap();
    }
}

/// Compiles the library into cargo's folder for test data.
fn compile() -> Option<PathBuf> {
    if find_program("cc").is_none() {
        skip("there is no C compiler (cc)", REQUIRED);
        return None;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let library = folder.join("failing_writes.so");
    // Renamed into place, since other test processes may compile it at the same time.
    let unfinished = folder.join(format!("failing_writes.{}.so", std::process::id()));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/shim/failing_writes.c");
    let mut command = Command::new("cc");
    command.args(["-shared", "-fPIC", "-O1", "-Wall", "-o"]).arg(&unfinished).arg(source);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    fs::rename(unfinished, &library).unwrap();
    Some(library)
}
