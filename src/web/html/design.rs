//! The parts of pages and all mails, for developers. Not in release builds.

pub(super) mod mails;

use rocket::{Route, State, get, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::ticked::TickBox;
use super::times::Time;
use super::{FormState, Page, View, Visitor};
use crate::usher::Usher;
use crate::words::Text;

/// The stylesheet's custom properties that are colours.
const COLOURS: [&str; 17] = [
    "paper",
    "card",
    "sunken",
    "hair",
    "edge",
    "ink",
    "soft",
    "accent",
    "accent-strong",
    "on-accent",
    "wash",
    "amber",
    "red",
    "red-strong",
    "on-red",
    "red-wash",
    "focus",
];

/// All parts of pages.
#[derive(Serialize)]
pub(super) struct PartsView {
    colours: [&'static str; 17],
    styles: [&'static str; 4],
    tones: [&'static str; 4],
    broken: FormState,
    whole: FormState,
    boxes: Vec<TickBox>,
    people: [Person; 2],
    time: Time,
}

#[derive(Serialize)]
struct Person {
    name: &'static str,
    email: &'static str,
}

impl View for PartsView {
    const TEMPLATE: &'static str = "design/parts";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.broken, &self.whole]
    }
}

impl PartsView {
    fn new(time: Time) -> Self {
        let tick_box = |number: usize| TickBox {
            value: number.to_string(),
            name: format!("berth.{number}"),
            description: Some("Open the berth".to_owned()),
            allows: Vec::new(),
            ticked: number == 2,
        };
        let broken = FormState::of([("name", "Rosa")]).with_fault("name", Text::of("rule-name"));
        Self {
            colours: COLOURS,
            styles: ["primary", "quiet", "danger", "danger-quiet"],
            tones: ["neutral", "good", "warn", "bad"],
            broken: broken.with_fault("password", Text::of("rule-password")),
            whole: FormState::of([("one", "true"), ("life", "30")]),
            boxes: (1..=9).map(tick_box).collect(),
            people: [
                Person { name: "Rosa Marlow", email: "rosa@harbor.test" },
                Person { name: "\u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5dc}\u{5d5}\u{5d9}", email: "noa@harbor.test" },
            ],
            time,
        }
    }
}

#[cfg(test)]
impl Sample for PartsView {
    fn samples() -> Vec<Self> {
        vec![Self::new(Time::sample())]
    }
}

#[get("/design")]
fn parts(usher: &State<Usher>, visitor: Visitor) -> Page {
    let now = usher.now();
    Page::new(&visitor, &PartsView::new(Time::new(now, now)))
}

pub fn routes() -> Vec<Route> {
    [routes![parts], mails::routes()].concat()
}
