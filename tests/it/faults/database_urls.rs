//! The ways to a PostgreSQL server: IPv6, sockets, and TLS with a certificate that is checked.

use std::fs;
use std::net::TcpListener;

use crate::support::certificates;
use crate::support::needs::say_skipped;
use crate::support::postgres::OwnCluster;
use crate::support::process::Place;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const REQUIRED: &str = "USHER_REQUIRE_POSTGRES";

/// What a start with this URL says, or nothing if it serves.
fn told(url: &str, variables: &[(&str, &str)]) -> String {
    let place = Place::default().with("database_url", url).with("master_key", KEY);
    let place = variables.iter().fold(place, |place, (name, value)| place.with_variable(name, value));
    let output = place.run(&["migrate"], "");
    if !output.status.success() {
        return String::from_utf8(output.stderr).unwrap();
    }
    let server = place.start();
    assert_eq!(server.client().get("/sign-in").status, 200, "{url}");
    String::new()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_of_six_and_a_socket_work() {
    let has_six = TcpListener::bind("[::1]:0").is_ok();
    let listened_on = if has_six { "listen_addresses=127.0.0.1,::1" } else { "listen_addresses=127.0.0.1" };
    let settings =
        |home: &std::path::Path| vec![listened_on.to_owned(), format!("unix_socket_directories={}", home.display())];
    let Some(cluster) = OwnCluster::start_with(settings) else { return };
    let url = cluster.create_database().url;
    let (name, port, password) = (url.rsplit('/').next().unwrap(), cluster.port(), cluster.password());
    let home = cluster.home().display().to_string();
    let mut urls = vec![
        format!("postgres:///{name}?host={home}&port={port}&user=usher&password={password}"),
        format!("postgresql://usher:{password}@/{name}?host={home}&port={port}"),
        format!("postgres://usher:{password}@{}:{port}/{name}", home.replace('/', "%2F")),
        format!("postgres://usher:{password}@localhost:{port}/{name}"),
    ];
    if has_six {
        urls.push(format!("postgres://usher:{password}@[::1]:{port}/{name}"));
    } else {
        say_skipped("there is no IPv6 here");
    }
    for url in urls {
        assert_eq!(told(&url, &[]), "", "{url}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_certificate_of_a_server_is_checked_by_the_authorities_of_the_system() {
    let has_six = TcpListener::bind("[::1]:0").is_ok();
    let mut is_made = None;
    let cluster = OwnCluster::start_with(|home| {
        is_made = certificates::make(home, "localhost", REQUIRED);
        let listened_on = if has_six { "listen_addresses=127.0.0.1,::1" } else { "listen_addresses=127.0.0.1" };
        let certificate = ["ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key"];
        let certificate = if is_made.is_some() { certificate.as_slice() } else { &[] };
        certificate.iter().chain(&[listened_on]).map(|&setting| setting.to_owned()).collect()
    });
    let (Some(cluster), Some(())) = (cluster, is_made) else { return };
    let name = cluster.create_database().url.rsplit('/').next().unwrap().to_owned();
    let (port, password) = (cluster.port(), cluster.password());
    let at = |host: &str, mode: &str| format!("postgres://usher:{password}@{host}:{port}/{name}?sslmode={mode}");
    // The server's user owns its folder.
    let place = Place::default();
    let authority = place.path().join("ca.crt");
    fs::copy(cluster.home().join("ca.crt"), &authority).unwrap();
    let authority = authority.to_str().unwrap();

    let by_system = [("SSL_CERT_FILE", authority)];
    assert_eq!(told(&at("localhost", "verify-full"), &by_system), "");
    assert_eq!(told(&format!("{}&sslrootcert={authority}", at("localhost", "verify-full")), &[]), "");
    for (url, variables) in [
        (at("localhost", "verify-full"), [].as_slice()),
        // The certificate is for another name.
        (at("127.0.0.1", "verify-full"), &by_system),
    ] {
        let told = told(&url, variables);
        assert!(told.starts_with("usher: configuration: database_url:") && told.contains("certificate"), "{told}");
        assert!(told.lines().count() == 1 && !told.contains(password), "{told}");
    }
    assert_eq!(told(&at("127.0.0.1", "verify-ca"), &by_system), "");
    assert_eq!(told(&at("127.0.0.1", "require"), &[]), "");
    if has_six {
        // TLS is tried by itself.
        assert_eq!(told(&at("[::1]", "prefer"), &[]), "");
    }
}
