//! glibc's malloc, set up to give memory back.
//!
//! By default it has up to eight arenas a core, each of which takes addresses for 64 MiB, and raises the size from which a
//! block goes back to the system at once whenever such a block is freed, up to 32 MiB. So after a burst of large requests
//! a server kept hundreds of MB, and under `ulimit -v` had no addresses left for a large picture.

/// Starts the program anew with these settings, which malloc reads from the environment, at the start alone. Setting them
/// within the process takes unsafe code. Goes on without where that fails, and where the environment has settings already.
pub fn set_up() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    set_up_glibc();
}

/// Whether a freed block of many MB goes back to the system at once, however many were freed before.
pub fn gives_back() -> bool {
    let settings = std::env::var(SETTINGS).unwrap_or_default();
    cfg!(not(target_env = "gnu")) || settings.contains("glibc.malloc.mmap_threshold=")
}

const SETTINGS: &str = "GLIBC_TUNABLES";

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn set_up_glibc() {
    use std::env;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    if env::vars_os().any(|(name, _)| name == SETTINGS || name.to_string_lossy().starts_with("MALLOC_")) {
        return;
    }
    let (Ok(program), mut arguments) = (env::current_exe(), env::args_os()) else { return };
    let name = arguments.next().unwrap_or_else(|| program.clone().into_os_string());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let settings = format!(
        "glibc.malloc.arena_max={cores}:glibc.malloc.mmap_threshold={LARGE}:glibc.malloc.trim_threshold={KEPT}"
    );
    // It returns if it fails alone. The process stays the same to whoever started it.
    let _ = Command::new(program).arg0(name).args(arguments).env(SETTINGS, settings).exec();
}

/// In bytes: from which size a block goes back at once, and how much an arena may keep at its end. More than a page takes with
/// its compression, which would cost a tenth of its time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: usize = 1024 * 1024;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const KEPT: usize = 2 * 1024 * 1024;
