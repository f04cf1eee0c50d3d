//! A certificate authority for one test, made by `openssl`.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::needs::{find_program, skip};

/// Writes `ca.crt`, and `server.crt` and `server.key` for a host name. `None` (test skipped) without `openssl`; panics if the
/// variable `required` is set.
pub fn make(folder: &Path, host: &str, required: &str) -> Option<()> {
    if find_program("openssl").is_none() {
        skip("openssl is not installed", required);
        return None;
    }
    let curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    let authority =
        ["req", "-x509", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Test authority"];
    openssl(folder, &[&authority[..], &curve].concat());
    let request = ["req", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=Test server"];
    openssl(folder, &[&request[..], &curve].concat());
    fs::write(folder.join("server.ext"), format!("subjectAltName=DNS:{host}\n")).unwrap();
    let sign =
        ["x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2"];
    openssl(folder, &[&sign[..], &["-extfile", "server.ext", "-out", "server.crt"]].concat());
    Some(())
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
