//! Times for templates; `exact`, `said` and `ago` format them.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;

/// A time, and its distance from now.
#[derive(Clone, Debug, Serialize)]
pub struct Time(Value);

impl Time {
    /// `moment` relative to `now`.
    pub fn new(moment: Timestamp, now: Timestamp) -> Self {
        let mut parts = moment.parts_at(now);
        parts["iso"] = json!(moment.minute());
        parts["ahead"] = json!((moment.millis() - now.millis()).div_euclid(1000));
        Self(parts)
    }
}

#[cfg(test)]
impl super::sample::Sample for Time {
    /// Three days ahead, and three days ago.
    fn samples() -> Vec<Self> {
        let now = Timestamp(1_795_385_580_000);
        let days = std::time::Duration::from_hours(72);
        vec![Self::new(now.plus(days), now), Self::new(now.minus(days), now)]
    }
}
