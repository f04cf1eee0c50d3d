//! Times as templates take them; `exact` and `ago` put them into words.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock::Timestamp;

/// A moment, and how far away it is.
#[derive(Clone, Debug, Serialize)]
pub struct Time(Value);

impl Time {
    /// `moment`, seen from `now`.
    pub fn new(moment: Timestamp, now: Timestamp) -> Self {
        let mut parts = moment.parts();
        parts["iso"] = json!(moment.minute());
        parts["ahead"] = json!((moment.millis() - now.millis()).div_euclid(1000));
        Self(parts)
    }
}

#[cfg(test)]
impl super::sample::Sample for Time {
    /// Three days ahead, and as long ago.
    fn samples() -> Vec<Self> {
        let now = Timestamp(1_795_385_580_000);
        let days = std::time::Duration::from_hours(72);
        vec![Self::new(now.plus(days), now), Self::new(now.minus(days), now)]
    }
}
