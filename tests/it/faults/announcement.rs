//! What the server says of itself at start, and to whom.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use serde_json::json;

use super::on_both_databases;
use crate::support::needs::{find_program, say_skipped};
use crate::support::process::{Place, free_port, wait_for};

const PUBLIC_URL: &str = "public_url is not set";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_others_reach_needs_a_public_url() {
    for address in ["0.0.0.0", "::", "::1"] {
        let log = Place::default().with("address", address).start_at(address).log();
        let told = log.lines().filter(|line| line.contains(PUBLIC_URL) && line.contains(address)).count();
        assert_eq!(told, 1, "{address}: {log}");
    }
    let place = Place::default();
    assert!(!place.start().log().contains(PUBLIC_URL));
    let place = place.with("address", "0.0.0.0").with("public_url", "https://usher.test");
    assert!(!place.start().log().contains(PUBLIC_URL));
    // Not a matter of commands.
    let place = Place::default().with("address", "0.0.0.0");
    let output = place.run(&["migrate"], "");
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_from_another_address_names_the_key_once() {
    let place = Place::default().with("address", "0.0.0.0");
    let server = place.start();
    let client = server.client();
    let body = json!({ "email": "rosa@harbor.test", "password": "tide-table-7" });
    let wrong = "http://192.0.2.7:8000";
    let lines = || server.log().lines().filter(|line| line.contains(wrong)).map(str::to_owned).collect::<Vec<_>>();
    for path in ["/api/users/login", "/sign-in"] {
        // The second is an attack on the log.
        for origin in [wrong, "http://x y"] {
            let reply = client.post_with(path, &body, "Origin", origin);
            assert_eq!(reply.status, 403, "{path}: {reply:?}");
            assert!(reply.text.contains("public_url"), "{path}: {reply:?}");
        }
    }
    let told = lines();
    assert!(told.len() == 1 && told[0].contains("public_url") && told[0].contains(&server.base()), "{told:?}");
    assert!(!server.log().contains("x y"), "{}", server.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_setup_link_is_shown_on_a_terminal_and_kept_out_of_logs() {
    let place = Place::default();
    let server = place.start();
    let link = fs::read_to_string(place.data("setup-link")).unwrap().trim().to_owned();
    let (out, log) = (server.out(), server.log());
    assert_eq!(out, format!("Usher is at {}\n", server.base()));
    assert!(log.contains("data/setup-link") && !log.contains("/setup/"), "{log}");
    drop(server);

    let Some(script) = find_program("script") else { return say_skipped("script (bsdutils) is not installed") };
    let mut terminal =
        place.command_through(&[script.to_str().unwrap(), "--quiet", "--return", "--command"], &["/dev/null"]);
    let port = free_port();
    let mut shown = terminal.env("ROCKET_PORT", port.to_string()).stdout(Stdio::piped()).spawn().unwrap();
    let mut text = Vec::new();
    let mut out = shown.stdout.take().unwrap();
    let token = link.rsplit('/').next().unwrap();
    wait_for(|| {
        let mut part = [0; 4096];
        let read = out.read(&mut part).unwrap();
        text.extend_from_slice(&part[..read]);
        String::from_utf8_lossy(&text).contains(&format!("http://127.0.0.1:{port}/setup/{token}"))
    })
    .unwrap();
    // Its end closes the terminal, which stops the server.
    assert!(Command::new("kill").arg(shown.id().to_string()).status().unwrap().success());
    shown.wait().unwrap();
}

/// A server with a database elsewhere needs nothing of its folder.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_written_is_enough() {
    const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    for place in on_both_databases().await.into_iter().filter(|place| place.value("database_url").is_some()) {
        // Root may write anywhere, but not below a file.
        fs::write(place.path().join("file"), "").unwrap();
        let mut place =
            place.with("data_dir", "file/data").with("master_key", KEY).with("port", free_port().to_string());
        // Mails need one.
        let output = place.run(&[], "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && told.starts_with("usher: configuration: mail_url:"), "{told}");

        place.set("mail_url", "smtp://127.0.0.1:1");
        assert!(place.run(&["migrate"], "").status.success());
        let server = place.start();
        assert_eq!(server.client().get("/sign-in").status, 200);
        assert!(server.log().contains("usher user create --superuser"), "{}", server.log());
        let create = ["user", "create", "--email", "rosa@harbor.test", "--superuser"];
        let output = place.run(&create, crate::support::app::PASSWORD);
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        server.client().log_in("rosa@harbor.test");
        let names: Vec<_> = fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["file"]);
        assert!(!server.log().contains("ERROR"), "{}", server.log());

        // A key must be kept.
        place.unset("master_key");
        let output = place.run(&["migrate"], "");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with("usher: configuration: data_dir:"), "{told}");
    }
}
