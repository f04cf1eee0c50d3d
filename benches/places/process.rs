//! What Linux knows about a process.

use std::fs;
use std::time::Duration;

/// CPU time of all its threads, without those that ended.
///
/// The first number of `schedstat` is the time on a CPU in nanoseconds
/// (<https://docs.kernel.org/scheduler/sched-stats.html>).
pub fn cpu(process: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("the process runs, on Linux");
    let nanos = threads.filter_map(|thread| {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
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
