//! CPU time of all threads of a process, in nanoseconds.

use std::fs;
use std::time::Duration;

/// CPU time since a start.
pub struct Meter {
    process: u32,
    before: Duration,
}

impl Meter {
    pub fn start(process: u32) -> Self {
        Self { process, before: spent(process) }
    }

    /// CPU time since the start, without threads that ended in between.
    pub fn stop(&self) -> Duration {
        spent(self.process).saturating_sub(self.before)
    }
}

/// The first number of `schedstat` is the time on a CPU in nanoseconds
/// (<https://docs.kernel.org/scheduler/sched-stats.html>).
fn spent(process: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{process}/task")).expect("the process runs, on Linux");
    let nanos = threads.filter_map(|thread| {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    });
    Duration::from_nanos(nanos.sum())
}
