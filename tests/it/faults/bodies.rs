//! Bodies that never end, and what they hold.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;

use crate::support::process::{PATIENCE, Place, Process};

/// More than a server may have of them in memory, at 1 MiB each.
const MANY: usize = 400;
const MOST_MIB: u64 = 250;
const MIB: usize = 1024 * 1024;

const JSON: &str = "Content-Type: application/json";

/// Begins a request, and sends a part of its body.
fn begin(server: &Process, path: &str, headers: &str, length: usize, part: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    // A server that has refused already does not read on.
    let _ = stream.write_all(part);
    stream
}

/// All that is answered until the server closes the connection.
fn answer(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

#[test]
fn a_body_that_stalls_is_answered_and_closed() {
    let server = Place::default().start();
    let part = format!("{{\"email\":\"{}", "a".repeat(100));
    thread::scope(|scope| {
        for (path, headers, told) in [
            ("/api/users/login", JSON, "{\"code\":408,\"message\":\"The body took too long\"}"),
            ("/api/v1/session.create", JSON, "\"statusCode\":408"),
            ("/sign-in", "Content-Type: application/x-www-form-urlencoded", "That took too long"),
        ] {
            let stream = begin(&server, path, headers, 1000, part.as_bytes());
            scope.spawn(move || {
                let answer = answer(stream);
                assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains(told), "{path}: {answer}");
            });
        }
    });
}

#[test]
fn bodies_under_way_share_their_memory() {
    let place = Place::default().with("rate_limits_enabled", "false").with("trusted_proxies", "127.0.0.1");
    let server = place.start();
    let part = vec![b' '; MIB - 1];
    let streams: Vec<TcpStream> = (0..MANY).map(|_| begin(&server, "/api/users/login", JSON, MIB, &part)).collect();
    // Small requests of others go on meanwhile.
    let client = server.client();
    assert_eq!(client.get("/sign-in").status, 200);
    let body = serde_json::json!({ "email": "rosa@harbor.test", "password": "wrong horse 3" });
    assert_eq!(client.post_from("/api/users/login", body, "192.0.2.7").status, 403);
    let Some(peak) = server.memory("VmHWM") else { return };
    assert!(peak < MOST_MIB, "{peak} MiB");
    let refused = streams.into_iter().map(answer).filter(|answer| answer.starts_with("HTTP/1.1 503 ")).count();
    assert!(refused > MANY / 2, "{refused}");
}

#[test]
fn a_multipart_body_is_not_held_while_nothing_of_it_can_be_read() {
    let place = Place::default().with("rate_limits_enabled", "false");
    let created = place.create_user("rosa@harbor.test");
    let id = created.trim().rsplit_once("uid=").unwrap().1;
    let server = place.start();
    let client = server.client();
    client.log_in("rosa@harbor.test");
    let kind = "multipart/form-data; boundary=x";
    let headers = format!("Content-Type: {kind}\r\nCookie: usher_session={}", client.cookie("usher_session"));
    let filler = "a".repeat(20 * MIB);
    for body in [filler.clone(), format!("--x\r\nContent-Disposition: form-data; name=\"{filler}")] {
        let stream = begin(&server, "/api/v1/user.setPicture", &headers, body.len(), body.as_bytes());
        let answer = answer(stream);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413 "), "{answer}");
    }
    // A large part that can be read goes on as it comes.
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n{id}\r\n");
    let file = "--x\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"a\"\r\n\r\n";
    let body = format!("{head}{file}{}\r\n--x--\r\n", &filler[..9 * MIB]);
    let reply = client.send("/api/v1/user.setPicture", kind, body.as_bytes());
    assert!(reply.text.contains("10024"), "{reply:?}");
    let Some(peak) = server.memory("VmHWM") else { return };
    assert!(peak < 100, "{peak} MiB");
}

#[test]
fn http_2_is_not_spoken() {
    let server = Place::default().start();
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // One connection could carry any number of bodies.
    stream.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").unwrap();
    let answer = answer(stream);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer:?}");
}
