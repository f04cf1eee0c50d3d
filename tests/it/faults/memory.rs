//! The memory of a running server after costly work.

use std::thread;

use crate::support::process::Place;

/// Each of 4 clients signs in that often.
const TURNS: usize = 12;
/// A fresh server takes some 45 MiB, and each of two cores 19 to hash; before the memory was reused it was above 400.
const MOST_MIB: u64 = 150;

#[test]
fn hashing_passwords_reuses_its_memory() {
    let place = Place::default().with("rate_limits_enabled", "false");
    place.create_user("rosa@harbor.test");
    let server = place.start();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..TURNS).for_each(|_| server.client().log_in("rosa@harbor.test")));
        }
    });
    let Some(resident) = server.memory("VmRSS") else { return };
    assert!(resident < MOST_MIB, "{resident} MiB");
}
