//! CPU time of a request, in the server's process.

use std::time::{Duration, Instant};

use super::process::Cpu;

/// Requests before measuring: at least one, at most [`WARM_UP`] in [`WARM_UP_FOR`].
const WARM_UP: u32 = 20;
const WARM_UP_FOR: Duration = Duration::from_millis(200);
/// Requests measured: at least two, at most [`REQUESTS`] in [`MEASURE_FOR`].
const REQUESTS: u32 = 400;
const MEASURE_FOR: Duration = Duration::from_millis(600);

/// The mean CPU time of a request.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Cost(Duration);

impl Cost {
    pub fn micros(self) -> f64 {
        self.0.as_secs_f64() * 1e6
    }

    pub fn over(self, other: Self) -> f64 {
        self.micros() / other.micros()
    }

    pub fn lesser(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }
}

/// The mean CPU time of a process per call of `request`.
pub fn cost_of(process: u32, mut request: impl FnMut()) -> Cost {
    repeat(1, WARM_UP, WARM_UP_FOR, &mut request);
    let before = Cpu::of(process);
    let requests = repeat(2, REQUESTS, MEASURE_FOR, &mut request);
    Cost(Cpu::of(process).since(&before) / requests)
}

/// Calls a function from `least` to `most` times, until the time is over. Returns how often.
fn repeat(least: u32, most: u32, time: Duration, request: &mut impl FnMut()) -> u32 {
    let began = Instant::now();
    let mut times = 0;
    while times < least || (times < most && began.elapsed() < time) {
        request();
        times += 1;
    }
    times
}
