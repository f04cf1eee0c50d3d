//! Skipping tests on machines that lack a requirement.

use std::env;
use std::io::{self, Write as _};
use std::path::PathBuf;

/// Reports on standard error that a test is skipped.
///
/// # Panics
/// If the environment variable `required` is set, which means that the test must run.
pub fn skip(missing: &str, required: &str) {
    assert!(env::var_os(required).is_none(), "{required} is set, but {missing}");
    say_skipped(missing);
}

/// Reports that an optional test is skipped.
pub fn say_skipped(missing: &str) {
    // Not eprintln!, whose output the test harness hides if the test passes.
    io::stderr().write_all(format!("skipped: {missing}\n").as_bytes()).unwrap();
}

/// Looks for a program in `$PATH`.
pub fn find_program(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}
