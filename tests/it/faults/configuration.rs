//! A wrong configuration stops the start with one line that names the key.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::process::{Place, free_port};

/// The one line that a failed start prints.
#[track_caller]
fn fault(place: &Place) -> String {
    let output = place.run(&[], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    told
}

/// Every key, with invalid values.
const WRONG: [(&str, &str); 65] = [
    ("port", "eighty"),
    ("port", "70000"),
    ("port", "-1"),
    ("address", "here"),
    // Nobody's: set aside for documentation.
    ("address", "192.0.2.1"),
    ("address", "2001:db8::1"),
    ("data_dir", "5"),
    ("data_dir", "[1]"),
    ("database_url", "mysql://u:hunter2@h/d"),
    ("database_url", "usher.sqlite3"),
    ("database_url", "sqlite::memory:"),
    ("database_url", "sqlite:///nowhere/at/all/usher.sqlite3"),
    ("database_url", "postgres://u:hunter2@127.0.0.1:1/d"),
    ("database_url", "postgres://u:hunter2@127.0.0.1:port/d"),
    ("database_url", "postgres://"),
    ("database_url", "7"),
    ("database_connections", "2"),
    ("database_connections", "1001"),
    ("database_connections", "many"),
    ("database_url_file", "/nowhere/at/all"),
    ("database_url_file", "/"),
    ("mail_url_file", "7"),
    ("mail_url_file", "/dev/null"),
    ("master_key_file", "/dev/zero"),
    ("cookie_name", ""),
    ("cookie_name", "two words"),
    ("cookie_name", "__Host-usher"),
    ("hsts_include_subdomains", "perhaps"),
    ("public_url", "http://usher.test/path"),
    ("public_url", "usher.test"),
    ("public_url", "ftp://usher.test"),
    ("public_url", "https://u:hunter2@usher.test"),
    ("public_url", ""),
    ("public_url", "http://usher.test:port"),
    ("slack_url", "http://slack.com/api/"),
    ("slack_url", "https://u:hunter2@slack.com/"),
    ("mail_url", "imap://h"),
    ("mail_url", "file:"),
    ("mail_url", "smtp://u:hunter2@h?tls=maybe"),
    ("mail_url", "data/mail"),
    ("mail_url", "file:/dev/null/mail"),
    ("mail_url", "smtps://u:hunter2@h?tls=none"),
    ("mail_hello", "a b"),
    ("mail_hello", "7"),
    ("mail_ca_file", "/nowhere/ca.pem"),
    ("mail_ca_file", "/dev/null"),
    ("mail_ca_file", "7"),
    ("mail_from", "nonsense"),
    ("mail_from", ""),
    ("mail_from", "a@b, c@d"),
    ("mail_from", "jürgen@harbor.test"),
    ("mail_from", "usher@xn--a.test"),
    ("mail_from", "Usher <usher@bü cher.example>"),
    ("master_key", "hunter2"),
    ("master_key", "AAECAwQFBgcICQoLDA0ODw=="),
    ("master_key", "7"),
    ("sign_up_open", "perhaps"),
    ("usernames_enabled", "2"),
    ("org_creation_open", "no"),
    ("rate_limits_enabled", "\"true\""),
    ("session_idle_minutes", "0"),
    ("session_idle_minutes", "10081"),
    ("session_idle_minutes", "soon"),
    ("trusted_proxies", "nonsense"),
    ("trusted_proxies", "[\"10.0.0.1\", \"10.0.0.0/33\"]"),
];

/// `None` if the start fails with one line that names the key and contains no password.
fn not_told(key: &str, value: &str) -> Option<String> {
    let place = Place::default().with("port", free_port().to_string()).with(key, value);
    let output = place.run(&[], "");
    let told = String::from_utf8(output.stderr).unwrap();
    let names_it = told.starts_with(&format!("usher: configuration: {key}:"));
    let right = output.status.code() == Some(1) && told.lines().count() == 1 && names_it && !told.contains("hunter2");
    (!right).then(|| format!("{key} = {value}: {:?} {told}", output.status))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_value_is_told_by_its_key() {
    // Without delay: only an unreachable database is waited for.
    let faults: Vec<String> = std::thread::scope(|scope| {
        let starts = WRONG.map(|(key, value)| scope.spawn(move || not_told(key, value)));
        starts.into_iter().filter_map(|start| start.join().unwrap()).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let output = Place::default().with("port", port.to_string()).run(&[], "");
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.starts_with("usher: configuration: port:"), "{told}");
    // Nothing says that the server is there.
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_data_dir_that_cannot_be_written_is_told() {
    let place = Place::default().with("port", free_port().to_string());
    // Root may write anywhere, but not below a file.
    std::fs::write(place.path().join("file"), "").unwrap();
    let place = place.with("data_dir", "file/data");
    assert!(fault(&place).starts_with("usher: configuration: data_dir:"));

    let closed = Place::default().with("port", free_port().to_string());
    std::fs::create_dir(closed.path().join("data")).unwrap();
    std::fs::set_permissions(closed.path().join("data"), std::fs::Permissions::from_mode(0o500)).unwrap();
    let is_root = std::fs::write(closed.data("probe"), "").is_ok();
    if !is_root {
        assert!(fault(&closed).starts_with("usher: configuration: data_dir:"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rocket_toml_counts_and_a_variable_counts_more() {
    let place = Place::default();
    let toml = "[default]\nsession_idle_minutes = 0\ndata_dir = \"elsewhere\"\n";
    std::fs::write(place.path().join("Rocket.toml"), toml).unwrap();
    let place = place.with("port", free_port().to_string());
    assert!(fault(&place).contains("session_idle_minutes"));
    let place = place.with("session_idle_minutes", "60");
    let server = place.start();
    assert!(place.path().join("elsewhere/master.key").exists());
    assert!(!place.path().join("data").exists());
    drop(server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_rocket_toml_is_told() {
    let place = Place::default().with("port", free_port().to_string());
    std::fs::write(place.path().join("Rocket.toml"), "[default\n").unwrap();
    assert!(fault(&place).starts_with("usher: configuration: Rocket.toml:"));
}
