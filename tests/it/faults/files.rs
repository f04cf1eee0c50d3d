//! The files of a SQLite database: permissions, replaced files, and a single file after a clean stop.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::support::api::environment_body;
use crate::support::process::{Client, Place, Process, wait_for};

const FILES: [&str; 3] = ["usher.sqlite3", "usher.sqlite3-wal", "usher.sqlite3-shm"];

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

/// A server with a signed-in user who has an environment.
fn harbor(place: &Place) -> (Process, Client) {
    place.create_user("rosa@harbor.test");
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    rosa.environment();
    (server, rosa)
}

fn make(rosa: &Client, name: &str) -> crate::support::process::Reply {
    rosa.post("/api/environments", environment_body(name))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn are_their_owners_alone_whatever_the_folder_says() {
    let place = Place::default();
    fs::create_dir(place.path().join("data")).unwrap();
    fs::set_permissions(place.path().join("data"), Permissions::from_mode(0o755)).unwrap();
    let (server, _rosa) = harbor(&place);
    assert_eq!(FILES.map(|name| mode(&place.data(name))), [0o600; 3]);

    // As the first version created them.
    server.kill();
    for name in FILES {
        fs::set_permissions(place.data(name), Permissions::from_mode(0o644)).unwrap();
    }
    let server = place.start();
    server.client().log_in("rosa@harbor.test");
    assert_eq!(FILES.map(|name| mode(&place.data(name))), [0o600; 3]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hold_everything_in_one_after_a_clean_stop() {
    let place = Place::default();
    let (mut server, rosa) = harbor(&place);
    for number in 0..20 {
        make(&rosa, &format!("Harbor {number}")).ok();
    }
    server.terminate();
    assert_eq!(server.wait_for_end().code(), Some(0), "{}", server.log());
    assert!(
        !place.data(FILES[1]).exists() && !place.data(FILES[2]).exists(),
        "the write-ahead log was not checkpointed"
    );
    place.create_user("tomas@harbor.test");
    assert!(!place.data(FILES[1]).exists(), "not by the command line");

    let copy = Place::default();
    fs::create_dir(copy.path().join("data")).unwrap();
    for name in ["usher.sqlite3", "master.key"] {
        fs::copy(place.data(name), copy.data(name)).unwrap();
    }
    let server = copy.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    assert_eq!(rosa.get("/api/environments").ok().as_array().unwrap().len(), 21);
    server.client().log_in("tomas@harbor.test");
}

/// A file is changed while the server runs: from then on no change succeeds.
fn assert_noticed(file: &str, happens: impl FnOnce(&Place)) -> (Place, Process, Client) {
    let place = Place::default();
    let (server, rosa) = harbor(&place);
    happens(&place);
    for number in 0..3 {
        let reply = make(&rosa, &format!("Harbor {number}"));
        assert_eq!(reply.status, 503, "{reply:?}");
        assert!(reply.header("Retry-After").is_some());
    }
    let ready = server.client().get("/health/ready");
    assert_eq!(ready.status, 503);
    assert!(ready.text.contains("removed or replaced") || ready.text.contains("cannot be written"), "{}", ready.text);
    let log = server.log();
    let path = format!("data/{file}");
    let told: Vec<&str> = log.lines().filter(|line| line.contains("removed or replaced")).collect();
    assert!(told.len() == 1 && told[0].contains(&path), "{log}");
    (place, server, rosa)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn are_missed_when_the_database_is_moved_away_and_welcome_when_it_is_back() {
    let (place, server, rosa) = assert_noticed(FILES[0], |place| {
        fs::rename(place.data(FILES[0]), place.data("elsewhere")).unwrap();
    });
    fs::rename(place.data("elsewhere"), place.data(FILES[0])).unwrap();
    make(&rosa, "Harbor again").ok();
    server.wait_until_ready();
    server.kill();
    let server = place.start();
    let rosa = server.client();
    rosa.log_in("rosa@harbor.test");
    let environments = rosa.get("/environments").text;
    assert!(environments.contains("Harbor again"), "{environments}");
    assert!(!environments.contains("Harbor 1"), "a rejected change was made: {environments}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn are_missed_when_a_backup_is_put_in_the_place_of_the_database() {
    assert_noticed(FILES[0], |place| {
        fs::copy(place.data(FILES[0]), place.data("backup")).unwrap();
        fs::rename(place.data("backup"), place.data(FILES[0])).unwrap();
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn are_missed_when_the_log_is_removed() {
    assert_noticed(FILES[1], |place| fs::remove_file(place.data(FILES[1])).unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn may_lie_behind_a_symbolic_link() {
    let place = Place::default();
    let elsewhere = place.path().join("elsewhere.sqlite3");
    fs::create_dir(place.path().join("data")).unwrap();
    fs::write(&elsewhere, "").unwrap();
    std::os::unix::fs::symlink(&elsewhere, place.data(FILES[0])).unwrap();
    let (mut server, rosa) = harbor(&place);
    make(&rosa, "Harbor live").ok();
    server.terminate();
    assert_eq!(server.wait_for_end().code(), Some(0), "{}", server.log());
    assert!(fs::metadata(&elsewhere).unwrap().len() > 0 && !place.path().join("elsewhere.sqlite3-wal").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn are_missed_by_readiness_alone() {
    let place = Place::default();
    let (server, _rosa) = harbor(&place);
    fs::remove_file(place.data(FILES[0])).unwrap();
    wait_for(|| server.client().get("/health/ready").text.contains("removed or replaced")).unwrap();
}
