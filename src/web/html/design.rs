//! What pages and mails are made of, to be looked at by whoever works on them. No release build has these pages.

mod mails;

use std::collections::BTreeMap;

use rocket::{Route, State, get, routes};
use serde_json::json;

use super::times::Time;
use super::{Page, Visitor};
use crate::usher::Usher;
use crate::words::Text;

/// The custom properties of the stylesheet that are colours.
const COLOURS: [&str; 19] = [
    "page",
    "surface",
    "sunken",
    "line",
    "edge",
    "ink",
    "soft",
    "accent",
    "accent-strong",
    "on-accent",
    "danger",
    "danger-strong",
    "on-danger",
    "good-back",
    "good-ink",
    "warn-back",
    "warn-ink",
    "bad-back",
    "bad-ink",
];

#[get("/design")]
fn parts(usher: &State<Usher>, visitor: Visitor) -> Page {
    let faults = BTreeMap::from([("name", Text::of("rule-name")), ("password", Text::of("rule-password"))]);
    let boxes: Vec<_> = (1..=9)
        .map(|number| json!({ "value": number, "name": format!("berth.{number}"), "description": "Open the berth", "ticked": number == 2 }))
        .collect();
    let now = usher.now();
    Page::new(
        "design/parts",
        &visitor,
        json!({
            "colours": COLOURS,
            "styles": ["primary", "quiet", "danger", "danger-quiet"],
            "tones": ["neutral", "good", "warn", "bad"],
            "broken": { "values": { "name": "Rosa" }, "faults": faults },
            "whole": { "values": { "one": "true", "life": "30" } },
            "boxes": boxes,
            "people": [
                { "name": "Rosa Marlow", "email": "rosa@harbor.test" },
                { "name": "\u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5dc}\u{5d5}\u{5d9}", "email": "noa@harbor.test" },
            ],
            "time": Time::new(now, now),
        }),
    )
}

pub fn routes() -> Vec<Route> {
    [routes![parts], mails::routes()].concat()
}
