//! Starting: from nothing, twice at once, without a key or with a wrong one.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use super::on_both_databases;
use crate::support::postgres::fresh_database;
use crate::support::process::{Place, free_port};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode() & 0o777
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_binary_alone_in_an_empty_folder_runs() {
    let place = Place::default();
    let program = place.path().join("usher");
    fs::copy(env!("CARGO_BIN_EXE_usher"), &program).unwrap();
    let place = place.with_program(&program);
    let server = place.start();
    let client = server.client();
    let page = client.get("/");
    assert_eq!(page.status, 200);
    let (_, rest) = page.text.split_once("href=\"/static/").unwrap();
    let style = format!("/static/{}", rest.split('"').next().unwrap());
    assert_eq!(client.get(&style).status, 200, "{style}");
    client.post("/api/users/signup", signup("rosa@harbor.test")).ok();
    client.log_in("rosa@harbor.test");
    client.environment();
    crate::support::process::wait_for_mail(&place.mailbox(), "rosa@harbor.test");
    assert_eq!(names(place.path()), ["data", "usher"], "something was written outside of data/");
}

fn signup(address: &str) -> serde_json::Value {
    serde_json::json!({ "email": address, "password": crate::support::app::PASSWORD, "agreeToTerms": true })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_it_keeps_is_its_owners_alone() {
    let place = Place::default();
    let server = place.start();
    server.client().post("/api/users/signup", signup("rosa@harbor.test")).ok();
    crate::support::process::wait_for_mail(&place.mailbox(), "rosa@harbor.test");
    assert_eq!(mode(&place.path().join("data")), 0o700);
    assert_eq!(mode(&place.data("master.key")), 0o600);
    assert_eq!(mode(&place.data("setup-link")), 0o600);
    assert_eq!(mode(&place.data("mail")), 0o700);
    for mail in names(&place.data("mail")) {
        assert_eq!(mode(&place.data("mail").join(&mail)), 0o600, "{mail}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_setup_link_makes_the_first_superuser_once() {
    for place in on_both_databases().await {
        let server = place.start();
        let link = fs::read_to_string(place.data("setup-link")).unwrap().trim().to_owned();
        assert!(link.starts_with(&format!("{}/setup/", server.base())), "{link}");
        assert!(!server.log().contains(&link), "the link is in the log");

        let path = link.strip_prefix(&server.base()).unwrap();
        let fields = [
            ("username", "rosa"),
            ("fullName", "Rosa"),
            ("email", "rosa@harbor.test"),
            ("password", crate::support::app::PASSWORD),
        ];
        let client = server.client();
        assert_eq!(client.submit(path, path, &fields).status, 303);
        assert!(client.get("/api/users/me").ok()["isAdmin"].as_bool().unwrap());
        assert_eq!(server.client().get(path).status, 404);
        assert!(!place.data("setup-link").exists());

        drop(server);
        let server = place.start();
        assert!(!server.log().contains("setup-link"), "{}", server.log());
        assert!(!place.data("setup-link").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unused_setup_link_outlives_a_restart() {
    let place = Place::default();
    let token = |place: &Place| {
        let link = fs::read_to_string(place.data("setup-link")).unwrap();
        link.rsplit('/').next().unwrap().to_owned()
    };
    drop(place.start());
    let first = token(&place);
    let server = place.start();
    assert_eq!(token(&place), first);
    assert_eq!(server.client().get(&format!("/setup/{}", first.trim())).status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_processes_start_at_once_on_an_empty_database() {
    let Some(database) = fresh_database().await else { return };
    let places: Vec<Place> =
        (0..4).map(|_| Place::default().with("database_url", &database.url).with("master_key", KEY)).collect();
    let servers: Vec<_> = places.iter().map(Place::start_without_waiting).collect();
    for server in &servers {
        server.wait_until_ready();
    }
    servers[0].client().post("/api/users/signup", signup("rosa@harbor.test")).ok();
    for server in &servers {
        server.client().log_in("rosa@harbor.test");
        assert!(!server.log().contains("ERROR"), "{}", server.log());
    }
}

/// Two would send every mail twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_server_on_a_sqlite_database_is_refused_and_the_command_line_is_not() {
    let mut place = Place::default();
    let server = place.start();
    place.set("port", free_port().to_string());
    let refused = |place: &Place| {
        let output = place.run(&[], "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), told.lines().count()), (Some(1), 1), "{told}");
        let holder = format!("another Usher server (process {})", server.id());
        assert!(told.contains(&holder) && told.contains("usher.sqlite3"), "{told}");
    };
    refused(&place);
    place.create_user("rosa@harbor.test");
    assert!(place.run(&["migrate"], "").status.success());
    server.client().log_in("rosa@harbor.test");

    // Another data directory or another path is still the same database.
    let link = place.path().join("link.sqlite3");
    std::os::unix::fs::symlink(place.data("usher.sqlite3"), &link).unwrap();
    let url = format!("sqlite://{}", link.display());
    let key = fs::read_to_string(place.data("master.key")).unwrap();
    let other = Place::default().with("database_url", url).with("master_key", key.trim());
    refused(&other.with("port", free_port().to_string()));

    server.kill();
    place.start().client().log_in("rosa@harbor.test");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_that_others_can_read_is_told() {
    let place = Place::default();
    assert!(!place.start().log().contains("master.key"));
    fs::set_permissions(place.data("master.key"), fs::Permissions::from_mode(0o640)).unwrap();
    let log = place.start().log();
    assert!(log.contains("chmod 600") && log.contains("master.key"), "{log}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_process_left_half_written_is_removed() {
    let place = Place::default();
    fs::create_dir_all(place.data("mail")).unwrap();
    let left =
        ["mail/.20261122T221305Z-00000007-ab.eml.new", "mail/.7.x.eml.new", ".7.master.key.new", ".7.setup-link.new"];
    for name in left {
        fs::write(place.data(name), "a link that works").unwrap();
    }
    let others = ["mail/notes.new", "master.key.new", "usher.sqlite3.new"];
    for name in others {
        fs::write(place.data(name), "somebody's own").unwrap();
    }
    fs::create_dir(place.data(".later.new")).unwrap();
    let _server = place.start();
    for name in left {
        assert!(!place.data(name).exists(), "{name}");
    }
    for name in others {
        assert!(place.data(name).exists(), "{name}");
    }
}

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER_KEY: &str = "HxAREhMUFRYXGBkaGxwdHh8AAQIDBAUGBwgJCgsMDQ4=";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_refuses_another_key_and_no_key() {
    for mut place in on_both_databases().await {
        place.create_user("rosa@harbor.test");
        place.set("port", free_port().to_string());
        let key = fs::read_to_string(place.data("master.key")).unwrap();

        fs::write(place.data("master.key"), OTHER_KEY).unwrap();
        assert_refused(&place);
        fs::write(place.data("master.key"), "not a key").unwrap();
        assert_refused(&place);
        fs::remove_file(place.data("master.key")).unwrap();
        assert_refused(&place);
        assert!(!place.data("master.key").exists(), "a key was created for a database that has another");
        place.set("master_key", OTHER_KEY);
        assert_refused(&place);

        place.unset("master_key");
        fs::write(place.data("master.key"), &key).unwrap();
        place.start().client().log_in("rosa@harbor.test");
        fs::remove_file(place.data("master.key")).unwrap();
        place.set("master_key", key.trim());
        place.start().client().log_in("rosa@harbor.test");
        assert!(!place.data("master.key").exists(), "a configured key was written to disk");
    }
}

fn assert_refused(place: &Place) {
    let output = place.run(&[], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains("master_key"), "{told}");
    assert!(!told.contains(OTHER_KEY), "{told}");
}
