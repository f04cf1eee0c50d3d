//! `usher user create` and `usher migrate`.

use super::on_both_databases;
use crate::support::app::PASSWORD;
use crate::support::process::{Place, Reply};
use serde_json::json;

const ROSA: [&str; 8] =
    ["user", "create", "--email", "rosa@harbor.test", "--username", "rosa", "--full-name", "Rosa Lindqvist"];

/// Parses `id=… uid=…`.
fn id_and_uid(out: &str) -> (i64, String) {
    let (id, uid) = out.trim_end_matches('\n').split_once(' ').unwrap_or_else(|| panic!("{out:?}"));
    let uid = uid.strip_prefix("uid=").unwrap();
    assert!(uid.len() == 24 && uid.chars().all(|c| c.is_ascii_hexdigit()), "{out:?}");
    (id.strip_prefix("id=").unwrap().parse().unwrap(), uid.to_owned())
}

/// Fails with one line that names the fault and does not repeat the password.
#[track_caller]
fn assert_refused(place: &Place, arguments: &[&str], password: &str, names: &str) {
    let output = place.run(arguments, password);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{arguments:?}");
    assert_eq!((told.lines().count(), output.stdout.len()), (1, 0), "{told}");
    assert!(told.contains(names), "{told}");
    assert!(password.trim().is_empty() || !told.contains(password.trim()), "{told}");
}

fn log_in(client: &crate::support::process::Client, password: &str) -> Reply {
    client.post("/api/users/login", json!({ "email": "rosa@harbor.test", "password": password }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_user_is_made_and_may_sign_in() {
    for place in on_both_databases().await {
        let output = place.run(&ROSA, &format!("{PASSWORD}\n"));
        assert!(output.status.success(), "{output:?}");
        let (id, _) = id_and_uid(&String::from_utf8(output.stdout).unwrap());
        let server = place.start();
        let rosa = server.client();
        let me = log_in(&rosa, PASSWORD).ok();
        assert_eq!(me, json!({ "id": id, "email": "rosa@harbor.test", "isAdmin": false }));
        // The address counts as verified: this user may invite newcomers.
        let environment = rosa.environment();
        rosa.invite(environment, "tomas@harbor.test");
        assert!(rosa.get("/account").text.contains("Rosa Lindqvist"));
        assert!(place.mailbox().new_mails().iter().all(|mail| mail.to != "rosa@harbor.test"), "nothing to confirm");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_international_address_is_one_in_both_spellings() {
    for place in on_both_databases().await {
        let (read, kept) = ("jan@bücher.example", "jan@xn--bcher-kva.example");
        let output = place.run(&["user", "create", "--email", read], PASSWORD);
        assert!(output.status.success(), "{output:?}");
        assert_refused(&place, &["user", "create", "--email", kept], PASSWORD, "--email belongs to another user");
        let server = place.start();
        let jan = server.client();
        let me = jan.post("/api/users/login", json!({ "email": kept, "password": PASSWORD })).ok();
        assert_eq!(me["email"], kept);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_superuser_is_made_while_the_server_runs() {
    for place in on_both_databases().await {
        let server = place.start();
        let token = std::fs::read_to_string(place.data("setup-link")).unwrap();
        let setup = format!("/setup/{}", token.trim().rsplit('/').next().unwrap());
        assert_eq!(server.client().get(&setup).status, 200);
        let output = place.run(&[ROSA.as_slice(), &["--superuser"]].concat(), PASSWORD);
        assert!(output.status.success(), "{output:?}");
        let rosa = server.client();
        assert!(log_in(&rosa, PASSWORD).ok()["isAdmin"].as_bool().unwrap());
        assert_eq!(server.client().get(&setup).status, 404, "there is a superuser");
        assert!(!place.data("setup-link").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_does_not_fit_is_refused_and_nothing_is_made() {
    for place in on_both_databases().await {
        assert_refused(&place, &ROSA, "short", "password");
        assert_refused(&place, &ROSA, "", "password");
        assert_refused(&place, &ROSA, &"x".repeat(65), "password");
        assert_refused(&place, &ROSA, "two good lines\nof a password\n", "password");
        assert_refused(&place, &["user", "create", "--email", "rosa"], PASSWORD, "--email");
        let bad_name = ["user", "create", "--email", "rosa@harbor.test", "--username", "no spaces"];
        assert_refused(&place, &bad_name, PASSWORD, "--username");
        let reserved = ["user", "create", "--email", "rosa@harbor.test", "--username", "admin"];
        assert_refused(&place, &reserved, PASSWORD, "--username");
        let no_name = ["user", "create", "--email", "rosa@harbor.test", "--full-name", "a\nb"];
        assert_refused(&place, &no_name, PASSWORD, "--full-name");

        assert!(place.run(&ROSA, PASSWORD).status.success(), "a rejected user left something behind");
        let upper = ["user", "create", "--email", "ROSA@harbor.test"];
        assert_refused(&place, &upper, "another horse 2", "--email");
        let taken = ["user", "create", "--email", "mia@harbor.test", "--username", "Rosa"];
        assert_refused(&place, &taken, PASSWORD, "--username");
        let free = ["user", "create", "--email", "mia@harbor.test", "--username", "mia"];
        assert!(place.run(&free, PASSWORD).status.success());
        let server = place.start();
        log_in(&server.client(), PASSWORD).ok();
        assert_eq!(log_in(&server.client(), "another horse 2").status, 403);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_username_is_taken_where_pages_have_none() {
    let place = Place::default().with("usernames_enabled", "false");
    assert!(place.run(&ROSA, PASSWORD).status.success());
    let server = place.start();
    let rosa = server.client();
    let fields = [("email", "rosa"), ("password", PASSWORD)];
    assert_eq!(rosa.submit("/sign-in", "/sign-in", &fields).status, 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_spaces_of_a_password_count() {
    let place = Place::default();
    assert!(place.run(&ROSA, "  eight  \r\n").status.success());
    let server = place.start();
    log_in(&server.client(), "  eight  ").ok();
    assert_eq!(log_in(&server.client(), "eight").status, 400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn migrate_makes_the_schema_and_stops() {
    for place in on_both_databases().await {
        for _ in 0..2 {
            let output = place.run(&["migrate"], "");
            assert!(output.status.success(), "{output:?}");
        }
        place.start();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_known_is_refused_with_help() {
    let place = Place::default();
    for arguments in [["serv"].as_slice(), &["user"], &["user", "create"], &["--port", "1"]] {
        let output = place.run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!place.path().join("data").exists(), "{arguments:?} made something");
    }
    assert!(place.run(&["--help"], "").status.success());
    assert!(place.run(&["--version"], "").status.success());
}
