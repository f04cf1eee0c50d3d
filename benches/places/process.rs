//! What Linux knows about a process.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::time::Duration;

/// CPU time of each thread of a process.
pub struct Cpu(HashMap<OsString, Duration>);

impl Cpu {
    /// The time so far.
    ///
    /// The first number of `schedstat` is the time on a CPU in nanoseconds
    /// (<https://docs.kernel.org/scheduler/sched-stats.html>).
    pub fn of(process: u32) -> Self {
        let threads = fs::read_dir(format!("/proc/{process}/task")).expect("the process runs, on Linux");
        let spent = threads.filter_map(|thread| {
            let thread = thread.ok()?;
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            Some((thread.file_name(), Duration::from_nanos(text.split(' ').next()?.parse().ok()?)))
        });
        Self(spent.collect())
    }

    /// The time since then. What a thread spent that has ended in between is not known.
    pub fn since(&self, then: &Self) -> Duration {
        let before = |thread| then.0.get(thread).copied().unwrap_or_default();
        self.0.iter().map(|(thread, spent)| spent.saturating_sub(before(thread))).sum()
    }
}

/// Memory, in MiB.
pub type Mebibytes = f64;

/// Its resident memory now.
pub fn resident(process: u32) -> Mebibytes {
    status(process, "VmRSS:")
}

/// Its largest resident memory since the start.
pub fn peak(process: u32) -> Mebibytes {
    status(process, "VmHWM:")
}

fn status(process: u32, name: &str) -> Mebibytes {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs, on Linux");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("Linux tells it");
    let kibibytes = line.trim().strip_suffix(" kB").and_then(|number| number.parse::<f64>().ok());
    kibibytes.expect("it is a number of kB") / 1024.0
}
