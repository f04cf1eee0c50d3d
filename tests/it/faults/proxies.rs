//! `X-Forwarded-For` counts only from trusted proxies, observed by the sign-in limit of an address.

use serde_json::json;

use crate::support::process::{Client, Place, Reply};

/// More sign-ins than an address may make a minute, with unknown usernames.
const TRIES: usize = 75;

fn sign_in(client: &Client, number: usize, forwarded_for: &str) -> Reply {
    let body = json!({ "email": format!("nobody-{number}@harbor.test"), "password": "wrong horse 3" });
    client.post_from("/api/users/login", body, forwarded_for)
}

/// How many attempts were rejected; each has the header that `forwarded_for` returns.
fn refused(client: &Client, forwarded_for: impl Fn(usize) -> String) -> usize {
    (0..TRIES).filter(|number| sign_in(client, *number, &forwarded_for(*number)).status == 429).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn anybody_else_is_not_believed() {
    let place = Place::default();
    let server = place.start();
    assert!(refused(&server.client(), |number| format!("192.0.2.{number}")) > 0);
    let reply = (0..TRIES).map(|number| sign_in(&server.client(), number, "")).find(|reply| reply.status == 429);
    let seconds: u64 = reply.unwrap().header("Retry-After").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trusted_proxy_is_believed() {
    let place = Place::default().with("trusted_proxies", "[\"127.0.0.1\"]");
    let server = place.start();
    let client = server.client();
    assert_eq!(refused(&client, |number| format!("192.0.2.{number}")), 0, "many addresses, a try each");
    assert!(refused(&client, |_| "198.51.100.7".to_owned()) > 0, "one address, many tries");
    // Anything left of the last untrusted address may be forged by it.
    assert!(refused(&client, |number| format!("192.0.2.{number}, 198.51.100.8")) > 0);
    assert_eq!(refused(&client, |number| format!("203.0.113.{number}, 127.0.0.1")), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn networks_of_proxies_are_believed_however_they_write_an_address() {
    let place = Place::default().with("trusted_proxies", "127.0.0.0/8, fd00::/8");
    let server = place.start();
    let client = server.client();
    for write in [
        |number: usize| format!("192.0.2.{number}"),
        |number| format!("198.51.100.{number}:{}", 40_000 + number),
        |number| format!("[2001:db8:{number}::1]"),
        |number| format!("[2001:db8:{number}::2]:443, [fd00::1]:80"),
        |number| format!("2001:db8:{number}::3, 127.9.9.9"),
    ] {
        assert_eq!(refused(&client, write), 0, "{}", write(1));
    }
    assert!(refused(&client, |number| format!("203.0.113.5:{}", 40_000 + number)) > 0, "one address from many ports");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_address_does_not_keep_another_out() {
    let place = Place::default().with("trusted_proxies", "127.0.0.1");
    let server = place.start();
    let client = server.client();
    assert!(refused(&client, |_| "198.51.100.7".to_owned()) > 0);
    assert_ne!(sign_in(&client, 0, "198.51.100.9").status, 429);
}
