//! The memory of a running server after costly work.

use std::thread;

use serde_json::Value;

use crate::support::pictures::files::{self, Kind};
use crate::support::pictures::multipart;
use crate::support::process::{Client, Place};

/// Each of 4 clients signs in that often.
const TURNS: usize = 12;
/// A fresh server takes some 45 MiB, and each of two cores 19 to hash; before the memory was reused it was above 400.
const MOST_MIB: u64 = 150;

#[test]
fn hashing_passwords_reuses_its_memory() {
    let place = Place::default().with("rate_limits_enabled", "false");
    place.create_user("rosa@harbor.test");
    let server = place.start();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..TURNS).for_each(|_| server.client().log_in("rosa@harbor.test")));
        }
    });
    let Some(resident) = server.memory("VmRSS") else { return };
    assert!(resident < MOST_MIB, "{resident} MiB");
}

/// With addresses for 900 MiB, as under `ulimit -v 921600`.
const LIMITED: [&str; 3] = ["sh", "-c", "ulimit -v 921600 && exec \"$0\" \"$@\""];
/// A fresh server, and the 382 of the largest picture as RGBA.
const MOST_MIB_WITH_A_PICTURE: u64 = 500;

/// The code of `user.setPicture`; 0 if the picture was taken.
fn set_picture(client: &Client, id: &str, size: &str, file: &[u8]) -> i64 {
    let (content_type, body) = multipart(&[("id", id), ("cropSize", size)], Some(file));
    let answer = client.send("/api/v1/user.setPicture", &content_type.to_string(), &body);
    let answer: Value = serde_json::from_str(&answer.text).unwrap();
    answer["error"]["code"].as_i64().unwrap_or_default()
}

#[test]
fn the_largest_pictures_are_taken_one_by_one() {
    let place = Place::default().under(&LIMITED).with("rate_limits_enabled", "false");
    let created = place.create_user("rosa@harbor.test");
    let id = created.trim().rsplit_once("uid=").unwrap().1;
    let server = place.start();
    let client = server.client();
    client.log_in("rosa@harbor.test");
    // A small square of each: scaling all of it takes long in a debug build, and no more memory.
    for (name, size, file) in [
        ("PNG", "400", files::png(Kind::Plain, 10_000, 10_000, 200)),
        ("PNG of 16 bits", "400", files::png(Kind::Wide, 10_000, 10_000, 200)),
        ("baseline JPEG", "400", files::jpeg(false, 10_000, 10_000, 200)),
        ("progressive JPEG", "3200", files::jpeg(true, 10_000, 10_000, 200)),
        ("WebP", "400", files::flat_webp(10_000, 10_000)),
    ] {
        assert_eq!(set_picture(&client, id, size, &file), 0, "{name}: {}", server.log());
    }
    // A small part of a large progressive one would have to be decoded whole.
    assert_eq!(set_picture(&client, id, "400", &files::jpeg(true, 10_000, 10_000, 200)), 10025);
    assert_eq!(set_picture(&client, id, "300", &files::png(Kind::Plain, 300, 300, 200)), 0);
    let Some(peak) = server.memory("VmHWM") else { return };
    assert!(peak < MOST_MIB_WITH_A_PICTURE, "{peak} MiB");
    let resident = server.memory("VmRSS").unwrap();
    assert!(resident < MOST_MIB, "{resident} MiB");
}

#[test]
fn files_that_come_at_once_share_their_memory() {
    let place = Place::default().under(&LIMITED).with("rate_limits_enabled", "false");
    let created = place.create_user("rosa@harbor.test");
    let id = created.trim().rsplit_once("uid=").unwrap().1;
    let server = place.start();
    let client = server.client();
    client.log_in("rosa@harbor.test");
    let codes: Vec<i64> = thread::scope(|scope| {
        let sending: Vec<_> =
            (0..16).map(|_| scope.spawn(|| set_picture(&client, id, "400", &vec![7; 10_000_000]))).collect();
        sending.into_iter().map(|sending| sending.join().unwrap()).collect()
    });
    assert!(codes.contains(&10024) && codes.iter().all(|code| [10024, 429].contains(code)), "{codes:?}");
    assert_eq!(set_picture(&client, id, "300", &files::flat_webp(300, 300)), 0, "{}", server.log());
    let Some(peak) = server.memory("VmHWM") else { return };
    assert!(peak < MOST_MIB, "{peak} MiB");
}

#[test]
fn a_picture_without_room_is_refused_and_the_next_is_taken() {
    let place = Place::default().with("rate_limits_enabled", "false");
    let created = place.create_user("rosa@harbor.test");
    // No room for 382 MiB.
    let place = place.under(&["sh", "-c", "ulimit -v 409600 && exec \"$0\" \"$@\""]);
    let id = created.trim().rsplit_once("uid=").unwrap().1;
    let server = place.start();
    let client = server.client();
    client.log_in("rosa@harbor.test");
    for _ in 0..3 {
        assert_eq!(set_picture(&client, id, "400", &files::flat_webp(10_000, 10_000)), 10025, "{}", server.log());
        assert_eq!(set_picture(&client, id, "300", &files::flat_webp(300, 300)), 0, "{}", server.log());
    }
}
