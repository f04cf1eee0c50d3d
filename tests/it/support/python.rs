//! Python with the packages that define formats: python-dotenv and botocore.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::needs::{find_program, skip};

/// Python, from `USHER_PYTHON` or the path; `None`: it is not installed, or lacks a package.
pub fn python() -> Option<PathBuf> {
    let python = env::var_os("USHER_PYTHON").map(PathBuf::from).or_else(|| find_program("python3"));
    let has_packages = |python: &PathBuf| {
        let mut command = Command::new(python);
        command
            .args(["-c", "import botocore, dotenv"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    let python = python.filter(has_packages);
    if python.is_none() {
        skip("Python with python-dotenv and botocore is missing", "USHER_REQUIRE_PYTHON");
    }
    python
}

/// A script of `tests/assets`.
pub fn script(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/assets").join(name)
}
