//! `usher`: see `usher --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    usher::cli::run()
}
